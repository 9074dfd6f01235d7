import { afterFailure, dueRows, stuckRows } from '../../../lib/lifecycle/due.ts';
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
