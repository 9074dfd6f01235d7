import { readAnswers } from '../../../lib/lifecycle/answers.ts';
import type { Decision } from '../../../lib/lifecycle/decision.ts';
import type { Change, StoredChange } from '../../../lib/lifecycle/journal.ts';
import type { StoredLink } from '../../../lib/lifecycle/links.ts';
import { leavers } from '../../../lib/lifecycle/leavers/leavers.ts';
import type { LeaverSettings } from '../../../lib/lifecycle/leavers/leaverFacts.ts';
import { journalRow, link } from './leaverKit.mts';

const NOW = '2026-03-10T12:00:00.000Z';
const KNOWN = '2026-03-02T00:00:00.000Z';

interface Given {
	/** The row of the event, as Receive Events stores it or a workflow hands it over. */
	row?: Partial<StoredChange>;
	/** Fields of the HRIS's records; employee 7 if they say nothing else. */
	records?: Record<string, unknown>[];
	/** What the HRIS source gives instead of answers. */
	failure?: string;
	links?: StoredLink[];
	journal?: StoredChange[];
	settings?: Partial<LeaverSettings>;
	now?: string;
}

const OWN_LINK = link({ employeeId: '7', userId: 'u-1', email: 'linked@example.com' });

function decide({ row = {}, records = [], failure, links = [OWN_LINK], journal = [], settings, now = NOW }: Given): Decision {
	const own = journalRow(9, { event: 'changed', knownAt: now, ...row });
	const asked = { employeeId: own.employeeId, email: own.email };
	const found = records.map((record) => ({ found: true, source: 'bamboohr', sourceId: '7', ...record, asked }));
	const noOne = [{ found: false, source: 'bamboohr', asked }];
	const items = failure === undefined ? (found.length > 0 ? found : noOne) : [{ error: failure }];
	return leavers({ timeZone: 'UTC', onLeave: 'keep', ...settings }).decide({
		row: own,
		answers: readAnswers(items),
		journal,
		links,
		execution: '77',
		now: Date.parse(now),
	});
}

/** The changed row of an ID; 9 is the event's own. */
const changed = ({ rows }: Decision, id = 9): Change | StoredChange | undefined =>
	rows.find((row) => 'id' in row && row.id === id);
const ids = ({ rows }: Decision) => rows.map((row) => ('id' in row ? row.id : 0));

const active = {
	status: 'active',
	email: 'ada@example.com',
	displayName: 'Ada',
	startDate: '2024-01-01',
};
const gone = { ...active, status: 'inactive', endDate: '2026-03-09' };
const scheduledRow = journalRow(5, {
	state: 'scheduled',
	effectiveDate: '2026-03-09',
	knownAt: KNOWN,
	dueAt: '2026-03-10T00:00:00.000Z',
});
/** What the clock hands over when the row of an earlier decision is due. */
const dueAgain = (row: Partial<StoredChange>): Partial<StoredChange> => ({ ...row, id: 9, state: 'received' });

