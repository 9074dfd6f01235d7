import { ELSEWHERE, type Outage } from '../../../vendors/accountVendor.mts';
import {
	type AccountState,
	type DirectoryPerson,
	directoryStaff,
	STAFF,
} from '../../../vendors/directoryStaff.mts';
import {
	type JumpCloud,
	jumpCloudGroupId,
	jumpCloudUserId,
	startJumpCloud,
} from '../../../vendors/jumpCloud.mts';
import { type RoundsUnderTest, startRounds } from './roundsUnderTest.mts';

let vendor: JumpCloud;
let source: RoundsUnderTest;

beforeAll(async () => {
	vendor = await startJumpCloud({ staff: directoryStaff() });
	source = await startRounds({
		name: 'jumpcloud',
		hosts: vendor.hosts,
		credential: { type: 'httpHeaderAuth', data: { name: 'x-api-key', value: vendor.apiKey } },
		settings: {},
	});
}, 120_000);

afterAll(async () => {
	await source?.stop();
	await vendor?.close();
}, 60_000);

beforeEach(() => {
	vendor.recover();
	vendor.clearRequests();
	vendor.assign();
	vendor.setLists({ largestPage: 40, repeats: false, miscountedBy: 0, marks: {} });
});

const SUSPENDED = {
	active: true,
	status: 'suspended',
	statusWord: 'SUSPENDED',
	explanation: expect.stringContaining('nothing is taken away'),
};
/** What JumpCloud calls each state of an account, and what that is to us: it has no word for a leaver. */
const EMPLOYMENT_STATES: Record<AccountState, Record<string, unknown>> = {
	active: { active: true, status: 'active', statusWord: 'ACTIVATED' },
	notStarted: { active: true, status: 'notStarted', statusWord: 'STAGED' },
	lockedOut: { active: true, status: 'active', statusWord: 'LOCKED OUT' },
	suspended: SUSPENDED,
	disabled: SUSPENDED,
};

/** A person as the source shall give them out: what they do not have is not there. */
function expected(person: DirectoryPerson): Record<string, unknown> {
	const item = {
		source: 'jumpcloud',
		sourceId: jumpCloudUserId(person.number),
		...EMPLOYMENT_STATES[person.state],
		email: person.email,
		secondaryEmails: person.secondaryEmails[0],
		displayName: person.displayName,
		givenName: person.givenName,
		familyName: person.familyName,
		title: person.title,
		department: person.department,
		costCenter: person.costCenter,
		organization: person.isGuest ? 'Partner' : 'Acme',
		employeeNumber: person.employeeNumber,
		managerEmail: vendor.staff.find(person.managerNumber)?.email,
		userType: person.isGuest ? 'Guest' : undefined,
		phoneNumber: person.phoneNumber,
		// Also through groups that are in the group.
		groups: [...vendor.staff.groupsOf(person.number)].sort(),
		inScope: true,
	};
	return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined));
}

