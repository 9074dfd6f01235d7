import type { IDataObject, INode } from 'n8n-workflow';

import { createNode } from '../runner/engine.mts';
import { SourceNode } from '../runner/sourceNode.mts';
import { nodeOfOneExecution, setUpNotion } from '../support/notionTest.mts';
import { applying } from './applying.mts';
import { eachAlone } from './eachAlone.mts';
import { asItems, ChangesAbout } from './plannedChanges.mts';

describe('how much may be removed and added', () => {
	const notion = setUpNotion();
	const about = new ChangesAbout(notion);
	const { apply, outcomes, notes, results } = applying(notion);

	/** Members who may be removed. */
	const people = (count: number): string[] =>
		Array.from({ length: count }, (_one, number) => {
			const email = `person${number}@example.com`;
			notion.sandbox.workspace.addUser({ email, name: `Person ${number}` });
			return email;
		});
	const members = () => notion.sandbox.workspace.members().length;
	const counted = (outcomesOfChanges: unknown[]) => ({
		done: outcomesOfChanges.filter((outcome) => outcome === 'done').length,
		held: outcomesOfChanges.filter((outcome) => outcome === 'held').length,
	});

	test('the default is 2 in a small workspace; the rest waits, and nothing fails', async () => {
		const before = members();
		const entries = people(6).map((email) => about.remove(email));

		const run = await apply(entries, { options: { removalLimit: 0 } });

		expect(run.error).toBeUndefined();
		expect(outcomes(run)).toEqual(['done', 'done', 'held', 'held', 'held', 'held']);
		expect(notes(run)[2]).toContain('of the 2 that it may');
		expect(members()).toBe(before + 4);
	});

	test('a group counts its members, a membership, a role and an address count one', async () => {
		const entries = [
			about.rename('maria@example.com', 'maria.lopez@example.com'),
			about.update('ada@example.com', { role: 'restricted_member' }),
			about.leave('Sales', 'kenji@example.com'),
			about.deleteGroup('Engineering'),
		];

		expect(outcomes(await apply(entries, { options: { removalLimit: 3 } }))).toEqual([
			'done', 'done', 'done', 'held',
		]);
		expect(notion.sandbox.workspace.groupByName('Engineering')).toBeDefined();
	});

	test('what others have used counts; a count that cannot be read lets nothing pass', async () => {
		const emails = people(4);
		const remove = emails.map((email) => about.remove(email));
		const create = [about.create('one@example.com'), about.create('two@example.com')];
		const used = (alreadyUsed: unknown) => ({ removalLimit: 4, createLimit: 3, alreadyUsed: JSON.stringify(alreadyUsed) });

		expect(counted(outcomes(await apply(remove, { options: used(3) })))).toEqual({ done: 1, held: 3 });
		const both = [...remove.slice(1), ...create];
		expect(outcomes(await apply(both, { options: used({ removals: 2, creations: 2 }) }))).toEqual([
			'done', 'done', 'held', 'done', 'held',
		]);

		const open = [...remove.slice(3), ...create.slice(1), about.update('ada@example.com', { title: 'X' })];
		for (const alreadyUsed of ['', ' ', 'nothing', '{"removals": "many"}', '{"removals": ""}', '-1', '1.000', '1,000', 'null', '[]']) {
			const run = await apply(open, { options: { removalLimit: 4, alreadyUsed } });
			expect([alreadyUsed, ...outcomes(run)].slice(0, 3)).toEqual([alreadyUsed, 'held', 'held']);
			expect(notes(run)[0]).toContain('could not be read from Already Used');
		}
		expect(notion.sandbox.workspace.isMember('two@example.com')).toBe(false);
	});

	test('seats are counted by themselves, 10 in a small workspace', async () => {
		const create = Array.from({ length: 12 }, (_one, number) => about.create(`new${number}@example.com`));

		const run = await apply(create);

		expect(counted(outcomes(run))).toEqual({ done: 10, held: 2 });
		expect(results(run).reduce((sum, { seats }) => sum + Number(seats), 0)).toBe(10);
	});

	test('a person who is a member already, and a person Notion refuses, use nothing up', async () => {
		notion.sandbox.faults.add({ method: 'DELETE', path: '/Users', nth: 1, fault: { status: 403 } });
		const [first, second, third] = people(3);
		const changes = about.signed([
			about.remove(first ?? ''), about.remove(second ?? ''), about.remove(third ?? ''),
		]);
		notion.sandbox.workspace.removeUser(third ?? '');

		const run = await apply(changes, { options: { removalLimit: 2 }, onError: 'continueRegularOutput' });
		expect(outcomes(run).sort()).toEqual(['done', 'failed', 'unchanged']);
	});

	/** @param connections the nodes behind each output of a node */
	const execute = async (nodes: INode[], connections: Record<string, string[][]>, items: IDataObject[]) =>
		await notion.engine.with(nodeOfOneExecution(), new SourceNode(), eachAlone()).runWorkflow({
			workflow: {
				nodes: [createNode('Source', 'engineTestSource'), ...nodes],
				connections: Object.fromEntries(
					Object.entries(connections).map(([from, to]) => [
						from,
						{ main: to.map((nodes) => nodes.map((node) => ({ node, type: 'main' as const, index: 0 }))) },
					]),
				),
			},
			startNode: 'Source',
			items: items.map((json) => ({ json })),
			credentials: notion.credential(),
		});

	const applyNode = (name: string) =>
		createNode(name, 'notionScim', {
			parameters: {
				resource: 'directory',
				operation: 'apply',
				approvedPlan: '',
				options: { removalLimit: 3, createLimit: 2 },
			},
		});

	test('batches of one in a loop change nothing about it', async () => {
		const before = members();
		const entries = [
			...people(6).map((email) => about.remove(email)),
			...[1, 2, 3, 4].map((number) => about.create(`new${number}@example.com`)),
		];
		const run = await execute(
			[createNode('Loop', 'engineTestEachAlone'), applyNode('Apply')],
			{ Source: [['Loop']], Loop: [[], ['Apply']], Apply: [['Loop']] },
			asItems(about.signed(entries)),
		);

		expect(run.error).toBeUndefined();
		expect(run.runData['Apply']).toHaveLength(10);
		const all = (run.runData['Apply'] ?? []).flatMap((task) => task.data?.['main']?.[0] ?? []);
		expect(counted(all.map(({ json }) => json['outcome']))).toEqual({ done: 5, held: 5 });
		expect(members()).toBe(before + 6 - 3 + 2);
	});

	test('nor do several nodes', async () => {
		const before = members();
		const run = await execute(
			[applyNode('First'), applyNode('Second')],
			{ Source: [['First', 'Second']] },
			asItems(about.signed(people(6).map((email) => about.remove(email)))),
		);

		expect(run.error).toBeUndefined();
		const all = ['First', 'Second'].flatMap((name) => run.runData[name]?.[0]?.data?.['main']?.[0] ?? []);
		expect(all.map(({ json }) => json['outcome']).sort()).toEqual([
			'done', 'done', 'done',
			...Array.from({ length: 6 }, () => 'held'),
			'unchanged', 'unchanged', 'unchanged',
		]);
		expect(members()).toBe(before + 3);
	});
});
