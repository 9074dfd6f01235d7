import { listOf } from '../workflow.mts';

/** What a person writes to compare two readings. Nothing in it checks whether a list was complete. */
const COMPARE = `
const seen = $getWorkflowStaticData('global');
const members = $('Read members').all().flatMap(({ json }) => json.Resources);
const groups = $('Read groups').all().flatMap(({ json }) => json.Resources);
const now = {
  people: Object.fromEntries(members.map(({ id, userName, displayName, title, roles }) => [id, JSON.stringify({ userName, displayName, title, roles })])),
  groups: Object.fromEntries(groups.map(({ id, displayName, members }) => [id, JSON.stringify({ displayName, members: (members ?? []).map(({ value }) => value) })])),
};
const before = seen.before;
seen.before = now;
if (!before) return [];
const events = [];
for (const kind of ['people', 'groups']) {
  for (const id of new Set([...Object.keys(before[kind]), ...Object.keys(now[kind])])) {
    const [was, is] = [before[kind][id], now[kind][id]];
    if (was !== is) events.push({ event: !was ? 'added' : !is ? 'removed' : 'changed', kind, id, was, is });
  }
}
return events.map((json) => ({ json }));
`;

const nodes = (path: string, scimUrl: string) => [
	{
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', responseData: 'allEntries', options: {} },
	},
	{ ...listOf(`${scimUrl}/Users`), name: 'Read members' },
	{ ...listOf(`${scimUrl}/Groups`), name: 'Read groups', executeOnce: true },
	{ name: 'Compare', type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode: COMPARE }, alwaysOutputData: true },
];

/**
 * What an admin without this package would build to learn what changed, with a webhook in place of its schedule.
 * @param path of the webhook
 */
export function watchByHand(path: string, scimUrl: string) {
	const chain = nodes(path, scimUrl);
	return {
		name: 'Watch by hand',
		nodes: chain.map((node, index) => ({ ...node, id: `node-${index}`, position: [index * 220, 0] })),
		connections: Object.fromEntries(
			chain.slice(0, -1).map(({ name }, index) => [name, { main: [[{ node: chain[index + 1]?.name, type: 'main', index: 0 }]] }]),
		),
		settings: { executionOrder: 'v1' },
	};
}
