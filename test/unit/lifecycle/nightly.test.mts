import type { EmploymentRecord } from '../../../lib/lifecycle/employment.ts';
import type { StoredChange, UnreadableRow } from '../../../lib/lifecycle/journal.ts';
import type { StoredLink } from '../../../lib/lifecycle/links.ts';
import type { HrisList, MemberList } from '../../../lib/lifecycle/lists.ts';
import { readHrisList, readMemberList } from '../../../lib/lifecycle/lists.ts';
import { compareNightly } from '../../../lib/lifecycle/nightly/comparison.ts';
import type { User } from '../../../lib/scim/userResource.ts';
import { employment, journalRow, link, member } from './leaverKit.mts';

const NOW = Date.parse('2026-11-20T01:30:00Z');
const MINUTE = 60_000;
const DAY = 1440;
const at = (minutes: number) => NOW + minutes * MINUTE;
const iso = (minutes: number) => new Date(at(minutes)).toISOString();

describe('the list of the HRIS', () => {
	const manifest = { manifest: true, source: 'bamboohr', readAt: iso(0), pages: 1, count: 1, complete: true };
	const record = { found: true, source: 'bamboohr', sourceId: '1', status: 'inactive' };

	it.each([
		['whole', [record, manifest], undefined],
		['unreadable', [{ error: '500' }], /could not be read: 500/],
		['unreadable in part', [record, { error: { message: '502' } }, manifest], /could not be read: 502/],
		['without a statement', [record], /did not say/],
		['with two statements', [record, manifest, manifest], /did not say/],
		['not whole', [record, { ...manifest, complete: false, explanation: 'It changed.' }], /not complete. It changed/],
		['whole only as a text', [record, { ...manifest, complete: 'true' }], /not complete/],
		['short of a record', [manifest], /announced 1 employees and gave 0/],
		['with a count that is none', [record, { ...manifest, count: 'one' }], /announced/],
		['with a record without an ID', [{ ...record, sourceId: '' }, manifest], /cannot be read/],
		['empty', [{}], /did not say/],
	])('that is %s', (_case, items, trouble) => {
		const list = readHrisList(items);
		if (trouble) expect(list.trouble).toMatch(trouble);
		else expect(list.trouble).toBeUndefined();
	});

	it('can be a directory, whose people may be out of scope', () => {
		const person = { source: 'entra', sourceId: '1', status: 'active', active: true };
		const list = readHrisList([person, { ...person, sourceId: '2', inScope: false }, { ...manifest, count: 2 }]);
		expect(list.trouble).toBeUndefined();
		expect([...list.outOfScope].map(({ sourceId }) => sourceId)).toEqual(['2']);
	});
});

describe("the list of Notion's members", () => {
	const reading = (rows: User[], complete = true) => ({ rows, complete, firstTotal: 1, lastTotal: 1, pages: 1, passes: 1 });
	const ada = member('u', 'a@example.com');

	it.each([
		['whole', reading([ada]), false],
		['an error', { error: 'list incomplete' }, true],
		['empty', reading([]), true],
		['empty of people who have not left', reading([{ ...ada, active: false }]), true],
		['known to have gaps', reading([ada], false), true],
	])('that is %s', (_case, given, isTrouble) => {
		expect(readMemberList(given).trouble !== undefined).toBe(isTrouble);
	});
});

const ada = member('u1', 'ada@example.com', 'Ada');
const leaver = (more: Partial<EmploymentRecord> = {}) =>
	employment({
		sourceId: '1',
		status: 'inactive',
		email: 'ada@example.com',
		displayName: 'Ada',
		endDate: '2026-11-10',
		...more,
	});

interface Night {
	leavers?: EmploymentRecord[];
	leaversTrouble?: string;
	joiners?: EmploymentRecord[];
	outOfScope?: EmploymentRecord[];
	joinersTrouble?: string;
	members?: User[];
	membersTrouble?: string;
	links?: StoredLink[];
	rows?: StoredChange[];
	unreadable?: UnreadableRow[];
	timeZone?: string;
}

