import { z } from 'zod';

import { poll } from '../../../host/poll.mts';
import { company, type SyncWorld, startSyncWorld } from './syncWorld.mts';

const STATUS = 'notion-directory-sync-status';
const NAME = 'Notion SCIM: directory sync';
const PEOPLE = 40;
const POLICY = {
	mode: 'apply',
	approval: 'never',
	managedGroups: 'Engineering, Sales',
	removalLimit: 10,
	groups: { adoptGroups: 'exact' },
	limits: { createLimit: 50 },
};

let world: SyncWorld;
let sync: string;

beforeAll(async () => {
	world = await startSyncWorld();
	company(world.directory, PEOPLE);
	const { workspace } = world.sandbox;
	// All but the last five work with Notion already; no one is in a group of the directory.
	for (const { email = '', displayName } of [...world.directory.people.values()].slice(
		0,
		PEOPLE - 5,
	)) {
		workspace.addUser({ email, name: displayName });
	}
	workspace.addGroup({ displayName: 'Engineering', members: ['person1@example.com'] });
	await world.publish('directory-sync-status');
	sync = await world.publish('directory-sync', POLICY);
}, 180_000);

afterAll(async () => {
	await world?.stop();
}, 60_000);

const members = () => world.sandbox.workspace.members().map(({ profile }) => profile.userName);

/** Runs of the whole directory that have begun. */
const runs = async () =>
	(await world.rows('notion_scim_runs')).filter(
		({ kind, state }) => kind === 'syncRun' && state !== 'skipped' && state !== 'looked',
	);

/** The last run, with its details beside its columns. */
const lastRun = async (): Promise<Record<string, unknown>> => {
	const last = (await runs()).at(-1) ?? {};
	const details: unknown = JSON.parse(String(last['details'] || '{}'));
	return { ...last, ...z.record(z.unknown()).parse(details) };
};

/** Rows of planned changes, with their details beside their columns. */
const changes = async (): Promise<Array<Record<string, unknown>>> =>
	(await world.rows('notion_scim_changes'))
		.filter(({ kind }) => kind === 'sync')
		.map((row) => ({ ...z.record(z.unknown()).parse(JSON.parse(String(row['details'] || '{}'))), ...row }));

const waiting = async () => (await changes()).filter(({ state }) => state === 'held');