describe('the last day, in the zone of the person', () => {
	it.each([
		['Pacific/Auckland', '2026-03-10', '2026-03-10T11:00:00.000Z'],
		['Pacific/Honolulu', '2026-03-10', '2026-03-11T10:00:00.000Z'],
		['UTC', '2028-02-29', '2028-03-01T00:00:00.000Z'],
		['UTC', '2028-02-28', '2028-02-29T00:00:00.000Z'],
		// The clocks go forward on the last day, and back on another one.
		['Europe/Berlin', '2026-03-29', '2026-03-29T22:00:00.000Z'],
		['Europe/Berlin', '2026-10-25', '2026-10-25T23:00:00.000Z'],
		['America/New_York', '2026-03-08', '2026-03-09T04:00:00.000Z'],
		['America/New_York', '2026-11-01', '2026-11-02T05:00:00.000Z'],
		// Midnight itself is skipped on the day after.
		['America/Santiago', '2026-09-05', '2026-09-06T04:00:00.000Z'],
	])('in %s, %s is over at %s', (timeZone, endDate, over) => {
		const records = [{ ...gone, endDate, timeZone }];
		const before = new Date(Date.parse(over) - 1).toISOString();

		const scheduled = decide({ records, now: before });
		expect(scheduled.operation).toBe('schedule');
		expect(changed(scheduled)).toMatchObject({
			kind: 'leave',
			state: 'scheduled',
			dueAt: over,
			effectiveAt: over,
			effectiveDate: endDate,
			timeZone,
			impact: 0,
		});
		const removed = decide({ records, now: over });
		expect(removed.operation).toBe('lockDown');
		expect(changed(removed)).toMatchObject({ state: 'intended', effectiveAt: over });
	});

	it('takes the zone of the record, then that of the event, then that of the settings', () => {
		const dueAt = (zones: { record?: string; event?: string; settings?: string }) =>
			changed(
				decide({
					records: [{ ...active, endDate: '2026-06-30', timeZone: zones.record }],
					row: { timeZone: zones.event ?? '' },
					settings: { timeZone: zones.settings ?? '' },
				}),
			)?.dueAt;
		const three = { record: 'Asia/Tokyo', event: 'Europe/Berlin', settings: 'UTC' };

		expect(dueAt(three)).toBe('2026-06-30T15:00:00.000Z');
		expect(dueAt({ ...three, record: '' })).toBe('2026-06-30T22:00:00.000Z');
		expect(dueAt({ settings: 'UTC' })).toBe('2026-07-01T00:00:00.000Z');
	});

	it.each(['', 'Mars/Olympus', '+02:00', 'local'])('decides nothing where the settings say "%s"', (timeZone) => {
		const decision = decide({ records: [{ ...gone, timeZone: 'UTC' }], settings: { timeZone } });
		expect(decision).toMatchObject({
			operation: 'tryLater',
			alert: { key: 'offboarding: Settings', text: expect.stringContaining('IANA') },
		});
		expect(changed(decision)).toMatchObject({ state: 'retry', dueAt: '2026-03-10T12:05:00.000Z' });
	});
});

describe('active anywhere wins', () => {
	const other = { ...active, sourceId: '9' };

	it.each([
		['left', {}],
		['changed', {}],
		['leaverScheduled', {}],
		['accessRevoked', {}],
		// A release by an admin.
		['left', { approvedBy: 'boss@example.com', dueAt: NOW }],
	] as const)('also for an event "%s" %j', (event, row) => {
		for (const records of [
			[gone, other],
			[other, gone],
		]) {
			expect(['withdraw', 'ignore']).toContain(decide({ row: { event, ...row }, records }).operation);
		}
	});

	it('also while on leave, and where the other record has a last day of its own', () => {
		expect(decide({ records: [gone, { ...other, status: 'onLeave' }] }).operation).toBe('ignore');
		const scheduled = decide({ records: [gone, { ...other, endDate: '2026-12-31' }] });
		expect(scheduled.operation).toBe('schedule');
		expect(changed(scheduled)).toMatchObject({ effectiveDate: '2026-12-31' });
	});

	it('asks where an HRIS that cannot be asked has the same account', () => {
		const links = [OWN_LINK, link({ source: 'hibob', employeeId: '77', userId: 'u-1' })];
		const { operation, alert } = decide({ records: [gone], links });
		expect(operation).toBe('askPerson');
		expect(alert?.text).toContain('hibob 77');
	});

	it('waits until the HRIS has answered about everyone who is linked to the same account', () => {
		const links = [OWN_LINK, link({ employeeId: '8', userId: 'u-1' })];
		expect(decide({ records: [gone], links }).operation).toBe('tryLater');
	});

	it('also where the event names an address only, without waiting for the HRIS to agree', () => {
		const row = { event: 'left' as const, employeeId: '', email: 'ada@example.com' };
		expect(decide({ row, records: [gone, other], links: [] }).operation).toBe('withdraw');
	});

	it('asks where only the other record has left', () => {
		expect(decide({ records: [{ ...gone, sourceId: '9' }] }).operation).toBe('askPerson');
	});

	it('asks about a person who is released and about to begin, whatever the event was', () => {
		const records = [{ ...active, status: 'notStarted', startDate: '2026-04-01' }];
		expect(decide({ row: { dueAt: NOW, approvedBy: 'boss@example.com' }, records }).operation).toBe('askPerson');
		expect(decide({ records }).operation).toBe('ignore');
	});

	it('asks about a person who left and begins elsewhere later', () => {
		expect(
			decide({ records: [gone, { ...other, status: 'notStarted', startDate: '2026-04-01' }] }).operation,
		).toBe('askPerson');
	});
});

