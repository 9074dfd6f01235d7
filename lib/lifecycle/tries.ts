import type { ScimErrorKind } from '../scim/scimError';

const MINUTE = 60_000;

/** From this try on an admin is told that it does not work. */
export const TELL_FROM = 3;

/** Failures after which the same operation may succeed later. After any other an admin must look. */
const LATER: readonly ScimErrorKind[] = [
	'network',
	'rateLimited',
	'serverError',
	'unexpectedAnswer',
	'listIncomplete',
	'tokenRejected',
];

/**
 * Whether a failed operation is tried again without an admin.
 *
 * @param kind as `ScimErrorKind`; a failure without one is not known to be final
 */
export function isWorthAnotherTry(kind: string | undefined): boolean {
	return !kind || LATER.some((later) => later === kind);
}

/**
 * When a failed operation is tried again: in five minutes, and from the fourth try on in an hour.
 *
 * @param attempts how often it was tried, from 1 on
 * @param now epoch milliseconds
 */
export function nextTry(attempts: number, now: number): number {
	return now + (attempts > TELL_FROM ? 60 : 5) * MINUTE;
}
