import { failureOf, onlyItem } from '../support/notionTest.mts';
import { byName, setUpGroups } from './groupTest.mts';

describe('a group whose name looks like another one', () => {
	const notion = setUpGroups();
	const engineering = () => {
		const group = notion.sandbox.workspace.groupByName('Engineering');
		if (!group) throw new Error('The sandbox has no Engineering');
		return group;
	};
	const run = async (operation: 'create' | 'upsert', displayName: string) =>
		await notion.run(`group.${operation}`, { parameters: { displayName } });
	const rename = async (from: string, newName: string) =>
		await notion.run('group.update', { parameters: { group: byName(from), newName } });

	const looks = ['engineering', 'ENGINEERING', 'Engin\u200beering', '\uff25ngineering'];

	test.each(
		(['free', 'uniqueIgnoringCase'] as const).flatMap((groupNames) =>
			looks.flatMap((name) => [
				[groupNames, 'create', name] as const,
				[groupNames, 'upsert', name] as const,
			]),
		),
	)('names %s: %s of %j names the group that is there, and no operation', async (groupNames, operation, name) => {
		notion.sandbox.setSwitches({ groupNames });

		const { message, description } = failureOf(await run(operation, name));

		expect(message).toContain(`"Engineering" (${engineering().id})`);
		expect(`${message} ${description}`).not.toContain('Create or Update');
		expect(notion.writes()).toEqual([]);
		expect(notion.sandbox.workspace.groups()).toHaveLength(4);
	});

	test.each(looks)('no group is renamed to %j', async (name) => {
		const { message } = failureOf(await rename('Sales', name));

		expect(message).toContain(`"Engineering" (${engineering().id})`);
		expect(notion.writes()).toEqual([]);
	});

	test.each(['free', 'uniqueIgnoringCase'] as const)('its own name may change its case, names %s', async (groupNames) => {
		notion.sandbox.setSwitches({ groupNames });

		expect(onlyItem(await rename('Engineering', 'ENGINEERING'))).toMatchObject({
			outcome: 'updated',
			displayName: 'ENGINEERING',
		});
	});

	test.each(['create', 'upsert'] as const)('a 409 to %s names the group that came in between', async (operation) => {
		notion.sandbox.setSwitches({ groupNames: 'uniqueIgnoringCase' });
		// The lists before the creation do not have it yet.
		notion.sandbox.faults.add({
			path: '/Groups',
			method: 'GET',
			times: 2,
			fault: { status: 200, body: { totalResults: 0, Resources: [] } },
		});

		const { message, description } = failureOf(await run(operation, 'engineering'));

		expect(message).toContain(`"Engineering" (${engineering().id})`);
		expect(`${message} ${description}`).not.toContain('Create or Update');
	});

	test('Create or Update takes a group of exactly that name that came in between', async () => {
		notion.sandbox.setSwitches({ groupNames: 'uniqueIgnoringCase' });
		notion.sandbox.faults.add({
			path: '/Groups',
			method: 'GET',
			times: 2,
			fault: { status: 200, body: { totalResults: 0, Resources: [] } },
		});

		expect(onlyItem(await run('upsert', 'Engineering'))).toMatchObject({
			id: engineering().id,
			outcome: 'unchanged',
		});
	});

	test('blanks make no other name, whatever the server keeps', async () => {
		notion.sandbox.setSwitches({ nameStorage: 'normalized' });

		const created = onlyItem(await run('upsert', 'Cafe\u0301  Team'));
		expect(created).toMatchObject({ outcome: 'created', displayName: 'Caf\u00e9 Team' });
		expect(onlyItem(await run('upsert', 'Cafe\u0301  Team'))).toEqual({ ...created, outcome: 'unchanged' });
		expect(onlyItem(await rename('Café Team', 'Cafe\u0301 \u00a0Team'))).toMatchObject({ outcome: 'unchanged' });
	});

	test('a name that is not there says which one looks like it, for members too', async () => {
		const { message } = failureOf(
			await notion.run('group.addMembers', {
				parameters: { group: byName('engineering'), members: 'ada@example.com' },
			}),
		);
		expect(message).toContain(`"Engineering" (${engineering().id})`);
	});
});
