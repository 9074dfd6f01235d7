import { randomUUID } from 'node:crypto';

type Parameters = Record<string, unknown>;

/** What an admin without this package would build: n8n's own nodes in a row, and nothing that checks. */
export interface HandBuilt {
	name: string;
	/** Of its webhook. */
	path: string;
	nodes: object[];
	connections: Record<string, object>;
}

interface Ask {
	method?: string;
	url: string;
	body?: unknown;
	credential?: 'httpBearerAuth' | 'httpBasicAuth';
}

const SCIM = 'https://api.notion.com/scim/v2';
const EMPLOYEE = "$('Read the employee').item.json";

function request({ method = 'GET', url, body, credential = 'httpBearerAuth' }: Ask): Parameters {
	return {
		method,
		url,
		authentication: 'genericCredentialType',
		genericAuthType: credential,
		...(body === undefined ? {} : { sendBody: true, specifyBody: 'json', jsonBody: `=${JSON.stringify(body)}` }),
		// By itself the node takes application/scim+json for a text. What has no body is one.
		options: { response: { response: { responseFormat: ['GET', 'POST'].includes(method) ? 'json' : 'text' } } },
	};
}

function handBuilt(name: string, asks: Record<string, Ask>): HandBuilt {
	const path = `by-hand-${randomUUID()}`;
	const webhook = {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
	};
	const requests = Object.entries(asks).map(([of, ask]) => ({
		name: of,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.5,
		parameters: request(ask),
	}));
	const nodes = [webhook, ...requests];
	return {
		name,
		path,
		nodes: nodes.map((node, index) => ({ ...node, id: `node-${index}`, position: [index * 220, 0] })),
		connections: Object.fromEntries(
			nodes.slice(0, -1).map((node, index) => [
				node.name,
				{ main: [[{ node: nodes[index + 1]?.name, type: 'main', index: 0 }]] },
			]),
		),
	};
}

const readTheEmployee = (fields: string): Ask => ({
	url: `=https://acme.bamboohr.com/api/v1/employees/{{ $json.body.employeeId }}?fields=${fields}`,
	credential: 'httpBasicAuth',
});

const lookUp: Ask = { url: `=${SCIM}/Users?filter=email%20eq%20%22{{ encodeURIComponent($json.workEmail) }}%22` };

/** Webhook → HRIS → look up → DELETE. */
export const leaverByHand = (): HandBuilt =>
	handBuilt('Leaver by hand', {
		'Read the employee': readTheEmployee('status,workEmail'),
		'Look up': lookUp,
		Remove: { method: 'DELETE', url: `=${SCIM}/Users/{{ $json.Resources[0].id }}` },
	});

/** Webhook → HRIS → look up → POST → into each group. @param groups IDs, as they would be pasted */
export function joinerByHand(groups: readonly string[]): HandBuilt {
	const join = (group: string, index: number): [string, Ask] => [
		`Join group ${index + 1}`,
		{
			method: 'PATCH',
			url: `${SCIM}/Groups/${group}`,
			body: {
				schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
				Operations: [{ op: 'add', path: 'members', value: [{ value: "{{ $('Create').item.json.id }}" }] }],
			},
		},
	];
	return handBuilt('Joiner by hand', {
		'Read the employee': readTheEmployee('status,workEmail,displayName,firstName,lastName,jobTitle,department'),
		'Look up': lookUp,
		Create: {
			method: 'POST',
			url: `${SCIM}/Users`,
			body: {
				schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
				userName: `{{ ${EMPLOYEE}.workEmail }}`,
				name: { givenName: `{{ ${EMPLOYEE}.firstName }}`, familyName: `{{ ${EMPLOYEE}.lastName }}` },
			},
		},
		...Object.fromEntries(groups.map(join)),
	});
}
