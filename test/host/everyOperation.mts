import { type INodeParameters, type INodeProperties, NodeHelpers } from 'n8n-workflow';

import { findOperation, resourceOptions } from '../../nodes/NotionScim/actions/resources.ts';
import { NotionScim } from '../../nodes/NotionScim/NotionScim.node.ts';

const { description } = new NotionScim();

/** One operation of the node, as its description declares it. */
export interface EveryOperation {
	resource: string;
	operation: string;
	/** Its phrase among the actions. */
	action: string;
	/** The words of the lists *Resource* and *Operation*. */
	shownAs: { resource: string; operation: string };
	/** Types of the credentials that a new node asks for. */
	credentials: string[];
	/** Required fields that are shown when the node is new. */
	required: INodeProperties[];
	/** Those of them that are empty. */
	missing: INodeProperties[];
	outputs: number;
}

export const everyOperation: EveryOperation[] = description.properties
	.filter(({ name }) => name === 'operation')
	.flatMap(({ displayOptions, options = [] }) => {
		const resource = String(displayOptions?.show?.['resource']?.[0]);
		return options.flatMap((option) => {
			if (!('action' in option)) return [];
			const operation = String(option.value);
			const found = findOperation(resource, operation);
			const required = requiredOf(resource, operation);
			return {
				resource,
				operation,
				action: option.action ?? '',
				shownAs: { resource: nameOfResource(resource), operation: option.name },
				credentials: credentialsOf(resource, operation),
				required,
				missing: required.filter(({ type, default: value }) => type === 'resourceLocator' || value === ''),
				outputs: found && 'outputs' in found ? found.outputs.length : 1,
			};
		});
	});

/** The required parameters that are shown with the defaults of all others. */
function requiredOf(resource: string, operation: string): INodeProperties[] {
	const values = defaultsOf(resource, operation);
	return description.properties.filter(
		(property) => property.required === true && NodeHelpers.displayParameter(values, property, { typeVersion: 1 }, description),
	);
}

/** The types of credentials that are shown with the defaults of all parameters. */
function credentialsOf(resource: string, operation: string): string[] {
	const values = defaultsOf(resource, operation);
	return (description.credentials ?? [])
		.filter((credential) => NodeHelpers.displayParameter(values, credential, { typeVersion: 1 }, description))
		.map(({ name }) => name);
}

function nameOfResource(resource: string): string {
	return resourceOptions.find(({ value }) => value === resource)?.name ?? '';
}

function defaultsOf(resource: string, operation: string): INodeParameters {
	const { properties } = description;
	return NodeHelpers.getNodeParameters(properties, { resource, operation }, true, false, null, description) ?? {};
}

/** What a person types into a required field, by the name of its parameter; a locator's mode goes before. */
export const TYPED: Record<string, string | [mode: string, text: string]> = {
	acknowledgedBy: 'it@example.com',
	approvers: 'it@example.com',
	assurance: 'signed in to n8n',
	decider: 'it@example.com',
	displayName: 'Platform',
	email: 'katherine@example.com',
	fallbackReviewer: 'it@example.com',
	group: ['name', 'Engineering'],
	members: 'ada@example.com',
	newName: 'Engineering',
	pageUrl: 'https://n8n.example.com/webhook/notion-access-review',
	person: 'ada@example.com',
	picker: 'it@example.com',
	securityReviewer: 'security@example.com',
	timeZone: ['name', 'Europe/Berlin'],
	user: ['email', 'maria@example.com'],
};

/** A workflow with every operation beside the others, filled in as a person does. The rows of other nodes are none. */
export function workflowOfAll(): object {
	const operations = everyOperation.map(({ resource, operation, action, missing }, index) => ({
		id: action,
		name: action,
		type: 'n8n-nodes-notion-scim.notionScim',
		typeVersion: 1,
		position: [240, index * 240],
		onError: 'continueRegularOutput',
		parameters: { resource, operation, ...rowsOf(resource, operation), ...typedInto(missing) },
	}));
	return {
		name: 'Every operation',
		nodes: [{ id: 'Start', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} }, ...operations],
		connections: { Start: { main: [operations.map(({ name: node }) => ({ node, type: 'main', index: 0 }))] } },
	};
}

function typedInto(missing: INodeProperties[]): INodeParameters {
	return Object.fromEntries(
		missing.map(({ name }) => {
			const typed = TYPED[name] ?? '';
			return [name, typeof typed === 'string' ? typed : { __rl: true, mode: typed[0], value: typed[1] }];
		}),
	);
}

/** The parameters that take the rows of a node of the same workflow, which is not there. */
function rowsOf(resource: string, operation: string): INodeParameters {
	const rows = requiredOf(resource, operation).filter(({ type }) => type === 'json');
	return Object.fromEntries(rows.map(({ name, default: value }) => [name, /\.all\(/.test(String(value)) ? '[]' : '{}']));
}
