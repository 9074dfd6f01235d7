import { licenseReport } from '../../../lib/directory/seats/license.ts';
import type { PickableSeats } from '../../../lib/directory/seats/pickableSeats.ts';
import { pickableSeats, readPickableSeats } from '../../../lib/directory/seats/pickableSeats.ts';
import { newChange, readChanges, type StoredChange } from '../../../lib/lifecycle/journal.ts';
import { approvedSeats, type SeatPlan } from '../../../lib/lifecycle/seats/approvedSeats.ts';
import { licenseRecords, licenseReportRun } from '../../../lib/lifecycle/seats/licenseReportRows.ts';
import { overdueSeats } from '../../../lib/lifecycle/seats/overdueSeats.ts';
import { pickList } from '../../../lib/lifecycle/seats/pickable.ts';
import { gapAlerts } from '../../../lib/lifecycle/seats/seatAlerts.ts';
import { askedApprovers, seatRequest } from '../../../lib/lifecycle/seats/seatRequest.ts';
import { resultAlerts, seatResults } from '../../../lib/lifecycle/seats/seatResults.ts';
import { evidence, NOW, seat } from '../report/seatExamples.mts';

const HOUR = 3_600_000;

const report = licenseReport({
	title: 'Seats',
	seats: [seat('a', 'matched'), seat('b', 'inactiveInDirectory', { department: 'Sales' }), seat('c', 'orphaned', { displayName: null })],
	terms: { costPerSeat: 24, currency: 'EUR', contractedSeats: 8, renewalDate: '2026-06-01' },
	lastReport: { sources: {}, absentSince: {} },
	whyNot: [],
	unproven: [],
	knowsOwnDomains: true,
	evidence,
	sources: {},
	absentSince: { c: '2026-03-01T08:00:00.000Z' },
	now: NOW,
});
const pickable = pickableSeats(report);

/** A row of the journal as it is stored. */
function stored(id: number, values: Partial<StoredChange> = {}): StoredChange {
	const row = newChange({
		kind: 'seat', state: 'retry', key: `seat|u${id}`, userId: `u${id}`, email: `u${id}@example.com`,
		requestedBy: 'asker@example.com', approvedBy: 'boss@example.com (assurance: n8n sign-in)', reference: 'request 7; list 3 abc',
	});
	return { ...row, id, createdAt: NOW - HOUR, updatedAt: NOW - HOUR, ...values };
}

describe('what a report leaves', () => {
	test('is a row with its figures and without the seats', () => {
		const row = licenseReportRun(report, { workflow: 'W', execution: '12' });
		expect(row).toMatchObject({ kind: 'licenseReport', workflow: 'W', execution: '12', state: 'whole', at: '2026-03-01T09:00:00.000Z', note: '' });
		expect(JSON.parse(row.details)).toMatchObject({ totals: { seats: 3, removable: 2 }, changes: null });
		expect(row.details).not.toContain('a@example.com');
	});

	test('says in its row that the readings had gaps', () => {
		const row = licenseReportRun({ ...report, whyNot: ['Page 2 failed.'] }, { workflow: 'W', execution: '12' });
		expect(row).toMatchObject({ state: 'incomplete', note: 'Page 2 failed.' });
	});

	test('is the page, what the next report needs, what may be picked, and the list', () => {
		const records = licenseRecords(report, { html: '<p>', csv: 'Class' });
		expect(records.map(({ key }) => key)).toEqual([
			'licenseReport:page', 'licenseReport:memory', 'licenseReport:pickable', 'licenseReport:list:2026-03-01T09:00:00.000Z',
		]);
		expect(records.map(({ record }) => record)).toEqual(['<p>', JSON.stringify(report.memory), JSON.stringify(pickable), 'Class']);
	});

	test('is what may be picked, and reads as it was written', () => {
		expect(pickable.seats.map(({ userId }) => userId)).toEqual(['b', 'c']);
		expect(readPickableSeats(JSON.stringify(pickable))).toEqual(pickable);
		expect(readPickableSeats('')).toBeUndefined();
		expect(readPickableSeats('{"seats": []}')).toBeUndefined();
	});

	test('is an alert where the readings had gaps', () => {
		expect(gapAlerts(report)).toEqual([]);
		expect(gapAlerts({ whyNot: ['Page 2 failed.'] })).toEqual([
			{ key: 'license-reconciliation: report', text: 'No seat may be ended on the report: Page 2 failed.' },
		]);
	});
});

