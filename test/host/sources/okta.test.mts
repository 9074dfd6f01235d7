import { ELSEWHERE, type Outage } from '../../../vendors/accountVendor.mts';
import {
	type AccountState,
	type DirectoryPerson,
	directoryStaff,
	STAFF,
} from '../../../vendors/directoryStaff.mts';
import { type Okta, startOkta } from '../../../vendors/okta.mts';
import { oktaGroupId, oktaUserId } from '../../../vendors/oktaDirectory.mts';
import { type RoundsUnderTest, startRounds } from './roundsUnderTest.mts';

let vendor: Okta;
let source: RoundsUnderTest;

beforeAll(async () => {
	vendor = await startOkta({ staff: directoryStaff() });
	source = await startRounds({
		name: 'okta',
		hosts: vendor.hosts,
		credential: {
			type: 'oktaApi',
			data: { url: 'https://example.okta.com', accessToken: vendor.accessToken },
		},
		settings: { oktaUrl: 'https://example.okta.com' },
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
	vendor.setLists({ largestPage: 40, nextLinks: 'on', statuses: {} });
});

/** What Okta calls each state of an account, and what that is to us. */
const EMPLOYMENT_STATES: Record<AccountState, Record<string, unknown>> = {
	active: { active: true, status: 'active', statusWord: 'ACTIVE' },
	notStarted: { active: true, status: 'notStarted', statusWord: 'STAGED' },
	lockedOut: { active: true, status: 'active', statusWord: 'LOCKED_OUT' },
	suspended: {
		active: true,
		status: 'suspended',
		statusWord: 'SUSPENDED',
		explanation: expect.stringContaining('nothing is taken away'),
	},
	disabled: { active: false, status: 'inactive', statusWord: 'DEPROVISIONED' },
};

/** A person as the source shall give them out: what they do not have is not there. */
function expected(person: DirectoryPerson): Record<string, unknown> {
	const manager = vendor.staff.find(person.managerNumber);
	const item = {
		source: 'okta',
		sourceId: oktaUserId(person.number),
		...EMPLOYMENT_STATES[person.state],
		email: person.email,
		// Okta has room for one.
		secondaryEmails: person.secondaryEmails[0],
		displayName: person.displayName,
		givenName: person.givenName,
		familyName: person.familyName,
		title: person.title,
		department: person.department,
		costCenter: person.costCenter,
		employeeNumber: person.employeeNumber,
		managerEmail: manager?.email,
		preferredLanguage: person.preferredLanguage,
		phoneNumber: person.phoneNumber,
		userType: person.isGuest ? 'Guest' : 'Employee',
		groups: [...vendor.staff.groupsOf(person.number)].sort(),
		inScope: true,
	};
	return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined));
}

const ofNumber = (number: number) => vendor.staff.get(number);

