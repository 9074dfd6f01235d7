import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';

import type { ListedOperation } from './operation';
import { findOperation } from './resources';

/**
 * The operations of this package's other nodes that run from the same triggers and use the credential. In a run of
 * one step, n8n tells a node only about those before it.
 */
export function operationsAround(context: IExecuteFunctions): ListedOperation[] {
	const { name, type } = context.getNode();
	const before = context.getParentNodes(name, { includeNodeParameters: true });
	const after = [name, ...before.map((node) => node.name)].flatMap((from) =>
		context.getChildNodes(from, { includeNodeParameters: true }),
	);
	return [...before, ...after]
		.filter((node) => node.type === type && node.name !== name && !node.disabled)
		.flatMap(({ parameters = {} }) => operationOf(parameters) ?? [])
		.filter((operation) => !('compute' in operation));
}

function operationOf({ resource, operation }: INodeParameters): ListedOperation | undefined {
	return typeof resource === 'string' && typeof operation === 'string' ? findOperation(resource, operation) : undefined;
}
