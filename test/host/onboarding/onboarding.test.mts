import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { signed } from '../../../vendors/bambooHrDelivery.mts';
import { enterStaff } from '../../../demo/hires.mts';
import { startWorld, type World } from '../../../demo/world.mts';
import { poll } from '../../../host/poll.mts';
import { Onboarding } from './onboardingWorld.mts';

const DAY = 86_400_000;

let folder: string;
let world: World;
let onboarding: Onboarding;
let lastId = 2_000;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'onboarding-'));
	world = await startWorld({ folder });
	onboarding = new Onboarding(world);
}, 180_000);

afterAll(async () => {
	await world?.stop();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

beforeEach(() => {
	world.sandbox.faults.clear();
	world.sandbox.requests.clear();
	world.hris.heal();
});

jest.setTimeout(120_000);

/** Enters somebody in the HRIS. @returns the employee's id */
function enter(name: string, more: Parameters<typeof world.hris.staff.setEmployee>[0] | object = {}): string {
	const id = String((lastId += 1));
	const email = `${name}@example.com`;
	world.hris.staff.setEmployee({ id, email, givenName: name, department: 'Sales', startDate: '2026-01-05', ...more });
	return id;
}

/** Nodes of a workflow that n8n's own log of events shows as started. */
async function startedNodes(workflowId: string): Promise<string[]> {
	const files = await readdir(folder, { recursive: true });
	const logs = files.filter((name) => name.endsWith('n8nEventLog.log'));
	const texts = await Promise.all(logs.map(async (name) => await readFile(join(folder, name), 'utf8')));
	return texts
		.flatMap((text) => text.split('\n'))
		.filter((line) => line.includes('n8n.node.started') && line.includes(workflowId))
		.map((line) => /"nodeName":"([^"]*)"/.exec(line)?.[1] ?? '');
}

function dateIn(days: number): string {
	return new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
}

// First of all tests, because it needs an n8n in which the tables do not exist yet.
it('survives that twenty hires arrive at once when it was never used before', async () => {
	const names = Array.from({ length: 20 }, (_, index) => `first${index}`);
	const ids = names.map((name) => enter(name));

	const executions = await onboarding.reportTogether(
		ids.map((employeeId) => ({ type: 'employee.created' as const, employeeId })),
	);

	expect(executions.map(({ status }) => status)).toEqual(ids.map(() => 'success'));
	expect(names.map((name) => onboarding.groups(`${name}@example.com`))).toEqual(
		names.map(() => ['All Staff', 'Sales']),
	);
	const tables = (await world.host.client.dataTables()).map(({ name }) => name);
	expect([...new Set(tables)]).toHaveLength(tables.length);
}, 180_000);

it('does once what arrives twenty times at once', async () => {
	const id = enter('copies');

	const executions = await onboarding.reportTogether([{ type: 'employee.created', employeeId: id }], 20);

	expect(executions).toHaveLength(20);
	expect(executions.map(({ status }) => status)).toEqual(executions.map(() => 'success'));
	expect(onboarding.writes().filter((write) => write === 'POST /scim/v2/Users')).toHaveLength(1);
	expect(onboarding.writes()).toHaveLength(3);
	expect(await onboarding.audit(id)).toHaveLength(1);
	expect((await onboarding.claims(id)).filter((state) => state === 'done')).toHaveLength(1);
}, 180_000);

describe('a hire', () => {
	it('becomes a member with the groups of the department, and a link', async () => {
		await enterStaff(world);
		const body = await readFile(join('demo', 'hires', '1-hire.json'), 'utf8');

		const response = await fetch(world.onboarding.eventsUrl, {
			method: 'POST',
			...signed(body, world.signingSecret),
		});

		expect(response.status).toBe(200);
		const [link] = await poll(
			async () => {
				const links = await onboarding.links('1204');
				return links.length > 0 ? links : undefined;
			},
			'the link',
			30_000,
		);
		const member = world.sandbox.workspace.userByEmail('grace@example.com');
		expect(member).toMatchObject({ standing: 'member', role: 'member' });
		expect(member?.profile.name).toMatchObject({ formatted: 'Grace Hopper' });
		expect(onboarding.groups('grace@example.com')).toEqual(['All Staff', 'Engineering']);
		expect(link).toMatchObject({ source: 'bamboohr', email: 'grace@example.com', userId: member?.id });
		expect(await onboarding.audit('1204')).toEqual([
			expect.objectContaining({
				email: 'grace@example.com',
				displayName: 'Grace Hopper',
				department: 'Engineering',
				action: 'hired',
				startAt: '2026-02-02',
				groupsWanted: 'All Staff, Engineering',
				groupsJoined: 'All Staff, Engineering',
				groupsMissing: '',
				outcome: 'created',
				userId: member?.id,
				needsPerson: false,
			}),
		]);
	});

	it('is one member, however often and as whatever it is reported', async () => {
		const id = enter('twice');
		await onboarding.report(id, 'employee.created');
		await onboarding.report(id, 'employee.updated');
		await onboarding.report(id, 'employee.created');

		expect(onboarding.writes()).toHaveLength(3);
		expect((await onboarding.audit(id)).map(({ action, outcome }) => [action, outcome])).toEqual([
			['hired', 'created'],
			['changed', 'unchanged'],
			['hired', 'unchanged'],
		]);
		expect(await onboarding.links(id)).toHaveLength(1);
	});

	it('comes through the second door the same way, and not without its secret', async () => {
		const id = enter('token');

		expect((await onboarding.send({ kind: 'hired', employeeId: id }, 'wrong')).status).toBe(403);
		const [execution] = await onboarding.post({
			kind: 'hired',
			employeeId: id,
			// Nothing of this is believed: the HRIS says otherwise.
			person: { email: 'intruder@example.com', department: 'Finance' },
		});

		expect(execution?.status).toBe('success');
		expect(onboarding.groups('token@example.com')).toEqual(['All Staff', 'Sales']);
		expect(onboarding.standing('intruder@example.com')).toBeUndefined();
	});

	it('comes through the second door in BambooHR\'s own form, too, and what says nothing is told to a person', async () => {
		const id = enter('unsigned');
		const mute = enter('mute');

		await onboarding.post({ type: 'employee.created', data: { companyId: '1', employeeId: id } });
		await onboarding.post({ employeeId: mute, fields: { 'Work Email': 'mute@example.com' } });

		expect(onboarding.standing('unsigned@example.com')).toBe('member');
		expect(onboarding.standing('mute@example.com')).toBeUndefined();
		expect(await onboarding.alarms(`employee ${mute}`)).toEqual([
			expect.stringContaining('does not say what happened'),
		]);
	});

	it('is told to a person where the HRIS says it in a word that no table knows, and nothing is done', async () => {
		const id = enter('novel');

		const [execution] = await onboarding.report(id, 'employee.onboarded');

		expect(execution?.status).toBe('error');
		expect(onboarding.standing('novel@example.com')).toBeUndefined();
		expect(onboarding.writes()).toEqual([]);
		expect(await onboarding.alarms('"employee.onboarded" is an event that this version does not know')).toEqual([
			expect.stringContaining(`employee ${id}`),
		]);
	});

	it('waits for a person where something is missing, and goes on once the HRIS has it', async () => {
		const id = enter('late', { email: undefined });
		const other = enter('prompt');

		const [execution] = await onboarding.post({
			events: [
				{ kind: 'hired', employeeId: id },
				{ kind: 'hired', employeeId: other },
			],
		});

		expect(execution?.status).toBe('error');
		expect(onboarding.standing('prompt@example.com')).toBe('member');
		expect(await onboarding.audit(id)).toEqual([
			expect.objectContaining({ outcome: 'refused', needsPerson: true, error: expect.stringContaining('no email') }),
		]);
		expect(await onboarding.alarms(`employee ${id}`)).toHaveLength(1);
		expect(await onboarding.alarms('ended unexpectedly')).toEqual([]);
		expect(await onboarding.scheduled(id)).toEqual([expect.objectContaining({ state: 'needsPerson' })]);

		world.hris.staff.setEmployee({ id, email: 'late@example.com' });
		await onboarding.report(id, 'employee.updated');
		const [row = {}] = await onboarding.scheduled(id);
		expect(row).toMatchObject({ state: 'waiting' });
		expect(onboarding.standing('late@example.com')).toBeUndefined();

		expect(await onboarding.callFor(row)).toMatchObject({ state: 'done' });
		expect(onboarding.groups('late@example.com')).toEqual(['All Staff', 'Sales']);
		expect(await onboarding.scheduled(id)).toHaveLength(1);
	});

	it.each([
		['a malformed address', { email: 'not-an-email' }, /"not-an-email" is not an email/],
		['an unknown department', { department: 'Astrology' }, /"Astrology" is not in Settings/],
		['no department', { department: undefined }, /department "" is not in Settings/],
		['a status that is not known', { status: 'On Sabbatical' }, /On Sabbatical/],
	])('with %s is told to a person, and nothing is asked of Notion', async (_case, more, sentence) => {
		const id = enter(`odd${lastId}`, more);

		await onboarding.report(id);

		expect(await onboarding.audit(id)).toEqual([
			expect.objectContaining({ outcome: 'refused', error: expect.stringMatching(sentence) }),
		]);
		expect(world.sandbox.requests.all()).toEqual([]);
		expect(await onboarding.alarms(`employee ${id}`)).toEqual([expect.stringMatching(sentence)]);
	});

	it('whom the HRIS does not know is told to a person', async () => {
		await onboarding.report('987654');

		expect(await onboarding.alarms('employee 987654')).toEqual([
			expect.stringContaining('does not know this employee'),
		]);
	});

	it('who has become an owner is not written to, and a person is told', async () => {
		const id = enter('promoted');
		await onboarding.report(id);
		world.sandbox.workspace.changeRole('promoted@example.com', 'owner');
		world.sandbox.workspace.removeFromGroup('Sales', 'promoted@example.com');
		world.sandbox.requests.clear();

		const [replay] = await onboarding.report(id);
		world.hris.staff.setEmployee({ id, title: 'Head', department: 'Finance' });
		await onboarding.report(id);
		await onboarding.report(id, 'employee.updated');

		expect(replay?.status).toBe('error');
		expect(onboarding.writes()).toEqual([]);
		expect(onboarding.groups('promoted@example.com')).toEqual(['All Staff']);
		expect(await onboarding.alarms('promoted@example.com')).toEqual([
			expect.stringContaining('owner'),
			expect.stringContaining('owner'),
		]);
	});

	it('joins the groups although Notion keeps another name', async () => {
		world.sandbox.workspace.addUser({ email: 'ken@contractor.example', name: { formatted: 'Ken Thompson' } });
		const id = enter('ken', { email: 'ken@contractor.example' });

		await onboarding.report(id);

		expect(await onboarding.audit(id)).toEqual([
			expect.objectContaining({ outcome: 'notTaken', error: expect.stringContaining('Ken Thompson') }),
		]);
		expect(onboarding.groups('ken@contractor.example')).toEqual(['All Staff', 'Sales']);
	});

	it('is not given the account of somebody who had the address before', async () => {
		const former = enter('sam');
		await onboarding.report(former);
		world.hris.staff.clearEmail(former);
		world.sandbox.workspace.removeUser('sam@example.com');
		world.sandbox.requests.clear();

		await onboarding.report(enter('sam'));

		expect(onboarding.writes()).toEqual([]);
		expect(await onboarding.alarms(`was that of employee ${former}`)).toHaveLength(1);
	});

	it('is not given the account of a leaver who had the address, until a person says that it is the same one', async () => {
		const id = enter('kim');
		await onboarding.store('notion_leaver_audit', {
			source: 'bamboohr',
			employeeId: '99',
			email: 'Kim@Example.com',
			outcome: 'removed',
		});

		await onboarding.report(id);

		expect(onboarding.writes()).toEqual([]);
		expect(await onboarding.alarms('kim@example.com was that of employee 99')).toHaveLength(1);
		const [row = {}] = await onboarding.scheduled(id);
		expect(row).toMatchObject({ state: 'needsPerson' });

		await onboarding.store('people_links', { source: 'bamboohr', employeeId: id, email: 'kim@example.com' });
		expect(await onboarding.callFor(row)).toMatchObject({ state: 'done' });
		expect(onboarding.standing('kim@example.com')).toBe('member');
	});

	it('has a link of its own where two companies number their employees alike', async () => {
		const id = enter('company-one');
		await onboarding.post({ kind: 'hired', employeeId: id, companyId: 'one' });
		world.hris.staff.setEmployee({ id, email: 'company-two@example.com' });
		await onboarding.post({ kind: 'hired', employeeId: id, companyId: 'two' });

		expect((await onboarding.links(id)).map(({ companyId, email }) => [companyId, email])).toEqual([
			['one', 'company-one@example.com'],
			['two', 'company-two@example.com'],
		]);
	});

	it('in the HRIS no longer is not made a member, and a member is told to a person', async () => {
		const gone = enter('gone', { endDate: '2026-02-01' });
		const still = enter('still', { endDate: '2026-02-01' });
		world.sandbox.workspace.addUser({ email: 'still@example.com' });

		await onboarding.report(gone);
		await onboarding.report(still);

		expect(onboarding.standing('gone@example.com')).toBeUndefined();
		expect(onboarding.writes()).toEqual([]);
		expect(await onboarding.alarms(`employee ${gone}`)).toEqual([]);
		expect(await onboarding.alarms(`employee ${still}`)).toEqual([expect.stringContaining('is a member')]);
	});
});

describe('a hire for a later day', () => {
	it('gets nothing until the day, then everything', async () => {
		const startDate = dateIn(30);
		const id = enter('ahead', { startDate });

		await onboarding.report(id);

		expect(onboarding.standing('ahead@example.com')).toBeUndefined();
		const [row = {}] = await onboarding.scheduled(id);
		expect(row).toMatchObject({
			kind: 'hire',
			state: 'waiting',
			source: 'bamboohr',
			email: 'ahead@example.com',
			displayName: 'ahead',
			effectiveDate: startDate,
			timeZone: 'Europe/Berlin',
		});
		const dueAt = new Date(String(row['dueAt']));
		const local = new Intl.DateTimeFormat('sv-SE', {
			timeZone: 'Europe/Berlin',
			dateStyle: 'short',
			timeStyle: 'medium',
		});
		expect(local.format(dueAt)).toBe(`${startDate} 00:00:00`);

		// Called too early, it waits on.
		expect(await onboarding.callFor(row)).toMatchObject({ state: 'waiting', dueAt: row['dueAt'] });
		expect(onboarding.standing('ahead@example.com')).toBeUndefined();

		world.hris.staff.setEmployee({ id, startDate: dateIn(-1) });
		expect(await onboarding.callFor(row)).toMatchObject({ state: 'done' });
		expect(onboarding.groups('ahead@example.com')).toEqual(['All Staff', 'Sales']);
		expect(await onboarding.links(id)).toHaveLength(1);
	});

	it('waits in one row, which follows the day', async () => {
		const id = enter('moved', { startDate: dateIn(30), email: undefined });
		await onboarding.report(id);
		world.hris.staff.setEmployee({ id, startDate: dateIn(60) });
		await onboarding.report(id, 'employee.updated');
		await onboarding.report(id, 'employee.created');

		expect(await onboarding.scheduled(id)).toEqual([
			expect.objectContaining({ state: 'waiting', effectiveDate: dateIn(60) }),
		]);

		world.hris.staff.setEmployee({ id, startDate: dateIn(-1), email: 'moved@example.com' });
		await onboarding.report(id, 'employee.updated');

		// A change makes nobody a member: the sweep does, within minutes.
		expect(onboarding.standing('moved@example.com')).toBeUndefined();
		const [row] = await onboarding.scheduled(id);
		expect(new Date(String(row?.['dueAt'])).getTime()).toBeLessThanOrEqual(Date.now());
		expect(await onboarding.alarms(`employee ${id}`)).toEqual([]);
	});

	it('waits for a person where the address is missing on the day, and goes on once it is there', async () => {
		const id = enter('unready', { startDate: dateIn(30), email: undefined });
		await onboarding.report(id);
		world.hris.staff.setEmployee({ id, startDate: dateIn(-1) });

		const [row = {}] = await onboarding.scheduled(id);
		expect(await onboarding.callFor(row)).toMatchObject({ state: 'needsPerson' });
		expect(await onboarding.alarms(`employee ${id}`)).toHaveLength(1);

		world.hris.staff.setEmployee({ id, email: 'unready@example.com' });
		await onboarding.report(id, 'employee.updated');
		expect(await onboarding.callFor(row)).toMatchObject({ state: 'done' });
		expect(onboarding.standing('unready@example.com')).toBe('member');
	});

	it('who does not come after all gets nothing', async () => {
		const ended = enter('cancelled', { startDate: dateIn(30) });
		const deleted = enter('deleted', { startDate: dateIn(30) });
		await onboarding.report(ended);
		await onboarding.report(deleted);
		world.hris.staff.setEmployee({ id: ended, endDate: dateIn(30), status: 'Inactive' });
		world.hris.staff.remove(deleted);

		await onboarding.report(ended, 'employee.updated');
		await onboarding.post({ kind: 'hireCancelled', employeeId: deleted });

		for (const id of [ended, deleted]) {
			const [row = {}] = await onboarding.scheduled(id);
			expect(row).toMatchObject({ state: 'withdrawn' });
			await onboarding.callFor(row);
		}
		expect(onboarding.writes()).toEqual([]);
	});
});

describe('a change', () => {
	it('makes nobody a member, also not somebody who has left', async () => {
		const never = enter('never');
		const left = enter('left');
		await onboarding.report(left);
		world.sandbox.workspace.removeUser('left@example.com');
		world.sandbox.requests.clear();

		await onboarding.report(never, 'employee.updated');
		await onboarding.report(left, 'employee.updated');
		world.hris.staff.terminate(left, dateIn(-2));
		await onboarding.report(left, 'employee.updated');

		expect(onboarding.writes()).toEqual([]);
		expect(onboarding.standing('never@example.com')).toBeUndefined();
		expect(onboarding.standing('left@example.com')).not.toBe('member');
	});

	it('brings the attributes of a member up to date, and not the role', async () => {
		const id = enter('changing', { title: 'Clerk' });
		await onboarding.report(id);
		world.sandbox.workspace.changeRole('changing@example.com', 'restricted_member');
		world.hris.staff.setEmployee({ id, familyName: 'Newname', title: 'Clerk' });

		await onboarding.report(id, 'employee.updated');

		const member = world.sandbox.workspace.userByEmail('changing@example.com');
		expect(member?.role).toBe('restricted_member');
		expect(member?.profile.name.formatted).toBe('changing Newname');
		expect((await onboarding.audit(id)).at(-1)).toMatchObject({ action: 'changed', outcome: 'updated' });
	});

	it('of the address is told to a person', async () => {
		const id = enter('maiden');
		await onboarding.report(id);
		world.hris.staff.setEmployee({ id, email: 'married@example.com' });
		world.sandbox.requests.clear();

		await onboarding.report(id, 'employee.updated');
		await onboarding.report(id, 'employee.created');

		expect(onboarding.writes()).toEqual([]);
		expect(await onboarding.alarms('differs from the linked one')).toHaveLength(2);
		expect(onboarding.standing('maiden@example.com')).toBe('member');
	});
});

describe('when something fails', () => {
	it('tries again while the HRIS cannot be read, and tells a person from the third time', async () => {
		const id = enter('patient');
		world.hris.fail({ status: 503 });

		await onboarding.report(id);

		const [row = {}] = await onboarding.scheduled(id);
		expect(row).toMatchObject({ kind: 'hire', state: 'waiting', attempts: 1 });
		const minutes = (new Date(String(row['dueAt'])).getTime() - Date.now()) / 60_000;
		expect(minutes).toBeGreaterThan(3);
		expect(minutes).toBeLessThanOrEqual(5);
		expect(await onboarding.claims(id)).toEqual(['released']);
		expect(await onboarding.callFor(row)).toMatchObject({ state: 'waiting', attempts: 2 });
		expect(await onboarding.alarms(`employee ${id}`)).toEqual([]);
		expect(await onboarding.callFor(row)).toMatchObject({ state: 'waiting', attempts: 3 });
		expect(await onboarding.alarms(`employee ${id}`)).toHaveLength(1);

		world.hris.heal();
		expect(await onboarding.callFor(row)).toMatchObject({ state: 'done' });
		expect(onboarding.groups('patient@example.com')).toEqual(['All Staff', 'Sales']);
	});

	it('brings back a change that could not be looked at, and still makes nobody a member', async () => {
		const id = enter('stranger');
		world.hris.fail({ status: 503 });
		await onboarding.report(id, 'employee.updated');
		world.hris.heal();

		const [row = {}] = await onboarding.scheduled(id);
		expect(await onboarding.callFor(row)).toMatchObject({ state: 'done' });
		expect(onboarding.standing('stranger@example.com')).toBeUndefined();
	});

	it('completes what a group held up', async () => {
		const id = enter('half');
		const sales = world.sandbox.workspace.groupByName('Sales');
		world.sandbox.faults.add({ method: 'PATCH', path: `/Groups/${sales?.id}`, fault: { status: 500 } });

		await onboarding.report(id);

		expect(await onboarding.audit(id)).toEqual([
			expect.objectContaining({ outcome: 'created', groupsJoined: 'All Staff', groupsMissing: 'Sales' }),
		]);
		world.sandbox.faults.clear();
		world.sandbox.requests.clear();
		const [row = {}] = await onboarding.scheduled(id);
		expect(await onboarding.callFor(row)).toMatchObject({ state: 'done' });
		expect(onboarding.groups('half@example.com')).toEqual(['All Staff', 'Sales']);
		expect(onboarding.writes()).toEqual([`PATCH /scim/v2/Groups/${sales?.id}`]);
	});

	it('makes missing groups only where Settings say so', async () => {
		const departmentGroups = { Guild: ['Guild'] };
		const strict = await Onboarding.variant(world, { departmentGroups });
		const generous = await Onboarding.variant(world, { departmentGroups, createMissingGroups: true });
		const id = enter('guild', { department: 'Guild' });

		await strict.post({ kind: 'hired', employeeId: id });
		expect(await onboarding.audit(id)).toEqual([
			expect.objectContaining({
				outcome: 'created',
				groupsMissing: 'Guild',
				needsPerson: true,
				error: expect.stringContaining('No group is called "Guild"'),
			}),
		]);

		await generous.post({ kind: 'hired', employeeId: id });
		expect(onboarding.groups('guild@example.com')).toEqual(['Guild']);
	});

	it('does not take a Notion node that was switched off for a success', async () => {
		const handsOn = '"onError":"continueErrorOutput"';
		const variant = await Onboarding.variant(world, {}, (text) =>
			text.replaceAll(handsOn, `${handsOn},"disabled":true`),
		);
		const id = enter('unlucky');

		await variant.post({ kind: 'hired', employeeId: id });

		expect(await onboarding.audit(id)).toEqual([
			expect.objectContaining({ outcome: 'failed', error: expect.stringContaining('could not run') }),
		]);
		expect(await onboarding.scheduled(id)).toEqual([expect.objectContaining({ state: 'waiting' })]);
	});

	it('keeps what comes while Settings have no time zone, and tells a person', async () => {
		const variant = await Onboarding.variant(world, { timeZone: '' });
		const id = enter('zoneless');

		await variant.post({ kind: 'hired', employeeId: id });

		expect(onboarding.standing('zoneless@example.com')).toBeUndefined();
		expect(await onboarding.scheduled(id)).toEqual([expect.objectContaining({ state: 'waiting' })]);
		expect(await onboarding.alarms(`employee ${id}`)).toEqual([expect.stringContaining('timeZone')]);
	});

	it('stores what failed unexpectedly, releases its claims, and tells a person', async () => {
		const variant = await Onboarding.variant(world, {}, (text) =>
			text.replace('const scheduled = rowsOf', 'const scheduled = nothing.rowsOf'),
		);
		const id = enter('stored');

		const [execution] = await variant.post({ kind: 'hired', employeeId: id });

		expect(execution?.status).toBe('error');
		await poll(
			async () => ((await onboarding.alarms('ended unexpectedly at Verdict')).length === 1 ? true : undefined),
			'the alarm',
			20_000,
		);
		expect(await onboarding.claims(id)).toEqual(['released']);
		expect(onboarding.standing('stored@example.com')).toBeUndefined();
	});

	it('tells a person when n8n is back that it was killed before a hire was claimed', async () => {
		const hang = 'await new Promise((resolve) => setTimeout(resolve, 60_000));';
		const variant = await Onboarding.variant(world, {}, (text) => {
			const file = JSON.parse(text);
			const events = file.nodes.find(({ name }: { name: string }) => name === 'Events');
			events.parameters.jsCode = `${hang}\n${events.parameters.jsCode}`;
			return JSON.stringify(file);
		});
		const { host } = world;
		const id = enter('killed');
		expect((await variant.send({ kind: 'hired', employeeId: id })).status).toBe(200);
		// What n8n has not put into its own log yet is lost with it, and then nothing raises an alarm.
		await poll(
			async () => ((await startedNodes(variant.workflowId)).includes('Events') ? true : undefined),
			'the step to be in the log',
			20_000,
		);
		const [execution] = await host.client.executions(variant.workflowId);

		await host.kill();
		await host.restart();

		const [text] = await poll(
			async () => {
				const texts = await onboarding.alarms(`Look at execution ${execution?.id},`);
				return texts.length > 0 ? texts : undefined;
			},
			'the alarm',
			30_000,
		);
		expect(text).toContain('An onboarding ended unexpectedly');
		expect(await onboarding.claims(id)).toEqual([]);
		const executions = await host.client.executions(variant.workflowId);
		expect(executions.find((one) => one.id === execution?.id)).toMatchObject({ status: 'crashed' });
	});
});
