import { readAnswers } from '../../../lib/lifecycle/answers.ts';
import type { FoundMember } from '../../../lib/lifecycle/decision.ts';
import type { StoredChange } from '../../../lib/lifecycle/journal.ts';
import { changeRow, readChanges } from '../../../lib/lifecycle/journal.ts';
import { joiners } from '../../../lib/lifecycle/joiners/joiners.ts';
import type { Plan } from '../../../lib/lifecycle/plan.ts';
import { planChanges } from '../../../lib/lifecycle/plan.ts';
import { RECORD, SETTINGS, stored, waiting } from './joinersKit.mts';

const NOW = Date.parse('2026-06-01T12:00:00Z');

const event = (id: number, more: Partial<StoredChange> = {}): StoredChange =>
	stored({
		id,
		kind: 'hire',
		state: 'received',
		key: 'joiners|bamboohr||e1|7',
		event: 'hired',
		source: 'bamboohr',
		employeeId: '7',
		createdAt: NOW,
		updatedAt: NOW,
		...more,
	});

/** As a Data Table gives rows, and some that a person has edited. */
const asItems = (rows: StoredChange[], broken: object[] = []): object[] => [
	...rows.map((row) => ({ ...changeRow(row), createdAt: row.createdAt, updatedAt: row.updatedAt })),
	...broken,
];

async function plan(
	events: StoredChange[],
	{ rows = [], broken = [], people = ['7'] }: { rows?: StoredChange[]; broken?: object[]; people?: string[] } = {},
): Promise<Plan> {
	return await planChanges(
		{
			events: readChanges(asItems(events)),
			// The Data Table gives the new rows as well, since they are stored before it is read.
			journal: readChanges(asItems([...rows, ...events], broken)),
			links: [],
			answers: readAnswers(
				people.map((employeeId) => ({
					...RECORD,
					sourceId: employeeId,
					email: `p${employeeId}@example.com`,
					asked: { employeeId, email: '' },
				})),
			),
			execution: '42',
			now: NOW,
		},
		joiners(SETTINGS),
		async (): Promise<FoundMember> => await Promise.resolve({ member: undefined }),
	);
}

const states = ({ changes }: Plan) =>
	Object.fromEntries(changes.map((row) => ['id' in row ? row.id : 0, `${row.state} ${row.outcome}`.trim()]));

describe('events of one delivery', () => {
	it('are each decided on, and none stays received', async () => {
		const other = event(11, { employeeId: '8', key: 'joiners|bamboohr||e2|8' });
		expect(states(await plan([event(10), other], { people: ['7', '8'] }))).toEqual({ 10: 'intended', 11: 'intended' });
	});

	it('that are one event twice are acted on once', async () => {
		expect(states(await plan([event(10), event(11)]))).toEqual({ 10: 'intended', 11: 'withdrawn copy' });
	});

	it('of one person see each other: a hire and a change are one hire', async () => {
		const change = event(11, { kind: 'change', event: 'changed', key: 'joiners|bamboohr||e2|7' });
		expect(states(await plan([event(10), change]))).toEqual({ 10: 'intended', 11: 'done ignored' });
	});

	it('that wait for one person are one row', async () => {
		const again = event(11, { event: 'rehired', key: 'joiners|bamboohr||e2|7' });
		expect(states(await plan([event(10), again], { people: [] }))).toEqual({ 10: 'retry failed', 11: 'done merged' });
	});
});

describe('a copy', () => {
	it('of an event that is at work or over elsewhere is closed, and no one is told of it', async () => {
		const odd = event(10, { details: { trouble: 'Odd.' } });
		for (const before of [{ state: 'intended' as const }, { state: 'done' as const, outcome: 'created' }]) {
			const made = await plan([odd], { rows: [event(5, { ...before, execution: '41' })] });
			expect(states(made)).toEqual({ 10: 'withdrawn copy' });
			expect(made.alerts).toEqual([]);
		}
	});

	it('of an event that failed is the next try, in the row of the first', async () => {
		const made = await plan([event(10)], { rows: [event(5, { state: 'retry', attempts: 1, updatedAt: NOW - 1 })] });
		expect(states(made)).toEqual({ 5: 'intended', 10: 'done merged' });
	});

	it('of an event whose execution has died is the next try', async () => {
		const dead = event(5, { createdAt: NOW - 16 * 60_000, updatedAt: NOW - 16 * 60_000 });
		expect(states(await plan([event(10)], { rows: [dead] }))).toEqual({ 10: 'intended' });
	});
});

it('tells events of one unknown word as one alert, whomever they are about', async () => {
	const odd = (id: number, employeeId: string) =>
		event(id, {
			kind: 'change',
			event: 'changed',
			employeeId,
			key: `joiners|bamboohr||${id}|${employeeId}`,
			details: { trouble: '"Moved" is no event.', unknownWord: 'Moved' },
		});
	const { alerts, changes } = await plan([odd(10, '7'), odd(11, '8')], { people: ['7', '8'] });
	expect(alerts.map(({ key }) => key)).toEqual(Array(2).fill('onboarding: unknown event "Moved" of bamboohr'));
	for (const { details } of changes) expect(details).not.toHaveProperty('unknownWord');
});

describe('a row of the journal that cannot be read', () => {
	const broken = { ...changeRow(waiting({ id: 3 })), state: 'wating', createdAt: NOW, updatedAt: NOW };

	it('lets its employee wait, names itself, and stops no one else', async () => {
		const other = event(11, { employeeId: '8', key: 'joiners|bamboohr||e2|8' });
		const made = await plan([event(10), other], { broken: [broken], people: ['7', '8'] });
		expect(states(made)).toEqual({ 10: 'retry failed', 11: 'intended' });
		expect(made.alerts).toEqual([
			{ key: expect.any(String), text: expect.stringContaining('Row 3 of notion_scim_changes cannot be read: state "wating"') },
		]);
	});

	it('is known by its address, too', async () => {
		const byAddress = { ...broken, employeeId: '', email: 'P7@example.com' };
		expect(states(await plan([event(10, { email: 'p7@example.com' })], { broken: [byAddress] }))).toEqual({ 10: 'retry failed' });
	});
});

it('leaves rows out that are over already, as when a person has edited one meanwhile', async () => {
	const made = await planChanges(
		{
			events: { rows: [event(10)], unreadable: [] },
			journal: { rows: [event(10, { state: 'withdrawn', updatedAt: NOW + 1 })], unreadable: [] },
			links: [],
			answers: readAnswers([]),
			execution: '42',
			now: NOW,
		},
		joiners(SETTINGS),
		async () => await Promise.resolve({ member: undefined }),
	);
	expect(made.changes).toEqual([]);
});

it.each(['watch', 'remind'] as const)('passes a row of kind %s on, whatever the HRIS says', async (kind) => {
	const row = event(10, { kind, event: '', key: 'k|watch', dueAt: '2026-06-01T11:00:00.000Z' });
	const { changes, alerts } = await plan([row], { people: [] });
	expect(changes).toEqual([expect.objectContaining({ id: 10, kind, state: 'intended', execution: '42' })]);
	expect(alerts).toEqual([]);
});

it('makes an intention due now, so that the clock finds it should its execution die', async () => {
	const dueAtOf = async (dueAt: string) => (await plan([event(10, { dueAt })])).changes[0]?.dueAt;
	expect(await dueAtOf('2026-07-01T00:00:00.000Z')).toBe('2026-06-01T12:00:00.000Z');
	expect(await dueAtOf('2026-05-31T00:00:00.000Z')).toBe('2026-05-31T00:00:00.000Z');
	expect(await dueAtOf('')).toBe('');
});
