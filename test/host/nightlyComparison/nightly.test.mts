import { ago, ALERTS, type ClockWorld, DAY, daysFromNow, JOURNAL, LINKS, startClockWorld } from '../clock/clockWorld.mts';
import { alertBook, source } from '../clock/stubWorkflows.mts';

let world: ClockWorld;
let night: string;
let called: Record<string, string>;

const UTC = { timeZone: { __rl: true, mode: 'list', value: 'UTC' } };

beforeAll(async () => {
	world = await startClockWorld();
	const bambooHr = await world.importJob('sources/bamboohr', {
		parameters: { Settings: { company: 'acme' } },
		publish: true,
	});
	const alerts = await world.publishMade(alertBook);
	called = {
		'HRIS employees': bambooHr,
		'HRIS leavers': bambooHr,
		'Raise alert': alerts,
	};
	night = await importNight();
}, 180_000);

afterAll(async () => {
	await world?.stop();
}, 60_000);

beforeEach(() => {
	world.forget();
	employee('1', 'ada@example.com', {});
	// An event has come lately, so that silence is no matter here.
	row({ key: 'joiners|bamboohr||e-1|1', kind: 'hire', state: 'done', outcome: 'created', employeeId: '1' });
});

jest.setTimeout(60_000);

const MAIL = { fromEmail: 'n8n@example.com', toEmail: 'it-security@example.com' };
const importNight = async (subWorkflows: Record<string, string> = {}, replace: [string, string][] = []) =>
	await world.importJob('nightly-comparison', {
		parameters: { 'Find missed': UTC, 'Leaver report': UTC, 'Mail report': MAIL },
		subWorkflows: { ...called, ...subWorkflows },
		replace,
	});

const row = (values: Record<string, string | number>, times: { createdAt?: Date; updatedAt?: Date } = {}) =>
	world.store(JOURNAL, { kind: 'leave', source: 'bamboohr', ...values }, times);

const rowOf = async (id: number) => (await world.rows(JOURNAL)).find((one) => one['id'] === id);

/** What the night has added. */
const added = async () => (await world.rows(JOURNAL)).filter(({ requestedBy }) => requestedBy === 'Nightly comparison');

function employee(id: string, email: string, more: object) {
	world.hris.staff.setEmployee({ id, email, givenName: 'Person', familyName: id, startDate: '2020-01-01', ...more });
	return email;
}

function leaver(id: string, lastDay = daysFromNow(-3)) {
	const email = employee(id, `leaver${id}@example.com`, { endDate: lastDay });
	world.sandbox.workspace.addUser({ email });
	return email;
}

