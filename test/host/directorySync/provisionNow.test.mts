import { signedInBrowser, type FormBrowser, type FormPage } from '../formBrowser.mts';
import { company, type SyncWorld, startSyncWorld } from './syncWorld.mts';
import { publishCaller, publishWebhook } from './syncCallers.mts';

const PEOPLE = 12;
const YES = 'Yes, do this now';
const NO = 'No, only look';
/** The fields of the pages, by their place. */
const PERSON = 'field-0';
const ANSWER = 'field-1';
const POLICY = {
	mode: 'apply',
	approval: 'never',
	managedGroups: 'Engineering, Sales',
	removalLimit: 20,
	groups: {
		adoptGroups: 'exact',
		keepOtherGroups: false,
		groupRules: {
			rule: ['Engineering', 'Sales'].map((department) => ({
				conditions: { condition: [{ attribute: 'department', values: department }] },
				groups: department,
			})),
		},
	},
};

let world: SyncWorld;
let browser: FormBrowser;
let formUrl: string;
let callUrl: string;

beforeAll(async () => {
	world = await startSyncWorld();
	company(world.directory, PEOPLE);
	const { workspace } = world.sandbox;
	for (const { email = '', displayName } of [...world.directory.people.values()].slice(0, PEOPLE - 2)) {
		workspace.addUser({ email, name: displayName });
	}
	const sync = await world.publish('directory-sync', POLICY);
	callUrl = await publishWebhook(world, 'call-provision', await publishCaller(world, 'provision-now', sync));
	formUrl = `${world.host.url}/form/notion-provision-now`;
	browser = await signedInBrowser(world.host);
}, 180_000);

afterAll(async () => {
	await world?.stop();
}, 60_000);

/** What the sub-workflow answers, as text. */
async function call(person: string, dryRun: boolean): Promise<string> {
	const response = await fetch(callUrl, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ person, dryRun: String(dryRun), requestedBy: 'it@example.com' }),
	});
	return await response.text();
}

const look = async (person: string): Promise<FormPage> => await browser.send(await browser.open(formUrl), { [PERSON]: person });
const groupsOf = (email: string) => world.sandbox.workspace.groupNames(email).sort();
const isMember = (email: string) => world.sandbox.workspace.isMember(email);
const changes = async () => (await world.rows('notion_scim_changes')).filter(({ kind }) => kind === 'sync');
const picture = () =>
	world.sandbox.workspace.members().map(({ id, profile }) => ({
		profile: structuredClone(profile),
		groups: world.sandbox.workspace.groupNames(id),
	}));

describe('one person on demand', () => {
	it('is shown with every step, and nothing is done without a yes', async () => {
		const page = await look('person12@example.com');
		const { html: end } = await browser.send(page, { [ANSWER]: NO });

		for (const step of ['What the directory says', 'Who that is in Notion', 'What is planned', 'Guards']) {
			expect(page.html).toContain(step);
		}
		expect(page.html).toContain('Entry id-12 of test');
		expect(end).toContain('The answer was no');
		expect(await call('id-12', true)).toContain('this was a dry run');
		expect(world.writes()).toEqual([]);
		expect(world.mails()).toEqual([]);
		expect(isMember('person12@example.com')).toBe(false);
		expect(await changes()).toEqual([]);
	}, 120_000);

	it('becomes a member with groups, and is looked at again', async () => {
		const { answer } = await browser.send(await look('person12@example.com'), { [ANSWER]: YES });

		expect(answer).toContain('Planned again: nothing is left to do.');
		expect(groupsOf('person12@example.com')).toEqual(['Sales']);
		// No one else was touched.
		expect(isMember('person11@example.com')).toBe(false);
		expect(groupsOf('person2@example.com')).toEqual([]);
		const rows = await changes();
		expect(new Set(rows.map(({ outcome }) => outcome))).toEqual(new Set(['done']));
		expect(rows[0]).toMatchObject({ approvedBy: `${world.host.owner.email} (assurance: n8n sign-in)` });
		const mails = world.mails();
		expect(mails).toHaveLength(1);
		world.writes();
		await world.fetchLinks(`${mails[0]?.text} ${formUrl}`);
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
		const own = world.host.owner.email;
		world.directory.add({ sourceId: 'id-owner', email: own, displayName: 'The Owner', department: 'Sales' });
		const page = await look(own.toUpperCase());
		expect(page.answer).toContain('about you yourself');
		expect(page.html).not.toContain(YES);
	}, 60_000);

	it('is followed through a marriage, a second John Smith, a departure and more', async () => {
		const { directory, sandbox } = world;
		const bride = sandbox.workspace.userByEmail('person12@example.com')?.id;
		directory.change('id-12', { email: 'sam.king@example.com', displayName: 'Sam King' });
		directory.change('id-1', { displayName: 'John Smith', title: 'Head of Engineering' });
		directory.add({ sourceId: 'id-20', email: 'john.smith@example.com', displayName: 'John Smith', department: 'Sales' });
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
		['half', 'not completely, so nothing is removed'],
		['nothing', 'not completely, so nothing is removed'],
		['withoutDepartments', 'which no one in the directory has'],
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