describe('a directory sync', () => {
	it('only shows what it would do at first, and tells it once', async () => {
		const run = await world.run(sync);

		expect(run.error).toBeUndefined();
		expect(run.status).toBe('success');
		expect(world.writes()).toEqual([]);
		const [mail, ...others] = world.mails();
		expect(others).toEqual([]);
		expect(mail?.text).toContain('The first run is always a dry run');
		expect(mail?.text).toContain('person40@example.com');
		expect(await lastRun()).toMatchObject({ state: 'good', mode: 'dryRun', persons: PEOPLE });
	}, 120_000);

	it('then does it, records it, and links everyone', async () => {
		expect((await world.run(sync)).error).toBeUndefined();

		expect(members()).toHaveLength(PEOPLE + 1);
		expect(groupOf('Engineering')).toHaveLength(PEOPLE / 2);
		expect(groupOf('Sales')).toHaveLength(PEOPLE / 2);
		const [mail] = world.mails();
		expect(mail?.subject).toMatch(/^Notion SCIM: directory sync: \d+ done$/);
		expect(await lastRun()).toMatchObject({ state: 'good', mode: 'apply', counts: { done: expect.any(Number) } });
		const rows = await changes();
		expect(rows.filter(({ action }) => action === 'user.create')).toHaveLength(5);
		expect(new Set(rows.map(({ outcome }) => outcome))).toEqual(new Set(['done']));
		expect(rows.filter(({ planned }) => planned !== undefined)).toEqual([]);
		const links = await world.rows('notion_scim_links');
		expect(links.filter(({ userId }) => userId)).toHaveLength(PEOPLE);
		expect(links.filter(({ groupId }) => groupId)).toHaveLength(2);
	}, 120_000);

	it('writes nothing and mails nothing where nothing differs', async () => {
		world.writes();
		expect((await world.run(sync)).error).toBeUndefined();

		expect(world.writes()).toEqual([]);
		expect(world.mails()).toEqual([]);
		expect(await lastRun()).toMatchObject({
			state: 'good',
			counts: {},
			note: 'Nothing had to be changed.',
		});
	}, 120_000);

	it('follows ten mixed changes', async () => {
		const { directory, sandbox } = world;
		const { workspace } = sandbox;
		const bride = workspace.userByEmail('person1@example.com')?.id;
		// 1 a marriage, 2 the second John Smith, 3 a joiner of the same name, 4 a leaver, 5 a new department,
		// 6 a promotion, 7 a suspension, 8 out of scope, 9 without an address, 10 on leave
		directory.change('id-1', {
			email: 'eve.king@example.com',
			familyName: 'King',
			displayName: 'Eve King',
		});
		directory.change('id-3', { displayName: 'John Smith', givenName: 'John', familyName: 'Smith' });
		directory.add({
			sourceId: 'id-41',
			email: 'john.smith2@example.com',
			displayName: 'John Smith',
			givenName: 'John',
			familyName: 'Smith',
			department: 'Sales',
			groups: ['Sales'],
		});
		directory.change('id-5', { active: false, status: 'inactive' });
		directory.change('id-7', { department: 'Sales', groups: ['Sales'] });
		directory.change('id-9', { title: 'Head of Engineering' });
		directory.change('id-11', { status: 'suspended', explanation: 'The account is suspended.' });
		directory.change('id-13', { inScope: false, scopeNote: 'Not assigned to the Notion app.' });
		directory.add({ sourceId: 'id-42', displayName: 'Ada Without Address', department: 'Sales' });
		directory.change('id-15', { status: 'onLeave' });
		world.writes();
		const run = await world.run(sync);

		expect(run.error).toBeUndefined();
		expect(workspace.userByEmail('eve.king@example.com')?.id).toBe(bride);
		expect(workspace.isMember('person1@example.com')).toBe(false);
		expect(groupOf('Engineering')).toContain('eve.king@example.com');
		const smiths = workspace.members().filter(({ profile }) => profile.name.familyName === 'Smith');
		expect(smiths.map(({ profile }) => profile.userName).sort()).toEqual([
			'john.smith2@example.com',
			'person3@example.com',
		]);
		expect(workspace.isMember('person5@example.com')).toBe(false);
		expect(workspace.groupNames('person7@example.com')).toEqual(['Sales']);
		for (const number of [11, 13, 15]) {
			expect(workspace.groupNames(`person${number}@example.com`)).toEqual(['Engineering']);
		}
		expect(members()).toHaveLength(PEOPLE + 1);
		const [mail, ...others] = world.mails();
		expect(others).toEqual([]);
		expect(mail?.text).toContain('eve.king@example.com');
		const page = await world.statusPage(STATUS, '?q=ada+address');
		expect(page).toContain('Ada Without Address');
		expect(page).not.toContain('Nothing is said about');
		expect(await links('id-1')).toEqual([
			expect.objectContaining({ email: 'eve.king@example.com', userId: bride }),
		]);

		world.writes();
		expect((await world.run(sync)).error).toBeUndefined();
		expect(world.writes()).toEqual([]);
	}, 120_000);

	it.each([
		['half the pages', 'half', 'was not read completely'],
		['no page', 'nothing', 'was not read completely'],
		['no department of anybody', 'withoutDepartments', 'department'],
	] as const)(
		'takes nothing from anybody where there is %s, however many are missing',
		async (_case, reading, said) => {
			const before = picture();
			const remembered = await memory();
			world.directory.reading = reading;
			await world.run(sync);

			expect(picture()).toEqual(before);
			expect(world.writes().filter((write) => write.startsWith('DELETE'))).toEqual([]);
			expect(await lastRun()).toMatchObject({
				state: 'incomplete',
				note: expect.stringContaining(said),
			});
			expect(await memory()).toEqual(remembered);
		},
		120_000,
	);

	it('is in quarantine after that, reads only, and says so until a person ends it', async () => {
		world.directory.reading = 'whole';
		world.directory.change('id-17', { active: false, status: 'inactive' });
		const count = (await runs()).length;
		// The clock waits for a day, a person need not.
		await world.run(sync);
		expect(await runs()).toHaveLength(count);
		expect((await world.run(sync, 'RunNow')).error).toBeUndefined();
		expect(await lastRun()).toMatchObject({ mode: 'readOnly', state: 'good' });
		expect(members()).toContain('person17@example.com');
		expect(world.writes()).toEqual([]);
		const alerts = (await world.rows('notion_scim_alerts')).filter(
			({ key }) => key === `${NAME}: quarantine`,
		);
		expect(alerts).toHaveLength(2);
		expect(await world.statusPage(STATUS)).toContain('In quarantine');

		// The next day it tells again.
		await world.sql(
			'notion_scim_runs',
			"UPDATE TABLE SET at = ? WHERE details LIKE '%readOnly%'",
			new Date(Date.now() - 25 * 3_600_000).toISOString(),
		);
		await world.run(sync);
		expect(
			(await world.rows('notion_scim_alerts')).filter(({ key }) => key === `${NAME}: quarantine`),
		).toHaveLength(3);
		expect(members()).toContain('person17@example.com');

		await world.sql(
			'notion_scim_runs',
			"INSERT INTO TABLE (kind, workflow, state, at, decidedBy, details) VALUES ('syncRun', ?, 'acknowledged', ?, 'it@example.com', '')",
			NAME,
			new Date().toISOString(),
		);
		expect((await world.run(sync)).error).toBeUndefined();
		expect(members()).not.toContain('person17@example.com');
	}, 240_000);
});

