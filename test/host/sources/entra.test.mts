import { type DirectoryPerson, directoryStaff, STAFF } from '../../../vendors/directoryStaff.mts';
import { type Entra, startEntra } from '../../../vendors/entra.mts';
import { entraUserId } from '../../../vendors/entraDirectory.mts';
import { type RoundsUnderTest, startRounds } from './roundsUnderTest.mts';

type Item = Record<string, unknown>;

const ATTRIBUTES = [
	...['displayName', 'givenName', 'familyName', 'title', 'department', 'division', 'costCenter'],
	...['organization', 'employeeNumber', 'preferredLanguage', 'userType', 'phoneNumber', 'email'],
	...['secondaryEmails', 'managerEmail'],
];

let entra: Entra;
let source: RoundsUnderTest;

beforeAll(async () => {
	entra = await startEntra({ staff: directoryStaff() });
	source = await startRounds({
		name: 'entra',
		hosts: entra.hosts,
		credential: {
			type: 'microsoftEntraServicePrincipalApi',
			data: {
				authentication: 'clientSecret',
				graphApiBaseUrl: 'https://graph.microsoft.com',
				...entra.credential,
			},
		},
		settings: {},
	});
}, 120_000);

afterAll(async () => {
	await source?.stop();
	await entra?.close();
}, 60_000);

beforeEach(() => {
	entra.recover();
	entra.clearRequests();
	entra.assign();
	entra.staff.reset();
	entra.setLists({ largestPage: 100, hidden: [], nextLinks: 'on', mayReadLeaveDates: false, mayReadAll: true, withoutMail: [] });
});

