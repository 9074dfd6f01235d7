import type { StoredChange } from '../../../lib/lifecycle/journal.ts';
import { decideOnHeld, showHeld } from '../../../lib/lifecycle/release.ts';
import type { ShownList } from '../../../lib/lifecycle/release.ts';
import { heldLeaversHtml } from '../../../lib/report/heldLeaversHtml.ts';
import { journalRow } from './leaverKit.mts';

const NOW = Date.parse('2026-03-10T00:05:00Z');
const MINUTE = 60_000;
const CODE = 'K7QF-92XM';
const row = (id: number, more: Partial<StoredChange>) => journalRow(id, { state: 'held', outcome: 'held', ...more });
const held = [
	row(1, { employeeId: '7', email: 'ada@example.com', requestedBy: 'sam@example.com' }),
	row(2, { employeeId: '8', email: 'bob@example.com', requestedBy: 'bamboohr, left' }),
];
const boss = { email: 'boss@example.com', assurance: 'n8n sign-in' };

/** The list as it was stored when it was shown. */
const shownList = (more: Partial<ShownList> = {}): ShownList => {
	const answer = showHeld(boss, held, { code: CODE, now: NOW });
	if (answer.decision !== 'show') throw new Error(answer.sentence);
	return { ...answer.shown, ...more };
};

const decide = ({
	email = boss.email,
	code = CODE,
	isRight = true,
	shown = shownList(),
	rows = held,
	now = NOW,
}: {
	email?: string;
	code?: string;
	isRight?: boolean;
	shown?: ShownList | undefined;
	rows?: StoredChange[];
	now?: number;
} = {}) => decideOnHeld({ ...boss, email }, { code, isRight }, { shown, held: rows, fresh: 'FRESH', now });

it('shows the list with the code that was given in, and remembers what it has shown to whom', () => {
	expect(showHeld(boss, held, { code: CODE, now: NOW })).toMatchObject({
		decision: 'show',
		people: held,
		shown: { code: CODE, rows: [1, 2], shownTo: 'boss@example.com', shownAt: '2026-03-10T00:05:00.000Z', usedAt: '' },
	});
});

it('releases exactly the list that was shown: its rows are due at once, with who approved', () => {
	const decided = decide();
	expect(decided).toMatchObject({
		decision: 'released',
		shown: { code: CODE, usedAt: '2026-03-10T00:05:00.000Z' },
		rows: held.map(({ id }) => ({
			id,
			state: 'retry',
			dueAt: '2026-03-10T00:05:00.000Z',
			approvedBy: 'boss@example.com (assurance: n8n sign-in)',
			reference: expect.stringMatching(/K7QF-92XM.*shown to boss@example\.com/),
		})),
	});
});

it('takes the code in any capitals, with blanks around it', () => {
	expect(decide({ code: ` ${CODE.toLowerCase()} ` })).toMatchObject({ decision: 'released' });
});

it('empties the list on a No, and removes no one', () => {
	expect(decide({ isRight: false })).toMatchObject({
		decision: 'declined',
		rows: [
			{ id: 1, state: 'done', outcome: 'declined', approvedBy: expect.stringContaining('boss@example.com') },
			{ id: 2, state: 'done', outcome: 'declined' },
		],
		shown: { usedAt: expect.stringContaining('2026') },
	});
});

it.each([
	['no code', { code: '' }],
	['a code that was never shown', { code: 'ABC-1234567' }],
	['a code of which nothing is stored', { shown: undefined }],
	['a code that was used before', { shown: shownList({ usedAt: '2026-03-10T00:04:00.000Z' }) }],
	['a leaver more', { rows: [...held, row(3, { employeeId: '9' })] }],
	['a leaver less', { rows: held.slice(1) }],
	['another leaver instead', { rows: [...held.slice(1), row(3, { employeeId: '9' })] }],
	['more than an hour', { now: NOW + 61 * MINUTE }],
	['a code of the future', { now: NOW - MINUTE }],
	['a list whose time cannot be read', { shown: shownList({ shownAt: 'yesterday' }) }],
])('shows the list instead, with a fresh code, after %s', (_case, given) => {
	const decided = 'shown' in given && given.shown === undefined
		? decideOnHeld(boss, { code: CODE, isRight: true }, { shown: undefined, held, fresh: 'FRESH', now: NOW })
		: decide(given);
	expect(decided).toMatchObject({ decision: 'show', shown: { code: 'FRESH', usedAt: '' } });
});

it('is good for an hour', () => {
	expect(decide({ now: NOW + 60 * MINUTE })).toMatchObject({ decision: 'released' });
});

it.each([
	'ada@example.com',
	' ADA@Example.com ',
	'Ada <ada@example.com>',
	'sam@example.com',
	'',
	'nobody',
	'boss@example.com, ada@example.com',
])('neither shows the list to "%s" nor lets them decide', (email) => {
	expect(showHeld({ ...boss, email }, held, { code: CODE, now: NOW })).toMatchObject({ decision: 'refused' });
	for (const isRight of [true, false]) expect(decide({ email, isRight })).toMatchObject({ decision: 'refused' });
});

it('says that no one is held where no one is', () => {
	expect(decide({ rows: [] })).toMatchObject({ decision: 'refused', sentence: expect.stringContaining('No one') });
});

describe('the page', () => {
	it('shows names as text, and the code of the list', () => {
		const hostile = [row(1, { displayName: '<script>alert(1)</script>', email: '"><img src=x>@example.com' })];
		const html = heldLeaversHtml(showHeld(boss, hostile, { code: CODE, now: NOW }));
		expect(html).not.toMatch(/<script|<img/);
		expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
		expect(html).toContain(CODE);
	});

	it('shows neither list nor code to a person who is refused', () => {
		const html = heldLeaversHtml(showHeld({ ...boss, email: 'ada@example.com' }, held, { code: CODE, now: NOW }));
		expect(html).toContain('You are on the list yourself');
		expect(html).not.toMatch(/bob@example\.com|K7QF/);
	});
});
