import fc from 'fast-check';

import type { ReadRows, StoredChange } from '../../../lib/lifecycle/journal.ts';
import type { HeldList } from '../../../lib/lifecycle/release.ts';
import { decideOnHeld, showHeld } from '../../../lib/lifecycle/release.ts';
import type { ShownList } from '../../../lib/lifecycle/shownList.ts';
import { codeKey, readShownList, shownListRow } from '../../../lib/lifecycle/shownList.ts';
import { heldAnswerHtml, heldListHtml, releasedHtml } from '../../../lib/report/heldListHtml.ts';
import { journalRow } from './leaverKit.mts';

const NOW = Date.parse('2026-03-10T00:05:00Z');
const MINUTE = 60_000;
const CODE = 'a-random-code';
const EXECUTION = '77';
const row = (id: number, more: Partial<StoredChange>) => journalRow(id, { state: 'held', outcome: 'held', ...more });
const held = [
	row(1, { employeeId: '7', email: 'ada@example.com', requestedBy: 'sam@example.com' }),
	row(2, { employeeId: '8', email: 'bob@example.com', requestedBy: 'bamboohr, left', reference: 'CASE-1' }),
];
const boss = { email: 'boss@example.com', assurance: 'n8n sign-in' };

const given = (more: Partial<Omit<HeldList, 'held'>> & { rows?: StoredChange[]; unreadable?: ReadRows['unreadable'] } = {}): HeldList => {
	const { rows = held, unreadable = [], ...rest } = more;
	return { kind: 'leave', held: { rows, unreadable }, deciders: [], execution: EXECUTION, now: NOW, ...rest };
};

/** The list as the Data Table gives it, after this execution has taken it. */
const taken = (more: Partial<ShownList> = {}): ShownList => {
	const shown = showHeld(boss, given(), CODE);
	if (shown.decision !== 'show') throw new Error(shown.sentence);
	return { ...shown.list, id: 12, state: 'taken', ...more };
};

const decide = ({
	email = boss.email,
	code = CODE,
	isYes = true,
	list = taken(),
	...more
}: { email?: string; code?: string; isYes?: boolean; list?: ShownList | undefined } & Parameters<typeof given>[0] = {}) =>
	decideOnHeld({ ...boss, email }, { code, isYes }, list, given(more));

it('shows the list, and remembers what it has shown to whom, with the digest of the code only', () => {
	const shown = showHeld(boss, given(), CODE);
	expect(shown).toMatchObject({
		decision: 'show',
		people: [{ row: held[0] }, { row: held[1] }],
		list: {
			state: 'shown',
			rows: [1, 2],
			shownTo: boss,
			shownAt: '2026-03-10T00:05:00.000Z',
			expiresAt: '2026-03-10T01:05:00.000Z',
			execution: EXECUTION,
		},
	});
	expect(JSON.stringify(shown)).not.toContain(CODE);
});

it('releases exactly the list that was shown: its rows are due at once, with who approved', () => {
	expect(decide()).toMatchObject({
		decision: 'released',
		sentence: expect.stringMatching(/^2 people were released\./),
		rows: held.map(({ id }) => ({
			id,
			state: 'retry',
			dueAt: '2026-03-10T00:05:00.000Z',
			approvedBy: 'boss@example.com (assurance: n8n sign-in)',
		})),
	});
});

it('keeps what a row was known by before, and names the list', () => {
	const { rows } = { rows: [], ...decide() };
	expect(rows.map(({ reference }) => reference)).toEqual([
		expect.stringMatching(/^list 12 [0-9a-f]{12}$/),
		expect.stringMatching(/^CASE-1; list 12 [0-9a-f]{12}$/),
	]);
});

it('empties the list on a No, and removes no one', () => {
	expect(decide({ isYes: false })).toMatchObject({
		decision: 'declined',
		sentence: expect.stringContaining('No one was released'),
		rows: [
			{ id: 1, state: 'done', outcome: 'declined', approvedBy: expect.stringContaining('boss@example.com') },
			{ id: 2, state: 'done', outcome: 'declined' },
		],
	});
});

