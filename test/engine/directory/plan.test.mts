import { callAsTool } from '../runner/callAsTool.mts';
import {
	failureOf,
	itemFailures,
	jsons,
	nodeOfOneExecution,
	pairs,
	setUpNotion,
} from '../support/notionTest.mts';
import { applicable, directory, planned, planning, policyParameters } from './planning.mts';

describe('planning', () => {
	const notion = setUpNotion();
	const plan = planning(notion);
	const idOf = (email: string) => notion.sandbox.workspace.userByEmail(email)?.id ?? '';
	const people = directory([
		{ id: '1', email: 'ada@example.com', title: 'Countess', groups: ['Engineering'] },
		{ id: '2', email: 'new@example.com', displayName: 'New Person' },
		{ id: '3', email: 'kenji@example.com', active: false },
	]);

	test('gives one item for each change on the first output, and a summary on the second', async () => {
		const run = await notion.run('directory.plan', {
			items: people,
			parameters: { syncAttributes: ['title'] },
		});
		const { changes, summary } = planned(run);

		expect(run.outputs).toHaveLength(2);
		expect(applicable(changes).map(({ action, reason }) => [action, reason])).toEqual([
			['user.update', 'drift'], ['user.create', 'joiner'], ['user.remove', 'inactive'],
		]);
		expect(summary).toMatchObject({
			planDigest: changes[0]?.['planDigest'],
			actions: { 'user.update': 1, 'user.create': 1, 'user.remove': 1 },
			impact: 1,
			removalLimit: 2,
			seatsAdded: 1,
			mayTakeAway: true,
			members: 7,
			persons: 3,
			evidence: { workspace: { users: { count: 7 } }, sources: [{ source: 'test', count: 3 }] },
		});
		expect(notion.writes()).toEqual([]);
	});

	test('leads from each change about a person to their item', async () => {
		const run = await notion.run('directory.plan', { items: people });

		const emails = jsons(run).map(({ target }) =>
			typeof target === 'object' && target !== null && 'email' in target ? target.email : undefined,
		);
		expect(Object.fromEntries(emails.map((email, change) => [email, pairs(run)[change]]))).toMatchObject({
			'new@example.com': { item: 1 },
			'kenji@example.com': { item: 2 },
		});
		expect(pairs(run, 1)).toEqual([{ item: 3 }]);
	});

	test('leaves out those about whom nothing differs, unless they are asked for', async () => {
		const everyone = directory([{ id: '1', email: 'ada@example.com' }]);
		const about = (changes: unknown[]) => JSON.stringify(changes).includes('"unchanged"');

		expect(about((await plan(everyone)).changes)).toBe(false);
		expect(about((await plan(everyone, { includeUnchanged: true })).changes)).toBe(true);
	});

	test('takes objects, arrays and their JSON text', async () => {
		const links = [{ source: 'test', employeeId: 1, userId: idOf('maria@example.com'), email: 'maria@example.com' }];
		const forms = [JSON.stringify(links), '={{ $json.links }}', JSON.stringify(links[0])];
		const items = directory([{ id: '1', email: 'maria.lopez@example.com' }]).map((item) => ({ ...item, links }));
		for (const form of forms) {
			const { changes } = await plan(items, { links: form });
			expect(applicable(changes).map(({ action }) => action)).toEqual(['user.rename']);
		}
		const { changes } = await plan(items, { links: '', groupLinks: '[{}]', memory: '={{ null }}', recentChanges: '[]' });
		expect(applicable(changes).map(({ action }) => action)).toEqual(['user.create']);
	});

	test.each<[string, string, string]>([
		['links', 'no JSON', 'Person Links cannot be read'],
		['links', '[{"source": "test", "userId": "ada@example.com", "sourceId": "1"}]', 'Entry 0 of Person Links cannot be read: userId is not an ID of Notion'],
		['groupLinks', '[{"name": "eng", "groupId": "Engineering"}]', 'Entry 0 of Group Links cannot be read: groupId is not an ID of Notion'],
		['managedGroups', '={{ {} }}', 'Managed Groups is neither a list nor a text'],
		['syncAttributes', '={{ [null] }}', 'Sync Attributes must hold texts only'],
		['onInactive', '={{ "" }}', 'On Inactive is empty, which is not one of its choices.'],
		['links', '[{"source": "test", "userId": "24bd872b594c8191ad2a0002d5e040a0"}]', 'Entry 0 of Person Links cannot be read: entry has neither sourceId nor employeeId'],
		['groupLinks', '[{"groupId": "1"}]', 'Entry 0 of Group Links cannot be read: name'],
		['memory', '[1]', 'Memory cannot be read'],
		['memory', '{"sources": {}, "absentSince": {"a": 5}}', 'Memory cannot be read (absentSince.a'],
		['recentChanges', '[{"action": "group.addMembers", "groupId": "1"}]', 'Entry 0 of Recent Changes cannot be read: userId'],
		// What a step that failed gives, or a row instead of what is in it.
		['memory', '{"error": "no such row"}', 'Memory cannot be read (sources'],
		['memory', '{"memory": {"sources": {}, "absentSince": {}}}', 'Memory cannot be read (sources'],
		['memory', '{"id": 7, "memory": "{}"}', 'Memory cannot be read (sources'],
		['memory', '{"absentSince": {}}', 'Memory cannot be read (sources'],
		['memory', '={{ $json.nope }}', 'Memory is empty, although an expression should return it'],
		['links', '={{ $json.nope }}', 'Person Links is empty, although an expression should return it'],
		['links', '{"error": "table gone"}', 'Entry 0 of Person Links cannot be read: source'],
		['links', '{"rows": [{"source": "test", "sourceId": "1", "userId": "2"}]}', 'Entry 0 of Person Links cannot be read'],
		['links', '[{"source": "test", "sourceId": "1", "user_id": "2"}]', 'Entry 0 of Person Links cannot be read: userId'],
		['groupLinks', '[{"error": "table gone"}]', 'Entry 0 of Group Links cannot be read: name'],
		['recentChanges', '[{"error": "table gone"}]', 'Entry 0 of Recent Changes cannot be read: action'],
		['only', '', 'Only This Person is empty'],
		['only', ' ', 'Only This Person is empty'],
		['only', '={{ $json.nope }}', 'Only This Person is empty'],
		['only', '={{ {} }}', 'Only This Person is empty'],
		['createMissing', '={{ "no" }}', 'Create Missing People is "no". It must be true or false.'],
		['createMissing', '={{ 0 }}', 'Create Missing People is 0. It must be true or false.'],
		['updateDrift', '={{ null }}', 'Update Drift is empty. It must be true or false.'],
		['updateDrift', '={{ $json.nope }}', 'Update Drift is empty. It must be true or false.'],
		['removalLimit', '={{ -5 }}', 'Removal Limit is -5. It must be a whole number from 0 on.'],
		['removalLimit', '={{ Infinity }}', 'Removal Limit is Infinity. It must be a whole number from 0 on.'],
		['createLimit', '={{ 0.5 }}', 'Create Limit is 0.5. It must be a whole number from 0 on.'],
		['roleMap', '["owner"]', 'Role Map cannot be read'],
		['onUnlisted', '={{ "delete" }}', 'On Unlisted is "delete", which is not one of its choices.'],
		['confirmAfter', '={{ "soon" }}', 'Confirm After is "soon". It must be a number with up to 2 decimals from 0 on.'],
		['syncAttributes', '={{ ["tilte"] }}', 'Sync Attributes names "tilte", which is not an attribute of a person.'],
		['managedGroups', '*', 'would stand for every group of the workspace'],
	])('says what is wrong with %s: %s', async (name, value, message) => {
		const run = await notion.run('directory.plan', { items: people, parameters: policyParameters({ [name]: value }) });

		expect(failureOf(run).message).toContain(message);
		expect(failureOf(run).description).toMatch(/Give JSON of the form|Pick from the list|Check (?:its|the) expression|Name the groups/);
	});

	test.each(['{}', '={{ {} }}', '={{ {"error": "gone"} }}', '{"removal": 99, "creation": 99}', '={{ $json.nope }}', '{"removals": null}', '', ' ', '1.000', '1,000', '0x0', '[]', '={{ null }}', '={{ [] }}', '={{ 0.5 }}', '{"removals": " "}'])(
		'adds and removes nothing where Already Used is %s',
		async (alreadyUsed) => {
			const { changes } = await plan(people, { alreadyUsed });

			expect(applicable(changes)).toEqual([]);
			expect(changes.filter(({ guard }) => String(guard).includes('Make the record of changes readable again'))).toHaveLength(2);
		},
	);

	test.each([
		'={{ ["Product", "Engineering"] }}',
		'={{ \'["Product","Engineering"]\' }}',
		'Product, Engineering',
		'={{ "Product\\nEngineering" }}',
	])('takes the managed groups %s', async (managedGroups) => {
		const entries = directory([{ id: '1', email: 'ada@example.com', groups: ['Product', 'Engineering', 'Sales'] }]);
		const { changes } = await plan(entries, { managedGroups, adoptGroups: 'union' });

		const groups = changes.filter(({ action }) => String(action).startsWith('group.')).map(({ target }) => JSON.stringify(target));
		for (const name of ['Product', 'Engineering']) expect(groups.join()).toContain(`"${name}"`);
		expect(groups.join()).not.toContain('"Sales"');
	});

	test('takes true and false as texts, too', async () => {
		const asked = async (createMissing: string) =>
			applicable((await plan(people, { createMissing })).changes).filter(({ action }) => action === 'user.create');

		expect(await asked('={{ "false" }}')).toEqual([]);
		expect(await asked('={{ "true" }}')).toHaveLength(1);
	});

	test('leaves out links that have no account yet', async () => {
		const links = [
			{ source: 'test', employeeId: '1', userId: '', email: 'x@example.com' },
			{ source: 'test', employeeId: '2', userId: null },
		];
		const { changes } = await plan(people, { links: JSON.stringify(links) });

		expect(applicable(changes).map(({ action }) => action)).toEqual(['user.create', 'user.remove']);
	});

	test('fails as one, whatever the number of items', async () => {
		const options = { items: people, parameters: { memory: { memory: 'x' } } };
		const inTheMiddle = await notion.run('directory.plan', { ...options, onError: 'continueRegularOutput' });
		expect(itemFailures(inTheMiddle)).toHaveLength(1);
		expect(jsons(inTheMiddle, 1)).toEqual([]);

		const aside = await notion.run('directory.plan', { ...options, onError: 'continueErrorOutput' });
		expect(aside.outputs.map((items) => items.length)).toEqual([0, 0, 1]);
	});

	test('removes nothing without a manifest, and says why', async () => {
		const { changes, summary } = await plan(people.slice(0, 3));

		expect(applicable(changes).map(({ action }) => action)).toEqual(['user.create']);
		expect(summary).toMatchObject({ mayTakeAway: false });
		expect(JSON.stringify(summary['whyNot'])).toContain('manifest');
	});

	test('every other operation has one output', async () => {
		const run = await notion.run('user.getAll', { parameters: { returnAll: true } });
		expect(run.outputs).toHaveLength(1);
	});

	test('a model that calls it reads the summary first; without a directory nothing is planned to be lost', async () => {
		const { response } = await callAsTool(notion.engine, {
			node: nodeOfOneExecution(),
			parameters: { resource: 'directory', operation: 'plan' },
			arguments: {},
			credentials: notion.credential(),
		});

		const [summary] = Array.isArray(response) ? response : [];
		expect(summary).toMatchObject({ mayTakeAway: false, actions: {}, persons: 0 });
		expect(notion.writes()).toEqual([]);
	});

	test('a model that calls Apply cannot make up a change', async () => {
		const { response, error } = await callAsTool(notion.engine, {
			node: nodeOfOneExecution(),
			parameters: { resource: 'directory', operation: 'apply', changesToApply: '={{ $fromAI("changes", "", "string") }}', options: {} },
			arguments: { changes: JSON.stringify([{ action: 'user.remove', target: { email: 'ada@example.com' } }]) },
			credentials: notion.credential(),
		});

		expect(`${JSON.stringify(response)} ${error?.message}`).toContain('This item is not a planned change');
		expect(notion.writes()).toEqual([]);
	});

	test('reads the address of a link in a pasted form, and refuses one that is none', async () => {
		const items = directory([{ id: '1', email: 'ada@example.com', displayName: 'Ada Lovelace' }]);
		const linked = (email: string) => ({
			links: JSON.stringify([{ source: 'test', sourceId: '9', userId: '24bd872b-594c-8191-ad2a-0002d5e04000', email }]),
		});

		expect((await plan(items, linked('mailto:new@example.com'))).summary['persons']).toBe(1);
		await expect(plan(items, linked('new@@example.com'))).rejects.toThrow(
			'Entry 0 of Person Links cannot be read: email is "new@@example.com", which is not an email address',
		);
	});

	test.each(['Maria <maria@example.com>', 'mailto:maria@example.com', '<maria@example.com>'])(
		'is about the one person who is written as %s',
		async (only) => {
			const items = directory([{ id: '6', email: 'maria@example.com', title: 'New', displayName: 'Maria' }]);
			const { changes } = await plan(items, { only, syncAttributes: ['title'], includeUnchanged: true });

			expect(changes.map(({ action }) => action)).toEqual(['user.update']);
		},
	);
});