/** What the source must say of a person, without Settings. */
function expected(member: DirectoryPerson): Item {
	const { number, email, isGuest, managerNumber, secondaryEmails, state } = member;
	const account =
		number === STAFF.notStarted[1] ? 'disabled' : state === 'disabled' ? 'disabled' : 'enabled';
	const isHire = state === 'notStarted';
	const secondary =
		email === undefined ? [`user${number}@example.onmicrosoft.com`] : secondaryEmails;
	const manager = entra.staff.find(managerNumber);
	const fields: Item = {
		source: 'entra',
		sourceId: entraUserId(number),
		active: state !== 'disabled',
		status: state === 'disabled' ? 'inactive' : isHire ? 'notStarted' : 'active',
		statusWord: isHire ? `${account} before hire` : account,
		startAt: isHire ? '2099-02-01T00:00:00.000Z' : undefined,
		email,
		secondaryEmails: secondary.length > 0 ? secondary.join(', ') : undefined,
		displayName: member.displayName,
		givenName: member.givenName,
		familyName: member.familyName,
		title: member.title,
		department: member.department,
		costCenter: member.costCenter,
		organization: isGuest ? 'Partner' : 'Example',
		employeeNumber: member.employeeNumber,
		preferredLanguage: member.preferredLanguage,
		userType: isGuest ? 'Guest' : 'Member',
		phoneNumber: member.phoneNumber,
		managerEmail: manager?.email,
		groups: entra.staff.groupsOf(number).sort(),
		inScope: !isGuest,
		scopeNote: isGuest ? 'A guest in Microsoft Entra ID, and Settings leave guests out.' : undefined,
	};
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

describe('the directory source Microsoft Entra ID', () => {
	it('gives everyone with groups and manager, over several pages, and says that this is all', async () => {
		const { people, manifest } = await source.read();

		expect([...people.values()]).toEqual(entra.staff.all().map(expected));
		expect(manifest).toEqual({
			manifest: true,
			source: 'entra',
			readAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
			// Three of people, one of groups; eleven groups, of which one has three pages and one has two.
			pages: 18,
			count: 250,
			complete: true,
			groupsComplete: true,
			attributesRead: ATTRIBUTES,
		});
		// Before each of the two rounds, one more sees to it that the token is a good one.
		expect(entra.requests().filter(({ path }) => path.startsWith('/v1.0/'))).toHaveLength(20);
	}, 60_000);

	it('follows what changes: a marriage, a leaver, a move, a hire, a deletion', async () => {
		const { staff } = entra;
		const [, leaver = 0] = STAFF.suspended;
		const deleted = 249;
		staff.rename(STAFF.mariaMueller, 'Schröder-Ångström', 'maria.schroeder@example.com');
		staff.leave(leaver);
		staff.move(STAFF.johnSmithOfSales, 'Engineering');
		const hire = staff.join({ displayName: 'Jürgen Öz', email: 'juergen@example.com', groups: ['SRE'] });
		staff.remove(deleted);

		const { people, manifest } = await source.read();

		expect(manifest).toMatchObject({ count: 250, complete: true });
		expect([...people.values()]).toEqual(staff.all().map(expected));
		expect(people.get(entraUserId(STAFF.mariaMueller))).toMatchObject({
			email: 'maria.schroeder@example.com',
			secondaryEmails: 'maria.mueller@example.com',
			displayName: 'Maria Schröder-Ångström',
		});
		expect(people.get(entraUserId(leaver))).toMatchObject({ active: false, status: 'inactive' });
		expect(people.get(entraUserId(STAFF.johnSmithOfSales))).toMatchObject({
			department: 'Engineering',
			groups: ['Engineering', 'Everybody'],
		});
		expect(people.get(entraUserId(hire.number))).toEqual({
			source: 'entra',
			sourceId: entraUserId(hire.number),
			active: true,
			status: 'active',
			statusWord: 'enabled',
			email: 'juergen@example.com',
			displayName: 'Jürgen Öz',
			organization: 'Example',
			userType: 'Member',
			groups: ['Engineering', 'Everybody', 'Platform', 'SRE'],
			inScope: true,
		});
		expect(people.has(entraUserId(deleted))).toBe(false);
	}, 60_000);

	it('knows who is assigned to the Notion app, by themselves or as a direct member of a group', async () => {
		entra.assign({ person: STAFF.chief }, { group: 'Sales' }, { group: 'Board' }, { group: 'Sales' });

		const settings = { notionApp: entra.notionApp, onlyAssignedGroups: true };
		const { people, manifest } = await source.read(settings);

		const { staff } = entra;
		const isIn = ({ number, groups }: DirectoryPerson) =>
			number === STAFF.chief || groups.includes('Sales');
		const meant = staff.all().filter((member) => isIn(member) && member.state !== 'disabled');
		const inScope = [...people.values()].filter((one) => one['inScope'] && one['active']);
		expect(inScope.map((one) => one['sourceId'])).toEqual(meant.map(({ number }) => entraUserId(number)));
		expect(people.get(entraUserId(STAFF.headOfEngineering))).toMatchObject({
			inScope: false,
			scopeNote: 'Not assigned to the Notion app in Microsoft Entra ID.',
			groups: [],
		});
		// In Sales EMEA, which is in Sales: Entra assigns no one through a group in a group.
		const nested = staff.all().find(({ groups }) => groups.includes('Sales EMEA'));
		expect(people.get(entraUserId(nested?.number ?? 0))).toMatchObject({ inScope: false, groups: ['Sales'] });
		expect(manifest).toMatchObject({ count: 250, complete: true, groupsComplete: true });
	}, 60_000);

	it('takes address, attributes, groups and scope from where Settings say', async () => {
		const { people } = await source.read({
			emailAttribute: 'onPremisesExtensionAttributes.extensionAttribute1',
			ownAttributes: { division: 'companyName' },
			includeGuests: true,
			scopeAttribute: 'groups',
			scopeValues: ['plat*', 'Büro Köln'],
			groupPrefix: 'P',
		});

		const { staff } = entra;
		expect(people.get(entraUserId(STAFF.siteReliability))).toMatchObject({
			email: `sso-${staff.get(STAFF.siteReliability).email}`,
			secondaryEmails: staff.get(STAFF.siteReliability).email,
			division: 'Example',
			managerEmail: `sso-${staff.get(STAFF.headOfEngineering).email}`,
			groups: ['Platform'],
			inScope: true,
		});
		expect(people.get(entraUserId(STAFF.guests[0]))).toMatchObject({
			userType: 'Guest',
			inScope: false,
			scopeNote: 'Out of scope: groups is not given, and Settings want plat* or Büro Köln.',
		});
		expect(entra.requests().filter(({ path }) => path.includes('transitiveMembers'))).toHaveLength(2);
	}, 60_000);

	it('gives the last day where Settings ask for it and the application may read it', async () => {
		const refused = await source.read({ readLeaveDate: true });
		entra.setLists({ mayReadLeaveDates: true });
		const { people } = await source.read({ readLeaveDate: true });

		expect(refused.people.size).toBe(0);
		expect(refused.manifest).toMatchObject({
			count: 0,
			complete: false,
			explanation: expect.stringMatching(/list of users was answered with status 403.*privileges/),
		});
		expect(people.get(entraUserId(STAFF.disabled[0]))).toMatchObject({
			status: 'inactive',
			endDate: '2026-01-31',
		});
	}, 60_000);

	it('says which attributes it may not read', async () => {
		entra.setLists({ hidden: ['department', 'employeeOrgData'] });

		const { people, manifest } = await source.read();

		expect(manifest).toMatchObject({ complete: true });
		expect(manifest['attributesRead']).toEqual(
			ATTRIBUTES.filter((name) => !['department', 'division', 'costCenter'].includes(name)),
		);
		expect(people.get(entraUserId(STAFF.headOfSales))).not.toHaveProperty('department');
	}, 60_000);
});

describe('the directory source Microsoft Entra ID, with User.ReadBasic.All only,', () => {
	it('knows the status of no one, and names the permission', async () => {
		entra.setLists({ mayReadAll: false });

		const { people, manifest } = await source.read();

		expect(new Set([...people.values()].map(({ status }) => status))).toEqual(new Set(['unknown']));
		expect(manifest).toMatchObject({
			complete: false,
			count: 250,
			explanation: expect.stringContaining('User.Read.All'),
		});
		expect(manifest['attributesRead']).not.toContain('department');
	}, 60_000);
});

describe('the directory source Microsoft Entra ID, where something fails,', () => {
	it.each([
		['a page of people', 503, /users\?.*skiptoken/, 100, /list of users was answered with status 503/],
		['the first page of people', 500, /users\?/, 0, /list of users was answered with status 500/],
		['what a proxy answers', 'html', /users\?.*skiptoken/, 100, /list of users/],
	] as const)('is not complete without %s', async (_case, outage, on, count, explanation) => {
		entra.fail(outage, on);

		const { people, manifest } = await source.read();

		expect([...people.values()].map((one) => one['sourceId'])).toEqual(
			entra.staff.all().slice(0, count).map(({ number }) => entraUserId(number)),
		);
		expect(manifest).toMatchObject({
			count,
			complete: false,
			groupsComplete: true,
			explanation: expect.stringMatching(explanation),
		});
	}, 60_000);

	it.each([
		['the list of groups', /GET \/v1.0\/groups\?/],
		['a page of members', /transitiveMembers\?.*skiptoken/],
	])('gives no one any groups without %s', async (_case, on) => {
		entra.fail(503, on);

		const { people, manifest } = await source.read();

		expect(people.size).toBe(250);
		expect([...people.values()].filter((one) => 'groups' in one)).toEqual([]);
		expect(manifest).toMatchObject({ complete: true, groupsComplete: false });
	}, 60_000);

	it('takes no one in whom it cannot tell about, without a page of assignments', async () => {
		entra.assign({ person: STAFF.chief }, { group: 'Sales' });
		entra.fail(503, /groups\/[^/]*\/members\?/);

		const { people, manifest } = await source.read({ notionApp: entra.notionApp });

		expect(manifest).toMatchObject({ count: 250, complete: false, groupsComplete: true });
		expect(people.get(entraUserId(STAFF.chief))).toMatchObject({ inScope: true });
		expect(people.get(entraUserId(STAFF.headOfSales))).toMatchObject({
			inScope: false,
			scopeNote: 'Not all people who are assigned to the Notion app could be read.',
		});
	}, 60_000);

	it.each([
		['back', /go in a circle/],
		['elsewhere', /next page is at another host/],
	] as const)('is not complete where the next page leads %s', async (nextLinks, explanation) => {
		entra.setLists({ nextLinks });

		const { manifest } = await source.read();

		expect(manifest).toMatchObject({
			complete: false,
			groupsComplete: false,
			explanation: expect.stringMatching(explanation),
		});
	}, 60_000);

	it('does not give groups where two have one name', async () => {
		entra.staff.addGroup('Sales');

		const { people, manifest } = await source.read();

		expect(people.get(entraUserId(STAFF.headOfSales))).not.toHaveProperty('groups');
		expect(manifest).toMatchObject({
			complete: true,
			groupsComplete: false,
			explanation: 'Several groups are called "Sales": give each a name of its own.',
		});
	}, 60_000);

	it('tries again, with a new token where the old one has expired', async () => {
		entra.expireTokens();
		entra.fail(429, /users\?/, 1);
		entra.fail(503, /transitiveMembers/, 1);

		const { manifest } = await source.read();

		expect(manifest).toMatchObject({ count: 250, complete: true, groupsComplete: true });
		expect(entra.issuedTokens().length).toBeGreaterThan(1);
	}, 60_000);

	it('refuses another question, and asks nothing', async () => {
		await expect(source.ask('person')).rejects.toThrow(/must be "everybody"/);
		expect(entra.requests()).toEqual([]);
	}, 60_000);

	it('keeps the secret and the tokens out of what n8n stores', async () => {
		expect(await source.isStored('sean.o')).toBe(true);
		expect(entra.issuedTokens().length).toBeGreaterThan(1);
		for (const secret of [entra.credential.clientSecret, ...entra.issuedTokens()]) {
			expect(await source.isStored(secret)).toBe(false);
		}
	});
});