const listOf = (records: EmploymentRecord[], trouble?: string, outOfScope: EmploymentRecord[] = []): HrisList => ({
	records,
	outOfScope: new Set(outOfScope),
	...(trouble ? { trouble } : {}),
});

/** An event of the HRIS of yesterday, so that no one misses it. */
const heard = journalRow(900, { kind: 'change', state: 'done', employeeId: '99', createdAt: at(-DAY), updatedAt: at(-DAY) });

const night = (given: Night) => {
	const members: MemberList = {
		members: given.members ?? [ada],
		...(given.membersTrouble ? { trouble: given.membersTrouble } : {}),
	};
	return compareNightly({
		leavers: listOf(given.leavers ?? [], given.leaversTrouble),
		...(given.joiners ? { joiners: listOf(given.joiners, given.joinersTrouble, given.outOfScope) } : {}),
		members,
		links: given.links ?? [],
		journal: { rows: [...(given.rows ?? []), heard], unreadable: given.unreadable ?? [] },
		settings: { timeZone: given.timeZone ?? 'UTC', daysBack: 30, silentAfterDays: 14 },
		now: NOW,
	});
};
const found = (given: Night) => night(given).findings.map((finding) => finding.found);
const keys = (given: Night) => night(given).alerts.map(({ key }) => key);
const alert = (given: Night, key: string) => night(given).alerts.find((one) => one.key === key);