describe('does nothing', () => {
	it.each<[string, Parameters<typeof decide>[0], RegExp]>([
		['without a code', { code: '' }, /none of ours/],
		['with a guessed code', { code: 'a-guess' }, /none of ours/],
		['with a list that no execution has taken', { list: taken({ state: 'shown' }) }, /decided on before/],
		['with a list that another execution has taken', { list: taken({ execution: '78' }) }, /decided on before/],
		['with a list that was decided on', { list: taken({ state: 'released' }) }, /decided on before/],
		['with the list of another kind', { list: taken({ kind: 'emergency' }) }, /none of ours/],
		['with a leaver more', { rows: [...held, row(3, { employeeId: '9' })] }, /has changed/],
		['with a leaver less', { rows: held.slice(1) }, /has changed/],
		['with another leaver instead', { rows: [...held.slice(1), row(3, { employeeId: '9' })] }, /has changed/],
		['when one was done meanwhile', { rows: [...held.slice(1), { ...row(1, {}), state: 'done' }] }, /has changed/],
		['after an hour', { now: NOW + 61 * MINUTE }, /more than an hour ago/],
		['with a list of the future', { now: NOW - MINUTE }, /more than an hour ago/],
		['with a list whose time is lost', { list: taken({ shownAt: '' }) }, /more than an hour ago/],
		['when no one is held any more', { rows: [] }, /No leaver is held/],
		['for a person who may not decide', { deciders: ['ciso@example.com'] }, /not among those who may decide/],
		['when the list was shown to a person on it', { list: taken({ shownTo: { email: 'BOB@example.com', assurance: '' } }) }, /is on it/],
		[
			'while a row cannot be read',
			{ unreadable: [{ id: '3', key: '', employeeId: '', email: '', why: 'Row 3 cannot be read.' }] },
			/Row 3 cannot be read/,
		],
	])('%s', (_case, more, sentence) => {
		for (const isYes of [true, false]) {
			expect(decide({ ...more, isYes })).toEqual({ decision: 'refused', sentence: expect.stringMatching(sentence) });
		}
	});

	it('without a stored list', () => {
		expect(decideOnHeld(boss, { code: CODE, isYes: true }, undefined, given())).toMatchObject({ decision: 'refused' });
	});

	it.each([
		'ada@example.com',
		' ADA@Example.com ',
		'Ada <ada@example.com>',
		'sam@example.com',
		'',
		'no address',
		'boss@example.com, ada@example.com',
	])('for "%s", who does not see the list either', (email) => {
		expect(showHeld({ ...boss, email }, given(), CODE)).toMatchObject({ decision: 'refused' });
		for (const isYes of [true, false]) expect(decide({ email, isYes })).toMatchObject({ decision: 'refused' });
	});
});

it('lets those decide who may', () => {
	expect(decide({ deciders: ['ciso@example.com', 'Boss@Example.com'] })).toMatchObject({ decision: 'released' });
});

it('is good for an hour, and never longer', () => {
	fc.assert(
		fc.property(fc.integer({ min: -3 * 3_600_000, max: 300 * 3_600_000 }), (after) => {
			const isGood = after >= 0 && after <= 3_600_000;
			expect(decide({ now: NOW + after }).decision).toBe(isGood ? 'released' : 'refused');
		}),
	);
});

it('takes no other code, whatever it is', () => {
	fc.assert(
		fc.property(fc.string(), (code) => {
			fc.pre(code.trim() !== CODE);
			expect(decide({ code }).decision).toBe('refused');
		}),
	);
});

it('decides on no other rows than those that were shown', () => {
	const ids = fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1 });
	fc.assert(
		fc.property(ids, ids, (before, now) => {
			const isSame = [...before].sort().join() === [...now].sort().join();
			const rows = now.map((id) => row(id, { employeeId: String(id) }));
			expect(decide({ list: taken({ rows: before }), rows }).decision).toBe(isSame ? 'released' : 'refused');
		}),
	);
});

