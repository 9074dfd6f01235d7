import { readRecord } from '../../../lib/lifecycle/employment.ts';
import { personOf } from '../../../lib/lifecycle/joiners/joinerPerson.ts';
import type { EventKind } from '../../../lib/lifecycle/eventKinds.ts';
import type { Fields, Known } from './joinersKit.mts';
import { decide, EVENT_ROW, LINK, RECORD, stored, waiting } from './joinersKit.mts';

const changed = (more: Fields = {}) => ({ event: 'changed' as const, ...more });
const names = (groups: Array<{ name: string }> = []) => groups.map(({ name }) => name);

describe('when access begins', () => {
	// Instants taken from the tz database with `date`, not from the code under test.
	it.each([
		['Europe/Berlin', '2026-05-04', 0, '2026-05-03T22:00:00.000Z'],
		['Pacific/Auckland', '2026-05-04', 0, '2026-05-03T12:00:00.000Z'],
		['Pacific/Honolulu', '2026-05-04', 0, '2026-05-04T10:00:00.000Z'],
		['Pacific/Auckland', '2026-05-04', 12, '2026-05-03T00:00:00.000Z'],
		// The days on which clocks go forward and back.
		['Europe/Berlin', '2026-03-29', 0, '2026-03-28T23:00:00.000Z'],
		['Europe/Berlin', '2026-03-30', 0, '2026-03-29T22:00:00.000Z'],
		['Europe/Berlin', '2026-10-25', 0, '2026-10-24T22:00:00.000Z'],
		['Europe/Berlin', '2026-10-26', 0, '2026-10-25T23:00:00.000Z'],
		['Pacific/Auckland', '2026-09-27', 0, '2026-09-26T12:00:00.000Z'],
		['Pacific/Auckland', '2026-09-28', 0, '2026-09-27T11:00:00.000Z'],
		// Where midnight is skipped, the day begins with its first hour.
		['America/Santiago', '2026-09-06', 0, '2026-09-06T04:00:00.000Z'],
		['Pacific/Honolulu', '2028-02-29', 0, '2028-02-29T10:00:00.000Z'],
		['Asia/Kolkata', '2028-02-29', 1.5, '2028-02-28T17:00:00.000Z'],
	])('in %s on %s less %d hours, it is %s', async (timeZone, startDate, leadHours, instant) => {
		const at = async (now: string) =>
			await decide({ record: { startDate, timeZone, status: 'notStarted' }, settings: { leadHours }, now });
		const before = await at(new Date(Date.parse(instant) - 1).toISOString());

		expect(before).toMatchObject({ operation: 'schedule', main: { state: 'scheduled', outcome: 'scheduled' } });
		expect(before.main).toMatchObject({ dueAt: instant, effectiveAt: instant, effectiveDate: startDate, timeZone });
		const then = await at(instant);
		expect(then.operation).toBe('provision');
		expect(names(then.main.details.groups)).toEqual(['All Staff', 'Sales']);
	});

	it('goes by the zone of the person, then of the event, then of the settings, and never the server\'s', async () => {
		const zoneOf = async (record: Fields, event: Known['event']) =>
			(await decide({ record: { startDate: '2027-01-04', ...record }, event: event ?? {} })).main.timeZone;

		expect(await zoneOf({ timeZone: 'Asia/Tokyo' }, { timeZone: 'Asia/Dubai' })).toBe('Asia/Tokyo');
		expect(await zoneOf({}, { timeZone: 'Asia/Dubai' })).toBe('Asia/Dubai');
		expect(await zoneOf({ timeZone: 'Moon/Base' }, { timeZone: '+02:00' })).toBe('Europe/Berlin');
	});
});

