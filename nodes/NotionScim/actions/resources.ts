import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { plannedChange } from '../descriptions/plannedChange';
import { accessReviewOperations } from './accessReview';
import { snapshot } from './accessReview/snapshot.operation';
import { auditOperations } from './audit';
import { check as checkJournal } from './audit/check.operation';
import { directoryOperations } from './directory';
import { plan } from './directory/plan.operation';
import { groupOperations } from './group';
import { addMembers } from './group/addMembers.operation';
import { licenseOperations } from './license';
import { reconcile } from './license/reconcile.operation';
import { lifecycleOperations } from './lifecycle';
import { namingOrigin } from './lifecycle/alertOrigin';
import { plan as planLifecycle } from './lifecycle/plan.operation';
import type { ListedOperation } from './operation';
import { shownFor } from './operation';
import { userOperations } from './user';
import { upsert } from './user/upsert.operation';
import { workspaceOperations } from './workspace';
import { getConfiguration } from './workspace/getConfiguration.operation';

interface Resource {
	name: string;
	value: string;
	operations: ListedOperation[];
	/** The operation that a new node starts with. */
	usual: ListedOperation;
}

const resources: Resource[] = [
	{
		name: 'Access Review',
		value: 'accessReview',
		operations: accessReviewOperations,
		usual: snapshot,
	},
	{ name: 'Audit', value: 'audit', operations: auditOperations, usual: checkJournal },
	{ name: 'Directory', value: 'directory', operations: directoryOperations, usual: plan },
	{ name: 'Group', value: 'group', operations: groupOperations, usual: addMembers },
	{ name: 'License', value: 'license', operations: licenseOperations, usual: reconcile },
	{
		name: 'Lifecycle',
		value: 'lifecycle',
		operations: lifecycleOperations.map(namingOrigin),
		usual: planLifecycle,
	},
	{ name: 'User', value: 'user', operations: userOperations, usual: upsert },
	{ name: 'Workspace', value: 'workspace', operations: workspaceOperations, usual: getConfiguration },
];

export const resourceOptions: INodePropertyOptions[] = resources.map(({ name, value }) => ({
	name,
	value,
}));

/** The list of operations of each resource, then the parameters of each operation. */
export const operationProperties: INodeProperties[] = resources.flatMap(
	({ value: resource, operations, usual: { value: usualOperation } }) => [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: [resource] } },
			options: operations.map(({ name, value, action, description }) => ({
				name,
				value,
				action,
				description,
			})),
			default: usualOperation,
		},
		...operations.flatMap(({ value, properties, writes }) =>
			shownFor(resource, value, writes === 'parameters' ? [...properties, plannedChange] : properties),
		),
	],
);

/**
 * Operations that send no request to Notion, so that n8n asks for no credential. The name of an operation
 * decides alone, so one that needs a credential under another resource is not included.
 */
export const credentialFreeOperations: string[] = resources
	.flatMap(({ operations }) => operations)
	.filter((operation) => 'compute' in operation)
	.map(({ value }) => value)
	.filter((value) => !resources.some(({ operations }) => operations.some((one) => one.value === value && !('compute' in one))))
	.sort();

/**
 * Where n8n does not ask for the credential of the Admin API. It is said by what is hidden alone: n8n's editor
 * puts credentials behind the parameters that decide whether they are shown, and admins look for them on top.
 */
export const withoutAdminApi: { resource: string[]; operation: string[] } = {
	resource: resources.filter(({ operations }) => !operations.some(mayUseAdminApi)).map(({ value }) => value),
	operation: [
		...new Set(
			resources
				.flatMap(({ operations }) => operations)
				.map(({ value }) => value)
				.filter((value) => !resources.some(({ operations }) => operations.some((one) => one.value === value && mayUseAdminApi(one)))),
		),
	].sort(),
};

function mayUseAdminApi({ mayRevoke }: ListedOperation): boolean {
	return mayRevoke === true;
}

/** Undefined for names that this node has never had. */
export function findOperation(resource: string, operation: string): ListedOperation | undefined {
	return resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
}

/**
 * The outputs of the node as n8n's expression: those of the chosen operation, or one. n8n ends an expression
 * at two closing braces, so the expression must not contain any.
 */
export function nodeOutputs(): `={{${string}}}` {
	const named = resources.flatMap(({ value: resource, operations }) =>
		operations.flatMap((operation) =>
			'outputs' in operation
				? [
						`"${resource}.${operation.value}": ${JSON.stringify(
							operation.outputs.map((displayName) => ({ type: 'main', displayName })),
						)}`,
					]
				: [],
		),
	);
	return `={{ ({ ${named.join(', ')} })[$parameter["resource"] + "." + $parameter["operation"]] ?? ["main"] }}`;
}