describe('an approval', () => {
	beforeAll(async () => {
		sync = await world.publish('directory-sync', { ...POLICY, approval: 'removals' });
		world.mails();
	}, 60_000);

	it('is asked for by one mail, and no link of any mail acts', async () => {
		world.directory.change('id-9', { active: false, status: 'inactive' });
		world.directory.change('id-19', { title: 'Principal Engineer' });
		expect((await world.run(sync)).error).toBeUndefined();

		expect(members()).toContain('person9@example.com');
		expect(await waiting()).toEqual([
			expect.objectContaining({ action: 'user.remove', email: 'person9@example.com', impact: 0 }),
		]);
		// What removes nothing is done at once.
		expect(await lastRun()).toMatchObject({ counts: { done: 1, waiting: 1 } });
		const told = world.mails();
		expect(told.map(({ to }) => to)).toEqual([
			['it@example.com'],
			['boss@example.com', 'hr@example.com', 'person9@example.com'],
		]);
		await world.run(sync);
		expect(world.mails()).toEqual([]);
		expect(await waiting()).toHaveLength(1);

		world.writes();
		const before = picture();
		const everything = world.mail
			.mails()
			.map(({ text }) => text)
			.join('\n');
		expect(await world.fetchLinks(everything)).toBeGreaterThanOrEqual(2);
		expect(world.writes()).toEqual([]);
		expect(picture()).toEqual(before);
		expect(await waiting()).toHaveLength(1);
	}, 240_000);

	it('that has expired is a no, and the next run asks again', async () => {
		const past = new Date(Date.now() - 1_000).toISOString();
		await world.sql(
			'notion_scim_changes',
			`UPDATE TABLE SET dueAt = ?, details = replace(details, '\\"expiresAt\\":\\"2', '\\"expiresAt\\":\\"1') WHERE state = 'held'`,
			past,
		);
		await world.run(sync);
		expect(members()).toContain('person9@example.com');
		const about = (await changes()).filter(({ email, action }) => email === 'person9@example.com' && action === 'user.remove');
		expect(about.map(({ state, outcome }) => [state, outcome])).toEqual([
			['withdrawn', 'expired'],
			['held', ''],
		]);
	}, 120_000);

	it('removes who was shown, with who said so and how sure that is', async () => {
		await release('boss@example.com');
		expect((await world.run(sync)).error).toBeUndefined();
		expect(members()).not.toContain('person9@example.com');
		const removal = (await changes()).findLast(
			({ action, email }) => action === 'user.remove' && email === 'person9@example.com',
		);
		expect(removal).toMatchObject({
			outcome: 'done',
			impact: 1,
			approvedBy: 'boss@example.com (assurance: n8n sign-in)',
		});
	}, 120_000);

	it('that is refused is not asked for again on the same day', async () => {
		world.directory.change('id-21', { active: false, status: 'inactive' });
		await world.run(sync);
		world.mails();
		await world.sql('notion_scim_changes', "UPDATE TABLE SET state = 'done', outcome = 'declined' WHERE state = 'held'");
		await world.run(sync);

		expect(members()).toContain('person21@example.com');
		expect(world.mails()).toEqual([]);
		expect(await waiting()).toEqual([]);
	}, 120_000);

	it('is not carried out any more where the directory does not ask for it since', async () => {
		world.directory.change('id-27', { active: false, status: 'inactive' });
		await world.run(sync);
		await release('boss@example.com');
		world.directory.change('id-27', { active: true, status: 'active' });
		world.directory.change('id-21', { active: true, status: 'active' });
		await world.run(sync);

		expect(members()).toContain('person27@example.com');
		const row = (await changes()).findLast(({ email }) => email === 'person27@example.com');
		expect(row).toMatchObject({ state: 'withdrawn', outcome: 'replaced' });
	}, 120_000);
});