describe('an event that the HRIS does not confirm', () => {
	it.each([
		['left', 'withdraw', 'withdrawn'],
		['leaverScheduled', 'withdraw', 'withdrawn'],
		// Nothing else would tell that HR wants this access to end at once.
		['accessRevoked', 'askPerson', 'needsPerson'],
	] as const)('is looked at again once in a minute: %s', (event, operation, state) => {
		const first = decide({ row: { event }, records: [active] });
		expect(first.operation).toBe('lookAgain');
		expect(changed(first)).toMatchObject({
			kind: 'leave',
			state: 'retry',
			dueAt: '2026-03-10T12:01:00.000Z',
			attempts: 1,
		});
		const row = dueAgain(changed(first) ?? {});

		const second = decide({ row, records: [active] });
		expect(second.operation).toBe(operation);
		expect(changed(second)).toMatchObject({ state });
		expect(decide({ row, records: [gone] }).operation).toBe('lockDown');
	});

	it('does nothing at all for a change of a person who works here', () => {
		const decision = decide({ records: [active] });
		expect(decision).toMatchObject({ operation: 'ignore', rows: [{ id: 9, state: 'done', outcome: 'ignored' }] });
		expect(decision.alert).toBeUndefined();
		expect(
			decide({ records: [{ ...active, status: 'onLeave' }], row: { event: 'onLeave' } }).operation,
		).toBe('ignore');
	});

	it('ends a look that a change without consequence had asked for, and says nothing', () => {
		const row = dueAgain(journalRow(9, { event: 'changed', dueAt: NOW }));
		const decision = decide({ row, records: [active] });
		expect(decision.operation).toBe('ignore');
		expect(changed(decision)).toMatchObject({ state: 'withdrawn' });
	});

	it('leaves a look that is still to come to itself', () => {
		const look = journalRow(5, { state: 'retry', dueAt: NOW, details: { lookAgain: 'active', since: NOW } });
		const decision = decide({ records: [active], journal: [look] });
		expect(decision.operation).toBe('ignore');
		expect(ids(decision)).toEqual([9]);
	});

	it('asks about a leave of absence only where the settings say so', () => {
		const records = [{ ...active, status: 'onLeave' }];
		expect(decide({ records, row: { event: 'onLeave' }, settings: { onLeave: 'ask' } }).operation).toBe(
			'askPerson',
		);
	});
});