describe('settings', () => {
	it.each(['', 'local', 'Moon/Base', '+02:00', 'UTC+2'])('with the time zone "%s" let everything wait', async (timeZone) => {
		expect(await decide({ settings: { timeZone } })).toMatchObject({
			operation: 'tryLater',
			main: { state: 'retry', attempts: 1 },
			alert: { text: expect.stringContaining('Time Zone') },
		});
	});

	it.each([
		['a lead time that is no number', { leadHours: Number.NaN }, 'Lead Time'],
		['a lead time below 0', { leadHours: -1 }, 'Lead Time'],
		['an entry without a department', { departmentGroups: [{ department: ' ', group: { name: 'Sales' } }] }, 'Entry 1'],
	])('with %s let everything wait', async (_case, settings, sentence) => {
		expect(await decide({ settings })).toMatchObject({
			operation: 'tryLater',
			alert: { text: expect.stringContaining(sentence) },
		});
	});

	it('may name groups for every department, and for no department', async () => {
		const departmentGroups = [
			{ department: '*', group: { name: 'All Staff' } },
			{ department: 'Sales', group: { id: 'g-1', name: 'Sales' } },
			{ department: 'Sales', group: { name: 'All Staff' } },
		];
		const groupsOf = async (department: string | undefined) => {
			const { operation, main } = await decide({ record: { department }, settings: { departmentGroups } });
			return [operation, ...names(main.details.groups)];
		};
		expect(await groupsOf('Sales')).toEqual(['provision', 'All Staff', 'Sales']);
		expect(await groupsOf('Astrology')).toEqual(['provision', 'All Staff']);
		expect(await groupsOf(undefined)).toEqual(['provision', 'All Staff']);
	});

	it('may name a department whose people join no group, and know it by its spelling', async () => {
		const settings = { departmentGroups: [{ department: 'Caf\u00e9  Bar', group: undefined }] };
		const decision = await decide({ record: { department: 'Cafe\u0301 Bar ' }, settings });
		expect([decision.operation, decision.main.details.groups]).toEqual(['provision', []]);
		expect((await decide({ record: { department: 'caf\u00e9 bar' }, settings })).operation).toBe('askPerson');
	});
});

