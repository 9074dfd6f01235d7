import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INodeParameters } from 'n8n-workflow';

import { NotionScim } from '../../../nodes/NotionScim/NotionScim.node.ts';
import { problemsOfItem, readSchema, SCHEMA_FOLDER } from '../support/outputSchemas.mts';
import { byEmail, onlyItem, setUpNotion } from '../support/notionTest.mts';

const { properties, version } = new NotionScim().description;

const operations = properties
	.filter(({ name }) => name === 'operation')
	.flatMap(({ displayOptions, options = [] }) =>
		options.flatMap((option) =>
			'value' in option ? [`${String(displayOptions?.show?.['resource']?.[0])}.${String(option.value)}`] : [],
		),
	)
	.sort();

describe('the schemas of what comes out, which n8n serves before the first run', () => {
	test('exist for each operation, and for no other', () => {
		const files = globSync('*/*.json', { cwd: SCHEMA_FOLDER }).map((file) => file.replace(/\.json$/, '').replace('/', '.'));

		expect(files.sort()).toEqual(operations);
	});

	test('lie where n8n looks for the versions that the node has', () => {
		const versions = [version].flat().map((one) => `v${one}.0.0`);

		expect(readdirSync(join(SCHEMA_FOLDER, '..'))).toEqual(versions);
	});

	test.each(operations)('%s: names fields, with types that the editor knows', (operation) => {
		const { properties: fields = {} } = readSchema(operation);

		expect(Object.keys(fields)).not.toEqual([]);
		// The engine's helper for items makes this key an error.
		expect(fields).not.toHaveProperty('error');
	});

	// Every run through NotionTest is compared with the schema, so that an operation that is run has no other fields.
	test('are compared with real outputs of each operation', () => {
		const root = join(__dirname, '..');
		const sources = globSync('**/*.mts', { cwd: root })
			.filter((file) => !file.startsWith('description/description') && !file.startsWith('description/outputSchemas'))
			.map((file) => readFileSync(join(root, file), 'utf8'))
			.join('\n');

		expect(operations.filter((operation) => !sources.includes(`'${operation}'`))).toEqual([]);
	});
});

describe('what really comes out', () => {
	const notion = setUpNotion();

	test('has every attribute of a person that the schema names', async () => {
		const attributes: INodeParameters = {
			displayName: 'Lise Meitner', givenName: 'Lise', familyName: 'Meitner', title: 'Physicist', department: 'Research',
			division: 'North', costCenter: '4711', organization: 'Example', employeeNumber: 'E-7', managerEmail: 'ada@example.com',
			managerDisplayName: 'Ada Lovelace', jobRole: 'Lead', locale: 'de-DE', preferredLanguage: 'de-DE', userType: 'Employee',
			phoneNumber: '+46 8 123', address: 'Stockholm', secondaryEmails: 'lise@example.org', photoUrl: 'https://example.com/lise.png',
		};
		const parameters = { email: 'lise@example.com', additionalFields: attributes };
		onlyItem(await notion.run('user.create', { parameters }));

		const item = onlyItem(await notion.run('user.get', { parameters: { user: byEmail('lise@example.com') } }));

		expect(Object.keys(item).sort()).toEqual(Object.keys(readSchema('user.get').properties ?? {}).filter((name) => name !== 'roleStated').sort());
	});

	test('is refused with a field that the schema has forgotten', async () => {
		const item = onlyItem(await notion.run('user.get', { parameters: { user: byEmail('ada@example.com') } }));

		expect(problemsOfItem('user.get', item)).toEqual([]);
		expect(problemsOfItem('user.get', { ...item, nickName: 'Ada' })).toEqual([
			expect.stringContaining('nickName'),
		]);
		expect(problemsOfItem('user.get', { ...item, active: 'yes' })).toEqual([expect.stringContaining('must be boolean')]);
	});
});
