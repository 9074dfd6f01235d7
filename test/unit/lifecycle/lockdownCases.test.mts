import { lockdownCases } from '../../../lib/lifecycle/leavers/lockdownCases.ts';
import type { StoredChange, UnreadableRow } from '../../../lib/lifecycle/journal.ts';
import { historyOf } from '../../../lib/lifecycle/leavers/history.ts';
import { usedByOthers } from '../../../lib/lifecycle/rollingDay.ts';
import { journalRow } from './leaverKit.mts';

const NOW = Date.parse('2026-03-10T00:05:00Z');
const at = (minutes: number) => NOW + minutes * 60_000;
const iso = (minutes: number) => new Date(at(minutes)).toISOString();

describe('what has become of a person so far', () => {
	const row = (outcome: string, more: Partial<StoredChange> = {}): StoredChange =>
		journalRow(1, { state: 'done', outcome, impact: 1, updatedAt: at(-65), createdAt: at(-65), ...more });
	/** Under way for so many minutes. */
	const begun = (minutes: number) => row('', { state: 'intended', updatedAt: at(-minutes), createdAt: at(-minutes) });

	it.each([
		['not verified', row('notVerified', { state: 'retry' })],
		['an execution that died', begun(65)],
		['a failure after the request', row('failed', { state: 'retry' })],
	])('may have removed them: %s', (_case, one) => {
		expect(historyOf([one], NOW).attempt).toMatchObject({ id: 1, removedAt: iso(-65) });
		expect(historyOf([one, row('removed', { id: 2 })], NOW)).not.toHaveProperty('attempt');
		expect(historyOf([one, row('stays', { id: 2, impact: 0 })], NOW)).not.toHaveProperty('attempt');
	});

	it('takes the instant of the removal from the row where it knows it', () => {
		expect(historyOf([row('notVerified', { removedAt: iso(-64) })], NOW).attempt).toMatchObject({ removedAt: iso(-64) });
		const meant = { ...begun(20), createdAt: at(-3000), details: { intendedAt: iso(-20) } };
		expect(historyOf([meant], NOW).attempt).toMatchObject({ removedAt: iso(-20) });
	});

	it.each([
		row('failed', { impact: 0 }),
		row('held', { impact: 0, state: 'held' }),
		row('refused', { impact: 0 }),
		row('notVerified', { createdAt: at(-31 * 1440), updatedAt: at(-31 * 1440) }),
		row('notVerified', { kind: 'watch' }),
	])('has certainly not removed them: $outcome', (one) => {
		expect(historyOf([one], NOW)).not.toHaveProperty('attempt');
	});

	it('tells an execution that is at work from one that died', () => {
		expect(historyOf([begun(4)], NOW)).toMatchObject({ isUnderWay: true, dead: [] });
		expect(historyOf([begun(4)], NOW)).not.toHaveProperty('attempt');
		expect(historyOf([begun(65)], NOW)).toMatchObject({ isUnderWay: false, dead: [{ id: 1 }] });
	});
});

describe('the counter of the rolling day', () => {
	const own = journalRow(9, { employeeId: '7' });
	const used = (rows: StoredChange[], unreadable: UnreadableRow[] = []) =>
		usedByOthers({ rows, unreadable }, own, { execution: '77', now: NOW });
	const removal = (id: number, employeeId: string, more: Partial<StoredChange> = {}) =>
		journalRow(id, { employeeId, impact: 1, removedAt: iso(-60), ...more });

	it('has each of the others once, and nothing for earlier tries of the same person', () => {
		expect(used([removal(1, '8'), removal(2, '8'), removal(3, '9'), removal(4, '7')])).toBe(2);
	});

	it('takes two spellings of an address for one person, and two employees of one address for two', () => {
		expect(
			used([
				removal(1, '', { email: 'Bob@example.com' }),
				removal(2, '', { email: 'bob@EXAMPLE.com' }),
				removal(3, '8', { email: 'bob@example.com' }),
				removal(4, '8', { companyId: 'other' }),
			]),
		).toBe(3);
	});

	it.each([
		['what was removed more than a day ago', { removedAt: iso(-1441) }, 0],
		['what was removed within the day', { removedAt: iso(-1439) }, 1],
		['an intention of an hour ago in a row that is weeks old', { removedAt: '', details: { intendedAt: iso(-60) } }, 1],
		['a row without either that was written today', { removedAt: '', updatedAt: at(-60) }, 1],
		['a row without either that was written long ago', { removedAt: '', updatedAt: at(-5000) }, 0],
		['an old removal whose row a person has edited today', { removedAt: iso(-5000), updatedAt: at(-1) }, 0],
		['the own execution, which the node counts by itself', { execution: '77' }, 0],
		['what took nothing away', { impact: 0 }, 0],
	])('has, of %s: %#', (_case, more, expected) => {
		expect(used([removal(1, '8', more)])).toBe(expected);
	});

	it('cannot be read while a row cannot be read', () => {
		const unreadable = [{ id: '5', key: '', employeeId: '', email: '', why: 'Row 5 cannot be read.' }];
		expect(used([removal(1, '8')], unreadable)).toBeUndefined();
	});
});

