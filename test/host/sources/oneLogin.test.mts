import { ELSEWHERE, type Outage } from '../../../vendors/accountVendor.mts';
import {
	type AccountState,
	type DirectoryPerson,
	directoryStaff,
	STAFF,
} from '../../../vendors/directoryStaff.mts';
import { type OneLogin, startOneLogin } from '../../../vendors/oneLogin.mts';
import { oneLoginRoleId, oneLoginUserId } from '../../../vendors/oneLoginDirectory.mts';
import { type RoundsUnderTest, startRounds } from './roundsUnderTest.mts';

let vendor: OneLogin;
let source: RoundsUnderTest;

beforeAll(async () => {
	vendor = await startOneLogin({ staff: directoryStaff(), subdomain: 'acme' });
	source = await startRounds({
		name: 'onelogin',
		hosts: vendor.hosts,
		credential: {
			type: 'oAuth2Api',
			data: { grantType: 'clientCredentials', authentication: 'body', scope: '', ...vendor.credential },
		},
		settings: { subdomain: 'acme' },
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
	vendor.setLists({ largestPage: 40, cursors: 'on', miscountedBy: 0, statuses: {} });
});

const SUSPENDED = {
	active: true,
	status: 'suspended',
	statusWord: 'Suspended',
	explanation: expect.stringContaining('nothing is taken away'),
};
/** What OneLogin calls each state of an account, and what that is to us: it has no word for a leaver. */
const EMPLOYMENT_STATES: Record<AccountState, Record<string, unknown>> = {
	active: { active: true, status: 'active', statusWord: 'Active' },
	notStarted: { active: true, status: 'notStarted', statusWord: 'Unactivated' },
	lockedOut: { active: true, status: 'active', statusWord: 'Locked' },
	suspended: SUSPENDED,
	disabled: SUSPENDED,
};

/** A person as the source shall give them out: what they do not have is not there. */
function expected(person: DirectoryPerson): Record<string, unknown> {
	const item = {
		source: 'onelogin',
		sourceId: String(oneLoginUserId(person.number)),
		...EMPLOYMENT_STATES[person.state],
		email: person.email,
		secondaryEmails: person.secondaryEmails[0],
		displayName: person.displayName,
		// OneLogin has no display name: with nothing else, its whole is the first name.
		givenName: person.number === STAFF.withoutAnything ? person.displayName : person.givenName,
		familyName: person.familyName,
		title: person.title,
		department: person.department,
		organization: person.isGuest ? 'Partner' : 'Acme',
		managerEmail: vendor.staff.find(person.managerNumber)?.email,
		locale: person.preferredLanguage,
		phoneNumber: person.phoneNumber,
		groups: [...person.groups].sort(),
		inScope: true,
	};
	const named =
		person.givenName === undefined ? {} : { displayName: `${person.givenName} ${person.familyName}` };
	return Object.fromEntries(
		Object.entries({ ...item, ...named }).filter(([, value]) => value !== undefined),
	);
}

const idOf = (number: number) => String(oneLoginUserId(number));

describe('the OneLogin source', () => {
	it('gives everyone with their roles as groups, page by page', async () => {
		const { people, manifest } = await source.read();

		expect(Object.fromEntries(people)).toEqual(
			Object.fromEntries(vendor.staff.all().map((one) => [idOf(one.number), expected(one)])),
		);
		expect(people.get(idOf(STAFF.zoe))).toMatchObject({ givenName: 'Zoë', familyName: 'Łukasiewicz' });
		const calls = vendor.requests().filter(({ path }) => path.startsWith('/api/2/'));
		expect(manifest).toEqual({
			manifest: true,
			source: 'onelogin',
			readAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
			pages: expect.any(Number),
			count: 250,
			complete: true,
			groupsComplete: true,
			attributesRead: expect.arrayContaining(['email', 'department', 'managerEmail', 'groups']),
		});
		// A request that got lost on its way was made again, so there may be more than came here.
		expect(manifest['pages']).toBeGreaterThanOrEqual(calls.length);
		expect(calls.filter(({ path }) => path.startsWith('/api/2/users?'))).toHaveLength(7);
	}, 30_000);

	it('makes groups of roles and attributes by rules', async () => {
		const { people, manifest } = await source.read({
			groupRules: [
				{ when: { group: ['Platform', 'SRE'] }, groups: ['Infrastructure'] },
				{ when: { department: 'Sales', title: 'Head of *' }, groups: ['Sales leads'] },
			],
			keepOtherRoles: false,
			scopeAttribute: 'groups',
			scopeValues: ['Sales', 'SRE'],
		});

		const groupsOf = (number: number) => people.get(idOf(number))?.['groups'];
		expect(manifest).toMatchObject({ complete: true, groupsComplete: true });
		expect(groupsOf(STAFF.siteReliability)).toEqual(['Infrastructure']);
		expect(groupsOf(STAFF.headOfSales)).toEqual(['Sales leads']);
		expect(groupsOf(STAFF.johnSmithOfSales)).toEqual([]);
		// The scope goes by the roles themselves.
		expect(people.get(idOf(STAFF.johnSmithOfSales))).toMatchObject({ inScope: true });
		expect(people.get(idOf(STAFF.siteReliability))).toMatchObject({ inScope: true });
		expect(people.get(idOf(STAFF.headOfEngineering))).toMatchObject({ inScope: false });
	}, 30_000);

	it('takes Settings for the address, scope, roles and words', async () => {
		vendor.setLists({
			statuses: {
				50: { status: 4 },
				51: { status: 5 },
				52: { status: 7 },
				53: { status: 8 },
				54: { status: 6 },
				55: { status: 1, state: 3 },
				56: { status: 1, state: 0 },
				57: { status: 2, state: 2 },
			},
		});
		vendor.assign({ group: 'Sales' }, { person: STAFF.siteReliability });

		const { people } = await source.read({
			emailAttribute: 'userprincipalname',
			employeeNumberAttribute: 'custom_attributes.employee_number',
			notionApp: vendor.notionApp,
			scopeAttribute: 'roles',
			scopeValues: ['S*'],
			rolePrefix: 'S',
			ownWords: { Suspended: 'inactive' },
		});

		const about = (number: number) => people.get(idOf(number));
		expect(about(25)).toMatchObject({
			email: 'former25@example.com',
			secondaryEmails: vendor.staff.get(25).email,
			employeeNumber: 'E-0025',
		});
		expect(about(STAFF.siteReliability)).toMatchObject({ inScope: true, groups: ['SRE'] });
		expect(about(STAFF.johnSmithOfEngineering)).toMatchObject({
			inScope: false,
			scopeNote: 'Not assigned to the Notion app in OneLogin.',
			groups: [],
		});
		expect(about(40)).toMatchObject({ active: false, status: 'inactive' });
		expect([50, 51, 52, 53, 54, 55, 56, 57].map((number) => about(number)?.['status'])).toEqual([
			'active',
			'active',
			'active',
			'active',
			'unknown',
			'suspended',
			'notStarted',
			'inactive',
		]);
		expect(about(54)).toMatchObject({ active: true, statusWord: 'number 6' });
		expect(about(55)).toMatchObject({ active: true, statusWord: 'Active, Unlicensed' });
	}, 30_000);

	it.each<[string, Outage, RegExp, { count: number; complete: boolean; groupsComplete: boolean; why: RegExp }]>([
		[
			'a page in the middle is out of order',
			500,
			new RegExp(`/api/2/users.*cursor=${encodeURIComponent(cursor(3))}`),
			{ count: 80, complete: false, groupsComplete: true, why: /the list of users was answered with status 500/ },
		],
		[
			'everything is forbidden',
			403,
			/\/api\/2\//,
			{ count: 0, complete: false, groupsComplete: false, why: /the list of roles was answered with status 403/ },
		],
		[
			'a proxy answers for a page of a role',
			'html',
			new RegExp(`/roles/${oneLoginRoleId(5)}/users`),
			{ count: 250, complete: true, groupsComplete: false, why: /users of the role "Sales" got no answer/ },
		],
	])('says what is missing where %s', async (_case, outage, on, { why, ...told }) => {
		vendor.fail(outage, on);

		const { people, manifest } = await source.read();

		expect(manifest).toMatchObject({ ...told, explanation: expect.stringMatching(why) });
		expect(people.size).toBe(told.count);
		const withGroups = [...people.values()].filter((person) => 'groups' in person);
		expect(withGroups).toHaveLength(told.groupsComplete ? told.count : 0);
	}, 30_000);

	it('tries again what may pass, and takes a new token when the old one has ended', async () => {
		vendor.expireTokens();
		for (const outage of [500, 429, 'break'] as const) vendor.fail(outage, /\/api\/2\/(users|roles)\?/, 1);

		expect((await source.read()).manifest).toMatchObject({ count: 250, complete: true, groupsComplete: true });
	}, 30_000);

	it('notices a circle, and that another number came than OneLogin says', async () => {
		vendor.setLists({ cursors: 'back' });
		expect((await source.read()).manifest).toMatchObject({
			complete: false,
			explanation: expect.stringContaining('go in a circle'),
		});

		vendor.setLists({ cursors: 'on', miscountedBy: 1 });
		expect((await source.read()).manifest).toMatchObject({
			complete: false,
			explanation: 'It was said that the list of users has 251 entries, and 250 came.',
		});
	}, 30_000);

	it('takes the token to no other host, and keeps it out of what n8n stores', async () => {
		vendor.fail('elsewhere', /\/api\/2\/users\?.*cursor/);
		expect((await source.read()).manifest).toMatchObject({
			complete: false,
			explanation: expect.stringContaining('the list of users was answered with status 302'),
		});
		expect(await source.host.proxy.requests(ELSEWHERE)).toEqual([]);

		expect(await source.isStored('john.smith@example.com')).toBe(true);
		expect(vendor.issuedTokens().length).toBeGreaterThan(1);
		for (const secret of [vendor.credential.clientSecret, ...vendor.issuedTokens()]) {
			expect(await source.isStored(secret)).toBe(false);
		}
	}, 30_000);

	it.each([
		['something else', 'person', {}, /must be "everybody"/],
		['a host for a subdomain', 'everybody', { subdomain: 'acme.onelogin.com' }, /"subdomain" must be/],
		['a rule with a mistake', 'everybody', { groupRules: [{ when: { departement: 'A' }, groups: ['A'] }] }, /"departement"/],
	])('refuses %s', async (_case, ask, settings, sentence) => {
		await expect(source.ask(ask, settings)).rejects.toThrow(sentence);
		expect(vendor.requests()).toEqual([]);
	}, 30_000);
});

/** OneLogin's cursor of a page of 40. */
function cursor(page: number): string {
	return Buffer.from(`limit=40&page=${page}`).toString('base64');
}