describe('the comparison of leavers', () => {
	it('misses no one whose last day is over and who is still a member, in any capitals', () => {
		expect(found({ leavers: [leaver({ email: 'Ada@Example.com' })] })).toEqual(['missed']);
	});

	it('makes a row that is due at once, for the workflow that decides on leavers', () => {
		expect(night({ leavers: [leaver()] }).changes).toEqual([
			expect.objectContaining({
				kind: 'leave',
				event: 'left',
				state: 'scheduled',
				dueAt: iso(0),
				source: 'bamboohr',
				employeeId: '1',
				email: 'ada@example.com',
				requestedBy: 'Nightly comparison',
				key: 'leavers|bamboohr||nightly:2026-11-20|1',
				impact: 0,
			}),
		]);
	});

	it.each([
		['in Auckland the day is over', 'Pacific/Auckland', ['missed']],
		['in Honolulu it is not', 'Pacific/Honolulu', []],
	])('goes by the zone of the person: %s', (_case, timeZone, expected) => {
		expect(found({ leavers: [leaver({ endDate: '2026-11-19', timeZone })] })).toEqual(expected);
	});

	it('does not take two different letters for the same, nor a secondary address for a person', () => {
		expect(
			found({
				leavers: [leaver({ email: 'mar\u212A@example.com', displayName: 'Mark' })],
				members: [member('u', 'mark@example.com')],
			}),
		).toEqual(['unmatched']);
	});

	it('takes two spellings of one domain for the same', () => {
		expect(
			found({
				leavers: [leaver({ email: 'ada@bücher.example' })],
				members: [member('u', 'Ada@xn--bcher-kva.example')],
			}),
		).toEqual(['missed']);
	});

	it('goes by the link before the address', () => {
		const links = [link({ employeeId: '1', userId: 'u1', email: 'ada@example.com' })];
		const nameless = { email: '', displayName: '' };
		expect(found({ leavers: [leaver(nameless)], links })).toEqual(['missed']);
		expect(found({ leavers: [leaver({ ...nameless, sourceId: '2' })], links })).toEqual(['unmatched']);
		expect(found({ leavers: [leaver({ ...nameless, source: 'hibob' })], links })).toEqual(['unmatched']);
	});

	it.each([
		['the list of the HRIS', { leaversTrouble: 'No.' }],
		["the list of Notion's members", { membersTrouble: 'No.' }],
	])('touches no one where %s is not complete', (_case, trouble) => {
		const result = night({ leavers: [leaver()], joiners: [leaver()], ...trouble });
		expect(result).toMatchObject({ findings: [], changes: [] });
		expect(result.alerts).toMatchObject([{ key: 'nightly: reading', text: expect.stringContaining('No.') }]);
	});

	it.each([
		['', 'it is empty'],
		['Berlin', '"Berlin" is no time zone'],
	])('touches no one while the time zone is "%s"', (timeZone, why) => {
		const result = night({ leavers: [leaver()], timeZone });
		expect(result.changes).toEqual([]);
		expect(result.alerts).toMatchObject([{ key: 'nightly: reading', text: expect.stringContaining(why) }]);
	});

	it('asks where there is no last day or no clear status', () => {
		for (const unclear of [leaver({ endDate: '' }), leaver({ status: 'unknown' }), leaver({ endDate: '2026-02-30' })]) {
			expect(found({ leavers: [unclear] })).toEqual(['unclear']);
			expect(night({ leavers: [unclear] }).changes).toEqual([]);
			expect(keys({ leavers: [unclear] })).toEqual(['nightly: unclear']);
		}
	});

	it('passes by who is called active', () => {
		expect(found({ leavers: [leaver({ status: 'active' }), leaver({ status: 'onLeave' })] })).toEqual([]);
	});

	it.each<[string, Partial<StoredChange>[], string]>([
		['is held', [{ state: 'held', outcome: 'held' }], 'held'],
		['was held, and failed later', [{ state: 'held', outcome: 'held' }, { state: 'refused', outcome: 'failed' }], 'missed'],
		['was released, and then left lying', [{ state: 'withdrawn', outcome: 'held' }], 'missed'],
		['is just being worked on', [{ state: 'intended', updatedAt: at(-5) }], 'pending'],
		['is just being received', [{ state: 'received', updatedAt: at(-5) }], 'pending'],
		['is long overdue', [{ state: 'retry', dueAt: iso(-20) }], 'missed'],
		['is due soon', [{ state: 'scheduled', dueAt: iso(30) }], 'pending'],
		['is only looked at', [{ kind: 'watch', state: 'scheduled', dueAt: iso(5) }], 'missed'],
		// HR has moved the last day to an earlier one.
		['is due on a later day', [{ state: 'scheduled', dueAt: iso(40 * DAY) }], 'missed'],
		['waits for a person', [{ state: 'needsPerson', outcome: 'failed' }], 'missed'],
	])('of a leaver who %s', (_case, rows, expected) => {
		const journal = rows.map((row, index) => journalRow(index + 1, { employeeId: '1', ...row }));
		expect(found({ leavers: [leaver()], rows: journal })).toEqual([expected]);
	});

	it('moves the row that waits for a later day, and makes no second one', () => {
		const rows = [journalRow(1, { employeeId: '1', state: 'scheduled', dueAt: iso(40 * DAY), knownAt: iso(-DAY) })];
		expect(night({ leavers: [leaver()], rows }).changes).toEqual([
			expect.objectContaining({ id: 1, state: 'retry', dueAt: iso(0), knownAt: iso(-DAY), requestedBy: 'Nightly comparison' }),
		]);
	});

	it('changes a row that died with its execution once', () => {
		const rows = [journalRow(1, { employeeId: '1', state: 'received', updatedAt: at(-60), createdAt: at(-60) })];
		expect(night({ leavers: [leaver()], rows }).changes).toEqual([expect.objectContaining({ id: 1, state: 'retry' })]);
	});

	it('tells of whom the limit holds', () => {
		const rows = [journalRow(1, { employeeId: '1', state: 'held', outcome: 'held' })];
		expect(keys({ leavers: [leaver()], rows })).toContain('offboarding: held');
	});

	it('tells once of a leaver who is not a member, and needs a person only where it may be a mistake', () => {
		const never = leaver({ email: 'bob@example.com', displayName: 'Bob' });
		const first = night({ leavers: [never] });
		expect(first.alerts).toMatchObject([{ key: 'nightly: unmatched', note: true }]);
		const [told] = first.changes;
		const rows = [journalRow(5, { ...told, createdAt: at(0), updatedAt: at(0) })];
		expect(night({ leavers: [never], rows })).toMatchObject({ changes: [], alerts: [] });

		const [namesake] = night({ leavers: [leaver({ email: 'ada.l@example.com' })] }).alerts;
		expect(namesake).toMatchObject({ text: expect.stringContaining('same name is ada@example.com') });
		expect(namesake?.note).toBeUndefined();
		const [withoutAddress] = night({ leavers: [leaver({ email: '', displayName: '' })] }).alerts;
		expect(withoutAddress?.note).toBeUndefined();
	});

	it('does not tell of a leaver who was removed, or who is linked to an account', () => {
		const gone = leaver({ email: 'bob@example.com', displayName: 'Bob' });
		const rows = [journalRow(1, { employeeId: '1', state: 'done', outcome: 'removed' })];
		expect(found({ leavers: [gone], rows })).toEqual([]);
		expect(found({ leavers: [gone], links: [link({ employeeId: '1', userId: 'u9' })] })).toEqual([]);
	});

	it('names rows that cannot be read', () => {
		const unreadable = [{ id: '5', key: '', employeeId: '', email: '', why: 'Row 5 cannot be read.' }];
		expect(night({ unreadable }).alerts).toMatchObject([{ text: expect.stringContaining('Row 5') }]);
	});
});