describe('what the limit of a day holds', () => {
	it('waits for a person, however often the clock comes by', async () => {
		sync = await world.publish('directory-sync', { ...POLICY, removalLimit: 0 });
		world.directory.change('id-25', { active: false, status: 'inactive' });
		world.mails();
		expect((await world.run(sync)).error).toBeUndefined();

		expect(members()).toContain('person25@example.com');
		expect(await waiting()).toHaveLength(1);
		expect(world.mails().map(({ to }) => to[0])).toEqual(['it@example.com', 'boss@example.com']);
		expect(await world.statusPage(STATUS, '?q=person25')).toContain('Held by a limit');
		// The limit of another day lets no one pass whom a person is asked about.
		sync = await world.publish('directory-sync', POLICY);
		await world.run(sync);
		expect(members()).toContain('person25@example.com');
		expect(world.mails()).toEqual([]);

		await release('hr@example.com');
		await world.run(sync);
		expect(members()).not.toContain('person25@example.com');
	}, 120_000);
});

describe('a person an emergency has blocked', () => {
	it('is not brought back, whatever the directory says, until a person says so', async () => {
		const email = 'person6@example.com';
		world.sandbox.workspace.removeUser(email);
		await world.sql(
			'notion_scim_changes',
			`INSERT INTO TABLE (kind, key, state, outcome, email, requestedBy, details) VALUES ('emergency', 'emergency|soc|1|person6@example.com|notion', 'done', 'lockedDown', ?, 'soc', '{"app":"notion"}')`,
			email,
		);
		expect((await world.run(sync)).error).toBeUndefined();
		expect(members()).not.toContain(email);
		expect(await world.statusPage(STATUS, '?q=person6@')).toContain(
			'An emergency lockdown locked person6@example.com out of Notion',
		);

		sync = await world.publish('directory-sync', { ...POLICY, safety: { letBackIn: email } });
		expect((await world.run(sync)).error).toBeUndefined();
		expect(members()).toContain(email);
	}, 120_000);
});

describe('two runs at once', () => {
	it('are one', async () => {
		world.directory.delay = 3_000;
		const count = (await runs()).length;
		const asked = world.directory.asked();
		await Promise.all([world.run(sync, 'RunNow'), world.run(sync), world.run(sync, 'RunNow')]);
		world.directory.delay = 0;

		expect(world.directory.asked()).toBe(asked + 1);
		expect(await runs()).toHaveLength(count + 1);
	}, 120_000);
});

describe('a crash between the intention and the result', () => {
	it('is found by the next run, which comes to the same end', async () => {
		const { directory, sandbox, host } = world;
		sync = await world.publish('directory-sync', POLICY);
		directory.change('id-23', { active: false, status: 'inactive' });
		sandbox.faults.add({ method: 'DELETE', fault: { delayMs: 20_000 } });
		const started = host.client.runManually(sync, 'RunNow');
		await until(async () =>
			(await changes()).some(({ state }) => state === 'intended'),
		);
		await started;
		await host.kill();
		sandbox.faults.clear();
		await host.restart();
		expect(await lastRun()).toMatchObject({ state: 'running' });
		// It counts as dead after an hour.
		await world.sql(
			'notion_scim_runs',
			"UPDATE TABLE SET at = ? WHERE state = 'running'",
			new Date(Date.now() - 61 * 60_000).toISOString(),
		);

		expect((await world.run(sync, 'RunNow')).error).toBeUndefined();
		expect(members()).not.toContain('person23@example.com');
		const about = (await changes()).filter(
			({ email }) => email === 'person23@example.com',
		);
		expect(about.map(({ outcome }) => outcome)).toContain('lost');
		expect((await world.rows('notion_scim_alerts')).map(({ key }) => key)).toContain(
			`${NAME}: cut off`,
		);
		world.writes();
		await world.run(sync, 'RunNow');
		expect(world.writes()).toEqual([]);
	}, 240_000);
});

/** What the last good run has left to the next one. */
const memory = async () => (await lastRun())['memory'];

const groupOf = (name: string) => {
	const group = world.sandbox.workspace.groupByName(name);
	return group ? world.sandbox.workspace.memberEmails(group.id) : [];
};

/** What the approval form does with everything that waits. */
const release = async (approver: string) =>
	await world.sql(
		'notion_scim_changes',
		"UPDATE TABLE SET state = 'retry', dueAt = ?, approvedBy = ?, reference = reference || '; list 1 0123456789ab' WHERE state = 'held'",
		new Date().toISOString(),
		`${approver} (assurance: n8n sign-in)`,
	);

const links = async (employeeId: string) =>
	(await world.rows('notion_scim_links')).filter((row) => row['employeeId'] === employeeId);

/** Everyone with role and groups: what a person could lose. */
const picture = () =>
	world.sandbox.workspace.members().map(({ id, profile, role }) => ({
		profile: structuredClone(profile),
		role,
		groups: world.sandbox.workspace.groupNames(id),
	}));

const until = async (condition: () => Promise<boolean>) =>
	await poll(
		async () => ((await condition()) ? true : undefined),
		'what the test waits for',
		60_000,
	);
