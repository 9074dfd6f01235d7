/** A node as it stands in a workflow file, without its place on the canvas. */
export interface BenchNode {
	name: string;
	type: string;
	typeVersion: number;
	parameters: Record<string, unknown>;
}

export const START = 'Start';

/** A workflow that starts by hand with the given items, pinned, and sends them through the nodes. */
export function workflowOf(name: string, items: Record<string, unknown>[], nodes: BenchNode[]) {
	const start: BenchNode = {
		name: START,
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		parameters: {},
	};
	const chain = [start, ...nodes];
	return {
		name,
		nodes: chain.map((node, position) => ({
			...node,
			id: `node-${position}`,
			position: [position * 220, 0],
		})),
		connections: Object.fromEntries(
			chain.flatMap((node, position) => {
				const next = chain[position + 1];
				return next
					? [[node.name, { main: [[{ node: next.name, type: 'main', index: 0 }]] }]]
					: [];
			}),
		),
		pinData: { [START]: items.map((json) => ({ json })) },
	};
}

/** Our node. Parameters that are left out keep their defaults. */
export function notionScim(parameters: Record<string, unknown>): BenchNode {
	return {
		name: 'Notion SCIM',
		type: 'n8n-nodes-notion-scim.notionScim',
		typeVersion: 1,
		parameters,
	};
}

/** n8n's own HTTP Request node with a bearer token, reading SCIM's answers as JSON. */
export function httpRequest(
	parameters: Record<string, unknown>,
	options: Record<string, unknown> = {},
): BenchNode {
	return {
		name: 'HTTP Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.5,
		parameters: {
			authentication: 'genericCredentialType',
			genericAuthType: 'httpBearerAuth',
			...parameters,
			options: {
				// Without it, the node takes application/scim+json for a text.
				response: { response: { responseFormat: 'json' } },
				...options,
			},
		},
	};
}

/** All pages of a list of SCIM, one item each, as n8n's HTTP Request node reads them. */
export function listOf(url: string): BenchNode {
	const nextIndex = '$response.body.startIndex + $response.body.Resources.length';
	const startIndex = {
		type: 'qs',
		name: 'startIndex',
		value: `={{ $response.body ? ${nextIndex} : 1 }}`,
	};
	return httpRequest(
		{
			url,
			sendQuery: true,
			queryParameters: { parameters: [{ name: 'count', value: '100' }] },
		},
		{
			pagination: {
				pagination: {
					paginationMode: 'updateAParameterInEachRequest',
					parameters: { parameters: [startIndex] },
					paginationCompleteWhen: 'other',
					completeExpression: `={{ ${nextIndex} > $response.body.totalResults }}`,
					limitPagesFetched: false,
				},
			},
		},
	);
}

/** What the field "Batching" of the HTTP Request node is filled with when a user adds it. */
export const DEFAULT_BATCHING = { batching: { batch: { batchSize: 50, batchInterval: 1_000 } } };