describe('the comparison of hires', () => {
	const hire = (more: Partial<EmploymentRecord> = {}) =>
		employment({ sourceId: '3', email: 'eve@example.com', displayName: 'Eve', startDate: '2026-11-16', ...more });
	const missed = (given: Night) => night(given).missedHires.map(({ sourceId }) => sourceId);
	const journal = (...rows: Partial<StoredChange>[]) =>
		rows.map((row, index) => journalRow(index + 1, { kind: 'hire', event: 'hired', employeeId: '3', updatedAt: at(-DAY), ...row }));

	it('makes a row that is due at once, for the workflow that decides on joiners', () => {
		const result = night({ joiners: [hire({ managerEmail: 'grace@example.com' })] });
		expect(result.changes).toEqual([
			expect.objectContaining({
				kind: 'hire',
				event: 'hired',
				state: 'scheduled',
				dueAt: iso(0),
				employeeId: '3',
				email: 'eve@example.com',
				effectiveDate: '2026-11-16',
				requestedBy: 'Nightly comparison',
				key: 'joiners|bamboohr||nightly:2026-11-20|3',
			}),
		]);
		expect(result.alerts).toMatchObject([{ key: 'nightly: missed hires', note: true }]);
	});

	it.each<[string, Partial<EmploymentRecord>, string[]]>([
		['began today', { startDate: '2026-11-20' }, ['3']],
		['begins tomorrow', { startDate: '2026-11-21' }, []],
		['has begun in Auckland', { startDate: '2026-11-20', timeZone: 'Pacific/Auckland' }, ['3']],
		['has not begun in Honolulu', { startDate: '2026-11-20', timeZone: 'Pacific/Honolulu' }, []],
		['began 30 days ago', { startDate: '2026-10-22' }, ['3']],
		['began long ago', { startDate: '2026-10-20' }, []],
		['has no first day', { startDate: '' }, []],
		['began today, which a directory gives as an instant', { startDate: '', startAt: '2026-11-19T23:00:00.000Z', timeZone: 'Europe/Berlin' }, ['3']],
		['begins tomorrow, given as an instant', { startDate: '', startAt: '2026-11-20T23:00:00.000Z', timeZone: 'Europe/Berlin' }, []],
		['is on leave', { status: 'onLeave' }, ['3']],
		['has a last day to come', { endDate: '2026-12-31' }, ['3']],
		['has left', { status: 'inactive', endDate: '2026-11-18' }, []],
		['is called active after the last day', { endDate: '2026-11-18' }, []],
		['has not started', { status: 'notStarted' }, []],
		['is unclear', { status: 'unknown' }, []],
		['is suspended', { status: 'suspended' }, []],
		['is a member by address', { email: 'ADA@example.com' }, []],
	])('finds whom it must, and no one else: a person who %s', (_case, more, expected) => {
		expect(missed({ joiners: [hire(more)] })).toEqual(expected);
	});

	it('goes by the link', () => {
		expect(missed({ joiners: [hire()], links: [link({ employeeId: '3', userId: 'u1' })] })).toEqual([]);
		expect(missed({ joiners: [hire()], links: [link({ employeeId: '3', userId: 'u9' })] })).toEqual(['3']);
	});

	it.each<[string, Partial<StoredChange>, string[]]>([
		['waits for another try', { state: 'retry' }, []],
		['waits for a person', { state: 'needsPerson' }, []],
		['waits for the first day', { state: 'scheduled' }, []],
		['is at work', { state: 'intended', updatedAt: at(-1) }, []],
		// An admin has removed the account by hand since.
		['was carried out', { state: 'done', outcome: 'created' }, []],
		['was refused', { state: 'refused', outcome: 'refused' }, []],
		['was withdrawn', { state: 'withdrawn', outcome: 'withdrawn' }, ['3']],
		['was a copy', { state: 'withdrawn', outcome: 'copy' }, ['3']],
		['was ignored', { state: 'done', outcome: 'ignored' }, ['3']],
		['was another employment', { state: 'done', outcome: 'created', updatedAt: at(-300 * DAY) }, ['3']],
		['was a cancellation', { event: 'hireCancelled', state: 'needsPerson' }, ['3']],
		['is of another employee', { employeeId: '4', state: 'retry' }, ['3']],
		['is of the same address', { employeeId: '', email: 'eve@example.com', state: 'retry' }, []],
	])('leaves a hire to its row where that %s', (_case, row, expected) => {
		expect(missed({ joiners: [hire()], rows: journal(row) })).toEqual(expected);
	});

	it.each<[string, Partial<StoredChange>, string[]]>([
		['since the first day', { state: 'done', outcome: 'removed', removedAt: '2026-11-17T08:00:00.000Z' }, []],
		['before the first day', { state: 'done', outcome: 'removed', removedAt: '2026-11-15T08:00:00.000Z' }, ['3']],
		['since then in an emergency', { kind: 'emergency', state: 'done', removedAt: '2026-11-17T08:00:00.000Z' }, []],
		['just now', { state: 'intended', updatedAt: at(-1) }, []],
		['held by the limit', { state: 'held', outcome: 'held' }, []],
	])('does not bring back who was removed %s', (_case, row, expected) => {
		expect(missed({ joiners: [hire()], rows: journal({ kind: 'leave', event: 'left', ...row }) })).toEqual(expected);
	});

	it('adds no one for whom Notion is not meant', () => {
		const one = hire();
		expect(missed({ joiners: [one], outOfScope: [one] })).toEqual([]);
	});

	it('adds no one where the list is not complete, says so, and compares the leavers all the same', () => {
		const result = night({ joiners: [hire()], joinersTrouble: 'No.', leavers: [leaver()] });
		expect(result.missedHires).toEqual([]);
		expect(result.findings).toHaveLength(1);
		expect(result.alerts.map(({ key }) => key)).toContain('nightly: reading employees');
	});

	it('are not looked for where the HRIS is not asked, and no one is told', () => {
		expect(night({})).toMatchObject({ missedHires: [], alerts: [] });
	});
});

