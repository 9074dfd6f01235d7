import type { INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { ScimError } from '../../../lib/scim/scimError';

/** Failures caused by an answer of the server, or by its absence. */
const ANSWERED_KINDS: ReadonlyArray<ScimError['kind']> = [
	'tokenRejected',
	'alreadyExists',
	'conflict',
	'emailTaken',
	'refused',
	'rateLimited',
	'serverError',
	'unexpectedAnswer',
	'network',
];

/**
 * The error of an item as n8n shows it: the message says what happened, the description how to get unstuck
 * and, if items were done before it, which.
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex: number,
	doneBefore = '',
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	const { message, remedy, status } = describe(error);
	const description = [remedy, doneBefore].filter((sentence) => sentence !== '').join(' ');
	const options = { message, description, itemIndex };
	const answered = error instanceof ScimError && ANSWERED_KINDS.includes(error.kind);
	const nodeError = answered
		? new NodeApiError(node, {}, { ...options, ...(status ? { httpCode: String(status) } : {}) })
		: new NodeOperationError(node, message, options);
	// n8n rewrites messages that happen to contain a network code, as in "keeperm@example.com".
	nodeError.message = message;
	// Workflows distinguish an outage from a refusal by it: the item itself contains only the message.
	if (error instanceof ScimError) {
		nodeError.context['kind'] = error.kind;
		// The evidence of a lockdown that failed or was refused belongs in the audit record, too.
		if (error.evidence?.['record']) nodeError.context['record'] = error.evidence['record'];
		// The outcomes of a plan's changes belong in the record of changes.
		if (error.evidence?.['result']) nodeError.context['result'] = error.evidence['result'];
		if (error.evidence?.['results']) nodeError.context['results'] = error.evidence['results'];
	}
	return nodeError;
}

/** The error of an item that continues: only its message reaches the item, so it contains both parts. */
export function toItemError(
	node: INode,
	error: unknown,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	const nodeError = toNodeError(node, error, itemIndex);
	const remedy = nodeError.description;
	if (typeof remedy === 'string' && remedy !== '' && !nodeError.message.includes(remedy)) {
		nodeError.message = `${nodeError.message} ${remedy}`;
	}
	return nodeError;
}

/** A cancelled execution must end, even if errors are ignored. */
export function isCancellation(error: unknown): boolean {
	return error instanceof ScimError && error.kind === 'cancelled';
}

function describe(error: unknown): { message: string; remedy: string; status?: number } {
	if (error instanceof ScimError) {
		return {
			message: error.message,
			remedy: error.remedy,
			...(error.status === undefined ? {} : { status: error.status }),
		};
	}
	return {
		message: error instanceof Error ? error.message : 'Something unexpected happened.',
		remedy: 'This is a defect of the node. Please report it with the operation and this message.',
	};
}