describe('a hire', () => {
	it('is written with what the HRIS says, for the row of the event', async () => {
		const record = { givenName: 'Ada', familyName: 'Lovelace', title: 'Countess', managerEmail: 'lord@example.com' };
		const { main, own, alert, lookedUp, subject } = await decide({ record, event: { source: 'headerToken' } });

		expect(main).toBe(own);
		expect(main).toMatchObject({
			state: 'intended',
			execution: '42',
			source: 'bamboohr',
			employeeId: '7',
			email: 'ada@example.com',
			displayName: 'Ada Lovelace',
			managerEmail: 'lord@example.com',
			effectiveDate: '2026-05-04',
			effectiveAt: '2026-05-03T22:00:00.000Z',
		});
		expect(main.details).toEqual({
			person: { givenName: 'Ada', familyName: 'Lovelace', title: 'Countess', department: 'Sales' },
			groups: [{ name: 'All Staff' }, { name: 'Sales' }],
			role: 'member',
			createGroups: false,
		});
		expect([alert, lookedUp]).toEqual([undefined, []]);
		expect(subject).toMatchObject({ email: 'ada@example.com', displayName: 'Ada Lovelace' });
	});

	it('without a day counts from now for a person who is active, and is the admin\'s otherwise', async () => {
		expect((await decide({ record: { startDate: undefined } })).operation).toBe('provision');
		expect(await decide({ record: { startDate: undefined, status: 'notStarted' } })).toMatchObject({
			operation: 'askPerson',
			main: { state: 'needsPerson' },
			alert: { text: expect.stringContaining('no day') },
		});
	});

	it('of a person who is back after an earlier employment is one', async () => {
		expect((await decide({ record: { startDate: '2026-05-04', endDate: '2025-12-31' } })).operation).toBe('provision');
	});

	it('of a person whose last day is over is none', async () => {
		const record = { status: 'active', endDate: '2026-05-31', timeZone: 'Pacific/Honolulu' };
		expect((await decide({ record, now: '2026-06-01T09:59:00Z' })).operation).toBe('provision');
		const after = await decide({ record, now: '2026-06-01T10:00:00Z' });
		expect(after).toMatchObject({ operation: 'ignore', own: { state: 'done', outcome: 'ignored' } });
		expect(after.lookedUp).toEqual([{ userId: '', email: 'ada@example.com' }]);
	});

	it('of a member who does not work there is told to the admin, and nothing is done', async () => {
		const record = { status: 'inactive' };
		const member = { email: 'ada@example.com' };
		expect(await decide({ record, member })).toMatchObject({
			operation: 'askPerson',
			own: { state: 'done', outcome: 'refused' },
			alert: { text: expect.stringContaining('is a member') },
		});
	});

	it('in one company of a person who left another is one, and the old record is no trouble', async () => {
		const old = { ...RECORD, sourceId: '6', status: 'inactive', endDate: '2026-04-30' };
		expect((await decide({ others: [old] })).operation).toBe('provision');
		const about = await decide({ event: { employeeId: '6' }, others: [old] });
		expect(about).toMatchObject({ operation: 'ignore', own: { outcome: 'ignored' }, lookedUp: [] });
	});

	it('without an ID is about the living record of the address', async () => {
		const old = { ...RECORD, sourceId: '6', status: 'inactive', endDate: '2026-04-30' };
		const event = { employeeId: '', email: 'ada@example.com' };
		expect(await decide({ event, others: [old] })).toMatchObject({ operation: 'provision', main: { employeeId: '7' } });
	});

	it('moves the row that waits instead of adding one', async () => {
		const { rows, main, own } = await decide({ record: { startDate: '2026-07-01' }, rows: [waiting()] });
		expect([...rows.keys()].sort()).toEqual([3, EVENT_ROW]);
		expect(main).toMatchObject({ id: 3, state: 'scheduled', dueAt: '2026-06-30T22:00:00.000Z', attempts: 0 });
		expect(own).toMatchObject({ state: 'done', outcome: 'merged', reason: 'Row 3 stands for this employee.' });
	});

	it('leaves one row of several that wait, and that one is acted on', async () => {
		const { rows, main } = await decide({ rows: [waiting({ id: 9, state: 'retry' }), waiting(), waiting({ id: 8, state: 'needsPerson' })] });
		expect(main).toMatchObject({ id: 3, state: 'intended', execution: '42' });
		expect([8, 9].map((id) => rows.get(id)?.state)).toEqual(['withdrawn', 'withdrawn']);
	});

	it('that a clock hands over is its own row, and takes in the others', async () => {
		const event = { id: EVENT_ROW, dueAt: '2026-05-03T22:00:00.000Z', effectiveDate: '2026-05-04' };
		const { rows, own } = await decide({ event, rows: [waiting({ id: 60 })] });
		expect(own.state).toBe('intended');
		expect(rows.get(60)).toMatchObject({ state: 'withdrawn', outcome: 'merged' });
	});

	it('leaves rows alone that are over, under way, of others, or about other things', async () => {
		const rows = [
			waiting({ id: 1, state: 'done' }),
			waiting({ id: 2, state: 'withdrawn' }),
			waiting({ id: 3, kind: 'leave' }),
			waiting({ id: 4, state: 'intended' }),
			waiting({ id: 5, employeeId: '8' }),
			waiting({ id: 6, source: 'personio' }),
			waiting({ id: 7, companyId: 'A' }),
		];
		const decision = await decide({ event: { companyId: 'B' }, record: { startDate: '2026-07-01' }, rows });
		expect([...decision.rows.keys()]).toEqual([EVENT_ROW]);
	});

	it.each([
		['no address', { email: undefined }, /no email address/],
		['a malformed address', { email: 'not-an-email' }, /"not-an-email" is not an email address/],
		['two at signs', { email: 'x@@example.com' }, /is not an email address/],
		['two addresses', { email: 'a@example.com, b@example.com' }, /is not an email address/],
		['an unknown department', { department: 'Astrology' }, /"Astrology" is not in Departments and Groups/],
		['no department', { department: undefined }, /department "" is not in/],
		['a status that is not known', { status: 'On Sabbatical' }, /"On Sabbatical", which is not a known status/],
		['a status that the source explains', { status: 'unknown', explanation: 'Still active.' }, /Still active\./],
		['a first day that is no date', { startDate: '31/01/2026' }, /"31\/01\/2026", which is not a date/],
	])('with %s waits for the admin, and no one is looked up', async (_case, record, sentence) => {
		expect(await decide({ record })).toMatchObject({
			operation: 'askPerson',
			main: { id: EVENT_ROW, state: 'needsPerson', outcome: 'refused', reason: expect.stringMatching(sentence) },
			alert: { key: expect.stringContaining('employee 7'), text: expect.stringMatching(sentence) },
			lookedUp: [],
		});
	});

	it('needs nothing to be complete before its day', async () => {
		const record = { startDate: '2026-07-01', email: undefined, department: 'Astrology' };
		expect(await decide({ record })).toMatchObject({ operation: 'schedule' });
	});

	it.each(['mailto:ada@example.com', 'Ada Lovelace <ada@example.com>', ' "ada@example.com" '])(
		'whose address is written as %s has the bare one',
		async (email) => {
			expect(await decide({ record: { email } })).toMatchObject({ operation: 'provision', main: { email: 'ada@example.com' } });
		},
	);

	it('of an employee the HRIS does not know is the admin\'s', async () => {
		expect(await decide({ record: null })).toMatchObject({
			operation: 'askPerson',
			main: { state: 'needsPerson' },
			alert: { text: expect.stringContaining('does not know this employee') },
		});
	});

	it('of no one is told to the admin, and nothing waits', async () => {
		expect(await decide({ event: { employeeId: '' } })).toMatchObject({
			operation: 'askPerson',
			own: { state: 'refused' },
			alert: { text: expect.stringContaining('does not say who it is about') },
		});
	});

	describe('whose address was that of another employee', () => {
		const link = { ...LINK, employeeId: '6', updatedAt: '2026-02-01T00:00:00.000Z' };
		const left = stored({
			id: 4,
			kind: 'leave',
			state: 'done',
			outcome: 'removed',
			source: 'bamboohr',
			employeeId: '6',
			email: 'ADA@example.com',
			removedAt: '2026-02-01T00:00:00.000Z',
		});
		const old = { ...RECORD, sourceId: '6', status: 'inactive', endDate: '2026-04-30' };
		const blocked = {
			operation: 'askPerson',
			main: { state: 'needsPerson' },
			alert: { text: expect.stringContaining('employee 6 in bamboohr') },
		};

		it.each<[string, Known]>([
			['a link', { links: [link] }],
			['the removal of a leaver', { rows: [left] }],
		])('by %s, is the admin\'s, unless the HRIS shows that both are one', async (_by, facts) => {
			expect(await decide(facts)).toMatchObject(blocked);
			expect((await decide({ ...facts, others: [old] })).operation).toBe('provision');
			// An address that was given out again: an old record of it says nothing about who it is.
			expect(await decide({ ...facts, others: [{ ...old, displayName: 'Adam Love' }] })).toMatchObject(blocked);
			expect(await decide({ ...facts, others: [{ ...old, endDate: '2024-04-30' }] })).toMatchObject(blocked);
			expect(await decide({ ...facts, others: [{ ...old, endDate: undefined }] })).toMatchObject(blocked);
			const numbered = { ...old, endDate: '2024-04-30', employeeNumber: 'E-7' };
			const of = async (employeeNumber: string) =>
				await decide({ ...facts, record: { employeeNumber }, others: [numbered] });
			expect((await of('E-7')).operation).toBe('provision');
			expect(await of('E-8')).toMatchObject(blocked);
		});

		it('in another HRIS or company, or without an ID, is the admin\'s, too', async () => {
			expect((await decide({ links: [{ ...link, employeeId: '7', source: 'personio' }] })).operation).toBe('askPerson');
			const company = { event: { companyId: 'B' }, links: [{ ...link, employeeId: '7', companyId: 'A' }] };
			expect((await decide(company)).operation).toBe('askPerson');
			expect(await decide({ rows: [{ ...left, employeeId: '' }] })).toMatchObject({
				operation: 'askPerson',
				alert: { text: expect.stringContaining('a person who left') },
			});
		});

		it('is the employee\'s own after an own removal, also by the name that another trigger gave to the HRIS', async () => {
			expect((await decide({ rows: [{ ...left, employeeId: '7' }] })).operation).toBe('provision');
			const own = { ...left, employeeId: '7', source: 'headerToken' };
			expect((await decide({ event: { source: 'headerToken' }, rows: [own] })).operation).toBe('provision');
		});

		it('was not taken from anyone by a hint that came to nothing', async () => {
			const hint = { ...left, outcome: 'ignored', removedAt: '' };
			expect((await decide({ rows: [hint] })).operation).toBe('provision');
			expect((await decide({ rows: [{ ...hint, outcome: 'notVerified' }] })).operation).toBe('askPerson');
		});

		it('is cleared up by a link of this employee that is newer', async () => {
			const own = (updatedAt: string) => ({ ...LINK, id: 9, userId: '', updatedAt });
			expect((await decide({ links: [link, own('2026-05-01T00:00:00.000Z')], rows: [left] })).operation).toBe('provision');
			expect(await decide({ links: [link, own('2026-01-01T00:00:00.000Z')] })).toMatchObject(blocked);
		});
	});

	it('is for the account of the own company, where two number their employees alike', async () => {
		const accountOf = async (companyId: string, companies: string[]) => {
			const links = companies.map((company) => ({
				...LINK,
				email: `${company}@example.com`,
				companyId: company,
				userId: `u-${company}`,
			}));
			return (await decide({ event: { companyId }, links })).lookedUp[0]?.userId;
		};
		expect(await accountOf('B', ['A', 'B'])).toBe('u-B');
		expect(await accountOf('B', ['A'])).toBeUndefined();
		expect(await accountOf('B', [''])).toBe('u-');
		expect(await accountOf('', ['A'])).toBe('u-A');
		expect(await accountOf('', ['A', 'B'])).toBeUndefined();
	});

	it('whose link has another address is looked up first', async () => {
		const lookedUp = async (known: Known) => (await decide(known)).lookedUp.length;
		expect(await lookedUp({ links: [LINK] })).toBe(0);
		expect(await lookedUp({ links: [{ ...LINK, email: 'ADA@Example.com' }] })).toBe(0);
		expect(await lookedUp({ links: [{ ...LINK, email: 'maiden@example.com' }] })).toBe(1);
		const spelt = { record: { email: 'ada@bücher.example' }, links: [{ ...LINK, email: 'ada@xn--bcher-kva.example' }] };
		expect(await lookedUp(spelt)).toBe(0);
		// The sign for kelvin is no k.
		const kelvin = { record: { email: 'mark@example.com' }, links: [{ ...LINK, email: 'mar\u212a@example.com' }] };
		expect(await lookedUp(kelvin)).toBe(1);
	});

	it('whose account has another address is the admin\'s; one whose account is gone gets a new one', async () => {
		const links = [{ ...LINK, email: 'maiden@example.com' }];
		expect(await decide({ links, member: { email: 'maiden@example.com' } })).toMatchObject({
			operation: 'askPerson',
			main: { state: 'needsPerson' },
			alert: { text: expect.stringContaining('differs from the linked one') },
		});
		expect((await decide({ links, member: { email: 'ada@example.com' } })).operation).toBe('provision');
		expect(await decide({ links })).toMatchObject({ operation: 'provision', main: { userId: '' } });
	});

	it('comes back in five minutes while the HRIS is not read, in an hour later on', async () => {
		const after = async (attempts: number) => await decide({ unreadable: 'down', rows: [waiting({ attempts })] });
		expect((await after(0)).main).toMatchObject({ id: 3, state: 'retry', dueAt: '2026-06-01T12:05:00.000Z', attempts: 1 });
		expect((await after(0)).alert).toBeUndefined();
		expect((await after(1)).alert).toBeUndefined();
		expect(await after(2)).toMatchObject({ main: { attempts: 3 }, alert: { text: expect.stringContaining('3 times') } });
		expect((await after(3)).main).toMatchObject({ dueAt: '2026-06-01T13:00:00.000Z', attempts: 4 });
	});

	it('says why the HRIS could not be read', async () => {
		expect((await decide({ unreadable: 'BambooHR answered 503.' })).why).toBe('The HRIS could not be read: BambooHR answered 503.');
	});

	it('keeps the facts of a signed event until its day', async () => {
		const details = { authenticity: 'signed' as const, person: { title: 'Chief' } };
		const { main } = await decide({ event: { details }, record: { startDate: '2026-07-01' }, rows: [waiting({ details: { person: { title: 'Clerk', division: 'North' } } })] });
		expect(main.details).toEqual({ authenticity: 'signed', person: { title: 'Chief', division: 'North' } });
		const then = await decide({ event: { details: main.details } });
		expect(then.main.details.person).toEqual({ department: 'Sales', title: 'Chief', division: 'North' });
	});
});