describe('a removal of which nothing was heard', () => {
	const row = (id: number, minutes: number, more: Partial<StoredChange> = {}) =>
		journalRow(id, {
			state: 'intended',
			impact: 1,
			email: 'ada@example.com',
			displayName: 'Ada',
			createdAt: at(minutes),
			updatedAt: at(minutes),
			...more,
		});
	const bob = member('u2', 'bob@example.com', 'Bob');
	/** IDs of the rows that are closed as ended. */
	const ended = (given: Night) =>
		night(given).changes.flatMap((change) => ('id' in change && change.state === 'withdrawn' ? [change.id] : []));

	it('is ended where the person is gone, and told of once', () => {
		const given = { rows: [row(1, -60)], members: [bob] };
		expect(ended(given)).toEqual([1]);
		expect(keys(given)).toEqual(['nightly: orphans gone']);
	});

	it.each([
		['by address', {}, []],
		['by the ID in the row', { email: '', userId: 'u1' }, []],
		['by link', { email: '' }, [link({ employeeId: '7', userId: 'u1' })]],
	])('is not ended where the person is a member %s', (_case, more, links) => {
		const given = { rows: [row(1, -60, more)], members: [ada, bob], links };
		expect(ended(given)).toEqual([]);
		expect(alert(given, 'nightly: orphans')?.text).toContain('Ada');
	});

	it('is finished, and not ended, where the HRIS still lists the person', () => {
		const leavers = [leaver({ sourceId: '7' })];
		expect(found({ leavers, rows: [row(1, -60)], members: [bob] })).toEqual(['unfinished']);
		expect(night({ leavers, rows: [row(1, -60)], members: [bob] }).changes).toEqual([
			expect.objectContaining({ id: 1, state: 'retry', dueAt: iso(0), impact: 1 }),
		]);
		expect(found({ leavers, rows: [row(1, -60)], members: [ada] })).toEqual(['missed']);
		const finished = [row(1, -60), row(2, -30, { state: 'done', outcome: 'removed' })];
		expect(night({ leavers, rows: finished, members: [bob] })).toMatchObject({ findings: [], changes: [] });
		const old = { leavers, rows: [row(1, -31 * DAY)], members: [bob] };
		expect(found(old)).toEqual([]);
		expect(ended(old)).toEqual([1]);
	});

	it('is not ended on a list that is not complete, nor while it is young', () => {
		expect(ended({ rows: [row(1, -60)], members: [bob], membersTrouble: 'No.' })).toEqual([]);
		expect(ended({ rows: [row(1, -14)], members: [bob] })).toEqual([]);
	});

	it('is no matter any more after a later try, whatever that came to', () => {
		const rows = [row(1, -60), row(2, -30, { state: 'done', outcome: 'stays' })];
		expect(keys({ rows })).not.toContain('nightly: orphans');
	});
});

