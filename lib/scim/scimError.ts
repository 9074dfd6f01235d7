/** Every failure a user can meet. Callers decide by the kind; the texts are for people. */
export type ScimErrorKind =
	| 'tokenRejected'
	| 'accessDenied'
	| 'protectedPerson'
	| 'limitReached'
	| 'planRefused'
	| 'stale'
	| 'invalidInput'
	| 'notFound'
	| 'ambiguous'
	| 'alreadyExists'
	/** The server kept saving something else; later it may succeed. */
	| 'conflict'
	| 'emailTaken'
	| 'refused'
	| 'notTaken'
	| 'notVerified'
	| 'rateLimited'
	| 'listIncomplete'
	| 'serverError'
	| 'unexpectedAnswer'
	| 'network'
	| 'cancelled';

export interface ScimErrorDetails {
	/** HTTP status of the answer that led to the failure, if there was one. */
	status?: number;
	/** The server's message, shortened and without anything that looks like a token. */
	detail?: string;
	/** For a write: it is certain, or a check afterwards has shown, that nothing was done. */
	isNothingDone?: boolean;
	/** Details for the output item of a failed item, for example the other matches. */
	evidence?: Record<string, unknown>;
}

/**
 * A failure with what happened (`message`) and how to get unstuck (`remedy`), each one or more
 * whole sentences. Neither ever holds a token: see {@link withoutSecrets}.
 */
export class ScimError extends Error {
	override readonly name = 'ScimError';
	readonly status: number | undefined;
	readonly detail: string | undefined;
	readonly isNothingDone: boolean;
	readonly evidence: Record<string, unknown> | undefined;

	constructor(
		readonly kind: ScimErrorKind,
		message: string,
		readonly remedy: string,
		details: ScimErrorDetails = {},
	) {
		super(message);
		this.status = details.status;
		this.detail = details.detail;
		this.isNothingDone = details.isNothingDone ?? false;
		this.evidence = details.evidence;
	}
}

/**
 * Whether the object of a removal certainly still exists: the removal was refused, or the object was seen
 * after a conflict.
 */
export function isSurelyUndone({ kind, isNothingDone }: ScimError): boolean {
	return kind === 'refused' || (kind === 'conflict' && isNothingDone);
}

const LONGEST_DETAIL = 300;

/**
 * Makes a server's message fit for display: one line, at most 300 characters, and without bearer tokens and
 * Notion tokens, which a debugging proxy may echo.
 */
export function withoutSecrets(text: string): string {
	const line = text
		.replace(/bearer(?:[\s"':=\\]|%20|\+)+[^\s"',;]+/gi, 'Bearer (hidden)')
		.replace(/(?:ntn|secret)_\w+/gi, '(hidden)')
		.replace(/\s+/g, ' ')
		.trim();
	return line.length > LONGEST_DETAIL ? `${line.slice(0, LONGEST_DETAIL)}…` : line;
}