describe('a change', () => {
	it.each(['active', 'notStarted', 'onLeave', 'inactive', 'unknown'])('never makes a member of a person who is %s', async (status) => {
		for (const rows of [[], [waiting()], [waiting({ state: 'needsPerson' })]]) {
			expect((await decide({ event: changed(), record: { status }, rows })).operation).not.toBe('provision');
		}
		expect((await decide({ event: changed(), record: null })).operation).toBe('ignore');
	});

	it('does not when it comes back from the journal either', async () => {
		const event = changed({ dueAt: '2026-06-01T12:00:00.000Z', attempts: 1 });
		const member = { email: 'ada@example.com' };
		expect(await decide({ event, member })).toMatchObject({ operation: 'update', main: { kind: 'change' } });
		expect(await decide({ event })).toMatchObject({ operation: 'ignore', own: { state: 'done' } });
	});

	it('updates the member of the link, otherwise of the address', async () => {
		const member = { id: 'u-7', email: 'ada@example.com' };
		const linked = await decide({ event: changed(), links: [LINK], member });
		expect(linked.lookedUp).toEqual([{ userId: 'u-7', email: 'ada@example.com' }]);
		expect(linked.main).toMatchObject({ kind: 'change', state: 'intended', userId: 'u-7' });
		expect((await decide({ event: changed(), member })).lookedUp).toEqual([{ userId: '', email: 'ada@example.com' }]);
	});

	it('finds the member whose address the HRIS has cleared', async () => {
		const decision = await decide({ event: changed(), record: { email: undefined }, links: [LINK], member: { email: 'ada@example.com' } });
		expect(decision.operation).toBe('update');
		// Whom the event itself names is not believed.
		const unlinked = await decide({ event: changed({ email: 'eve@example.com' }), record: { email: undefined } });
		expect(unlinked).toMatchObject({ operation: 'ignore', lookedUp: [], why: expect.stringContaining('no address') });
	});

	it('of the address is the admin\'s, and so is one that would write to another employee\'s account', async () => {
		const renamed = { record: { email: 'married@example.com' }, links: [LINK], member: { email: 'ada@example.com' } };
		expect(await decide({ event: changed(), ...renamed })).toMatchObject({
			operation: 'askPerson',
			alert: { text: expect.stringContaining('differs from the linked one') },
		});
		const foreign = { links: [{ ...LINK, employeeId: '6', updatedAt: '2026-02-01T00:00:00.000Z' }] };
		expect(await decide({ event: changed(), ...foreign, member: { email: 'ada@example.com' } })).toMatchObject({
			operation: 'askPerson',
			lookedUp: [],
			alert: { text: expect.stringContaining('employee 6 in bamboohr') },
		});
	});

	it.each(['owner', 'membership_admin', 'a_role_of_tomorrow'])('writes to no %s', async (role) => {
		const decision = await decide({ event: changed(), member: { email: 'ada@example.com', role } });
		expect(decision).toMatchObject({ operation: 'ignore', own: { state: 'done', reason: expect.stringContaining(role) } });
	});

	it('leaves a row alone that waits for the right day', async () => {
		const record = { startDate: '2026-07-01', status: 'notStarted' };
		const rows = [waiting({ dueAt: '2026-06-30T22:00:00.000Z', effectiveDate: '2026-07-01' })];
		const decision = await decide({ event: changed(), record, rows });
		expect([...decision.rows.keys()]).toEqual([EVENT_ROW]);
	});

	it('moves the hire that waits with its day, and has one looked at that waits for the admin', async () => {
		const later = await decide({ event: changed(), record: { startDate: '2026-07-01' }, rows: [waiting()] });
		expect(later.main).toMatchObject({ id: 3, kind: 'hire', state: 'scheduled', dueAt: '2026-06-30T22:00:00.000Z' });
		expect(later.own).toMatchObject({ kind: 'change', state: 'done' });

		const asked = await decide({ event: changed(), rows: [waiting({ state: 'needsPerson' })] });
		expect(asked.main).toMatchObject({ id: 3, event: 'hired', state: 'scheduled', dueAt: '2026-06-01T12:00:00.000Z' });
	});

	it('that comes back takes no hire away that waits, also an earlier one', async () => {
		const event = changed({ dueAt: '2026-06-01T12:00:00.000Z' });
		const { rows } = await decide({ event, rows: [waiting({ id: EVENT_ROW + 10 })], unreadable: 'down' });
		expect(rows.get(EVENT_ROW + 10)).toMatchObject({ kind: 'hire', state: 'retry' });
		expect(rows.get(EVENT_ROW)).toMatchObject({ state: 'done', outcome: 'merged' });
	});

	it('withdraws the row of a person who does not begin', async () => {
		const decision = await decide({ event: changed(), record: { status: 'inactive' }, rows: [waiting()] });
		expect(decision).toMatchObject({ operation: 'withdraw', main: { id: 3, state: 'withdrawn' }, lookedUp: [] });
		expect(decision.own).toMatchObject({ state: 'done', outcome: 'withdrawn' });
	});

	it('of a person the HRIS has lost is the admin\'s where a hire waits', async () => {
		expect(await decide({ event: changed(), record: null, rows: [waiting()] })).toMatchObject({
			operation: 'askPerson',
			main: { id: 3, state: 'needsPerson' },
		});
	});
});

