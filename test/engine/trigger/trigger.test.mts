import { startSandbox } from '../../../sandbox/server.mts';
import { changeAtRandom, expectedEvents, toldEvents, viewOf } from '../../support/workspaceChanges.mts';
import { byEmail, byId, setUpNotion } from '../support/notionTest.mts';
import { PolledTrigger } from './polledTrigger.mts';

const notion = setUpNotion({ people: 150 });

test('the first poll remembers the workspace and tells nothing', async () => {
	const trigger = new PolledTrigger(notion);

	expect(await trigger.poll()).toBeNull();
	expect(trigger.stored).not.toEqual({});
});

test('the first poll tells everyone and every group if asked to', async () => {
	const trigger = new PolledTrigger(notion, { options: { emitExisting: true } });
	const { people, groups } = viewOf(notion.sandbox.workspace);

	const items = await trigger.poll();

	expect(toldEvents(items ?? [])).toEqual(expectedEvents({ people: new Map(), groups: new Map() }, { people, groups }));
	expect(await trigger.poll()).toBeNull();
});

test('a poll that finds nothing writes nothing', async () => {
	const trigger = new PolledTrigger(notion);
	await trigger.poll();

	expect(await trigger.poll()).toBeNull();
	expect(trigger.writes).toBe(1);
});

describe.each(['stable', 'shuffledPerRequest'] as const)('with lists in the order %s', (listOrder) => {
	test.each([1, 2, 3])('200 changes between two polls are told exactly, and once (seed %s)', async (seed) => {
		notion.sandbox.setSwitches({ listOrder });
		const { workspace } = notion.sandbox;
		const trigger = new PolledTrigger(notion);
		await trigger.poll();
		const before = viewOf(workspace);
		changeAtRandom(workspace, 200, seed);

		const items = await trigger.poll();

		expect(toldEvents(items ?? [])).toEqual(expectedEvents(before, viewOf(workspace)));
		expect(await trigger.poll()).toBeNull();
	});
});

test('each event says what was before and what is now', async () => {
	const { workspace } = notion.sandbox;
	const trigger = new PolledTrigger(notion);
	await trigger.poll();
	const { profile } = workspace.changeRole('ada@example.com', 'owner');
	workspace.updateProfile('ada@example.com', { ...profile, attributes: { title: 'Countess' } });
	workspace.addToGroup('Sales', 'ada@example.com');

	const items = (await trigger.poll()) ?? [];

	expect(items).toMatchObject([
		{ event: 'roleRaised', email: 'ada@example.com', before: { role: 'member' }, after: { role: 'owner' } },
		{
			event: 'personChanged',
			changed: ['title', 'department'],
			before: { title: 'Engineer', department: 'Engineering' },
			after: { title: 'Countess' },
		},
		{ event: 'membershipChanged', displayName: 'Sales', added: [{ email: 'ada@example.com' }], removed: [] },
	]);
	expect(new Set(items.map(({ eventId }) => eventId)).size).toBe(3);
});

describe('filters', () => {
	const change = async (parameters: object): Promise<string[]> => {
		const { workspace } = notion.sandbox;
		const trigger = new PolledTrigger(notion, { ...parameters });
		await trigger.poll();
		workspace.changeRole('ada@example.com', 'owner');
		workspace.addToGroup('Sales', 'ada@example.com');
		workspace.addToGroup('Finance', 'robin@contractor.example');
		workspace.removeUser('maria@example.com');
		return await trigger.told();
	};

	test('by event', async () => {
		expect(await change({ events: ['roleRaised', 'personRemoved'] })).toEqual([
			'roleRaised ada@example.com',
			'personRemoved maria@example.com',
		]);
	});

	test('by domain: of the members of a group, those of the domain', async () => {
		expect(await change({ options: { domains: '*.contractor.example, contractor.example' } })).toEqual(['membershipChanged Finance']);
	});

	test('by group: the group, and who is or was in it', async () => {
		const finance = notion.sandbox.workspace.groupByName('Finance')?.id ?? '';

		expect(await change({ options: { groups: [finance] } })).toEqual([
			'personRemoved maria@example.com',
			'membershipChanged Finance',
		]);
	});

	test('that cannot be read fail, instead of silencing the trigger', async () => {
		const trigger = new PolledTrigger(notion, { options: { domains: 'example' } });

		expect((await trigger.failure()).message).toContain('no email domain: "example"');
	});
});

describe('no removal without proof', () => {
	test('someone who is missing is removed only once Notion says so of them', async () => {
		const { workspace, faults } = notion.sandbox;
		const trigger = new PolledTrigger(notion);
		await trigger.poll();
		const { id } = workspace.removeUser('ada@example.com');
		faults.add({ method: 'GET', path: `/Users/${id}`, fault: { status: 500 } });

		expect(await trigger.told()).not.toContain('personRemoved ada@example.com');
		faults.clear();
		expect(await trigger.told()).toEqual(['personRemoved ada@example.com']);
	});

	test('a member that a list of 100 does not show is not removed, and one of a whole list is', async () => {
		const { workspace } = notion.sandbox;
		notion.sandbox.setSwitches({ groupMembersShown: 'first100' });
		const trigger = new PolledTrigger(notion);
		await trigger.poll();
		const staff = workspace.groupByName('All Staff');
		const [first = ''] = staff?.memberIds ?? [];
		workspace.removeFromGroup('All Staff', first);
		workspace.removeFromGroup('Sales', 'kenji@example.com');

		const items = (await trigger.poll()) ?? [];

		expect(items.filter(({ displayName }) => displayName === 'All Staff').flatMap(({ removed }) => removed)).toEqual([]);
		expect(items.find(({ displayName }) => displayName === 'Sales')?.removed).toMatchObject([{ email: 'kenji@example.com' }]);
	});

	test('a server without groups deletes none', async () => {
		const trigger = new PolledTrigger(notion);
		await trigger.poll();
		notion.sandbox.setSwitches({ groups: 'none' });

		expect(await trigger.poll()).toBeNull();
	});
});

