import type { UnsignedChange } from '../../../lib/directory/plan/plannedChange.ts';
import { createNode } from '../runner/engine.mts';
import { SourceNode } from '../runner/sourceNode.mts';
import { nodeOfOneExecution, setUpNotion } from '../support/notionTest.mts';
import { applying } from './applying.mts';
import { eachAlone } from './eachAlone.mts';
import { asItems, ChangesAbout } from './plannedChanges.mts';

describe('changes that depend on others', () => {
	const notion = setUpNotion();
	const about = new ChangesAbout(notion);
	const { apply, outcomes, notes } = applying(notion);
	const onError = 'continueRegularOutput';
	const groupsOf = (email: string) => notion.sandbox.workspace.groupNames(email);

	/** One change after the other, as a loop with batches of one gives them to the node. */
	const oneByOne = async (entries: UnsignedChange[]): Promise<unknown[]> => {
		const run = await notion.engine.with(nodeOfOneExecution(), new SourceNode(), eachAlone()).runWorkflow({
			workflow: {
				nodes: [
					createNode('Source', 'engineTestSource'),
					createNode('Loop', 'engineTestEachAlone'),
					createNode('Apply', 'notionScim', {
						parameters: { resource: 'directory', operation: 'apply', approvedPlan: '', options: { removalLimit: 9 } },
						onError,
					}),
				],
				connections: {
					Source: { main: [[{ node: 'Loop', type: 'main', index: 0 }]] },
					Loop: { main: [[], [{ node: 'Apply', type: 'main', index: 0 }]] },
					Apply: { main: [[{ node: 'Loop', type: 'main', index: 0 }]] },
				},
			},
			startNode: 'Source',
			items: asItems(about.signed(entries)).map((json) => ({ json })),
			credentials: notion.credential(),
		});
		const items = (run.runData['Apply'] ?? []).flatMap((task) => task.data?.['main']?.[0] ?? []);
		return items.map(({ json }) => json['outcome'] ?? json['error']);
	};

	describe('on a new address', () => {
		const changes = () => [
			about.rename('maria@example.com', 'carla@example.com'),
			about.update('maria@example.com', { displayName: 'Carla Diaz' }),
			about.join('Sales', 'maria@example.com'),
			about.leave('All Staff', 'maria@example.com'),
			about.join('Sales', 'ada@example.com'),
		];

		test('are not tried where the limit holds it back', async () => {
			const run = await apply(changes(), { options: { removalLimit: 1, alreadyUsed: 1 } });

			expect(outcomes(run)).toEqual(['held', 'notTried', 'notTried', 'notTried', 'done']);
			expect(notes(run)[1]).toContain('Not tried, because the new address was not given. ');
			expect(groupsOf('maria@example.com')).not.toContain('Sales');
		});

		test('are not tried where the plan itself blocks it, or Notion does not do it', async () => {
			const [rename, ...others] = changes();
			if (!rename) throw new Error('There is no such change');
			const blocked = await apply([{ ...rename, guard: 'blocked: limit of 2 is reached.' }, ...others]);
			expect(outcomes(blocked)).toEqual(['blocked', 'notTried', 'notTried', 'notTried', 'done']);

			notion.sandbox.faults.add({ method: 'PATCH', path: '/Users', fault: { status: 403 } });
			const refused = await apply([rename, ...others], { onError });
			expect(outcomes(refused)).toEqual(['failed', 'notTried', 'notTried', 'notTried', 'unchanged']);
		});

		test('are done one by one, too, and wait one by one', async () => {
			expect(await oneByOne(changes())).toEqual(['done', 'done', 'done', 'done', 'done']);
			expect(groupsOf('carla@example.com')).toContain('Sales');

			notion.renew();
			notion.sandbox.faults.add({ method: 'PATCH', path: '/Users', fault: { status: 403 } });
			expect((await oneByOne(changes())).slice(1)).toEqual(['notTried', 'notTried', 'notTried', 'done']);
		});
	});

	describe('on a group', () => {
		/** As a plan says it of a group that it takes over. */
		const joinAdopted = (name: string, email: string): UnsignedChange => {
			const change = about.join(name, email);
			return { ...change, precondition: { ...change.precondition, isLinked: false } };
		};

		test('that the plan adopts are not tried without that change', async () => {
			notion.sandbox.workspace.addGroup({ displayName: 'Board', members: ['maria@example.com'] });
			const plan = about.signed([about.adopt('Board'), joinAdopted('Board', 'ada@example.com')]);

			const alone = await apply(plan.slice(1));
			expect(outcomes(alone)).toEqual(['notTried']);
			expect(notes(alone)[0]).toContain('the group "Board" is not taken over yet');
			expect(groupsOf('ada@example.com')).not.toContain('Board');
			expect(outcomes(await apply(plan))).toEqual(['done', 'done']);
		});

		test('are done one by one where it was taken over, created or renamed before', async () => {
			notion.sandbox.workspace.addGroup({ displayName: 'Board', members: ['maria@example.com'] });
			const changes = [
				about.createGroup('New'),
				about.adopt('Board'),
				about.renameGroup('Sales', 'Customers'),
				joinAdopted('Board', 'ada@example.com'),
				about.join('New', 'ada@example.com'),
				about.join('New', 'maria@example.com'),
				about.join('Sales', 'ada@example.com'),
			];

			expect(await oneByOne(changes)).toEqual(changes.map(() => 'done'));
			expect(groupsOf('ada@example.com')).toEqual(expect.arrayContaining(['Board', 'Customers', 'New']));
		});

		test('that the plan creates add no one to the group of a stranger', async () => {
			const plan = about.signed([
				about.createGroup('Secret'), about.join('Secret', 'ada@example.com'), about.join('Secret', 'maria@example.com'),
			]);
			notion.sandbox.workspace.addGroup({ displayName: 'Secret', members: ['maria@example.com', 'kenji@example.com'] });

			const run = await apply(plan.slice(1), { onError });

			expect(outcomes(run)).toEqual(['stale', 'stale']);
			expect(notes(run)[0]).toContain('a group "Secret" with 1 other members was made');
			expect(groupsOf('ada@example.com')).not.toContain('Secret');
			expect(outcomes(await apply(plan, { onError }))).toEqual(['stale', 'notTried', 'notTried']);
		});
	});

	describe('an operation that no one could look at', () => {
		test('is not verified, and counts', async () => {
			const remove = about.signed([about.remove('ada@example.com')]);
			notion.sandbox.faults.add({ method: 'DELETE', path: '/Users', nth: 1, fault: { cutConnection: 'after' } });
			// The look before is the first one.
			notion.sandbox.faults.add({ method: 'GET', path: '/Users/', nth: 2, fault: { status: 401 } });

			const run = await apply(remove, { onError });

			expect(notion.sandbox.workspace.isMember('ada@example.com')).toBe(false);
			expect(run.outputs[0]?.[0]?.error?.context).toMatchObject({
				kind: 'tokenRejected', result: { outcome: 'notVerified', impact: 1, note: expect.stringContaining('It was sent, and its outcome could not be seen') },
			});
		});

		test('may have added a seat', async () => {
			await apply([about.create('new@example.com')]);
			const readsBefore = notion.sandbox.requests.all().findIndex(({ method }) => method === 'POST');
			notion.renew();
			notion.sandbox.faults.add({ method: 'POST', path: '/Users', nth: 1, fault: { cutConnection: 'after' } });
			notion.sandbox.faults.add({ method: 'GET', path: '/Users', nth: readsBefore + 1, fault: { status: 401 } });

			const run = await apply([about.create('new@example.com')], { onError });

			expect(notion.sandbox.workspace.isMember('new@example.com')).toBe(true);
			expect(run.outputs[0]?.[0]?.error?.context).toMatchObject({ result: { outcome: 'notVerified', seats: 1 } });
		});

		test('has failed and uses nothing up where a look shows that nothing was done', async () => {
			notion.sandbox.faults.add({ method: 'DELETE', path: '/Users', fault: { status: 500 } });

			const run = await apply([about.remove('ada@example.com'), about.create('new@example.com')], { onError });

			expect(run.outputs[0]?.[0]?.error?.context).toMatchObject({ result: { outcome: 'failed', impact: 0 } });
		});
	});
});
