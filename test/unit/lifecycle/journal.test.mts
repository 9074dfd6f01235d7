import fc from 'fast-check';

import { CHANGE_COLUMNS, changeRow, eventOf, newChange, readChanges } from '../../../lib/lifecycle/journal.ts';

/** As a Data Table gives it: empty cells are null, and n8n's own columns are there. */
const stored = (values: Record<string, unknown> = {}): Record<string, unknown> => ({
	...Object.fromEntries(Object.keys(CHANGE_COLUMNS).map((column) => [column, null])),
	id: 7,
	createdAt: '2026-05-01T08:00:00.000Z',
	updatedAt: '2026-05-02T08:00:00.000Z',
	kind: 'hire',
	state: 'scheduled',
	employeeId: '1204',
	email: 'ada@example.com',
	...values,
});

describe('a row of the journal', () => {
	it('is read with empty cells as "not known"', () => {
		const { rows, unreadable } = readChanges([stored({ attempts: '2', details: '{"groups":[{"name":"Sales"}]}' })]);

		expect(unreadable).toEqual([]);
		expect(rows).toEqual([
			expect.objectContaining({
				id: 7,
				createdAt: Date.UTC(2026, 4, 1, 8),
				state: 'scheduled',
				userId: '',
				attempts: 2,
				impact: 0,
				details: { groups: [{ name: 'Sales' }] },
			}),
		]);
	});

	it('takes dates of n8n as they are, and brings instants into one form', () => {
		const { rows } = readChanges([
			stored({ createdAt: new Date(0), updatedAt: new Date(1), dueAt: '2026-05-04T00:00:00+02:00' }),
		]);
		expect(rows).toEqual([expect.objectContaining({ createdAt: 0, updatedAt: 1, dueAt: '2026-05-03T22:00:00.000Z' })]);
	});

	it.each([
		['a state that is none', { state: 'wating' }, /Row 7 .*state "wating" is none of received, scheduled/],
		['a kind that is none', { kind: 'joiner' }, /kind "joiner" is none/],
		['no state', { state: null }, /state "" is none/],
		['a day where an instant is due', { dueAt: '2026-05-04' }, /dueAt "2026-05-04" is not an instant/],
		['an instant without a zone', { dueAt: '2026-05-04T08:00:00' }, /is not an instant/],
		['a date that does not exist', { effectiveDate: '2026-02-30' }, /effectiveDate "2026-02-30" is not a date/],
		['a number that is none', { attempts: 'many' }, /attempts is not a number/],
		['blanks for a number', { impact: ' ' }, /impact is not a number/],
		['details that are cut off', { details: '{"groups":[' }, /details is not JSON/],
		['details of another form', { details: '{"day":"two"}' }, /details is not JSON/],
	])('with %s is named, with whom it concerns', (_case, values, sentence) => {
		const { rows, unreadable } = readChanges([stored(values), stored({ id: 8 })]);

		expect(rows.map(({ id }) => id)).toEqual([8]);
		expect(unreadable).toEqual([
			expect.objectContaining({ id: '7', employeeId: '1204', email: 'ada@example.com', why: expect.stringMatching(sentence) }),
		]);
	});

	it('without an ID, or that is no object, is named, too; an empty item is no row', () => {
		expect(readChanges([{}]).unreadable).toEqual([]);
		expect(readChanges([stored({ id: null }), null, 'row']).unreadable).toHaveLength(3);
	});

	it('that was read twice counts once, as it was read last, and rows come oldest first', () => {
		const later = { updatedAt: '2026-05-03T08:00:00.000Z', state: 'done' };
		const { rows } = readChanges([stored({ id: 9 }), stored(later), stored(), stored(later)]);
		expect(rows.map(({ id, state }) => [id, state])).toEqual([
			[7, 'done'],
			[9, 'scheduled'],
		]);
	});

	it('is written with exactly the columns, and its ID where it is stored', () => {
		const change = newChange({ kind: 'hire', state: 'received', details: { trouble: 'Odd.' } });

		expect(Object.keys(changeRow(change)).sort()).toEqual(Object.keys(CHANGE_COLUMNS).sort());
		expect(changeRow(change)).toMatchObject({ email: '', attempts: 0, details: '{"trouble":"Odd."}' });
		const [read] = readChanges([stored()]).rows;
		expect(read && changeRow(read)).toMatchObject({ id: 7, details: '' });
		expect(read && Object.keys(changeRow(read))).not.toContain('createdAt');
	});

	it('is the same after it was written and read again', () => {
		const word = fc.string({ maxLength: 20 }).map((value) => value.trim());
		fc.assert(
			fc.property(word, word, fc.nat(), fc.array(word, { maxLength: 3 }), (reason, email, attempts, names) => {
				const change = newChange({
					kind: 'leave',
					state: 'retry',
					reason,
					email,
					attempts,
					details: { groupsMissing: names, lookAgain: 'active' },
				});
				const { rows } = readChanges([{ ...changeRow(change), id: 1, createdAt: 0, updatedAt: 0 }]);
				expect(rows).toEqual([{ ...change, id: 1, createdAt: 0, updatedAt: 0 }]);
			}),
		);
	});

	it('that a person added by hand says by its kind what happened', () => {
		expect(eventOf({ kind: 'hire', event: '' })).toBe('hired');
		expect(eventOf({ kind: 'leave', event: '' })).toBe('left');
		expect(eventOf({ kind: 'hire', event: 'rehired' })).toBe('rehired');
	});

	it('stays under half a kilobyte, as a hire has it', () => {
		const change = newChange({
			key: 'joiners|bamboohr|12345|content:0123456789abcdef:29600000|1204',
			kind: 'hire',
			state: 'scheduled',
			dueAt: '2026-05-03T22:00:00.000Z',
			execution: '123456',
			event: 'hired',
			source: 'bamboohr',
			employeeId: '1204',
			email: 'grace.hopper@example.com',
			displayName: 'Grace Hopper',
			effectiveDate: '2026-05-04',
			timeZone: 'Europe/Berlin',
			reason: 'Access begins on 2026-05-04.',
			details: { authenticity: 'signed' },
		});
		expect(Object.values(changeRow(change)).join('').length).toBeLessThan(512);
	});
});