describe('the nightly comparison', () => {
	it('makes rows of leavers and hires that were missed, once, and leaves everyone else alone', async () => {
		leaver('201');
		leaver('202', daysFromNow(2));
		world.sandbox.workspace.addUser({ email: employee('203', 'stays@example.com', {}) });
		employee('204', 'missed.hire@example.com', { startDate: daysFromNow(-2) });
		employee('205', 'later@example.com', { startDate: daysFromNow(5) });
		employee('206', 'never.wanted@example.com', { startDate: daysFromNow(-90) });
		world.sandbox.workspace.addUser({ email: employee('207', 'is.there@example.com', { startDate: daysFromNow(-2) }) });

		const run = await world.run(night, 'Nightly');
		await world.run(night, 'Nightly');

		expect([run.status, run.error]).toEqual(['success', undefined]);
		const rows = await added();
		expect(rows).toMatchObject([
			{ kind: 'leave', state: 'scheduled', employeeId: '201', email: 'leaver201@example.com' },
			{ kind: 'hire', state: 'scheduled', employeeId: '204', effectiveDate: daysFromNow(-2) },
		]);
		for (const { dueAt } of rows) expect(Date.parse(String(dueAt))).toBeLessThanOrEqual(Date.now());
		expect(world.writes()).toEqual([]);
		expect(await world.rows(ALERTS)).toMatchObject([
			{ key: 'nightly: missed leavers', state: 'note', text: expect.stringContaining('Person 201') },
			{ key: 'nightly: missed hires', state: 'note', text: expect.stringContaining('Person 204') },
		]);
	});

	it('finds a leaver without an address by the link, and one of whom nothing was heard since the removal', async () => {
		const email = leaver('208');
		world.hris.staff.clearEmail('208');
		world.store(LINKS, { source: 'bamboohr', employeeId: '208', email, userId: world.sandbox.workspace.userByEmail(email)?.id ?? '' });
		world.sandbox.workspace.removeUser(leaver('209'));
		const begun = row({ state: 'intended', employeeId: '209', email: 'leaver209@example.com' }, { createdAt: ago(60) });

		await world.run(night, 'Nightly');

		expect(await rowOf(begun)).toMatchObject({ state: 'retry', reason: expect.stringContaining('not finished') });
		expect((await added()).map(({ employeeId, state }) => [employeeId, state])).toEqual([
			['209', 'retry'],
			['208', 'scheduled'],
		]);
	});

	it('does nothing about leavers who are gone, are held, or of whom the HRIS is not sure', async () => {
		world.sandbox.workspace.removeUser(leaver('210'));
		row({ state: 'done', outcome: 'removed', employeeId: '210', removedAt: ago(60).toISOString() });
		leaver('211');
		row({ state: 'held', outcome: 'held', employeeId: '211', email: 'leaver211@example.com' });
		leaver('212');
		employee('212', 'leaver212@example.com', { status: 'Inactive' });
		world.hris.staff.withdrawTermination('212');

		await world.run(night, 'Nightly');

		expect(await added()).toEqual([]);
		expect((await world.alerts()).sort()).toEqual([
			expect.stringMatching(/^nightly: unclear: .*Person 212/),
			expect.stringMatching(/^nightly: waiting for a person: /),
			expect.stringMatching(/^offboarding: held: 1 leavers are still members/),
		]);
	});

	it.each([
		['Notion does not answer', () => world.sandbox.faults.add({ method: 'GET', path: '/Users', fault: { status: 500 } }), /Notion's members could not be read/],
		['the list of Notion has gaps', () => giveListWithGaps('leaver213@example.com'), /list of Notion's members is not complete|could not be read/],
		['the HRIS answers with an error', () => world.hris.fail({ status: 500 }), /HRIS could not be read/],
		['a proxy answers for the HRIS', () => world.hris.fail({ html: true }), /HRIS could not be read/],
	])('touches no one while %s', async (_case, breakIt, why) => {
		const email = leaver('213');
		employee('214', 'hire214@example.com', { startDate: daysFromNow(-2) });
		breakIt();

		const run = await world.run(night, 'Nightly');

		expect(run.status).toBe('error');
		expect(world.isMember(email)).toBe(true);
		expect(await added()).toEqual([]);
		expect((await world.alerts())[0]).toMatch(new RegExp(`^nightly: reading: .*no one was touched.*(${why.source})`));
	});

	it.each([
		['that is not whole', [{ manifest: true, source: 'bamboohr', readAt: '2026-11-20T00:00:00Z', pages: 1, count: 1, complete: false }]],
		['that does not say whether it is whole', []],
		['of which a part is missing', [{ manifest: true, source: 'bamboohr', readAt: '2026-11-20T00:00:00Z', pages: 1, count: 2, complete: true }]],
	])('touches no one for a list of the HRIS %s, of leavers or of employees', async (_case, end) => {
		leaver('215');
		const record = { found: true, source: 'bamboohr', sourceId: '215', status: 'inactive', email: 'leaver215@example.com', endDate: daysFromNow(-3) };
		const hire = { source: 'bamboohr', sourceId: '216', status: 'active', email: 'hire216@example.com', startDate: daysFromNow(-2) };
		const changed = await importNight({
			'HRIS leavers': await world.publishMade(source('leavers', [record, ...end])),
			'HRIS employees': await world.publishMade(source('employees', [hire, ...end])),
		});

		const run = await world.run(changed, 'Nightly');

		expect(run.status).toBe('error');
		expect(await added()).toEqual([]);
		expect((await world.alerts()).map((alert) => alert.split('. ')[0])).toEqual([
			'nightly: reading: The nightly comparison of the HRIS with Notion was not made, and no one was touched',
			'nightly: reading employees: Missed hires were not looked for',
		]);
	});

	it('looks for leavers only where the admin has disabled HRIS employees', async () => {
		leaver('217');
		employee('218', 'hire218@example.com', { startDate: daysFromNow(-2) });
		const leaversOnly = await importNight({}, [['"name": "HRIS employees",', '"name": "HRIS employees", "disabled": true,']]);

		const run = await world.run(leaversOnly, 'Nightly');

		expect([run.status, run.error]).toEqual(['success', undefined]);
		expect((await added()).map(({ employeeId }) => employeeId)).toEqual(['217']);
		expect(await world.alerts()).toEqual([expect.stringContaining('nightly: missed leavers')]);
	});

	it('tells once of each leaver who is not a member and of whom nothing is known', async () => {
		employee('220', '', { endDate: daysFromNow(-3) });
		employee('221', 'never@example.com', { endDate: daysFromNow(-3) });
		employee('222', 'lovelace@example.com', { givenName: 'Ada', familyName: 'Lovelace', endDate: daysFromNow(-3) });

		await world.run(night, 'Nightly');
		await world.run(night, 'Nightly');

		const told = Object.fromEntries((await world.rows(ALERTS)).map(({ text, state }) => [/employee (\d+)/.exec(String(text))?.[1], `${state}: ${text}`]));
		expect(await world.rows(ALERTS)).toHaveLength(3);
		expect(told).toEqual({
			220: expect.stringMatching(/^open: .*the HRIS has no address/),
			221: expect.stringMatching(/^note: .*never@example.com/),
			222: expect.stringMatching(/^open: .*ada@example.com/),
		});
		expect(world.writes()).toEqual([]);
	});

	it('tells of what was left lying, and has it tried again', async () => {
		world.sandbox.workspace.addUser({ email: 'orphan@example.com' });
		row({ state: 'intended', employeeId: '301', email: 'orphan@example.com' }, { createdAt: ago(16) });
		row({ state: 'intended', employeeId: '302', email: 'young@example.com' });
		const gone = row({ state: 'intended', employeeId: '304', email: 'gone@example.com' }, { createdAt: ago(60) });
		const dead = row({ key: 'joiners|bamboohr||e-7|7', kind: 'hire', state: 'received', employeeId: '7', execution: '77' }, { createdAt: ago(16) });
		row({ kind: 'hire', state: 'needsPerson', email: 'hire@example.com', reason: 'No department.' });
		row({ kind: 'hire', state: 'scheduled', dueAt: ago(61).toISOString(), email: 'late@example.com' });

		await world.run(night, 'Nightly');

		const told = Object.fromEntries((await world.rows(ALERTS)).map(({ key, text }) => [key, text]));
		expect(Object.keys(told).sort()).toEqual([
			'nightly: dead leases',
			'nightly: late rows',
			'nightly: orphans',
			'nightly: orphans gone',
			'nightly: rows',
		]);
		expect(told['nightly: orphans']).toMatch(/^(?!.*(young|gone@)).*orphan@example.com/);
		expect(told['nightly: orphans gone']).toContain('gone@example.com');
		expect(told['nightly: dead leases']).toContain('execution 77');
		expect(told['nightly: rows']).toContain('hire@example.com');
		expect(await rowOf(gone)).toMatchObject({ state: 'withdrawn' });
		expect(await rowOf(dead)).toMatchObject({ state: 'retry', outcome: 'interrupted' });
	});

	it('tells when the HRIS is silent, and deletes what proves nothing any more', async () => {
		world.forget();
		employee('1', 'ada@example.com', {});
		const long = { createdAt: new Date(Date.now() - 61 * DAY) };
		const lastEvent = new Date(Date.now() - 15 * DAY);
		row({ key: 'leavers|bamboohr||e-2|2', state: 'done', outcome: 'removed' }, { createdAt: lastEvent });
		const trail = row({ key: 'leavers|bamboohr||e-3|3', state: 'done', outcome: 'removed' }, long);
		const copy = row({ key: 'leavers|bamboohr||e-3|3', state: 'withdrawn', outcome: 'copy' }, long);
		const look = row({ kind: 'watch', state: 'done', outcome: 'gone' }, long);
		for (const state of ['acknowledged', 'note', 'open']) world.store(ALERTS, { key: state, text: 'Old.', state }, long);

		await world.run(night, 'Nightly');

		expect(await world.alerts()).toEqual([
			'open: Old.',
			expect.stringContaining(`nightly: silence: The last event of the HRIS arrived on ${lastEvent.toISOString().slice(0, 10)}`),
		]);
		const ids = (await world.rows(JOURNAL)).map(({ id }) => id);
		expect(ids).toContain(trail);
		expect(ids).not.toEqual(expect.arrayContaining([copy]));
		expect(ids).not.toEqual(expect.arrayContaining([look]));
	});
});

/** Notion names one member, whatever page is asked for, and says that there are nine. */
function giveListWithGaps(email: string) {
	const id = world.sandbox.workspace.userByEmail(email)?.id;
	const body = {
		schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
		totalResults: 9,
		startIndex: 1,
		itemsPerPage: 1,
		Resources: [{ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], id, userName: email, active: true }],
	};
	const headers = { 'content-type': 'application/scim+json' };
	world.sandbox.faults.add({ method: 'GET', path: '/Users', fault: { status: 200, body: JSON.stringify(body), headers } });
}
