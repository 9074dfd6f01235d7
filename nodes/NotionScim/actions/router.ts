import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { ScimError } from '../../../lib/scim/scimError';
import { withOrigin } from '../execution/alertOrigin';
import { credentialHints, showHints } from '../execution/executionHints';
import { toItems } from '../execution/items';
import { isCancellation, toItemError, toNodeError } from '../execution/nodeErrors';
import { ItemParameters } from '../execution/parameters';
import { runAsTool } from '../tool/runAsTool';
import { isToolRun } from '../tool/toolRun';
import { openSession } from '../transport/session';
import { operationsAround } from './operationsAround';
import { findOperation } from './resources';

/** Finds the chosen operation and runs it for all items. */
export async function router(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const parameters = new ItemParameters(context, 0);
	const resource = parameters.text('resource');
	const operation = parameters.text('operation');
	try {
		const found = findOperation(resource, operation);
		if (!found) throw unknownOperation(resource, operation);
		if (isToolRun(context)) return await runAsTool(context, resource, found);
		const named = (items: INodeExecutionData[][]): INodeExecutionData[][] =>
			'outputs' in found ? withOrigin(context, found.outputs, items) : items;
		if ('compute' in found) return named(await found.compute(context));
		const local = await found.withoutNotion?.(context);
		if (local) return named(local);
		const session = await openSession(context);
		showHints(context, credentialHints(found, session.guards, operationsAround(context)));
		return 'divide' in found
			? named(await found.divide(context, session))
			: [await found.execute(context, session)];
	} catch (error) {
		// A failure here affects all items: the credential, its access level, a dead token.
		if (error instanceof ScimError && !isCancellation(error) && context.continueOnFail()) {
			return [toItems(context, context.getInputData().map(() => ({ error })))];
		}
		// A model reads the message alone.
		const explained = isToolRun(context) ? toItemError : toNodeError;
		throw explained(context.getNode(), error, 0);
	}
}

function unknownOperation(resource: string, operation: string): ScimError {
	return new ScimError(
		'invalidInput',
		`This version of the node has no operation "${operation}" for "${resource}".`,
		'Update the package n8n-nodes-notion-scim, or pick the operation again.',
	);
}