describe('a last day to come', () => {
	const leaving = { ...active, endDate: '2026-03-31' };

	it('has one row for each employee, which a moved date moves', () => {
		const journal = [
			{ ...scheduledRow, effectiveDate: '2026-03-20', knownAt: NOW },
			{ ...scheduledRow, id: 6, knownAt: KNOWN },
		];
		const decision = decide({ records: [leaving], journal });
		expect(changed(decision, 5)).toMatchObject({
			state: 'scheduled',
			dueAt: '2026-04-01T00:00:00.000Z',
			effectiveDate: '2026-03-31',
			knownAt: KNOWN,
		});
		expect(changed(decision, 6)).toMatchObject({ state: 'withdrawn' });
		expect(changed(decision)).toMatchObject({ state: 'done', impact: 0 });
		expect(decision.rows).toHaveLength(3);
	});

	it('is moved by the row itself when that is due', () => {
		const decision = decide({ row: dueAgain(scheduledRow), records: [leaving], journal: [{ ...scheduledRow, id: 6 }] });
		expect(changed(decision)).toMatchObject({ state: 'scheduled', effectiveDate: '2026-03-31' });
		expect(changed(decision, 6)).toMatchObject({ state: 'withdrawn' });
	});

	it('leaves the rows of other employees, and other rows of this one, alone', () => {
		const journal = [
			{ ...scheduledRow, employeeId: '8' },
			{ ...scheduledRow, id: 6, kind: 'watch' as const },
			{ ...scheduledRow, id: 7, state: 'done' as const },
		];
		expect(ids(decide({ records: [leaving], journal }))).toEqual([9]);
	});

	it.each(['changed', 'leaverCancelled', 'returned'] as const)('is withdrawn by the HRIS: %s', (event) => {
		const decision = decide({ row: { event }, records: [active], journal: [scheduledRow] });
		expect(decision.operation).toBe('withdraw');
		expect(changed(decision)).toMatchObject({ state: 'done', outcome: 'stays' });
		expect(changed(decision, 5)).toMatchObject({ state: 'withdrawn', effectiveDate: '2026-03-09' });
	});

	it('is withdrawn by the HRIS when the day has come', () => {
		const decision = decide({ row: dueAgain(scheduledRow), records: [active] });
		expect(decision.operation).toBe('withdraw');
		expect(changed(decision)).toMatchObject({
			state: 'withdrawn',
			outcome: 'stays',
			effectiveDate: '2026-03-09',
		});
	});

	it('is waited for during garden leave, unless HR has revoked access', () => {
		const garden = { ...leaving, status: 'inactive' };
		expect(decide({ row: { event: 'left' }, records: [garden] }).operation).toBe('schedule');
		const revoked = decide({ row: { event: 'accessRevoked' }, records: [garden] });
		expect(revoked.operation).toBe('lockDown');
		expect(changed(revoked)).toMatchObject({ effectiveAt: NOW });
		// Whose access is revoked is not known where an address names two employees.
		const row = { event: 'accessRevoked' as const, employeeId: '', email: 'ada@example.com' };
		expect(decide({ row, records: [garden, { ...garden, sourceId: '8' }], links: [] }).operation).toBe('schedule');
		const stillActive = decide({ row: { event: 'accessRevoked' }, records: [leaving] });
		expect(stillActive.operation).toBe('schedule');
		expect(stillActive.alert?.text).toContain('HR has revoked access');
	});
});

describe('a person who is called active after their last day', () => {
	const overdue = { ...active, endDate: '2026-03-09' };

	it('is removed where that day was scheduled', () => {
		expect(decide({ row: dueAgain(scheduledRow), records: [overdue] }).operation).toBe('lockDown');
		expect(decide({ records: [overdue], journal: [scheduledRow] }).operation).toBe('lockDown');
		const journal = [{ ...scheduledRow, effectiveDate: '2026-03-08' }];
		expect(decide({ records: [overdue], journal }).operation).toBe('lookAgain');
	});

	it('stays where they began again after that day', () => {
		const records = [{ ...overdue, startDate: '2026-03-10' }];
		expect(decide({ row: { event: 'left' }, records }).operation).toBe('withdraw');
		expect(decide({ records }).operation).toBe('ignore');
	});

	it('is looked at hourly for a day, and then a person is asked', () => {
		let now = Date.parse(NOW);
		let looks = 0;
		let result = decide({ records: [overdue] });
		while (result.operation === 'lookAgain' && looks < 100) {
			looks += 1;
			const row = dueAgain(changed(result) ?? {});
			expect(Date.parse(row.dueAt ?? '') - now).toBe(3_600_000);
			now += 3_600_000;
			result = decide({ row, records: [overdue], now: new Date(now).toISOString() });
		}
		expect(looks).toBe(24);
		expect(result.operation).toBe('askPerson');
		expect(changed(result)).toMatchObject({ state: 'needsPerson' });
	});

	it('is looked at for one day, also where events arrive meanwhile', () => {
		const look = journalRow(5, {
			state: 'retry',
			dueAt: NOW,
			details: { lookAgain: 'overdue', since: '2026-03-09T12:00:00.000Z' },
		});
		expect(decide({ records: [overdue], journal: [look] }).operation).toBe('askPerson');
	});
});

