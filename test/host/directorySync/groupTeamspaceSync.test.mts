import { z } from 'zod';

import { poll } from '../../../host/poll.mts';
import { company, type SyncWorld, startSyncWorld } from './syncWorld.mts';
import { KEY, publishCaller } from './syncCallers.mts';

const PEOPLE = 30;
const STATUS = 'notion-directory-sync-status';
const rule = (attribute: string, values: string, groups: string) => ({ conditions: { condition: [{ attribute, values }] }, groups });
const GROUPS = {
	adoptGroups: 'exact',
	keepOtherGroups: false,
	groupRules: {
		rule: [
			rule('department', 'Engineering', 'Engineering'),
			rule('department', 'Sales', 'Sales'),
			rule('title', 'Head of *', 'Leads'),
		],
	},
};
/** As the README says it for groups and nothing else. */
const POLICY = {
	mode: 'apply',
	approval: 'never',
	syncAttributes: [],
	onInactive: 'report',
	moreToSync: { createMissing: false, updateDrift: false },
	managedGroups: 'Engineering, Sales, Leads',
	removalLimit: 20,
	groups: GROUPS,
};

let world: SyncWorld;
let sync: string;
let groupSync: string;

beforeAll(async () => {
	world = await startSyncWorld();
	company(world.directory, PEOPLE);
	const { workspace } = world.sandbox;
	// The last three are no members, and must not become any.
	for (const { email = '', displayName } of [...world.directory.people.values()].slice(
		0,
		PEOPLE - 3,
	)) {
		workspace.addUser({ email, name: displayName });
	}
	workspace.addGroup({ displayName: 'Engineering', members: ['person1@example.com'] });
	workspace.addGroup({
		displayName: 'Book club',
		members: ['person1@example.com', 'person2@example.com'],
	});
	sync = await world.publish('directory-sync', POLICY);
	await world.publish('directory-sync-status');
	groupSync = await publishCaller(world, 'group-teamspace-sync', sync);
}, 180_000);

afterAll(async () => {
	await world?.stop();
}, 60_000);

const groupsOf = (number: number) =>
	world.sandbox.workspace.groupNames(`person${number}@example.com`).sort();
/** Runs of the whole directory, with their details beside their columns. */
const runs = async () =>
	(await world.rows('notion_scim_runs'))
		.filter(({ kind, state }) => kind === 'syncRun' && state !== 'skipped')
		.map((row) => ({ ...row, ...z.record(z.unknown()).parse(JSON.parse(String(row['details'] || '{}'))) }) as Record<string, unknown>);
const lastRun = async (): Promise<Record<string, unknown>> => (await runs()).at(-1) ?? {};
const picture = () =>
	world.sandbox.workspace.members().map(({ id, profile }) => ({
		profile: structuredClone(profile),
		groups: world.sandbox.workspace.groupNames(id),
	}));