describe('seats that may be picked', () => {
	const about = { picker: 'Boss <boss@example.com>', maxAgeDays: 35, now: NOW };

	test('are those of the newest report', () => {
		expect(pickList(pickable, about)).toEqual({ seats: pickable.seats });
	});

	test.each<[string, PickableSeats | undefined, object, RegExp]>([
		['there is no report', undefined, {}, /no report/],
		['the readings had gaps', { ...pickable, whyNot: ['A gap.'] }, {}, /No seat may be ended on the newest report\. A gap\./],
		['the report is old', { ...pickable, reportedAt: '2026-01-01T09:00:00Z' }, {}, /too old/],
		['the report has no date', { ...pickable, reportedAt: '' }, {}, /too old/],
		['no seat may be ended', { ...pickable, seats: [] }, {}, /no seat/],
		['no one asks', pickable, { picker: 'me' }, /address is not known/],
	])('are none where %s', (_what, given, more, expected) => {
		const list = pickList(given, { ...about, ...more });
		expect(list.seats).toEqual([]);
		expect(list.refusal).toMatch(expected);
	});
});

describe('a request', () => {
	const about = { picker: 'Asker <Asker@example.com>', expireHours: 72, execution: '7', now: NOW };

	test('is one row for each seat, which waits until it expires and uses nothing of a limit', () => {
		expect(seatRequest(pickable.seats, about)).toEqual([
			expect.objectContaining({
				key: 'seat|b', kind: 'seat', state: 'held', dueAt: '2026-03-04T09:00:00.000Z', userId: 'b', email: 'b@example.com',
				requestedBy: 'Asker@example.com', approvedBy: '', reference: 'request 7', impact: 0, reason: 'There is a reason.',
			}),
			expect.objectContaining({ key: 'seat|c', displayName: '' }),
		]);
	});

	test('is mailed neither to the person who asked nor to a person on the list', () => {
		const approvers = ['boss@example.com', 'asker@example.com', 'B@example.com'];
		expect(askedApprovers(approvers, { picker: 'ASKER@example.com', seats: pickable.seats })).toEqual({ to: ['boss@example.com'], isNoneLeft: false });
	});

	test('is mailed to all where no one is left who may decide, and says so', () => {
		const approvers = ['asker@example.com', 'b@example.com'];
		expect(askedApprovers(approvers, { picker: 'asker@example.com', seats: pickable.seats })).toEqual({ to: approvers, isNoneLeft: true });
	});
});

describe('of a plan', () => {
	type ChangeFields = Exclude<SeatPlan, { failure: string }>['changes'][number];
	const change = (id: string, more: Partial<ChangeFields> = {}): ChangeFields => ({
		action: 'user.remove',
		target: { type: 'user', id, email: `${id}@example.com`, displayName: null, source: null, sourceId: null },
		member: null, changes: [], reason: 'inactive', explanation: `${id} has left.`, guard: 'ok', impact: 1, precondition: {},
		planDigest: 'digest', workspace: 'w', policyDigest: 'p', plannedAt: '', expiresAt: '', signature: 's', ...more,
	});
	const chosen = (rows: StoredChange[], changes: ChangeFields[], mayTakeAway = true) => approvedSeats(rows, { changes, mayTakeAway }, '9');

	test('removals of picked people are carried out, and nothing else', () => {
		const other = change('u1', { action: 'group.removeMembers', target: { type: 'group', id: 'u1', displayName: 'G' } });
		const [one, two] = chosen([stored(1), stored(2)], [other, change('u1'), change('u2', { reason: 'unlisted' }), change('u3')]);
		expect(one).toMatchObject({
			id: 1, state: 'intended', execution: '9', impact: 1, reason: 'u1 has left.', dueAt: '', approvedBy: expect.stringContaining('boss@'),
			details: { action: 'user.remove', planDigest: 'digest', planned: JSON.stringify(change('u1')) },
		});
		expect(two).toMatchObject({ id: 2, state: 'intended' });
	});

	test.each<[string, ChangeFields[], RegExp]>([
		['who is listed again', [change('u1', { action: 'none', reason: 'unchanged', explanation: 'u1 is present.' })], /u1 is present\./],
		['about whom the plan says nothing', [], /no longer says/],
		['who would be removed for another reason', [change('u1', { reason: 'outOfScope', explanation: 'u1 is out of scope.' })], /out of scope/],
	])('the seat of a person %s stays', (_what, changes, expected) => {
		expect(chosen([stored(1)], changes)).toEqual([
			expect.objectContaining({ state: 'done', outcome: 'stays', impact: 0, reason: expect.stringMatching(expected) }),
		]);
	});

	test.each<[string, Partial<ChangeFields>, boolean]>([
		['who is missing, but not for long enough', { action: 'none', reason: 'unlisted' }, true],
		['whom the plan could not tell anything about', { action: 'none', reason: 'ambiguous' }, false],
	])('the seat of a person %s is blocked', (_what, more, mayTakeAway) => {
		expect(chosen([stored(1)], [change('u1', more)], mayTakeAway)).toEqual([
			expect.objectContaining({ state: 'refused', outcome: 'blocked', reason: 'u1 has left.' }),
		]);
	});

	test('that failed, no seat ends', () => {
		expect(approvedSeats([stored(1)], { failure: 'The token was rejected.' }, '9')).toEqual([
			expect.objectContaining({ state: 'refused', outcome: 'failed', reason: 'The token was rejected.' }),
		]);
	});
});