describe('what is never passed by', () => {
	it.each([
		['no one is found', []],
		['the status is unknown', [{ status: 'unknown', explanation: 'A word that no table has.' }]],
		['inactive without a date', [{ status: 'inactive' }]],
		['a last day that is no date', [{ ...gone, endDate: '2026-02-30' }]],
	])('%s', (_case, records) => {
		for (const event of ['left', 'changed'] as const) {
			const decision = decide({ row: { event }, records });
			expect(decision.operation).toBe('askPerson');
			expect(decision.alert?.text).toContain('Nothing was removed');
			expect(changed(decision)).toMatchObject({ state: 'needsPerson', outcome: 'failed' });
		}
	});

	it('a scheduled last day stays scheduled while a person is asked', () => {
		expect(ids(decide({ records: [{ status: 'unknown' }], journal: [scheduledRow] }))).toEqual([9]);
	});

	it('asks in one row, however many events come', () => {
		const journal = [journalRow(5, { state: 'needsPerson' })];
		const decision = decide({ records: [{ status: 'unknown' }], journal });
		expect(changed(decision, 5)).toMatchObject({ state: 'needsPerson' });
		expect(changed(decision)).toMatchObject({ state: 'done' });
	});

	it('links to several accounts, and an event that names no one', () => {
		const links = [OWN_LINK, link({ employeeId: '7', userId: 'u-2' })];
		expect(decide({ records: [gone], links }).operation).toBe('askPerson');
		expect(decide({ row: { employeeId: '' }, records: [gone] }).operation).toBe('askPerson');
	});

	it('an HRIS that does not answer', () => {
		const decision = decide({ failure: 'Service unavailable.', journal: [scheduledRow] });
		expect(decision).toMatchObject({
			operation: 'tryLater',
			alert: { key: 'offboarding: HRIS unreadable', text: expect.stringContaining('Service unavailable.') },
		});
		// The last day that was known is remembered.
		expect(changed(decision, 5)).toMatchObject({
			state: 'retry',
			dueAt: '2026-03-10T12:05:00.000Z',
			effectiveDate: '2026-03-09',
			attempts: 1,
		});
		expect(changed(decision)).toMatchObject({ state: 'done' });
	});
});

