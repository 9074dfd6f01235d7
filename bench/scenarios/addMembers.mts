import type { Job } from '../stage.mts';
import { type BenchNode, DEFAULT_BATCHING, httpRequest, notionScim } from '../workflow.mts';
import { expectCount, type Scenario } from './scenario.mts';

/** People whose ids are known, one item each, into one group that no one is in. */
export function addMembers(people: number): Scenario {
	return {
		title: `Add ${people} people to one group by ID`,
		rounds: 3,
		contenders: async (stage) => {
			const { workspace, scimUrl } = stage.sandbox;
			const ids = workspace.members().slice(0, people).map(({ id }) => id);
			let groups = 0;
			const addWith = async (node: BenchNode, credentials: Job['credentials']) => {
				groups += 1;
				const { id: groupId } = workspace.addGroup({ displayName: `Benchmark ${groups}` });
				const items = ids.map((id) => ({ groupId, id }));
				return await stage.run({ items, nodes: [node], credentials }, () =>
					expectCount('people in the group', workspace.memberNames(groupId).length, people),
				);
			};
			const usual = (name: string, options: Record<string, unknown>) => ({
				name,
				run: async () => await addWith(patchOf(scimUrl, options), stage.bearer),
			});
			return {
				usual: [
					usual('HTTP Request, batching of 50 per second', DEFAULT_BATCHING),
					usual('HTTP Request, all at once', {}),
				],
				ours: [
					{
						name: 'Notion SCIM, first use of a token',
						run: async () => await addWith(add, await stage.newToken()),
					},
				],
			};
		},
	};
}

const add = notionScim({
	resource: 'group',
	operation: 'addMembers',
	group: { __rl: true, mode: 'id', value: '={{ $json.groupId }}' },
	members: '={{ $json.id }}',
});

/** Adds the person of each item by a request of its own. */
function patchOf(scimUrl: string, options: Record<string, unknown>): BenchNode {
	return httpRequest(
		{
			method: 'PATCH',
			url: `=${scimUrl}/Groups/{{ $json.groupId }}`,
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
}
