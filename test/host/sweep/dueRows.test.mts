import { calledWith } from '../../../canvas/nodes.mts';
import { Workflow } from '../../../canvas/workflow.mts';
import { daysFromNow, OFFBOARDING, startSweepWorld, type SweepWorld } from './sweepWorld.mts';

const MINUTE = 60_000;
const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE);

let world: SweepWorld;

beforeAll(async () => {
	world = await startSweepWorld();
}, 180_000);

afterAll(async () => {
	await world?.stop();
}, 60_000);

beforeEach(async () => {
	await world.forget();
});

/** Somebody whose last day was yesterday, and who is still a member. */
function leaver(id: string, email = `leaver${id}@example.com`) {
	world.sandbox.workspace.addUser({ email, name: { formatted: `Leaver ${id}` } });
	world.hris.staff.setEmployee({
		id,
		email,
		givenName: 'Leaver',
		familyName: id,
		startDate: '2020-01-01',
		endDate: daysFromNow(-1),
	});
	return email;
}

async function row(
	kind: string,
	id: string,
	email: string,
	more: Record<string, string | number> = {},
) {
	return await world.store('scheduledChanges', {
		kind,
		state: 'waiting',
		dueAt: ago(1).toISOString(),
		source: 'bamboohr',
		employeeId: id,
		email,
		displayName: `Person ${id}`,
		effectiveDate: daysFromNow(-1),
		timeZone: 'UTC',
		...more,
	});
}

const rowOf = async (id: number) =>
	(await world.rows('scheduledChanges')).find((one) => one['id'] === id);
const isMember = (email: string) =>
	world.sandbox.workspace.userByEmail(email)?.standing === 'member';
