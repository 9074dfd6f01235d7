import { DEFAULT_BATCHING, httpRequest, notionScim } from '../workflow.mts';
import { expectCount, type Scenario } from './scenario.mts';

/** People whose ids are known, one item each, into one group that no one is in. */
export function addMembers(people: number): Scenario {
	return {
		title: `Add ${people} people to one group by ID`,
		rounds: 3,
		contenders: async (stage) => {
			const { workspace } = stage.sandbox;
			const ids = workspace.members().slice(0, people).map(({ id }) => id);
			let groups = 0;
			const newItems = () => {
				groups += 1;
				const { id: groupId } = workspace.addGroup({ displayName: `Benchmark ${groups}` });
				return { groupId, items: ids.map((id) => ({ groupId, id })) };
			};
			const checkOf = (groupId: string) => () =>
				expectCount('people in the group', workspace.memberNames(groupId).length, people);

			const patch = (options: Record<string, unknown>) =>
				httpRequest(
					{
						method: 'PATCH',
						url: `=${stage.sandbox.scimUrl}/Groups/{{ $json.groupId }}`,
						sendBody: true,
						contentType: 'raw',
						rawContentType: 'application/scim+json',
						body: `={{ JSON.stringify({
							schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
							Operations: [{ op: 'Add', path: 'members', value: [{ value: $json.id }] }],
						}) }}`,
					},
					options,
				);
			const add = notionScim({
				resource: 'group',
				operation: 'addMembers',
				group: { __rl: true, mode: 'id', value: '={{ $json.groupId }}' },
				members: '={{ $json.id }}',
			});
			const usual = (name: string, options: Record<string, unknown>) => ({
				name,
				run: async () => {
					const { groupId, items } = newItems();
					const job = { items, nodes: [patch(options)], credentials: stage.bearer };
					return await stage.run(job, checkOf(groupId));
				},
			});
			return {
				usual: [
					usual('HTTP Request, batching of 50 per second', DEFAULT_BATCHING),
					usual('HTTP Request, all at once', {}),
				],
				ours: [
					{
						name: 'Notion SCIM, first use of a token',
						run: async () => {
							const { groupId, items } = newItems();
							const job = { items, nodes: [add], credentials: await stage.newToken() };
							return await stage.run(job, checkOf(groupId));
						},
					},
				],
			};
		},
	};
}
