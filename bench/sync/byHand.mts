import { DEFAULT_BATCHING, httpRequest, listOf } from '../workflow.mts';

const SCIM = 'https://api.notion.com/scim/v2';

const list = (path: string) => listOf(`${SCIM}/${path}`);

/** What a person writes to compare two lists in a Code node. Nothing in it checks anything. */
const COMPARE = `
const members = $('Read members').all().flatMap(({ json }) => json.Resources);
const groups = $('Read groups').all().flatMap(({ json }) => json.Resources);
const people = $('Read the directory').all().map(({ json }) => json).filter(({ manifest }) => !manifest);
const memberOf = new Map(members.map((member) => [member.userName.toLowerCase(), member]));
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const requests = [];
for (const { email, displayName, title, active } of people) {
  const member = memberOf.get(email.toLowerCase());
  if (active && !member) {
    const [givenName, ...rest] = displayName.split(' ');
    const body = { schemas: [USER], userName: email, title, name: { givenName, familyName: rest.join(' ') || givenName } };
    requests.push({ method: 'POST', path: 'Users', body });
  } else if (active && title && member.title !== title) {
    const body = { schemas: [PATCH], Operations: [{ op: 'replace', path: 'title', value: title }] };
    requests.push({ method: 'PATCH', path: 'Users/' + member.id, body });
  } else if (!active && member) {
    requests.push({ method: 'DELETE', path: 'Users/' + member.id, body: {} });
  }
}
return requests.map((json) => ({ json }));
`;

const JOIN = `
const groups = $('Read groups').all().flatMap(({ json }) => json.Resources);
const people = new Map(
  $('Read the directory').all().map(({ json }) => json).filter(({ manifest }) => !manifest).map((person) => [person.email, person]),
);
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const joining = new Map();
for (const { json } of $input.all()) {
  const name = json?.userName && people.get(json.userName)?.groups[0];
  if (name && json.id) joining.set(name, [...(joining.get(name) ?? []), { value: json.id }]);
}
const created = new Set($('Compare').all().filter(({ json }) => json.method === 'POST').map(({ json }) => json.body.userName));
return [...joining].flatMap(([name, members]) => {
  const group = groups.find(({ displayName }) => displayName === name);
  const value = members.filter(({ value }) => !(group.members ?? []).some((one) => one.value === value));
  const body = { schemas: [PATCH], Operations: [{ op: 'Add', path: 'members', value }] };
  return value.length > 0 ? [{ json: { method: 'PATCH', path: 'Groups/' + group.id, body } }] : [];
});
`;

const code = (name: string, jsCode: string) => ({
	name,
	type: 'n8n-nodes-base.code',
	typeVersion: 2,
	parameters: { jsCode },
});

const send = {
	...httpRequest(
		{
			method: '={{ $json.method }}',
			url: `=${SCIM}/{{ $json.path }}`,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '={{ JSON.stringify($json.body) }}',
		},
		DEFAULT_BATCHING,
	),
};

/** What an admin without this package would build to make Notion what a directory says. */
export function syncByHand() {
	const nodes = [
		{
			name: 'WhenCalled',
			type: 'n8n-nodes-base.executeWorkflowTrigger',
			typeVersion: 1.1,
			parameters: { inputSource: 'passthrough' },
		},
		{
			name: 'Read the directory',
			type: 'n8n-nodes-base.executeWorkflow',
			typeVersion: 1.3,
			parameters: { workflowId: { __rl: true, mode: 'list', value: '' }, mode: 'once', options: { waitForSubWorkflow: true } },
		},
		{ ...list('Users'), name: 'Read members', executeOnce: true },
		{ ...list('Groups'), name: 'Read groups', executeOnce: true },
		code('Compare', COMPARE),
		{ ...send, name: 'Change people', onError: 'continueRegularOutput' },
		code('Who joins which group', JOIN),
		{ ...send, name: 'Change groups' },
	];
	return {
		name: 'Sync by hand',
		nodes: nodes.map((node, index) => ({ ...node, id: `node-${index}`, position: [index * 220, 0] })),
		connections: Object.fromEntries(
			nodes.slice(0, -1).map((node, index) => [
				node.name,
				{ main: [[{ node: nodes[index + 1]?.name, type: 'main', index: 0 }]] },
			]),
		),
	};
}