describe('a workspace that is larger than the time of a poll', () => {
	const slow = { budget: 400 };

	test('is read in several polls; the base line that a later one sets is stored with an item', async () => {
		notion.sandbox.faults.add({ method: 'GET', path: '/Users', fault: { delayMs: 300 } });
		const trigger = new PolledTrigger(notion);
		const polls = await pollsUntilTold(trigger, slow);

		expect(polls.at(-1)).toMatchObject([{ event: 'watchStarted' }]);
		expect(polls.length).toBeGreaterThan(1);
	});

	test('stores with an item, too, a base line that n8n has not kept', async () => {
		const trigger = new PolledTrigger(notion);
		await trigger.poll();
		trigger.stored = {};

		expect(await trigger.poll()).toMatchObject([{ event: 'watchStarted' }]);
		expect(await trigger.poll()).toBeNull();
	});

	test('tells exactly what has changed, with no false removal', async () => {
		const { workspace } = notion.sandbox;
		const trigger = new PolledTrigger(notion);
		await trigger.poll();
		const before = viewOf(workspace);
		changeAtRandom(workspace, 20, 9);
		notion.sandbox.faults.add({ method: 'GET', path: '/Users\\?', fault: { delayMs: 300 } });

		const polls = await pollsUntilTold(trigger, slow);
		notion.sandbox.faults.clear();
		const rest = (await trigger.poll()) ?? [];

		const all = [...polls.flat(), ...rest].filter((item) => item !== null);
		expect(polls.length).toBeGreaterThan(1);
		expect(toldEvents(all)).toEqual(expectedEvents(before, viewOf(workspace)));
	});
});

async function pollsUntilTold(trigger: PolledTrigger, options: { budget: number }) {
	const polls: Array<Awaited<ReturnType<PolledTrigger['poll']>>> = [];
	while (polls.length < 50 && polls.at(-1) == null) polls.push(await trigger.poll(options));
	return polls;
}

test('two polls at a time tell a change once', async () => {
	const trigger = new PolledTrigger(notion);
	await trigger.poll();
	notion.sandbox.workspace.addUser({ email: 'eve@example.com' });

	const [one, other] = await Promise.all([trigger.poll(), trigger.poll()]);

	expect([one, other].filter((items) => items !== null)).toHaveLength(1);
});

test('the credential of another workspace sets a new base line instead of removing everyone', async () => {
	const other = await startSandbox({ seed: 2 });
	const trigger = new PolledTrigger(notion);
	await trigger.poll();
	const credential = { baseUrl: other.scimUrl, token: other.token };

	expect(await trigger.poll({ credential })).toBeNull();
	other.workspace.addUser({ email: 'eve@example.com' });
	expect(await trigger.poll({ credential })).toMatchObject([{ event: 'personAdded', email: 'eve@example.com' }]);
	await other.close();
});

describe('changes of the Notion SCIM node', () => {
	const options = { leaveOutOwnChanges: true };

	test('are told unless the option is on', async () => {
		const trigger = new PolledTrigger(notion);
		await trigger.poll();
		await notion.run('user.update', { parameters: { user: byEmail('ada@example.com'), updateFields: { title: 'Countess' } } });

		expect(await trigger.told()).toEqual(['personChanged ada@example.com']);
	});

	test('are left out with it, and what someone else changed beside them is not', async () => {
		const { workspace } = notion.sandbox;
		const trigger = new PolledTrigger(notion, { options });
		await trigger.poll();
		await notion.run('user.upsert', { parameters: { email: 'new@example.com', options: {} } });
		await notion.run('user.remove', { parameters: { user: byEmail('maria@example.com') } });
		await notion.run('user.update', { parameters: { user: byEmail('kenji@example.com'), updateFields: { title: 'Head' } } });
		const ada = workspace.userByEmail('ada@example.com');
		await notion.run('user.update', { parameters: { user: byEmail('ada@example.com'), updateFields: { title: 'Countess' } } });
		if (ada) workspace.updateProfile(ada.id, { ...ada.profile, attributes: { title: 'Hacker' } });
		workspace.changeRole('new@example.com', 'owner');

		expect(await trigger.told()).toEqual(['roleRaised new@example.com', 'personChanged ada@example.com']);
	});

	test('are told when someone else undoes them', async () => {
		const { workspace } = notion.sandbox;
		const trigger = new PolledTrigger(notion, { options });
		await trigger.poll();
		await notion.run('group.addMembers', { parameters: { group: byId(workspace.groupByName('Sales')?.id ?? ''), members: 'ada@example.com' } });
		expect(await trigger.told()).toEqual([]);

		workspace.removeFromGroup('Sales', 'ada@example.com');
		expect(await trigger.told()).toEqual(['membershipChanged Sales']);
	});
});

test('a test by hand shows people and groups as they are, and remembers nothing', async () => {
	const trigger = new PolledTrigger(notion);

	const items = (await trigger.poll({ mode: 'manual' })) ?? [];

	expect(items.map(({ event }) => event)).toContain('personAdded');
	expect(trigger.stored).toEqual({});
});
