/**
 * Every failure a user can meet. The kind decides what callers may do about it; the texts are for
 * the person.
 */
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
	/** HTTP status of the answer that led to the failure, where there was one. */
	status?: number;
	/** What the server said, shortened and without anything that looks like a token. */
	detail?: string;
	/** For a write: it is certain that nothing was done, or a look afterwards has shown it. */
	isNothingDone?: boolean;
	/** Facts for the output item of a failed item, for example who else matched. */
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

/** Whether what a write takes away is certainly still there: it was refused, or seen after a conflict. */
export function isSurelyUndone({ kind, isNothingDone }: ScimError): boolean {
	return kind === 'refused' || (kind === 'conflict' && isNothingDone);
}

const LONGEST_DETAIL = 300;

/**
 * A server's words, fit to be shown: one line, at most 300 characters, and without bearer tokens
 * and Notion's token forms, which a debugging proxy may echo.
 */
export function withoutSecrets(text: string): string {
	const line = text
		.replace(/bearer(?:[\s"':=\\]|%20|\+)+[^\s"',;]+/gi, 'Bearer (hidden)')
		.replace(/(?:ntn|secret)_\w+/gi, '(hidden)')
		.replace(/\s+/g, ' ')
		.trim();
	return line.length > LONGEST_DETAIL ? `${line.slice(0, LONGEST_DETAIL)}…` : line;
}