describe('a cancelled hire', () => {
	const event = { event: 'hireCancelled' as const };

	it('that the HRIS still has keeps its row, and the admin is told', async () => {
		const decision = await decide({ event, record: { startDate: '2026-07-01' }, rows: [waiting()] });
		expect(decision).toMatchObject({ operation: 'askPerson', alert: { text: expect.stringContaining('still has') } });
		expect([...decision.rows.keys()]).toEqual([EVENT_ROW]);
	});

	it.each<[string, Known]>([
		['is gone', { record: null }],
		['does not work there', { record: { status: 'Inactive'.toLowerCase(), endDate: '2026-12-31' } }],
	])('whose person %s is withdrawn, and a member is told to the admin', async (_case, known) => {
		const decision = await decide({ event, ...known, rows: [waiting()] });
		expect(decision).toMatchObject({ operation: 'withdraw', main: { id: 3, state: 'withdrawn' } });
		expect(decision.alert).toBeUndefined();

		const links = [LINK];
		const told = await decide({ event, ...known, rows: [waiting()], links, member: { email: 'ada@example.com' } });
		expect(told).toMatchObject({ operation: 'askPerson', main: { id: 3, state: 'withdrawn' }, own: { outcome: 'refused' } });
	});

	it('is tried again by itself while the HRIS cannot be read, and the hire waits on', async () => {
		const decision = await decide({ event, unreadable: 'down', rows: [waiting()] });
		expect(decision.own).toMatchObject({ state: 'retry', event: 'hireCancelled' });
		expect([...decision.rows.keys()]).toEqual([EVENT_ROW]);
	});
});