describe('a leaver on the list', () => {
	const held = journalRow(1, { state: 'held', outcome: 'held' });
	const caseOf = (
		journal: StoredChange[],
		more: Partial<StoredChange> = {},
		unreadable: UnreadableRow[] = [],
	) => {
		const row = journalRow(3, { state: 'intended', impact: 1, email: 'ada@example.com', ...more });
		const [only] = lockdownCases({
			intended: [row],
			journal,
			day: { rows: journal, unreadable },
			removalLimit: 5,
			execution: '77',
			now: NOW,
		});
		if (!only) throw new Error('There is no case');
		return only;
	};
	const isStopped = (one: ReturnType<typeof caseOf>) => 'error' in one.allowance && one.allowance.error.kind === 'limitReached';

	it('is held again, whatever else is free', () => {
		expect(isStopped(caseOf([held]))).toBe(true);
		expect(isStopped(caseOf([{ ...held, state: 'withdrawn' }]))).toBe(false);
		expect(isStopped(caseOf([{ ...held, employeeId: '', email: 'Ada@example.com' }]))).toBe(true);
		expect(isStopped(caseOf([{ ...held, employeeId: '07' }]))).toBe(false);
		expect(caseOf([]).allowance).toEqual({ alreadyUsed: 0, limit: 5 });
	});

	it.each([
		['Notion has had them', [{ ...held, details: { wasSeen: true } }], {}, 'report'],
		['they were removed before', [{ ...held, state: 'done', outcome: 'removed' }], {}, 'report'],
		['the own row has seen them', [], { details: { wasSeen: true } }, 'report'],
		['an earlier try may have removed them', [], { details: { attemptAt: iso(-60) } }, 'report'],
		['another execution is at work', [journalRow(2, { state: 'intended', updatedAt: at(-1) })], {}, 'report'],
		['the news is old', [], { event: 'changed', effectiveAt: iso(-31 * 1440) }, 'report'],
		['the news is new', [], { event: 'changed', effectiveAt: iso(-60) }, 'fail'],
		['an old departure that the HRIS tells as one', [], { event: 'left', effectiveAt: iso(-31 * 1440) }, 'fail'],
		['Notion has never had them', [held], {}, 'fail'],
	] as const)('may be gone without a riddle where %s', (_case, journal, more, ifNotFound) => {
		expect(caseOf([...journal], more).request.ifNotFound).toBe(ifNotFound);
	});

	it('is let past it by a person, also where the day cannot be counted', () => {
		const approved = { approvedBy: 'boss@example.com' };
		expect(caseOf([held], approved).allowance).toEqual({ alreadyUsed: 0, limit: Infinity });
		const unreadable = [{ id: '5', key: '', employeeId: '', email: '', why: 'Row 5 cannot be read.' }];
		expect(caseOf([], approved, unreadable).allowance).toEqual({ alreadyUsed: 0, limit: Infinity });
	});

	it('comes back to it at night after a "No", but not with a new event of the HRIS', () => {
		const declined = { ...held, state: 'done' as const, outcome: 'declined' };
		expect(isStopped(caseOf([declined], { requestedBy: 'Nightly comparison' }))).toBe(true);
		expect(isStopped(caseOf([declined]))).toBe(false);
	});

	it('is joined by everyone while the day cannot be counted', () => {
		const unreadable = [{ id: '5', key: '', employeeId: '', email: '', why: 'Row 5 cannot be read.' }];
		const one = caseOf([], {}, unreadable);
		expect(isStopped(one)).toBe(true);
		expect(one.allowance).toMatchObject({ error: { message: expect.stringContaining('Row 5') } });
	});

	it('is joined by everyone when the day has as many rows as are read at most', () => {
		const rows = (count: number) =>
			Array.from({ length: count }, (_, index) => journalRow(100 + index, { impact: 1, employeeId: '8', updatedAt: at(-60) }));
		expect(isStopped(caseOf(rows(999)))).toBe(false);
		const one = caseOf(rows(1000));
		expect(isStopped(one)).toBe(true);
		expect(one.allowance).toMatchObject({ error: { message: expect.stringContaining('more than can be counted') } });
		expect(caseOf(rows(1000), { approvedBy: 'boss@example.com' }).allowance).toEqual({ alreadyUsed: 0, limit: Infinity });
	});

	it('is counted with those who are locked down together once, when that is done', () => {
		const two = [3, 4].map((id) => journalRow(id, { state: 'intended', impact: 1, employeeId: String(id), execution: '76' }));
		const before = journalRow(1, { state: 'done', outcome: 'removed', impact: 1, employeeId: '8', removedAt: iso(-60) });
		const cases = lockdownCases({
			intended: two,
			journal: two,
			day: { rows: [before, ...two], unreadable: [] },
			removalLimit: 5,
			execution: '77',
			now: NOW,
		});
		expect(cases.map(({ allowance }) => allowance)).toEqual([
			{ alreadyUsed: 1, limit: 5 },
			{ alreadyUsed: 1, limit: 5 },
		]);
	});

	it('is not counted against by an intention that was stored later, whose execution sees this one', () => {
		const other = (more: Partial<StoredChange>) =>
			journalRow(9, { key: 'other', employeeId: '8', state: 'intended', impact: 1, execution: '76', updatedAt: at(0), ...more });
		const usedBeside = (more: Partial<StoredChange>) => caseOf([other(more)], { updatedAt: at(0) }).allowance;
		expect(usedBeside({ updatedAt: at(1) })).toEqual({ alreadyUsed: 0, limit: 5 });
		expect(usedBeside({ updatedAt: at(-1) })).toEqual({ alreadyUsed: 1, limit: 5 });
		expect(usedBeside({ id: 2 })).toEqual({ alreadyUsed: 1, limit: 5 });
		expect(usedBeside({ id: 9 })).toEqual({ alreadyUsed: 0, limit: 5 });
		expect(usedBeside({ updatedAt: at(1), state: 'done', outcome: 'removed' })).toEqual({ alreadyUsed: 1, limit: 5 });
	});

	it('asks for the person by the address and the link of the row', () => {
		expect(caseOf([], { userId: 'u-1', reason: 'Why.', reference: 'R', requestedBy: 'bamboohr, left' }).request).toEqual({
			email: 'ada@example.com',
			id: '',
			linkedId: 'u-1',
			reason: 'Why.',
			reference: 'R',
			requestedBy: 'bamboohr, left',
			allowPrivileged: false,
			ifNotFound: 'fail',
		});
	});
});

