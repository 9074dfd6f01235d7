import { type DirectoryPerson, directoryStaff, STAFF } from '../../../vendors/directoryStaff.mts';
import { type Google, startGoogle } from '../../../vendors/google.mts';
import { googleUserId } from '../../../vendors/googleDirectory.mts';
import { type RoundsUnderTest, startRounds } from './roundsUnderTest.mts';

type Item = Record<string, unknown>;

const ARCHIVED = [40, 80, 120];
const ATTRIBUTES = [
	...['displayName', 'givenName', 'familyName', 'title', 'department', 'costCenter', 'organization'],
	...['employeeNumber', 'managerEmail', 'preferredLanguage', 'phoneNumber', 'email', 'secondaryEmails'],
];

let google: Google;
let source: RoundsUnderTest;

beforeAll(async () => {
	google = await startGoogle({ staff: directoryStaff() });
	source = await startRounds({
		name: 'google-workspace',
		hosts: google.hosts,
		credential: { type: 'googleApi', data: google.readingCredential },
		settings: {},
	});
}, 120_000);

afterAll(async () => {
	await source?.stop();
	await google?.close();
}, 60_000);

beforeEach(() => {
	google.recover();
	google.clearRequests();
	google.staff.reset();
	google.setLists({ largestPage: 100, nextPages: 'on', archived: ARCHIVED, groupsOfAll: [] });
});

/** What Google says, and what it means. */
function accountOf({ number, state }: DirectoryPerson): Item {
	if (ARCHIVED.includes(number)) return { active: false, status: 'inactive', statusWord: 'archived' };
	if (state === 'notStarted') {
		return {
			active: true,
			status: 'notStarted',
			statusWord: 'suspended (web login required)',
			explanation: 'The account becomes active when its owner first signs in to Google.',
		};
	}
	if (state === 'disabled' || state === 'suspended') {
		return {
			active: true,
			status: 'suspended',
			statusWord: 'suspended',
			explanation:
				'Google Workspace says "suspended", which may end again: nothing is taken away.',
		};
	}
	return { active: true, status: 'active', statusWord: 'active' };
}

const addressOf = ({ number, email }: DirectoryPerson) => email ?? `user${number}@example.com`;

