import { failureOf, onlyItem, pairs, setUpNotion } from '../support/notionTest.mts';

describe('workspace.getConfiguration', () => {
	const notion = setUpNotion();

	test('says what the server can do, how many there are and what is understood of the credential', async () => {
		const run = await notion.run('workspace.getConfiguration', {
			credential: {
				access: 'noRemovals',
				ownedDomains: 'Example.com; @example.org\n*.example.net',
				protectedEmails: 'Ada Lovelace <ada@example.com>, mailto:kenji@example.com\nADA@example.com',
				tokenCreatorEmail: '"Owner@example.com"',
				maxRequestsPerSecond: '2',
			},
		});

		const item = onlyItem(run);
		expect(item).toMatchObject({
			serviceProviderConfig: { patch: { supported: true }, filter: { supported: true } },
			resourceTypes: [{ id: 'User' }, { id: 'Group' }],
			memberCount: 7,
			groupCount: 4,
			credential: {
				access: 'noRemovals',
				ownedDomains: ['example.com', 'example.org', '*.example.net'],
				protectedEmails: ['ada@example.com', 'kenji@example.com'],
				tokenCreatorEmail: 'owner@example.com',
				maxRequestsPerSecond: 2,
			},
		});
		// The sandbox, as Notion may, has no endpoint for schemas.
		expect(item).not.toHaveProperty('schemas');
		expect(JSON.stringify(item)).not.toContain(notion.token);
		expect(pairs(run)).toEqual([{ item: 0 }]);
		expect(notion.writes()).toEqual([]);
	});

	test('works with a credential that may only read', async () => {
		const run = await notion.run('workspace.getConfiguration', {
			credential: { access: 'readOnly' },
		});

		expect(onlyItem(run)).toMatchObject({
			credential: {
				access: 'readOnly',
				ownedDomains: [],
				protectedEmails: [],
				tokenCreatorEmail: null,
				maxRequestsPerSecond: null,
			},
		});
	});

	test.each([401, 403] as const)(
		'proves the token, although part of it can be read without one (status %s)',
		async (invalidTokenStatus) => {
			notion.sandbox.setSwitches({ invalidTokenStatus });
			notion.sandbox.workspace.revokeToken(notion.token);

			const failure = failureOf(await notion.run('workspace.getConfiguration'));
			expect(failure.message).toBe(
				`Notion rejected the SCIM token (status ${invalidTokenStatus}).`,
			);
			expect(failure.description).toContain('Have an organization owner create a new token');
		},
	);

	test('gives an item for each input item', async () => {
		const run = await notion.run('workspace.getConfiguration', { items: [{}, {}] });

		expect(pairs(run)).toEqual([{ item: 0 }, { item: 1 }]);
	});
});