describe('the outcome of approved seats', () => {
	const withOutcome = (outcome: string, id = 1): StoredChange => stored(id, { state: 'done', outcome, reason: 'A note.' });

	test('is well where every seat has ended, or a person stays for a reason', () => {
		const found = seatResults([withOutcome('done'), withOutcome('unchanged', 2), withOutcome('stays', 3)]);
		expect(found).toMatchObject({ ended: 2, open: [], people: ['asker@example.com', 'boss@example.com'] });
		expect(resultAlerts(found)).toEqual([]);
	});

	test.each(['blocked', 'held', 'failed', 'notVerified', 'refused', 'stale', ''])('is an alert for "%s"', (outcome) => {
		const found = seatResults([withOutcome('done'), withOutcome(outcome, 2)]);
		expect(resultAlerts(found)).toEqual([
			{ key: 'license-removal: request 7', text: expect.stringContaining('u2@example.com: ') },
		]);
	});

	test('is an alert for each request', () => {
		const other = { ...withOutcome('held', 2), reference: 'request 8' };
		expect(resultAlerts(seatResults([withOutcome('held'), other])).map(({ key }) => key)).toEqual([
			'license-removal: request 7', 'license-removal: request 8',
		]);
	});
});

describe('seats that no one attends to', () => {
	const old = { updatedAt: NOW - 3 * HOUR };

	test('are not those that wait in time, or whose execution may be at work', () => {
		const rows = [
			stored(1, { state: 'held', dueAt: '2026-03-01T10:00:00.000Z', ...old }), stored(2), stored(3, { state: 'intended' }),
			stored(4, { kind: 'sync', state: 'intended', ...old }),
		];
		expect(overdueSeats(rows, NOW)).toEqual({ rows: [], alerts: [] });
	});

	test.each(['2026-03-01T09:00:00.000Z', ''])('are those that no one answered by "%s", which is a no and no alert', (dueAt) => {
		const { rows, alerts } = overdueSeats([stored(1, { state: 'held', dueAt })], NOW);
		expect(rows).toEqual([expect.objectContaining({ id: 1, state: 'withdrawn', outcome: 'expired', reason: 'No one answered in time.' })]);
		expect(alerts).toEqual([]);
	});

	test('are those that were approved and not begun: they are tried once more, then a person hears of it', () => {
		for (const state of ['retry', 'received'] as const) {
			const first = overdueSeats([stored(1, { state, ...old })], NOW);
			expect(first).toEqual({ rows: [expect.objectContaining({ state: 'retry', attempts: 1 })], alerts: [] });
			const second = overdueSeats([stored(1, { state, ...old, attempts: 1 })], NOW);
			expect(second.rows).toEqual([expect.objectContaining({ state: 'withdrawn', outcome: 'lost' })]);
			expect(second.alerts).toEqual([{ key: 'license-removal: request 7', text: expect.stringContaining('approved and did not end') }]);
		}
	});

	test('are those whose execution died while it ended them: they may have ended, count as ended, and a person hears of it', () => {
		const { rows, alerts } = overdueSeats([stored(1, { state: 'intended', impact: 1, ...old })], NOW);
		expect(rows).toEqual([expect.objectContaining({ state: 'done', outcome: 'lost', impact: 1 })]);
		expect(alerts).toEqual([{ key: 'license-removal: request 7', text: expect.stringContaining('u1@example.com') }]);
	});
});

test('rows of requests can be stored and read again', () => {
	const rows = seatRequest(pickable.seats, { picker: 'a@example.com', expireHours: 1, execution: '7', now: NOW });
	const read = readChanges(rows.map((row, index) => ({ ...row, details: '', id: index + 1, createdAt: NOW, updatedAt: NOW })));
	expect(read.unreadable).toEqual([]);
	expect(read.rows).toHaveLength(2);
});
