import { subWorkflow } from '../../../canvas/nodes.mts';
import { Workflow } from '../../../canvas/workflow.mts';
import { company, type CycleWorld, startCycleWorld } from './cycleWorld.mts';

const PEOPLE = 12;
const FORM = 'notion-provision-now';
const YES = 'Yes, do this now';
const NO = 'No, only look';
const SETTINGS = {
	notifyTo: 'it@example.com',
	managedGroups: ['Engineering', 'Sales'],
	adoptGroups: 'exact',
	removalLimit: 20,
	keepOtherGroups: false,
	groupRules: [
		{ when: { department: 'Engineering' }, groups: ['Engineering'] },
		{ when: { department: 'Sales' }, groups: ['Sales'] },
	],
};

let world: CycleWorld;

beforeAll(async () => {
	world = await startCycleWorld();
	company(world.directory, PEOPLE);
	const { workspace } = world.sandbox;
	for (const { email = '', displayName } of [...world.directory.people.values()].slice(
		0,
		PEOPLE - 2,
	)) {
		workspace.addUser({ email, name: displayName });
	}
	const id = await world.publish('provision-now', SETTINGS);
	const caller = new Workflow('Caller');
	caller.add({
		name: 'Call',
		type: 'webhook',
		version: 2,
		parameters: {
			path: 'call-provision',
			httpMethod: 'POST',
			responseMode: 'lastNode',
			options: {},
		},
		at: [0, 0],
	});
	caller.add({
		name: 'Provision',
		type: 'executeWorkflow',
		version: 1.3,
		parameters: {
			...subWorkflow('Provision now', {
				person: '={{ $json.body.person }}',
				dryRun: '={{ $json.body.dryRun }}',
				requestedBy: 'it@example.com',
			}),
			workflowId: { __rl: true, mode: 'id', value: id },
		},
		at: [1, 0],
	});
	caller.chain('Call', 'Provision');
	const { id: callerId } = await world.host.client.importWorkflow(caller.file());
	await world.host.client.publish(callerId);
}, 180_000);

afterAll(async () => {
	await world?.stop();
}, 60_000);

/** What the sub-workflow answers, as text. */
async function call(person: string, dryRun: boolean): Promise<string> {
	const response = await fetch(world.host.webhookUrl('call-provision'), {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ person, dryRun: String(dryRun) }),
	});
	return await response.text();
}

const groupsOf = (email: string) => world.sandbox.workspace.groupNames(email).sort();
const isMember = (email: string) => world.sandbox.workspace.isMember(email);
const picture = () =>
	world.sandbox.workspace.members().map(({ id, profile }) => ({
		profile: structuredClone(profile),
		groups: world.sandbox.workspace.groupNames(id),
	}));

describe('one person on demand', () => {
	it('is shown with every step, and nothing is done without a yes', async () => {
		const { shown, end } = await world.decide(FORM, {
			email: 'it@example.com',
			wish: 'person12@example.com',
			answer: NO,
		});

		for (const step of [
			'What the directory says',
			'Who that is in Notion',
			'What is planned',
			'Guards',
		]) {
			expect(shown).toContain(step);
		}
		expect(shown).toContain('Entry id-12 of test');
		expect(end).toContain('The answer was no');
		expect(await call('id-12', true)).toContain('this was a dry run');
		expect(world.writes()).toEqual([]);
		expect(world.mails()).toEqual([]);
		expect(isMember('person12@example.com')).toBe(false);
	}, 120_000);

	it('becomes a member with groups, and is looked at again', async () => {
		const { end } = await world.decide(FORM, {
			email: 'it@example.com',
			wish: 'person12@example.com',
			answer: YES,
		});

		expect(end).toContain('Planned again: nothing is left to do.');
		expect(groupsOf('person12@example.com')).toEqual(['Sales']);
		// Nobody else was touched.
		expect(isMember('person11@example.com')).toBe(false);
		expect(groupsOf('person2@example.com')).toEqual([]);
		const changes = await world.rows('directory_changes');
		expect(new Set(changes.map(({ outcome }) => outcome))).toEqual(new Set(['done']));
		expect(changes[0]).toMatchObject({
			approvedBy: expect.stringContaining('it@example.com (assurance: basic auth'),
		});
		const mails = world.mails();
		expect(mails).toHaveLength(1);
		world.writes();
		await world.fetchLinks(`${mails[0]?.text} ${world.host.url}/form/${FORM}`);
		expect(world.writes()).toEqual([]);
	}, 120_000);

	it('is left alone the second time', async () => {
		world.writes();
		const answer = await call('person12@example.com', false);
		expect(answer).toContain('There was nothing to do');
		expect(world.writes()).toEqual([]);
		expect(world.mails()).toEqual([]);
	}, 60_000);

	it('does not decide about themselves', async () => {
		const { shown } = await world.decide(FORM, {
			email: 'PERSON11@example.com',
			wish: 'person11@example.com',
		});
		expect(shown).toContain('about you yourself');
		expect(shown).not.toContain(YES);
	}, 60_000);

	it('is followed through a marriage, a second John Smith, a departure and more', async () => {
		const { directory, sandbox } = world;
		const bride = sandbox.workspace.userByEmail('person12@example.com')?.id;
		directory.change('id-12', { email: 'sam.king@example.com', displayName: 'Sam King' });
		directory.change('id-1', { displayName: 'John Smith', title: 'Head of Engineering' });
		directory.add({
			sourceId: 'id-20',
			email: 'john.smith@example.com',
			displayName: 'John Smith',
			department: 'Sales',
		});
		directory.change('id-3', { active: false, status: 'inactive' });
		directory.change('id-5', { status: 'suspended' });
		directory.change('id-7', { inScope: false, scopeNote: 'Not assigned to the Notion app.' });
		directory.add({ sourceId: 'id-21', displayName: 'Ada Without Address' });

		expect(await call('sam.king@example.com', false)).toContain('Planned again');
		expect(sandbox.workspace.userByEmail('sam.king@example.com')?.id).toBe(bride);
		await call('john.smith@example.com', false);
		expect(groupsOf('john.smith@example.com')).toEqual(['Sales']);
		expect(groupsOf('person1@example.com')).toEqual([]);
		await call('person3@example.com', false);
		expect(isMember('person3@example.com')).toBe(false);
		world.writes();
		for (const [person, why] of [
			['person5@example.com', 'suspended'],
			['person7@example.com', 'Not assigned to the Notion app'],
			['id-21', 'Ada Without Address'],
			['nobody@example.com', 'No entry has the address'],
			['owner@example.com', 'No entry has the address'],
		] as const) {
			expect(await call(person, false)).toContain(why);
		}
		expect(world.writes()).toEqual([]);
	}, 240_000);

	it.each([
		['half', 'not completely, so nothing is taken away'],
		['nothing', 'not completely, so nothing is taken away'],
		['withoutDepartments', 'which nobody in the directory has'],
	] as const)(
		'loses nothing where the reading is %s',
		async (reading, said) => {
			const people = ['person2@example.com', 'person10@example.com'];
			world.directory.reading = 'whole';
			for (const person of people) await call(person, false);
			const before = picture();
			world.directory.reading = reading;
			world.writes();
			for (const person of people) expect(await call(person, false)).toContain(said);
			expect(picture()).toEqual(before);
			expect(world.writes()).toEqual([]);
		},
		120_000,
	);
});