describe('a look-up in Notion', () => {
	it.each(['network', 'rateLimited', 'serverError', 'listIncomplete', 'tokenRejected', 'unexpectedAnswer'])(
		'that fails with %s is tried again',
		async (kind) => {
			const decision = await decide({ event: changed(), failure: { kind, text: 'Notion did not answer.' } });
			expect(decision).toMatchObject({ operation: 'tryLater', main: { state: 'retry', kind: 'change', attempts: 1 } });
		},
	);

	it.each(['ambiguous', 'invalidInput', 'refused', 'accessDenied'])('that fails with %s is the admin\'s', async (kind) => {
		const decision = await decide({ event: changed(), failure: { kind, text: 'Two people match.' } });
		expect(decision).toMatchObject({
			operation: 'askPerson',
			main: { state: 'needsPerson' },
			alert: { text: expect.stringContaining('Two people match.') },
		});
	});
});

it('does nothing about what is not a joiner\'s, and tells what the trigger finds odd', async () => {
	const kinds: EventKind[] = ['left', 'leaverScheduled', 'accessRevoked', 'onLeave', 'other'];
	for (const kind of kinds) {
		const event = { event: kind, kind: 'change' as const };
		expect(await decide({ event })).toMatchObject({ operation: 'ignore', own: { state: 'done', outcome: 'ignored' } });
		expect((await decide({ event })).alert).toBeUndefined();
		const odd = await decide({ event: { ...event, details: { trouble: '"parted" is no event.' } } });
		expect(odd.alert?.text).toBe('Ada Lovelace (employee 7): "parted" is no event.');
		expect(odd.own.details).toEqual({});
	}
});

it('takes facts of an event only where the HRIS has none, and never an address', () => {
	const read = readRecord(RECORD);
	if (typeof read === 'string') throw new Error(read);
	const person = { displayName: 'Eve', title: 'Chief', email: 'eve@example.com' };
	expect(personOf(read, { person })).toEqual({ displayName: 'Ada Lovelace', department: 'Sales', title: 'Chief' });
	expect(personOf(read, {})).toEqual({ displayName: 'Ada Lovelace', department: 'Sales' });
});
