import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

import type { Guards } from '../../../lib/directory/guards/guards';
import type { ListedOperation } from '../actions/operation';

type Sufficient = Pick<ListedOperation, 'sufficientAccess'>;

const ENOUGH = {
	readOnly:
		'This operation only reads, and its credential may remove people. A credential whose Access is Read Only is enough here, if the nodes around it need no more.',
	noRemovals:
		'This operation removes no access, and its credential may remove people. A credential whose Access is No Removals is enough here, if the nodes around it need no more.',
} as const;

const UNKNOWN_CREATOR =
	'The credential does not name the creator of its token, so no guard protects them: if they are removed or change role, the token stops working. Fill in Token Creator Email.';

/**
 * What an admin should know about the credential of an operation.
 * @param around the operations of the nodes around it: if one of them may take something away, the credential has
 * full access on purpose
 */
export function credentialHints(
	{ sufficientAccess }: Sufficient,
	{ access, tokenCreatorEmail }: Pick<Guards, 'access' | 'tokenCreatorEmail'>,
	around: readonly Sufficient[],
): NodeExecutionHint[] {
	if (access !== 'full') return [];
	if (sufficientAccess === undefined) return tokenCreatorEmail === undefined ? [hint('warning', UNKNOWN_CREATOR)] : [];
	return around.some((other) => other.sufficientAccess === undefined) ? [] : [hint('info', ENOUGH[sufficientAccess])];
}

export function hint(type: 'info' | 'warning', message: string): NodeExecutionHint {
	return { type, message, location: 'outputPane' };
}

/** For a list with gaps that was asked for. */
export const INCOMPLETE_LIST = hint(
	'warning',
	'Notion returned a list with gaps. An entry that is missing here may still exist in Notion.',
);

const shown = new WeakMap<IExecuteFunctions, Set<string>>();

/** Shows each hint once to a person who runs the node by hand; n8n would store them with every other execution. */
export function showHints(context: IExecuteFunctions, hints: readonly NodeExecutionHint[]): void {
	if (context.getMode() !== 'manual') return;
	const before = shown.get(context) ?? new Set<string>();
	shown.set(context, before);
	const fresh = hints.filter(({ message }) => !before.has(message));
	for (const { message } of fresh) before.add(message);
	if (fresh.length > 0) context.addExecutionHints(...fresh);
}