describe('emergencies', () => {
	const waiting = (id: number, email: string, more: Partial<StoredChange> = {}) =>
		row(id, { kind: 'emergency', employeeId: '', email, source: 'edr', requestedBy: 'analyst@example.com', ...more });
	const rows = [waiting(1, 'ada@example.com'), waiting(2, 'Ada@example.com'), waiting(3, 'bob@example.com')];

	it('are a list of their own, with each person once', () => {
		const shown = showHeld(boss, given({ kind: 'emergency', rows: [...rows, ...held] }), CODE);
		expect(shown).toMatchObject({ list: { kind: 'emergency', rows: [1, 2, 3] }, people: [{ rows: 2 }, { rows: 1 }] });
		expect(showHeld(boss, given({ rows }), CODE)).toMatchObject({ decision: 'refused' });
	});

	it('are confirmed neither by the person who asked nor by the sender', () => {
		for (const email of ['analyst@example.com', 'soc@example.com']) {
			const list = given({ kind: 'emergency', rows: [...rows, waiting(4, 'eve@example.com', { source: 'soc@example.com' })] });
			expect(showHeld({ ...boss, email }, list, CODE)).toMatchObject({
				decision: 'refused',
				sentence: expect.stringContaining('You have asked'),
			});
		}
	});

	it('are over when no one has decided until then', () => {
		const until = (dueAt: string) => given({ kind: 'emergency', rows: [waiting(1, 'ada@example.com', { dueAt })] });
		expect(showHeld(boss, until('2026-03-10T00:05:00.000Z'), CODE)).toMatchObject({
			decision: 'refused',
			sentence: expect.stringContaining('No emergency lockdown waits'),
		});
		expect(showHeld(boss, until('2026-03-10T00:06:00.000Z'), CODE)).toMatchObject({ decision: 'show' });
	});
});

describe('the stored list', () => {
	it('is read back as it was, with who asked and who decided', () => {
		const list = taken();
		const decision = { decidedBy: boss, decidedAt: '2026-03-10T00:06:00.000Z', note: 'Released.' };
		const stored = shownListRow(list, decision);
		expect(stored).toMatchObject({
			id: 12,
			kind: 'shownList',
			key: codeKey(CODE),
			requestedBy: 'boss@example.com',
			decidedBy: 'boss@example.com',
			assurance: 'n8n sign-in',
			decidedAt: '2026-03-10T00:06:00.000Z',
			note: 'Released.',
		});
		expect(readShownList([{}, { kind: 'tokenCheck', id: 3 }, stored])).toEqual(list);
	});

	it.each([
		['no row', []],
		['an empty item', [{}]],
		['a row with other details', [{ ...shownListRow(taken()), details: '{"rows": "all"}' }]],
		['a row with no JSON', [{ ...shownListRow(taken()), details: 'all of them' }]],
	])('is none in %s', (_case, items) => {
		expect(readShownList(items)).toBeUndefined();
	});
});

describe('the pages', () => {
	const hostile = row(1, { displayName: '<script>{{ $env.TOKEN }}</script>', email: '"><img src=x>@example.com' });

	it('show names as text, and nothing that n8n would take for an expression', () => {
		const list = heldListHtml('leave', [{ row: hostile, rows: 1 }]);
		const answer = heldAnswerHtml('leave', 'Done by {{ $env.TOKEN }}.', releasedHtml([hostile]));
		for (const html of [list, answer]) {
			expect(html).not.toMatch(/<script|<img|\{\{/);
			expect(html).toContain('&lt;script&gt;&#123;&#123; $env.TOKEN &#125;&#125;');
		}
	});

	it('say how many became what, and why a person was not locked out', () => {
		const html = releasedHtml([
			row(1, { email: 'ada@example.com', state: 'done', outcome: 'removed' }),
			row(2, { email: 'bob@example.com', state: 'retry', outcome: 'held' }),
			row(3, { email: 'eve@example.com', state: 'refused', outcome: 'refused', reason: 'An owner.' }),
		]);
		expect(html).toContain('<strong>1</strong> locked out');
		expect(html).toContain('bob@example.com: not done yet: it is tried again');
		expect(html).toContain('An owner.');
	});
});