describe('rows that died with their execution', () => {
	const row = (id: number, state: StoredChange['state'], created: number, updated = created) =>
		journalRow(id, {
			key: 'joiners|bamboohr||e1|1',
			kind: 'hire',
			event: 'hired',
			execution: String(id),
			state,
			...(state === 'done' ? { outcome: 'created' } : {}),
			createdAt: at(created),
			updatedAt: at(updated),
		});
	const freed = (rows: StoredChange[]) =>
		night({ rows }).changes.map((change) => [('id' in change && change.id) || 0, change.state]);

	it('are told of and tried again, and a copy beside them is closed', () => {
		const rows = [row(1, 'received', -60), row(2, 'received', -59)];
		expect(alert({ rows }, 'nightly: dead leases')?.text).toContain('(execution 1)');
		expect(alert({ rows }, 'nightly: dead leases')?.text).not.toContain('(execution 2)');
		expect(freed(rows)).toEqual([
			[1, 'retry'],
			[2, 'withdrawn'],
		]);
	});

	it('are told of where they were decided on and not carried out', () => {
		expect(keys({ rows: [row(1, 'intended', -60)] })).toEqual(['nightly: dead leases']);
	});

	it.each([
		['a late copy of what was done', [row(1, 'done', -60), row(2, 'received', -30)]],
		['a death after which a retry did it', [row(1, 'received', -60), row(2, 'done', -30)]],
		['a copy beside a failure', [row(1, 'retry', -60, -58), row(2, 'received', -59)]],
		['what is still being worked on', [row(1, 'received', -14)]],
	])('are not told of: %s', (_case, rows) => {
		expect(keys({ rows })).not.toContain('nightly: dead leases');
	});

	it('are known as interrupted, so that the clock counts how often', () => {
		const [change] = night({ rows: [row(1, 'received', -60)] }).changes;
		expect(change).toMatchObject({ state: 'retry', outcome: 'interrupted' });
	});

	it('are closed where they are copies that had nothing to do', () => {
		expect(freed([row(1, 'done', -60), row(2, 'received', -30)])).toEqual([[2, 'withdrawn']]);
	});
});

