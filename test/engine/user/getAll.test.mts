import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { byEmail, byId, failureOf, jsons, onlyItem, pairs, setUpNotion } from '../support/notionTest.mts';

const emails = (items: IDataObject[]) => items.map(({ email }) => email);

describe('user.get', () => {
	const notion = setUpNotion();
	const get = async (user: INodeParameters, more: INodeParameters = {}) =>
		await notion.run('user.get', { parameters: { user, ...more } });

	test('gives a person flat, found by email or by ID, with a read-only credential', async () => {
		const { id = '' } = notion.sandbox.workspace.userByEmail('kenji@example.com') ?? {};
		const kenji = {
			id,
			email: 'kenji@example.com',
			displayName: 'Kenji Watanabe',
			givenName: 'Kenji',
			familyName: 'Watanabe',
			title: 'Account executive',
			department: 'Sales',
			secondaryEmails: 'kenji.watanabe@home.example',
			role: 'member',
			active: true,
		};

		for (const user of [byEmail('={{ " KENJI@example.com " }}'), byId(id)]) {
			const run = await notion.run('user.get', {
				parameters: { user },
				credential: { access: 'readOnly' },
			});
			expect(onlyItem(run)).toEqual(kenji);
			expect(pairs(run)).toEqual([{ item: 0 }]);
		}
		expect(notion.sandbox.requests.all()).toHaveLength(2);
	});

	test('takes a plain text from an expression for an email or an ID, whichever it is', async () => {
		const { id = '' } = notion.sandbox.workspace.userByEmail('ada@example.com') ?? {};
		const run = await notion.run('user.get', {
			parameters: { user: '={{ $json.who }}' },
			items: [{ who: 'ada@example.com' }, { who: id }],
		});

		expect(emails(jsons(run))).toEqual(['ada@example.com', 'ada@example.com']);
		expect(pairs(run)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	test('gives the resource as it came where it is not to be simplified', async () => {
		const item = onlyItem(await get(byEmail('kenji@example.com'), { simplify: false }));

		expect(item).toMatchObject({
			schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
			userName: 'kenji@example.com',
			name: { formatted: 'Kenji Watanabe' },
			emails: [
				{ value: 'kenji@example.com', primary: true },
				{ value: 'kenji.watanabe@home.example', primary: false },
			],
			meta: { resourceType: 'User' },
		});
	});

	test('says that a role which is not stated is a member\'s', async () => {
		notion.sandbox.seedPeople(10);
		notion.sandbox.setSwitches({ roleStated: 'sometimes' });
		const silent = notion.sandbox.workspace
			.members()
			.filter(({ role, id }) => role === 'member' && /[02468ace]$/.test(id));
		expect(silent.length).toBeGreaterThan(0);

		for (const { id } of silent) {
			expect(onlyItem(await get(byId(id)))).toMatchObject({ role: 'member', roleStated: false });
		}
	});

	test('finds no one who was removed', async () => {
		const { id } = notion.sandbox.workspace.removeUser('ada@example.com');

		for (const afterRemoval of ['notFound', 'inactive'] as const) {
			notion.sandbox.setSwitches({ afterRemoval });
			const byAddress = failureOf(await get(byEmail('ada@example.com')));
			expect(byAddress.message).toBe('No one in the workspace has the email ada@example.com.');
			const byNumber = failureOf(await get(byId(id)));
			expect(byNumber.message).toBe(`No one in the workspace has the ID ${id}.`);
			expect(byNumber.description).toContain('Check the ID');
		}
	});

	test('finds no guests, and says why', async () => {
		const failure = failureOf(await get(byEmail('guest@partner.example')));

		expect(failure.message).toBe('No one in the workspace has the email guest@partner.example.');
		expect(failure.description).toContain('Guests are not members');
	});

	test.each(['.', '..'])('takes "%s" for no ID, and sends nothing', async (value) => {
		expect(failureOf(await get(byId(value))).message).toBe(`"${value}" is neither an ID nor an email address.`);
		expect(notion.sandbox.requests.all()).toEqual([]);
	});

	test('cannot be led to another address by an ID', async () => {
		const fromList = { __rl: true, mode: 'list', value: '../Groups?x=1#' };
		expect(failureOf(await get(fromList)).message).toBe(
			'No one in the workspace has the ID ../Groups?x=1#.',
		);
		expect(notion.sandbox.requests.all()[0]?.path).toBe('/scim/v2/Users/..%2FGroups%3Fx%3D1%23');
	});

	test('says that nothing is known where a proxy answers', async () => {
		notion.sandbox.setSwitches({ gateway404: 'on' });

		expect(failureOf(await get(byEmail('ada@example.com'))).message).toContain(
			'nothing is known about the person',
		);
	});

	test.each(['ignored', 400] as const)(
		'finds a person where the filter is not supported (%s)',
		async (unsupportedFilter) => {
			const { requests, faults } = notion.sandbox;
			const everyone = notion.sandbox.workspace.members();
			if (unsupportedFilter === 400) {
				faults.add({ method: 'GET', path: 'filter=', fault: { status: 400 } });
			} else {
				notion.sandbox.seedPeople(1);
				faults.add({
					method: 'GET',
					path: 'filter=',
					fault: {
						status: 200,
						body: {
							totalResults: everyone.length,
							Resources: everyone
								.filter(({ profile }) => profile.userName !== 'ada@example.com')
								.map(({ id, profile }) => ({ id, userName: profile.userName })),
						},
					},
				});
			}

			expect(onlyItem(await get(byEmail('ada@example.com')))).toMatchObject({
				email: 'ada@example.com',
				displayName: 'Ada Lovelace',
			});
			expect(requests.count({ method: 'GET' })).toBe(2);
		},
	);
});

describe('user.getAll', () => {
	const notion = setUpNotion({ people: 243 });
	const getAll = async (parameters: INodeParameters) =>
		await notion.run('user.getAll', { parameters });
	const workspaceEmails = () =>
		notion.sandbox.workspace.members().map(({ profile }) => profile.userName);

	test('gives everyone, each once, in three requests', async () => {
		const run = await getAll({ returnAll: true });

		const found = emails(jsons(run));
		expect(found).toHaveLength(250);
		expect([...found].sort()).toEqual(workspaceEmails().sort());
		expect(jsons(run).some((item) => 'listComplete' in item)).toBe(false);
		expect(pairs(run).every((pair) => JSON.stringify(pair) === '{"item":0}')).toBe(true);
		expect(notion.sandbox.requests.count({ method: 'GET' })).toBe(3);
	});

	test.each([
		[3, 1],
		[100, 1],
		[150, 2],
		[1_000, 3],
	])('gives at most %s, in %s requests', async (limit, requests) => {
		const items = jsons(await getAll({ limit }));

		expect(items).toHaveLength(Math.min(limit, 250));
		expect(new Set(emails(items)).size).toBe(items.length);
		expect(notion.sandbox.requests.count({ method: 'GET' })).toBe(requests);
	});

	test('gives 50 where nothing is said', async () => {
		expect(jsons(await getAll({}))).toHaveLength(50);
	});

	test.each([
		['email', { email: 'ADA@example.com' }, ['ada@example.com']],
		['an email that no one has', { email: 'nobody@example.com' }, []],
		['family name', { familyName: 'Lovelace' }, ['ada@example.com']],
		['given name', { givenName: 'Kenji' }, ['kenji@example.com']],
		['a name in another case', { familyName: 'lovelace' }, []],
		['domain', { emailDomain: '@Contractor.example' }, ['robin@contractor.example']],
		['domain, with its subdomains', { emailDomain: '*.contractor.example' }, ['robin@contractor.example']],
		['domain, as a web address', { emailDomain: 'https://contractor.example/' }, ['robin@contractor.example']],
		['address, as it is pasted', { email: 'Ada <mailto:ADA@example.com>' }, ['ada@example.com']],
		['role', { role: 'membership_admin' }, ['admin@example.com']],
		[
			'several at once',
			{ role: 'owner', emailDomain: 'example.com', givenName: 'Grace' },
			['owner@example.com'],
		],
	])('filters by %s', async (_what, filters, expected) => {
		const named = emails(jsons(await getAll({ returnAll: true, filters })));
		const seeded = workspaceEmails().slice(7);
		expect(named.filter((email) => !seeded.includes(String(email)))).toEqual(expected);
	});

	test.each([
		[{ email: 'x@@y' }, '"x@@y" is not an email address.'],
		[{ email: 'Ada Lovelace' }, '"Ada Lovelace" is not an email address.'],
		[{ emailDomain: 'ada@example.com' }, 'Email Domain is "ada@example.com", which is not a domain.'],
		[{ emailDomain: 'example' }, 'Email Domain is "example", which is not a domain.'],
	])('refuses a filter that no one could match: %j', async (filters, message) => {
		expect(failureOf(await getAll({ returnAll: true, filters })).message).toBe(message);
		expect(notion.sandbox.requests.count()).toBe(0);
	});

	test('filters by role also where a member\'s is not stated', async () => {
		notion.sandbox.setSwitches({ roleStated: 'sometimes' });
		const members = notion.sandbox.workspace.members().filter(({ role }) => role === 'member');

		const found = jsons(await getAll({ returnAll: true, filters: { role: 'member' } }));
		expect(found).toHaveLength(members.length);
	});

	test('gives only matches where the filter is ignored', async () => {
		const rows = notion.sandbox.workspace
			.members()
			.slice(0, 10)
			.map(({ id, profile }) => ({ id, userName: profile.userName }));
		notion.sandbox.faults.add({
			path: 'filter=',
			fault: { status: 200, body: { totalResults: rows.length, Resources: rows } },
		});

		expect(emails(jsons(await getAll({ filters: { email: 'ada@example.com' } })))).toEqual([
			'ada@example.com',
		]);
	});

	test('reads everyone where the filter is refused', async () => {
		notion.sandbox.faults.add({ path: 'filter=', fault: { status: 400 } });

		expect(emails(jsons(await getAll({ filters: { email: 'ada@example.com' } })))).toEqual([
			'ada@example.com',
		]);
	});

	test('gives the resources as they came where they are not to be simplified', async () => {
		const [item] = jsons(
			await getAll({ simplify: false, filters: { email: 'ada@example.com' } }),
		);

		expect(item).toMatchObject({ userName: 'ada@example.com', meta: { resourceType: 'User' } });
	});

	test('gives everyone also where the order is new at every request', async () => {
		notion.sandbox.setSwitches({ listOrder: 'shuffledPerRequest' });

		const found = emails(jsons(await getAll({ returnAll: true })));
		expect(found).toHaveLength(250);
		expect([...found].sort()).toEqual(workspaceEmails().sort());
	});

	describe('where the list keeps changing', () => {
		/** A person more at every pass, so that no two passes agree. */
		const keepChanging = () => {
			for (let total = 251; total < 280; total += 1) {
				notion.sandbox.faults.add({
					path: 'startIndex=201&count=100$',
					nth: total - 250,
					fault: { status: 200, body: { totalResults: total, Resources: [] } },
				});
			}
		};

		test('it is an error', async () => {
			keepChanging();

			const failure = failureOf(await getAll({ returnAll: true }));
			expect(failure.message).toContain('The list of users could not be read completely.');
			expect(failure.description).toContain('Run this again when fewer changes are being made');
		});

		test('it is marked with Allow Incomplete List', async () => {
			keepChanging();

			const items = jsons(await getAll({ returnAll: true, options: { allowIncomplete: true } }));
			expect(items.length).toBeGreaterThan(0);
			expect(items.every(({ listComplete }) => listComplete === false)).toBe(true);
		});
	});

	test('gives the same list for each input item', async () => {
		const run = await notion.run('user.getAll', { parameters: { limit: 2 }, items: [{}, {}] });

		expect(pairs(run)).toEqual([{ item: 0 }, { item: 0 }, { item: 1 }, { item: 1 }]);
	});
});

describe('user.getAll in a large workspace', () => {
	const notion = setUpNotion({ empty: true });

	test.each([-1, 0, 'abc', 1.5])('says that %j is no limit', async (limit) => {
		const run = await notion.run('user.getAll', { parameters: { limit: `={{ ${JSON.stringify(limit)} }}` } });

		expect(failureOf(run).message).toMatch(/^Limit is \S+\. It must be a whole number from 1 on\.$/);
	});

	test('gives everyone where the limit is larger, also in no order', async () => {
		notion.sandbox.seedPeople(400);
		notion.sandbox.setSwitches({ listOrder: 'shuffledPerRequest' });
		const count = notion.sandbox.workspace.members().length;

		const run = await notion.run('user.getAll', { parameters: { limit: 1_000 } });

		expect(new Set(jsons(run).map(({ id }) => id)).size).toBe(count);
	});

	test('reads 10,000 people with 100 requests', async () => {
		notion.sandbox.seedPeople(9_999);

		const run = await notion.run('user.getAll', { parameters: { returnAll: true } });
		expect(new Set(jsons(run).map(({ id }) => id)).size).toBe(10_000);
		expect(notion.sandbox.requests.count()).toBe(100);
	});
});