/** What the source must say of a person, without Settings. */
function expected(member: DirectoryPerson): Item {
	const manager = google.staff.find(member.managerNumber);
	const { secondaryEmails } = member;
	const fields: Item = {
		source: 'google',
		sourceId: googleUserId(member.number),
		...accountOf(member),
		email: addressOf(member),
		secondaryEmails: secondaryEmails.length > 0 ? secondaryEmails.join(', ') : undefined,
		displayName: member.displayName,
		givenName: member.givenName,
		familyName: member.familyName,
		title: member.title,
		department: member.department,
		costCenter: member.costCenter,
		organization: member.isGuest ? 'Partner' : undefined,
		employeeNumber: member.employeeNumber,
		managerEmail: manager && addressOf(manager),
		preferredLanguage: member.preferredLanguage,
		phoneNumber: member.phoneNumber,
		groups: google.staff.groupsOf(member.number).sort(),
		inScope: true,
	};
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

const person = (people: Map<string, Item>, number: number) => people.get(googleUserId(number));

describe('the directory source Google Workspace', () => {
	it('gives everyone with the groups that they are in through others, over several pages', async () => {
		const { people, manifest } = await source.read();

		expect([...people.values()]).toEqual(google.staff.all().map(expected));
		expect(manifest).toEqual({
			manifest: true,
			source: 'google',
			readAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
			// Three of people, one of groups; eleven groups, of which one has three pages and one has two.
			pages: 18,
			count: 250,
			complete: true,
			groupsComplete: true,
			attributesRead: ATTRIBUTES,
		});
		expect(google.requests().filter(({ path }) => path.startsWith('/admin/'))).toHaveLength(18);
	}, 60_000);

	it('follows what changes: a marriage, a leaver, a move, a hire, a deletion', async () => {
		const { staff } = google;
		const [left = 0] = STAFF.suspended;
		staff.rename(STAFF.mariaMueller, 'Schröder-Ångström', 'maria.schroeder@example.com');
		google.setLists({ archived: [...ARCHIVED, left] });
		staff.move(STAFF.johnSmithOfSales, 'Engineering');
		const hire = staff.join({ displayName: 'Jürgen Öz', email: 'juergen@example.com', groups: ['SRE'] });
		staff.remove(249);

		const { people, manifest } = await source.read();

		expect(manifest).toMatchObject({ count: 250, complete: true });
		expect(person(people, STAFF.mariaMueller)).toMatchObject({
			email: 'maria.schroeder@example.com',
			secondaryEmails: 'maria.mueller@example.com',
			displayName: 'Maria Schröder-Ångström',
		});
		expect(person(people, left)).toMatchObject({ active: false, status: 'inactive' });
		expect(person(people, STAFF.johnSmithOfSales)).toMatchObject({
			department: 'Engineering',
			groups: ['Engineering', 'Everybody'],
		});
		expect(person(people, hire.number)).toEqual({
			source: 'google',
			sourceId: googleUserId(hire.number),
			active: true,
			status: 'active',
			statusWord: 'active',
			email: 'juergen@example.com',
			displayName: 'Jürgen Öz',
			groups: ['Engineering', 'Everybody', 'Platform', 'SRE'],
			inScope: true,
		});
		expect(person(people, 249)).toBeUndefined();
	}, 60_000);

	it('takes address, attributes, groups, words and scope from where Settings say', async () => {
		google.setLists({ groupsOfAll: ['Board'] });

		const { people, manifest } = await source.read({
			emailAttribute: 'customSchemas.Notion.address',
			ownAttributes: { division: 'orgUnitPath' },
			ownWords: { Suspended: 'inactive' },
			scopeAttribute: 'orgUnitPath',
			scopeValues: ['/Staff/Eng*', '/Staff/Sales'],
			groupPrefix: 'B',
		});

		const { staff } = google;
		expect(person(people, STAFF.siteReliability)).toMatchObject({
			email: `notion-${staff.get(STAFF.siteReliability).email}`,
			secondaryEmails: staff.get(STAFF.siteReliability).email,
			division: '/Staff/Engineering',
			managerEmail: `notion-${staff.get(STAFF.headOfEngineering).email}`,
			groups: ['Board', 'Büro Köln'],
			inScope: true,
		});
		expect(person(people, STAFF.withoutEmail[0])).not.toHaveProperty('email');
		expect(person(people, STAFF.chief)).toMatchObject({
			inScope: false,
			scopeNote:
				'Out of scope: orgUnitPath is "/Staff/Management", and Settings want /Staff/Eng* or /Staff/Sales.',
		});
		expect(person(people, STAFF.suspended[0])).toMatchObject({ active: false, status: 'inactive' });
		expect(person(people, STAFF.notStarted[0])).toMatchObject({ active: true, status: 'notStarted' });
		expect(manifest).toMatchObject({ complete: true, groupsComplete: true });
		expect(manifest['attributesRead']).toContain('division');
		expect(google.requests().filter(({ path }) => path.includes('/members'))).toHaveLength(2);
	}, 60_000);
});

describe('the directory source Google Workspace, where something fails,', () => {
	it.each([
		['a page of people', 503, /users\?.*pageToken/, 100, /list of users was answered with status 503/],
		['the first page of people', 500, /users\?/, 0, /list of users was answered with status 500/],
		['what a proxy answers', 'html', /users\?.*pageToken/, 100, /list of users/],
	] as const)('is not complete without %s', async (_case, outage, on, count, explanation) => {
		google.fail(outage, on);

		const { people, manifest } = await source.read();

		expect([...people.keys()]).toEqual(
			google.staff.all().slice(0, count).map(({ number }) => googleUserId(number)),
		);
		expect(manifest).toMatchObject({
			count,
			complete: false,
			groupsComplete: true,
			explanation: expect.stringMatching(explanation),
		});
	}, 60_000);

	it.each([
		['the list of groups', /groups\?/],
		['a page of members', /members\?.*pageToken/],
	])('gives no one any groups without %s', async (_case, on) => {
		google.fail(503, on);

		const { people, manifest } = await source.read();

		expect(people.size).toBe(250);
		expect([...people.values()].filter((one) => 'groups' in one)).toEqual([]);
		expect(manifest).toMatchObject({ complete: true, groupsComplete: false });
	}, 60_000);

	it('is not complete, and ends, where the next page is an earlier one', async () => {
		google.setLists({ nextPages: 'back' });

		const { manifest } = await source.read();

		expect(manifest).toMatchObject({
			complete: false,
			groupsComplete: false,
			explanation: expect.stringMatching(/go in a circle/),
		});
	}, 60_000);

	it('does not give groups where two have one name', async () => {
		google.staff.addGroup('Sales');

		const { people, manifest } = await source.read();

		expect(person(people, STAFF.headOfSales)).not.toHaveProperty('groups');
		expect(manifest).toMatchObject({
			complete: true,
			groupsComplete: false,
			explanation: 'Several groups are called "Sales": give each a name of its own.',
		});
	}, 60_000);

	it('tries again', async () => {
		google.fail(429, /users\?/, 1);
		google.fail(503, /members\?/, 1);

		const { manifest } = await source.read();

		expect(manifest).toMatchObject({ count: 250, complete: true, groupsComplete: true });
	}, 60_000);

	it('keeps the key and the tokens out of what n8n stores, also where a request breaks off', async () => {
		google.fail('break', /members\?/);
		expect((await source.read()).manifest).toMatchObject({ complete: true, groupsComplete: false });

		expect(await source.isStored('sean.o')).toBe(true);
		expect(google.issuedTokens().length).toBeGreaterThan(0);
		for (const token of google.issuedTokens()) expect(await source.isStored(token)).toBe(false);
	}, 60_000);

	it('refuses another question, and asks nothing', async () => {
		await expect(source.ask('leavers')).rejects.toThrow(/must be "everybody"/);
		expect(google.requests()).toEqual([]);
	}, 60_000);
});