describe('the Okta source', () => {
	it('gives everyone with their groups, page by page, and those who were deactivated', async () => {
		const { people, manifest } = await source.read();

		expect(Object.fromEntries(people)).toEqual(
			Object.fromEntries(vendor.staff.all().map((one) => [oktaUserId(one.number), expected(one)])),
		);
		expect(people.get(oktaUserId(STAFF.wangXiaoming))).toMatchObject({
			givenName: '小明',
			familyName: '王',
			displayName: '王小明',
		});
		for (const number of STAFF.withoutEmail) {
			expect(people.get(oktaUserId(number))).not.toHaveProperty('email');
		}
		expect(manifest).toEqual({
			manifest: true,
			source: 'okta',
			readAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
			pages: expect.any(Number),
			count: 250,
			complete: true,
			groupsComplete: true,
			attributesRead: expect.arrayContaining(['email', 'department', 'managerEmail', 'groups']),
		});
		// A request that got lost on its way was made again, so there may be more than came here.
		expect(manifest['pages']).toBeGreaterThanOrEqual(vendor.requests().length);
		// 240 in six pages, one page of deactivated people, one of groups, and members of 11 groups.
		expect(vendor.requests().filter(({ path }) => /^\/api\/v1\/users\?/.test(path))).toHaveLength(7);
		expect(vendor.requests().every(({ status }) => status === 200)).toBe(true);
	}, 30_000);

	it('takes Settings for the address, groups, scope and words', async () => {
		vendor.setLists({ statuses: { 50: 'PASSWORD_EXPIRED', 51: 'RECOVERY', 52: 'PROVISIONED', 53: 'PARKED' } });
		vendor.assign({ group: 'Engineering' }, { person: STAFF.headOfSales }, { person: 40 });

		const { people, manifest } = await source.read({
			emailAttribute: 'secondEmail',
			notionApp: vendor.notionApp,
			scopeAttribute: 'department',
			scopeValues: ['Engineering', 'Marketing'],
			groupPrefix: 'Sales',
			ownWords: { suspended: 'onLeave' },
		});

		const about = (number: number) => people.get(oktaUserId(number));
		expect(manifest).toMatchObject({ count: 250, complete: true, groupsComplete: true });
		expect(about(25)).toMatchObject({
			email: 'former25@example.com',
			secondaryEmails: ofNumber(25).email,
		});
		expect(about(STAFF.headOfEngineering)).toMatchObject({ inScope: true, groups: [] });
		expect(about(STAFF.headOfSales)).toMatchObject({
			inScope: false,
			scopeNote: 'Out of scope: department is "Sales", and Settings want Engineering or Marketing.',
			groups: ['Sales'],
		});
		expect(about(STAFF.johnSmithOfSales)).toMatchObject({
			inScope: false,
			scopeNote: 'Not assigned to the Notion app in Okta.',
		});
		// Okta has taken the app away from them: they have left all the same.
		expect(ofNumber(40).department).toBe('Engineering');
		expect(about(40)).toMatchObject({ status: 'inactive', inScope: true });
		expect(about(35)).toMatchObject({ status: 'onLeave', active: true });
		expect([50, 51, 52, 53].map((number) => about(number)?.['status'])).toEqual([
			'active',
			'active',
			'active',
			'unknown',
		]);
		expect(about(53)).toMatchObject({ active: true, explanation: expect.stringContaining('PARKED') });
	}, 30_000);

	const users = String.raw`^GET /api/v1/users\?limit=200`;
	it.each<[string, Outage, RegExp, { count: number; complete: boolean; groupsComplete: boolean; why: RegExp }]>([
		[
			'a page in the middle is out of order',
			500,
			new RegExp(`${users}&after=${oktaUserId(82)}`),
			{ count: 90, complete: false, groupsComplete: true, why: /the list of users was answered with status 500/ },
		],
		[
			'the first page is forbidden',
			403,
			new RegExp(`${users}$`),
			{ count: 10, complete: false, groupsComplete: true, why: /the list of users was answered with status 403/ },
		],
		[
			'everything is out of order',
			503,
			/^/,
			{ count: 0, complete: false, groupsComplete: false, why: /the list of groups was answered with status 503/ },
		],
		[
			'a proxy answers for the deactivated',
			'html',
			/DEPROVISIONED/,
			{ count: 240, complete: false, groupsComplete: true, why: /deactivated users got no answer/ },
		],
		[
			'a page of members breaks off',
			'break',
			new RegExp(`/groups/${oktaGroupId(1)}/users.*after`),
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

	it('takes no one into scope whose assignment it could not read', async () => {
		vendor.assign({ group: 'Everybody' });
		vendor.fail(500, /\/apps\/.*after/);

		const { people, manifest } = await source.read({ notionApp: vendor.notionApp });

		expect(manifest).toMatchObject({ count: 250, complete: false, groupsComplete: true });
		const notes = [...people.values()].filter(({ inScope }) => inScope === false);
		expect(notes.length).toBeGreaterThan(150);
		expect(notes[0]).toMatchObject({ scopeNote: expect.stringContaining('could be read') });
	}, 30_000);

	it('tries again what may pass', async () => {
		for (const outage of [500, 429, 'break'] as const) vendor.fail(outage, /\/api\/v1\/(users|groups)\?/, 1);

		expect((await source.read()).manifest).toMatchObject({ count: 250, complete: true, groupsComplete: true });
	}, 30_000);

	it('neither goes in a circle nor takes the token to another host', async () => {
		vendor.setLists({ nextLinks: 'back' });
		expect((await source.read()).manifest).toMatchObject({
			complete: false,
			explanation: expect.stringContaining('go in a circle'),
		});

		vendor.setLists({ nextLinks: 'elsewhere' });
		expect((await source.read()).manifest).toMatchObject({
			complete: false,
			explanation: expect.stringContaining('next page is at another host'),
		});
		vendor.setLists({ nextLinks: 'on' });
		vendor.fail('elsewhere', /\/groups\/.*after/);
		expect((await source.read()).manifest).toMatchObject({ complete: true, groupsComplete: false });
		expect(await source.host.proxy.requests(ELSEWHERE)).toEqual([]);
	}, 30_000);

	it('keeps the token out of what n8n stores', async () => {
		expect(await source.isStored('john.smith@example.com')).toBe(true);
		expect(await source.isStored(vendor.accessToken)).toBe(false);
	});

	it.each([
		['something else', 'leavers', {}, /must be "everybody"/],
		['an address without https', 'everybody', { oktaUrl: 'http://example.okta.com' }, /"oktaUrl" must be/],
		['an app that is a path', 'everybody', { notionApp: '../users' }, /"notionApp" must be/],
	])('refuses %s', async (_case, ask, settings, sentence) => {
		await expect(source.ask(ask, settings)).rejects.toThrow(sentence);
		expect(vendor.requests()).toEqual([]);
	}, 30_000);
});