describe('groups that follow departments', () => {
	it('are only shown at first, then follow, then stand still', async () => {
		await world.run(sync);
		expect(world.writes()).toEqual([]);
		expect(await lastRun()).toMatchObject({ state: 'good', mode: 'dryRun' });
		expect(world.mails()).toHaveLength(1);

		const count = world.sandbox.workspace.members().length;
		expect((await world.run(sync)).error).toBeUndefined();
		expect(world.sandbox.workspace.members()).toHaveLength(count);
		expect(groupsOf(1)).toEqual(['Book club', 'Engineering']);
		expect(groupsOf(2)).toEqual(['Book club', 'Sales']);
		expect(groupsOf(3)).toEqual(['Engineering']);
		expect(world.mails()).toHaveLength(1);

		world.writes();
		await world.run(sync);
		expect(world.writes()).toEqual([]);
		expect(world.mails()).toEqual([]);
	}, 180_000);

	it('follow ten mixed changes, and nothing but groups is touched', async () => {
		const { directory, sandbox } = world;
		const before = picture().map(({ profile }) => profile);
		directory.change('id-1', { email: 'eve.king@example.com', displayName: 'Eve King' });
		directory.change('id-3', { displayName: 'John Smith' });
		directory.change('id-4', { displayName: 'John Smith' });
		directory.change('id-5', { department: 'Sales' });
		directory.change('id-6', { department: 'Engineering', title: 'Head of Engineering' });
		directory.change('id-7', { active: false, status: 'inactive' });
		directory.change('id-9', { status: 'suspended' });
		directory.change('id-11', { inScope: false, scopeNote: 'Not for Notion.' });
		directory.change('id-8', { title: 'Head of Sales' });
		directory.add({
			sourceId: 'id-50',
			email: 'john.smith@example.com',
			displayName: 'John Smith',
			department: 'Sales',
		});
		expect((await world.run(sync)).error).toBeUndefined();

		expect(groupsOf(5)).toEqual(['Sales']);
		expect(groupsOf(6)).toEqual(['Engineering', 'Leads']);
		expect(groupsOf(8)).toEqual(['Leads', 'Sales']);
		// Whoever has left keeps the seat here: that is what offboarding is for.
		expect(sandbox.workspace.isMember('person7@example.com')).toBe(true);
		expect(groupsOf(9)).toEqual(['Engineering']);
		expect(groupsOf(11)).toEqual(['Engineering']);
		expect(sandbox.workspace.groupNames('person1@example.com').sort()).toEqual([
			'Book club',
			'Engineering',
		]);
		expect(picture().map(({ profile }) => profile)).toEqual(before);

		world.writes();
		await world.run(sync);
		expect(world.writes()).toEqual([]);
	}, 180_000);

	it('follow a hint at once, by reading the directory again, and believe nothing that it says', async () => {
		world.directory.change('id-10', { department: 'Engineering' });
		await someMinutesLater();
		const asked = world.directory.asked();
		expect((await hint()).status).toBe(200);
		await until(async () => groupsOf(10).join() === 'Engineering');
		expect(groupsOf(2)).toEqual(['Book club', 'Sales']);
		expect(world.directory.asked()).toBe(asked + 1);
	}, 120_000);

	it('do not follow a second hint at once, nor one without the key', async () => {
		const asked = world.directory.asked();
		expect((await hint()).status).toBe(200);
		expect((await hint('no key')).status).toBe(403);
		await until(async () => (await world.rows('notion_scim_runs')).some(({ state }) => state === 'skipped'));
		expect(world.directory.asked()).toBe(asked);
	}, 120_000);

	it('follow a person who asks for a run', async () => {
		const before = (await runs()).length;
		const { error } = await world.run(groupSync, 'RunNow');
		expect(error).toBeUndefined();
		await until(async () => (await runs()).length > before && (await lastRun())['state'] === 'good');
	}, 120_000);

	it.each(['half', 'nothing', 'withoutDepartments'] as const)(
		'take no one out where the reading is %s',
		async (reading) => {
			const before = picture();
			world.directory.reading = reading;
			await world.run(sync, 'RunNow');
			expect(picture()).toEqual(before);
			expect(await lastRun()).toMatchObject({ state: 'incomplete' });
			if (reading === 'withoutDepartments') world.directory.reading = 'whole';
		},
		120_000,
	);

	it('stay as they are where the rules are wrong', async () => {
		const before = picture();
		const groups = { ...GROUPS, groupRules: { rule: [rule('departement', 'Sales', 'Sales')] } };
		const wrong = await world.publish('directory-sync', { ...POLICY, groups });
		await world.run(wrong, 'RunNow');
		expect(await lastRun()).toMatchObject({ note: expect.stringContaining('departement') });
		expect(['incomplete', 'failed']).toContain((await lastRun())['state']);
		expect(picture()).toEqual(before);
	}, 120_000);

	it('show where they stand, and no link of a mail acts', async () => {
		expect((await world.statusPage(STATUS)).length).toBeGreaterThan(0);
		world.writes();
		const everything = world.mail
			.mails()
			.map(({ text }) => text)
			.join('\n');
		expect(await world.fetchLinks(everything)).toBeGreaterThanOrEqual(1);
		expect(world.writes()).toEqual([]);
	}, 120_000);
});

describe('a directory sync with the delivered list', () => {
	it('shows at first who would join and who stays, and then does it', async () => {
		const list = await world.publishList([
			{ sourceId: '2', email: 'person2@example.com', displayName: 'Sam Number2', status: 'active' },
			{
				sourceId: '60',
				email: 'juergen@example.com',
				displayName: 'Jürgen Groß',
				status: 'active',
				groups: 'Newcomers',
			},
		]);
		// What was acknowledged is no quarantine.
		await world.sql('notion_scim_runs', "DELETE FROM TABLE WHERE kind = 'syncRun'");
		const policy = { mode: 'apply', approval: 'never', managedGroups: 'Newcomers' };
		const directorySync = await world.publish('directory-sync', policy, {}, list);
		world.writes();
		expect((await world.run(directorySync)).error).toBeUndefined();
		expect(world.writes()).toEqual([]);
		expect(await lastRun()).toMatchObject({ state: 'good', mode: 'dryRun', persons: 2 });

		expect((await world.run(directorySync)).error).toBeUndefined();
		expect(await lastRun()).toMatchObject({ state: 'good', mode: 'apply', });
		expect(world.sandbox.workspace.groupNames('juergen@example.com')).toEqual(['Newcomers']);
		expect(groupsOf(2)).toEqual(['Book club', 'Sales']);
	}, 120_000);
});

/** A hint right after a run waits for the clock. */
const someMinutesLater = async () =>
	await world.sql(
		'notion_scim_runs',
		'UPDATE TABLE SET at = ?',
		new Date(Date.now() - 5 * 60_000).toISOString(),
	);

const hint = async (key = KEY) =>
	await fetch(world.host.webhookUrl('notion-group-sync'), {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', 'X-HRIS-Key': key },
		body: JSON.stringify({ email: 'person2@example.com', department: 'Engineering', left: true }),
	});

const until = async (condition: () => Promise<boolean>) =>
	await poll(
		async () => ((await condition()) ? true : undefined),
		'what the test waits for',
		60_000,
	);