describe('the intention to remove', () => {
	it('finds the person by the link where the HRIS has cleared the address', () => {
		const decision = decide({ records: [{ ...gone, email: undefined }] });
		expect(decision).toMatchObject({
			operation: 'lockDown',
			subject: { email: 'linked@example.com', userId: 'u-1' },
		});
		expect(changed(decision)).toMatchObject({ email: 'linked@example.com', userId: 'u-1' });
	});

	it('counts for the limit at once, and says who works on it and who asked', () => {
		const decision = decide({ row: { event: 'left', reference: 'bamboohr e-9' }, records: [gone] });
		expect(changed(decision)).toMatchObject({
			state: 'intended',
			execution: '77',
			impact: 1,
			requestedBy: 'bamboohr, left',
			reference: 'bamboohr e-9',
			reason: 'The last day, 2026-03-09, is over.',
		});
	});

	it('is in the row that waited for the last day', () => {
		const journal = [scheduledRow, { ...scheduledRow, id: 6 }];
		const decision = decide({ row: { event: 'left' }, records: [gone], journal });
		expect(changed(decision, 5)).toMatchObject({ state: 'intended', execution: '77', impact: 1, knownAt: KNOWN });
		expect(changed(decision, 6)).toMatchObject({ state: 'withdrawn' });
		expect(changed(decision)).toMatchObject({ state: 'done', impact: 0 });
	});

	it('is one for all events of a person that one execution decides on', () => {
		const journal = [journalRow(8, { state: 'intended', execution: '77' })];
		const decision = decide({ row: { event: 'left' }, records: [gone], journal });
		expect(decision.operation).toBe('ignore');
		expect(decision.rows).toMatchObject([{ id: 9, state: 'done', impact: 0 }]);
		const ofAnother = [journalRow(8, { state: 'intended', execution: '76' })];
		expect(decide({ row: { event: 'left' }, records: [gone], journal: ofAnother }).operation).toBe('lockDown');
	});

	it('keeps that access was revoked, whatever event comes later', () => {
		const revoked = { ...scheduledRow, event: 'accessRevoked' as const };
		const records = [{ ...active, endDate: '2026-03-31' }];
		expect(changed(decide({ records, journal: [revoked] }), 5)).toMatchObject({ event: 'accessRevoked' });
		expect(changed(decide({ row: { event: 'left' }, records, journal: [{ ...scheduledRow, event: 'changed' }] }), 5)).toMatchObject({
			event: 'left',
		});
	});

	it('remembers that an earlier try may have removed the person', () => {
		const tried = { dueAt: NOW, impact: 1, outcome: 'notVerified', removedAt: '2026-03-10T11:00:00.000Z' };
		const again = changed(decide({ row: tried, records: [gone] }));
		expect(again).toMatchObject({ removedAt: '', outcome: '', details: { attemptAt: '2026-03-10T11:00:00.000Z' } });
		const longAgo = { ...tried, removedAt: '2026-01-10T11:00:00.000Z' };
		expect(changed(decide({ row: longAgo, records: [gone] }))?.details).not.toHaveProperty('attemptAt');
		const died = { dueAt: NOW, impact: 1, details: { intendedAt: '2026-03-10T11:30:00.000Z' } };
		expect(changed(decide({ row: died, records: [gone] }))?.details).toMatchObject({
			attemptAt: '2026-03-10T11:30:00.000Z',
			intendedAt: NOW,
		});
		expect(changed(decide({ row: { dueAt: NOW }, records: [gone] }))?.details).not.toHaveProperty('attemptAt');
	});

	it('leaves a held leaver on the list, and every other decision takes them off it', () => {
		const journal = [journalRow(4, { state: 'held', outcome: 'held' })];
		expect(ids(decide({ records: [gone], journal }))).toEqual([9]);
		expect(ids(decide({ records: [{ status: 'unknown' }], journal }))).toEqual([9]);
		expect(ids(decide({ failure: 'Down.', journal }))).toEqual([9]);
		expect(changed(decide({ records: [active], journal }), 4)).toMatchObject({ state: 'withdrawn' });
		const scheduled = decide({ records: [{ ...active, endDate: '2026-04-01' }], journal });
		expect(changed(scheduled, 4)).toMatchObject({ state: 'withdrawn' });
	});
});

describe('the name of the HRIS', () => {
	it('is what the HRIS says, as is the ID of an employee who was named by address only', () => {
		const row = { source: 'other', employeeId: '', email: 'ada@example.com' };
		expect(changed(decide({ row, records: [gone], links: [] }))).toMatchObject({ source: 'bamboohr', employeeId: '7' });
		const two = [gone, { ...gone, sourceId: '8' }];
		expect(changed(decide({ row, records: two, links: [] }))).toMatchObject({ source: 'bamboohr', employeeId: '' });
		expect(changed(decide({ row, records: [], links: [] }))).toMatchObject({ source: 'bamboohr', employeeId: '' });
	});
});