const removals = () => world.writes().filter((write) => /^(DELETE|PATCH) .*\/Users\//.test(write));
const alarms = async () =>
	(await world.rows('alarms')).map(({ key, text }) => `${String(key)}: ${String(text)}`);

describe('rows that are due', () => {
	it('lock a leaver out, once, also when two sweeps come at the same time', async () => {
		const email = leaver('101');
		const id = await row('leave', '101', email);

		const runs = await Promise.all([world.run('EveryFiveMinutes'), world.run('EveryFiveMinutes')]);
		await world.run('EveryFiveMinutes');

		expect(runs.map(({ status, error }) => [status, error])).toEqual([
			['success', undefined],
			['success', undefined],
		]);
		expect(isMember(email)).toBe(false);
		expect(removals()).toHaveLength(1);
		expect(await rowOf(id)).toMatchObject({ state: 'done' });
		expect((await world.rows('leaverAudit')).map(({ outcome }) => outcome)).toEqual(['removed']);
		expect(runs.filter((run) => run.nodesRun.includes('Call offboarding'))).toHaveLength(1);
		expect(await alarms()).toEqual([]);
	}, 120_000);

	it('do nothing before their time, and nothing for somebody whom the HRIS has taken back', async () => {
		const later = leaver('102');
		const stays = leaver('103');
		world.hris.staff.withdrawTermination('103');
		const early = await row('leave', '102', later, {
			dueAt: new Date(Date.now() + 60 * MINUTE).toISOString(),
		});
		const withdrawn = await row('leave', '103', stays);

		await world.run('EveryFiveMinutes');

		expect(isMember(later)).toBe(true);
		expect(isMember(stays)).toBe(true);
		expect(removals()).toEqual([]);
		expect(await rowOf(early)).toMatchObject({ state: 'waiting' });
		expect(await rowOf(withdrawn)).toMatchObject({ state: 'withdrawn' });
	}, 120_000);

	it('make a hire of the day a member', async () => {
		const email = 'hire104@example.com';
		world.hris.staff.setEmployee({
			id: '104',
			email,
			givenName: 'Hire',
			familyName: '104',
			department: 'Sales',
			startDate: daysFromNow(0),
		});
		const id = await row('hire', '104', email, { effectiveDate: daysFromNow(0) });

		const run = await world.run('EveryFiveMinutes');

		expect(run.error).toBeUndefined();
		expect(isMember(email)).toBe(true);
		expect(world.sandbox.workspace.groupNames(email)).toEqual(expect.arrayContaining(['Sales']));
		expect(await rowOf(id)).toMatchObject({ state: 'done' });
	}, 120_000);

	it('are not stopped by one that fails, which comes back later and after five times needs a person', async () => {
		const fragile = await world.publishDrawn(fragileWorkflow('bad@example.com'));
		const sweep = await world.importSweep({
			subWorkflows: { ...world.ids, [OFFBOARDING]: fragile },
		});
		const first = await row('leave', '105', 'first@example.com', { dueAt: ago(3).toISOString() });
		const bad = await row('leave', '106', 'bad@example.com', { dueAt: ago(2).toISOString() });
		const last = await row('leave', '107', 'last@example.com');

		const run = await world.run('EveryFiveMinutes', sweep);

		expect(run.status).toBe('error');
		expect(run.error).toContain('Person 106 (bamboohr 106)');
		expect(await rowOf(first)).toMatchObject({ state: 'done' });
		expect(await rowOf(last)).toMatchObject({ state: 'done' });
		expect(await rowOf(bad)).toMatchObject({
			state: 'waiting',
			attempts: 1,
			note: expect.stringContaining('out of order'),
		});
		const wait = Date.parse(String((await rowOf(bad))?.['dueAt'])) - Date.now();
		expect(wait).toBeGreaterThan(4 * MINUTE);
		expect(wait).toBeLessThan(6 * MINUTE);
		expect(await alarms()).toEqual([]);

		const fifth = await row('leave', '108', 'bad@example.com', { attempts: 4 });
		await world.run('EveryFiveMinutes', sweep);

		expect(await rowOf(fifth)).toMatchObject({ state: 'needsPerson', attempts: 5 });
		expect(await rowOf(bad)).toMatchObject({ state: 'waiting', attempts: 1 });
		expect(await alarms()).toEqual([
			expect.stringMatching(/^sweep: row \d+: .*Person 108.*tried 5 times.*out of order/),
		]);
	}, 120_000);

	it('come back when the execution that had taken them died, and are not taken from one that lives', async () => {
		const email = leaver('109');
		const dead = await row('leave', '109', email, { state: 'working' });
		const alive = await row('leave', '110', 'alive@example.com', { state: 'working' });
		const worn = await row('leave', '111', 'worn@example.com', { state: 'working', attempts: 4 });
		await world.age('scheduledChanges', dead, { updatedAt: ago(16) });
		await world.age('scheduledChanges', alive, { updatedAt: ago(14) });
		await world.age('scheduledChanges', worn, { updatedAt: ago(16) });

		await world.run('EveryFiveMinutes');

		expect(await rowOf(dead)).toMatchObject({
			state: 'waiting',
			attempts: 1,
			note: 'The execution that worked on it died.',
		});
		expect(await rowOf(alive)).toMatchObject({ state: 'working' });
		expect(await rowOf(worn)).toMatchObject({ state: 'needsPerson' });
		expect(await alarms()).toEqual([expect.stringContaining('Person 111')]);
		expect(isMember(email)).toBe(true);
	}, 120_000);

	it('notice that somebody has come back, and are done where nobody has', async () => {
		const email = 'back@example.com';
		const { id: userId } = world.sandbox.workspace.addUser({ email });
		const { id: goneId } = world.sandbox.workspace.addUser({ email: 'gone@example.com' });
		world.sandbox.workspace.removeUser('gone@example.com');
		const back = await row('watch', '112', email, { userId });
		const gone = await row('watch', '113', 'gone@example.com', { userId: goneId });
		const renamed = await row('watch', '114', 'before@example.com', { userId });

		const run = await world.run('EveryFiveMinutes');

		expect(run.error).toBeUndefined();
		expect(await rowOf(back)).toMatchObject({ state: 'done', note: 'Is a member again.' });
		expect(await rowOf(gone)).toMatchObject({ state: 'done', note: 'Not a member.' });
		expect(await rowOf(renamed)).toMatchObject({ state: 'done', note: 'Is a member again.' });
		const told = await alarms();
		expect(told).toHaveLength(2);
		expect(told[0]).toMatch(
			/Person 112.*active member.*allowed email domains.*single sign-on.*identity provider/,
		);
		expect(world.writes()).toEqual([]);
	}, 120_000);

	it('do not believe a proxy that somebody is gone', async () => {
		const { id: userId } = world.sandbox.workspace.addUser({ email: 'proxied@example.com' });
		const id = await row('watch', '115', 'proxied@example.com', { userId });
		world.sandbox.setSwitches({ gateway404: 'on' });

		const run = await world.run('EveryFiveMinutes');
		world.sandbox.setSwitches({ gateway404: 'off' });

		expect(run.status).toBe('error');
		expect(await rowOf(id)).toMatchObject({ state: 'waiting', attempts: 1 });
	}, 180_000);

	it('remind the manager of the private pages, and try again when the mail server is down', async () => {
		const about = JSON.stringify({
			managerEmail: 'boss@example.com',
			displayName: 'Grace\r\nBcc: everybody@example.com',
			email: 'grace@example.com',
			removedAt: '2026-11-06T10:00:00.000Z',
			transferUntil: '2026-12-06T10:00:00.000Z',
			day: 14,
		});
		const id = await row('remind', '116', 'grace@example.com', { about });
		world.mail.fail();

		await world.run('EveryFiveMinutes');

		expect(await rowOf(id)).toMatchObject({ state: 'waiting', attempts: 1 });
		world.mail.heal();
		const again = await row('remind', '117', 'grace@example.com', { about });
		await world.run('EveryFiveMinutes');

		expect(await rowOf(again)).toMatchObject({ state: 'done' });
		expect(world.mail.mails()).toHaveLength(1);
		const [mail] = world.mail.mails();
		expect(mail?.to).toEqual(['boss@example.com']);
		expect(mail?.subject).toBe(
			'Until 2026-12-06: private Notion pages of Grace Bcc: everybody@example.com can be transferred',
		);
		expect(mail?.text).toContain('can still be transferred to somebody else until 2026-12-06');
	}, 120_000);

	it('remind nobody of the pages of somebody who is a member again', async () => {
		const about = JSON.stringify({ managerEmail: 'boss@example.com' });
		const { id: userId } = world.sandbox.workspace.addUser({ email: 'rehired@example.com' });
		const byAddress = await row('remind', '120', 'rehired@example.com', { about });
		const gone = await row('remind', '121', 'still.gone@example.com', { about });
		const byId = await row('remind', '122', 'former.address@example.com', { about, userId });

		const run = await world.run('EveryFiveMinutes');

		expect(run.error).toBeUndefined();
		for (const id of [byAddress, byId]) {
			expect(await rowOf(id)).toMatchObject({
				state: 'withdrawn',
				note: 'Is a member again: no pages are lost.',
			});
		}
		expect(await rowOf(gone)).toMatchObject({ state: 'done' });
		expect(world.mail.mails().map(({ text }) => text)).toEqual([
			expect.stringContaining('still.gone@example.com'),
		]);
	}, 120_000);

	it('that nobody understands go to a person', async () => {
		const odd = await row('promote', '118', 'odd@example.com');
		const dateless = await row('leave', '119', leaver('119'), { dueAt: 'soon' });

		await world.run('EveryFiveMinutes');

		expect(await rowOf(odd)).toMatchObject({ state: 'needsPerson' });
		expect((await alarms()).join('\n')).toContain('The change "promote" of Person 118');
		expect(await rowOf(dateless)).toMatchObject({ state: 'done' });
	}, 120_000);
});

/** Stands in for the lockdown, and fails for one address. */
function fragileWorkflow(email: string): Workflow {
	const workflow = new Workflow('Fragile lockdown');
	workflow.add({
		name: 'WhenCalled',
		type: 'executeWorkflowTrigger',
		version: 1.1,
		parameters: calledWith(
			'kind',
			'source',
			'employeeId',
			'companyId',
			'email',
			'eventId',
			'timeZone',
			'rowId',
			'requestedBy',
			'reference',
		),
		at: [0, 0],
	});
	workflow.add({
		name: 'Fail',
		type: 'code',
		version: 2,
		parameters: {
			jsCode: `if ($json.email === '${email}') throw new Error('Notion is out of order.');\nreturn [];`,
		},
		at: [1, 0],
	});
	workflow.chain('WhenCalled', 'Fail');
	return workflow;
}