describe('what waits', () => {
	it('for a person is a new alert every night', () => {
		const refused = journalRow(1, { state: 'refused', outcome: 'refused', reason: 'Ada is an owner.', displayName: 'Ada' });
		expect(alert({ rows: [refused] }, 'nightly: waiting for a person')?.text).toContain('Ada is an owner.');
		const later = journalRow(2, { state: 'done', outcome: 'removed' });
		expect(keys({ rows: [refused, later] })).not.toContain('nightly: waiting for a person');
		const hire = journalRow(3, { kind: 'hire', state: 'needsPerson', reason: 'No address.' });
		expect(alert({ rows: [hire] }, 'nightly: rows')?.text).toContain('No address.');
	});

	it('for more than an hour says that the clock is idle', () => {
		expect(keys({ rows: [journalRow(1, { state: 'retry', dueAt: iso(-61) })] })).toEqual(['nightly: late rows']);
		expect(keys({ rows: [journalRow(1, { state: 'retry', dueAt: iso(-59) })] })).toEqual([]);
	});
});

describe('silence', () => {
	const keysOf = (rows: StoredChange[]) =>
		compareNightly({
			leavers: listOf([]),
			members: { members: [ada] },
			links: [],
			journal: { rows, unreadable: [] },
			settings: { timeZone: 'UTC', daysBack: 30, silentAfterDays: 14 },
			now: NOW,
		}).alerts.map(({ key }) => key);
	const event = (minutes: number, more: Partial<StoredChange> = {}) =>
		journalRow(1, { state: 'done', outcome: 'ignored', createdAt: at(minutes), ...more });

	it.each([
		['an event of yesterday', [event(-DAY)], []],
		['an event of 15 days ago', [event(-15 * DAY)], ['nightly: silence']],
		['no event at all', [], ['nightly: silence']],
		['only what the night did itself', [event(-60, { key: 'leavers|bamboohr||nightly:2026-11-19|1' })], ['nightly: silence']],
		['only a row that a person has added', [event(-60, { key: '' })], ['nightly: silence']],
		['only looks and reminders', [event(-60, { kind: 'remind' })], ['nightly: silence']],
	])('after %s', (_case, rows, expected) => {
		expect(keysOf(rows)).toEqual(expected);
	});
});

describe('rows that may be deleted', () => {
	const old = at(-61 * DAY);

	it.each<[string, Partial<StoredChange>, boolean]>([
		['a copy', { outcome: 'copy', state: 'withdrawn' }, true],
		['an event of which nothing came', { outcome: 'ignored', state: 'done' }, true],
		['an event that another row stands for', { outcome: 'merged', state: 'done' }, true],
		['a change of attributes', { kind: 'change', outcome: 'updated', state: 'done' }, true],
		['a look', { kind: 'watch', outcome: 'gone', state: 'done' }, true],
		['a departure', { outcome: 'removed', state: 'done' }, false],
		['a hire', { kind: 'hire', outcome: 'created', state: 'done' }, false],
		['a reminder', { kind: 'remind', outcome: 'told', state: 'done' }, false],
		['a change that waits for a person', { kind: 'change', state: 'needsPerson' }, false],
		['a copy of today', { outcome: 'copy', state: 'withdrawn', updatedAt: NOW }, false],
	])('%s', (_case, values, isOutdated) => {
		const { outdated } = night({ rows: [journalRow(1, { createdAt: old, updatedAt: old, ...values })] });
		expect(outdated.map(({ id }) => id)).toEqual(isOutdated ? [1] : []);
	});
});
