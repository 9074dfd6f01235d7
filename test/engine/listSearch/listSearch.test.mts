import type { INodeListSearchResult } from 'n8n-workflow';

import { NotionScim } from '../../../nodes/NotionScim/NotionScim.node.ts';
import { setUpNotion } from '../support/notionTest.mts';

const namesIn = ({ results }: INodeListSearchResult): string[] => results.map(({ name }) => name);

describe('the lists in the editor', () => {
	const notion = setUpNotion();

	const search = async (
		method: 'searchUsers' | 'searchGroups',
		options: { filter?: string; paginationToken?: string } = {},
	): Promise<INodeListSearchResult> =>
		await notion.engine.callListSearch({
			node: new NotionScim(),
			method,
			credentials: notion.credential({ access: 'readOnly' }),
			...options,
		});

	/** Goes on as long as there is a token, as the editor does when a user scrolls. */
	const scroll = async (method: 'searchUsers' | 'searchGroups') => {
		const pages: INodeListSearchResult[] = [];
		let token: string | undefined;
		do {
			const page = await search(method, token === undefined ? {} : { paginationToken: token });
			pages.push(page);
			token = typeof page.paginationToken === 'string' ? page.paginationToken : undefined;
		} while (token !== undefined);
		return pages;
	};

	test('people: pages through 250, each once', async () => {
		const { workspace } = notion.sandbox;
		for (let number = workspace.members().length; number < 250; number += 1) {
			workspace.addUser({ email: `person${number}@example.com` });
		}

		const pages = await scroll('searchUsers');

		expect(pages.map(({ results }) => results.length)).toEqual([100, 100, 50]);
		const values = pages.flatMap(({ results }) => results.map(({ value }) => value));
		expect(new Set(values)).toEqual(new Set(workspace.members().map(({ id }) => id)));
		expect(notion.sandbox.requests.count()).toBe(3);
	});

	test('groups: pages through 250, with how many members each has', async () => {
		const { workspace } = notion.sandbox;
		for (let number = workspace.groups().length; number < 250; number += 1) {
			workspace.addGroup({ displayName: `Team ${number}` });
		}

		const pages = await scroll('searchGroups');

		expect(pages.map(({ results }) => results.length)).toEqual([100, 100, 50]);
		expect(pages.flatMap(namesIn)).toEqual(
			expect.arrayContaining(['Sales (1 member)', 'Team 249 (0 members)']),
		);
	});

	test('people: finds by part of the name or the address, in any case', async () => {
		const ada = {
			name: 'Ada Lovelace (ada@example.com)',
			value: notion.sandbox.workspace.userByEmail('ada@example.com')?.id,
		};

		expect((await search('searchUsers', { filter: ' LOVE ' })).results).toEqual([ada]);
		expect((await search('searchUsers', { filter: 'Ada@ex' })).results).toEqual([ada]);
		expect((await search('searchUsers', { filter: 'ADA@example.COM' })).results).toEqual([ada]);
		expect((await search('searchUsers', { filter: 'nobody at all' })).results).toEqual([]);
	});

	test('people: a whole address needs one request, a secondary one finds its owner', async () => {
		expect(namesIn(await search('searchUsers', { filter: 'ada@example.com' }))).toHaveLength(1);
		expect(notion.sandbox.requests.count()).toBe(1);

		notion.sandbox.setSwitches({ emailFilterMatches: 'primaryAndSecondary' });
		expect(
			namesIn(await search('searchUsers', { filter: 'kenji.watanabe@home.example' })),
		).toEqual([expect.stringContaining('(kenji@example.com)')]);
	});

	test('groups: finds by part of the name, in any case', async () => {
		notion.sandbox.workspace.addGroup({ displayName: 'Presales' });

		expect(namesIn(await search('searchGroups', { filter: 'SALES' }))).toEqual([
			'Presales (0 members)',
			'Sales (1 member)',
		]);
	});

	test.each(['searchUsers', 'searchGroups'] as const)(
		'%s: typing on makes no further request, also while the first is under way',
		async (method) => {
			const [first, together] = await Promise.all([
				search(method, { filter: 'a' }),
				search(method, { filter: 'al' }),
			]);
			expect(first.results.length).toBeGreaterThan(0);
			expect(together.results.length).toBeLessThanOrEqual(first.results.length);
			expect(notion.sandbox.requests.count()).toBe(1);

			await search(method, { filter: 'all' });
			expect(notion.sandbox.requests.count()).toBe(1);
		},
	);

	test('a search that failed is made again', async () => {
		notion.sandbox.faults.add({ method: 'GET', times: 1, fault: { status: 400 } });

		await expect(search('searchUsers', { filter: 'love' })).rejects.toThrow();
		expect(namesIn(await search('searchUsers', { filter: 'love' }))).toHaveLength(1);
	});

	test('people without a name are shown by their address', async () => {
		notion.sandbox.setSwitches({ nameFields: 'none' });

		expect(namesIn(await search('searchUsers', { filter: 'ada' }))).toEqual(['ada@example.com']);
	});

	test.each(['searchUsers', 'searchGroups'] as const)(
		'%s: an error says what to do, and holds no token',
		async (method) => {
			notion.sandbox.workspace.revokeToken(notion.token);

			const failure: unknown = await search(method).catch((error: unknown) => error);

			const message = failure instanceof Error ? failure.message : '';
			expect(message).toContain('Notion rejected the SCIM token (status 401).');
			expect(message).toContain('Have an organization owner create a new token in Notion');
			expect(JSON.stringify(failure)).not.toContain(notion.token);
		},
	);

	test('names a credential that cannot be used', async () => {
		const listing = notion.engine.callListSearch({
			node: new NotionScim(),
			method: 'searchGroups',
			credentials: notion.credential({ baseUrl: 'not an address' }),
		});

		await expect(listing).rejects.toThrow('The Base URL of the credential is not a web address.');
	});

	test('groups for a list of several: every one, by name', async () => {
		const { workspace } = notion.sandbox;
		for (let number = workspace.groups().length; number < 120; number += 1) {
			workspace.addGroup({ displayName: `Team ${number}` });
		}
		const options = await notion.engine.callLoadOptions({
			node: new NotionScim(),
			method: 'loadGroups',
			credentials: notion.credential({ access: 'readOnly' }),
		});

		expect(new Set(options.map(({ value }) => value))).toEqual(new Set(workspace.groups().map(({ id }) => id)));
		expect(options.map(({ name }) => name)).toEqual(expect.arrayContaining(['Sales (1 member)', 'Team 119 (0 members)']));
	});

	test('time zones: those with the text in their name, without asking Notion', async () => {
		const zones = async (filter?: string) =>
			await notion.engine.callListSearch({
				node: new NotionScim(),
				method: 'searchTimeZones',
				...(filter === undefined ? {} : { filter }),
			});

		expect((await zones('new york')).results).toEqual([{ name: 'America/New_York', value: 'America/New_York' }]);
		expect((await zones()).results.length).toBeGreaterThan(300);
		expect(notion.sandbox.requests.count()).toBe(0);
	});
});
