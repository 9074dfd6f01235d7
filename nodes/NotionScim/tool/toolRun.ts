import type { IExecuteFunctions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';

import { ScimError } from '../../../lib/scim/scimError';

type Context = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

const approved = new WeakSet<object>();
const withheld = new WeakSet<object>();

/**
 * Whether an AI agent runs the node. n8n makes a second node type of it for that, with this ending; agents of
 * version 3 run it like any other node, so that `isToolExecution` alone says nothing.
 */
export function isToolRun(context: Context): boolean {
	return context.getNode().type.endsWith('Tool');
}

/** From now on, this run of a tool may write to Notion. */
export function allowWrites(context: Context): void {
	approved.add(context);
}

/** Whether this run of a tool would have written to Notion. */
export function hasWithheldWrites(context: Context): boolean {
	return withheld.has(context);
}

/**
 * Stands in front of every request that may write, for all operations alike.
 * @throws ScimError `accessDenied` in a tool without an approval
 */
export function assertMayWriteNow(context: Context): void {
	if (!isToolRun(context) || approved.has(context)) return;
	withheld.add(context);
	throw new ScimError(
		'accessDenied',
		'As a tool, this operation writes to Notion only after a person approved that very change.',
		'Call the tool that asks for approval, with the planned change.',
	);
}