describe('copies of one event that did not see each other when they were planned', () => {
	const intention = (id: number, execution: string, more: Partial<StoredChange> = {}) =>
		journalRow(id, { key: 'leavers|bamboohr||e-1|7', state: 'intended', impact: 1, execution, updatedAt: at(0), ...more });
	/** The row that is acted on for the event, as the execution of the first row sees it. */
	const firstOf = (own: StoredChange, other: StoredChange) =>
		lockdownCases({
			intended: [own],
			journal: [],
			day: { rows: [other], unreadable: [] },
			removalLimit: 5,
			execution: own.execution,
			now: NOW,
		})[0]?.first?.id;

	it.each([
		['the earlier intention', { updatedAt: at(-1) }, 4],
		['an intention of the same instant with a lower ID', {}, 4],
		['a later intention', { updatedAt: at(1) }, undefined],
		['a removal that is over', { state: 'done', outcome: 'removed', updatedAt: at(1) }, 4],
		['a try that failed without removing', { state: 'retry', outcome: 'failed', impact: 0, updatedAt: at(-1) }, undefined],
		['another event', { key: 'leavers|bamboohr||e-2|7', updatedAt: at(-1) }, undefined],
	] as const)('are left to %s', (_case, more, expected) => {
		expect(firstOf(intention(5, '77'), intention(4, '76', more))).toBe(expected);
	});

	it('have one winner where both see each other', () => {
		const [one, other] = [intention(4, '76'), intention(5, '77')];
		expect([firstOf(one, other), firstOf(other, one)]).toEqual([undefined, 4]);
	});

	it('are none without a key, in the own execution, or in the own row', () => {
		expect(firstOf(intention(5, '77', { key: '' }), intention(4, '76', { key: '' }))).toBeUndefined();
		expect(firstOf(intention(5, '77'), intention(4, '77'))).toBeUndefined();
		expect(firstOf(intention(5, '77'), intention(5, '76', { updatedAt: at(-1) }))).toBeUndefined();
	});
});