describe('the JumpCloud source', () => {
	it('gives everyone with their groups, page by page', async () => {
		const { people, manifest } = await source.read();

		expect(Object.fromEntries(people)).toEqual(
			Object.fromEntries(vendor.staff.all().map((one) => [jumpCloudUserId(one.number), expected(one)])),
		);
		expect(people.get(jumpCloudUserId(STAFF.siteReliability))).toMatchObject({
			groups: ['Büro Köln', 'Engineering', 'Everybody', 'Platform', 'SRE'],
		});
		expect(people.get(jumpCloudUserId(STAFF.olga))).toMatchObject({ displayName: 'Ольга Иванова' });
		expect(manifest).toEqual({
			manifest: true,
			source: 'jumpcloud',
			readAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
			pages: expect.any(Number),
			count: 250,
			complete: true,
			groupsComplete: true,
			attributesRead: expect.arrayContaining(['email', 'department', 'managerEmail', 'groups']),
		});
		// A request that got lost on its way was made again, so there may be more than came here.
		expect(manifest['pages']).toBeGreaterThanOrEqual(vendor.requests().length);
		const calls = vendor.requests().filter(({ path }) => path.startsWith('/api/systemusers?'));
		expect(calls).toHaveLength(7);
	}, 30_000);

	it('takes Settings for the address, groups, scope and words', async () => {
		const marks = { activated: true, suspended: false, account_locked: false };
		vendor.setLists({
			marks: {
				50: { ...marks, state: 'ACTIVATED', activated: false },
				51: { ...marks, state: 'ACTIVATED', suspended: true },
				52: marks,
				53: { ...marks, state: 'PARKED' },
			},
		});
		vendor.assign({ group: 'Engineering' }, { person: STAFF.headOfSales });

		const { people } = await source.read({
			emailAttribute: 'attributes.notionEmail',
			notionApp: vendor.notionApp,
			scopeAttribute: 'costCenter',
			scopeValues: ['CC-100'],
			groupPrefix: 'Sales',
			ownWords: { suspended: 'inactive' },
		});

		const about = (number: number) => people.get(jumpCloudUserId(number));
		expect(about(25)).toMatchObject({
			email: 'notion25@example.com',
			secondaryEmails: `${vendor.staff.get(25).email}, former25@example.com`,
			managerEmail: `notion${vendor.staff.get(25).managerNumber}@example.com`,
		});
		expect(about(STAFF.siteReliability)).toMatchObject({ inScope: true, groups: [] });
		expect(about(STAFF.headOfSales)).toMatchObject({
			inScope: false,
			scopeNote: 'Out of scope: costCenter is "CC-101", and Settings want CC-100.',
			groups: ['Sales'],
		});
		expect(about(STAFF.johnSmithOfSales)).toMatchObject({
			inScope: false,
			scopeNote: 'Not assigned to the Notion application in JumpCloud.',
		});
		expect(about(40)).toMatchObject({ active: false, status: 'inactive' });
		expect([50, 51, 52, 53].map((number) => about(number)?.['status'])).toEqual([
			'active',
			'inactive',
			'active',
			'unknown',
		]);
	}, 30_000);

	it.each<[string, Outage, RegExp, { count: number; complete: boolean; groupsComplete: boolean; why: RegExp }]>([
		[
			'a page in the middle is out of order',
			500,
			/systemusers.*skip=78/,
			{ count: 79, complete: false, groupsComplete: true, why: /the list of users was answered with status 500/ },
		],
		[
			'everything is forbidden',
			403,
			/^/,
			{ count: 0, complete: false, groupsComplete: false, why: /the list of groups was answered with status 403/ },
		],
		[
			'a proxy answers for a page of a group',
			'html',
			new RegExp(`/usergroups/${jumpCloudGroupId(1)}/membership.*skip=39`),
			{ count: 250, complete: true, groupsComplete: false, why: /members of the group "Everybody" got no answer/ },
		],
	])('says what is missing where %s', async (_case, outage, on, { why, ...told }) => {
		vendor.fail(outage, on);

		const { people, manifest } = await source.read();

		expect(manifest).toMatchObject({ ...told, explanation: expect.stringMatching(why) });
		expect(people.size).toBe(told.count);
		const withGroups = [...people.values()].filter((person) => 'groups' in person);
		expect(withGroups).toHaveLength(told.groupsComplete ? told.count : 0);
	}, 30_000);

	it('tries again what may pass', async () => {
		for (const outage of [500, 429, 'break'] as const) {
			vendor.fail(outage, /\/(systemusers|usergroups)\?/, 1);
		}

		expect((await source.read()).manifest).toMatchObject({ count: 250, complete: true, groupsComplete: true });
	}, 30_000);

	it('notices pages that repeat, and that another number came than JumpCloud says', async () => {
		vendor.setLists({ repeats: true });
		const { people, manifest } = await source.read();
		expect(people.size).toBe(40);
		expect(manifest).toMatchObject({
			complete: false,
			explanation: expect.stringContaining('does not go on where the page before it ended'),
		});

		vendor.setLists({ repeats: false, miscountedBy: -1 });
		expect((await source.read()).manifest).toMatchObject({
			complete: false,
			explanation: expect.stringContaining('has 249 entries, and 250 came'),
		});
	}, 30_000);

	it('takes the key to no other host, and keeps it out of what n8n stores', async () => {
		vendor.fail('elsewhere', /\/systemusers\?.*skip=78/);
		expect((await source.read()).manifest).toMatchObject({
			complete: false,
			explanation: expect.stringContaining('the list of users was answered with status 302'),
		});
		expect(await source.host.proxy.requests(ELSEWHERE)).toEqual([]);

		expect(await source.isStored('john.smith@example.com')).toBe(true);
		expect(await source.isStored(vendor.apiKey)).toBe(false);
	}, 30_000);

	it.each([
		['something else', 'person', {}, /must be "everybody"/],
		['another host', 'everybody', { host: 'console.jumpcloud.com.example.net' }, /"host" must be/],
		['an application that is a path', 'everybody', { notionApp: '../users' }, /"notionApp" must be/],
	])('refuses %s', async (_case, ask, settings, sentence) => {
		await expect(source.ask(ask, settings)).rejects.toThrow(sentence);
		expect(vendor.requests()).toEqual([]);
	}, 30_000);
});
