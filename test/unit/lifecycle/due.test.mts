import { afterFailure, dueRows, INTERRUPTED, pickDue, stuckRows } from '../../../lib/lifecycle/due.ts';
import { readChanges } from '../../../lib/lifecycle/journal.ts';
import { journalRow } from './leaverKit.mts';

const NOW = Date.parse('2026-11-20T01:30:00Z');
const MINUTE = 60_000;
const iso = (minutes: number) => new Date(NOW + minutes * MINUTE).toISOString();
const idsOf = (rows: { id: number }[]) => rows.map(({ id }) => id);

describe('rows of the journal', () => {
	const at = (minutes: number) => NOW + minutes * MINUTE;
	const rows = [
		journalRow(1, { state: 'scheduled', dueAt: iso(-1) }),
		journalRow(2, { state: 'retry', dueAt: iso(1) }),
		journalRow(3, { state: 'retry', dueAt: iso(-30) }),
		journalRow(4, { state: 'scheduled', dueAt: '' }),
		journalRow(5, { state: 'intended', dueAt: iso(-60), updatedAt: at(-16) }),
		journalRow(6, { state: 'intended', dueAt: iso(-60), updatedAt: at(-14) }),
		journalRow(7, { state: 'done', dueAt: iso(-60), updatedAt: at(-60) }),
		journalRow(8, { state: 'received', updatedAt: at(-16) }),
		journalRow(9, { state: 'needsPerson', dueAt: iso(-60), updatedAt: at(-60) }),
	];

	it('are due from their instant on, the oldest first; one without an instant at once', () => {
		expect(idsOf(dueRows(rows, NOW))).toEqual([4, 3, 1]);
	});

	it('are due from their instant on, whatever zone a person has written it in', () => {
		const edited = { ...journalRow(3, { state: 'scheduled', dueAt: '2026-11-20T04:00:00+13:00' }), details: '' };
		expect(idsOf(dueRows(readChanges([edited]).rows, NOW))).toEqual([3]);
		const tomorrow = { ...edited, dueAt: '2026-11-20T04:00:00+02:00' };
		expect(idsOf(dueRows(readChanges([tomorrow]).rows, NOW))).toEqual([]);
	});

	it('are due where no one has confirmed an emergency in time; held leavers wait on', () => {
		const held = (id: number, kind: 'leave' | 'emergency', dueAt: string) => journalRow(id, { kind, state: 'held', dueAt });
		const waiting = [held(1, 'leave', iso(-1)), held(2, 'emergency', iso(-1)), held(3, 'emergency', iso(1)), held(4, 'emergency', '')];
		expect(idsOf(dueRows(waiting, NOW))).toEqual([2]);
	});

	it('are stuck after a quarter of an hour, also where their event was only stored', () => {
		expect(idsOf(stuckRows(rows, NOW))).toEqual([5, 8]);
	});

	it.each([
		[0, 5],
		[1, 10],
		[2, 20],
		[3, 40],
	])('wait longer after failure %i', (attempts, minutes) => {
		expect(afterFailure(journalRow(1, { state: 'intended', attempts }), 'Down.', NOW)).toEqual({
			row: expect.objectContaining({
				id: 1,
				state: 'retry',
				dueAt: iso(minutes),
				attempts: attempts + 1,
				reason: 'Down.',
			}),
		});
	});

	it('need a person after the fifth failure', () => {
		const row = journalRow(1, { kind: 'remind', attempts: 4, dueAt: iso(-1), displayName: 'Ada' });
		expect(afterFailure(row, 'Down.', NOW)).toMatchObject({
			row: { state: 'needsPerson', attempts: 5 },
			alert: { key: 'journal: row 1', text: expect.stringContaining('tried 5 times. Down.') },
		});
	});
});

describe('one round of the clock', () => {
	const at = (minutes: number) => NOW + minutes * MINUTE;
	const pick = (rows: ReturnType<typeof journalRow>[], most = 10) =>
		pickDue({ rows, unreadable: [] }, { most, execution: '42', now: NOW });
	const due = (id: number, minutes: number, more = {}) => journalRow(id, { state: 'scheduled', dueAt: iso(minutes), ...more });

	it('takes what is due and what is stuck, emergencies first and then the oldest', () => {
		const rows = [
			due(1, -1),
			due(2, -30),
			due(3, 5),
			journalRow(4, { state: 'received', createdAt: at(-20), updatedAt: at(-16) }),
			due(5, -1, { kind: 'emergency' }),
			journalRow(6, { state: 'intended', updatedAt: at(-14) }),
		];
		expect(pick(rows).rows.map(({ id, state, execution }) => [id, state, execution])).toEqual([
			[5, 'received', '42'],
			[2, 'received', '42'],
			[4, 'received', '42'],
			[1, 'received', '42'],
		]);
		expect(idsOf(pick(rows, 2).rows)).toEqual([5, 2]);
		expect(pick(rows).alerts).toEqual([]);
	});

	it.each([
		['was stuck', { state: 'intended', updatedAt: at(-16) }],
		['failed with its execution', { state: 'retry', dueAt: iso(-1), outcome: INTERRUPTED }],
	] as const)('counts a try that %s, and asks a person after the fifth', (_case, values) => {
		const tried = (interrupted: number) => pick([journalRow(1, { ...values, details: { interrupted } })]);
		expect(pick([journalRow(1, values)]).rows).toEqual([
			expect.objectContaining({ state: 'received', outcome: '', details: { interrupted: 1 } }),
		]);
		expect(tried(3)).toMatchObject({ rows: [{ state: 'received', details: { interrupted: 4 } }], alerts: [] });
		expect(tried(4)).toMatchObject({
			rows: [{ state: 'needsPerson', reason: 'The execution that worked on it failed or died 5 times.' }],
			alerts: [{ key: 'journal: row 1', text: expect.stringContaining('5 times. It is not retried.') }],
		});
	});

	it('does not count what failed and was put back by its workflow, however often', () => {
		const row = journalRow(1, { state: 'retry', outcome: 'failed', dueAt: iso(-1), attempts: 30 });
		expect(pick([row]).rows).toMatchObject([{ state: 'received', outcome: 'failed', details: {} }]);
	});

	it('tells of a row that cannot be read', () => {
		const { rows, unreadable } = readChanges([{ ...journalRow(7), kind: 'promote', details: '' }]);
		expect(pickDue({ rows, unreadable }, { most: 10, execution: '42', now: NOW })).toMatchObject({
			rows: [],
			unreadable: [{ id: '7' }],
			alerts: [{ key: 'journal: row 7', text: expect.stringContaining('kind "promote"') }],
		});
	});
});
