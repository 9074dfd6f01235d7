import type { ScimErrorKind } from '../scim/scimError';
import type { Alert } from './decision';
import type { Change } from './journal';
import { isoText } from './zones';

const MINUTE = 60_000;

/** From this try on an admin is told that it does not work. */
const TELL_FROM = 3;

/** Failures after which the same operation may succeed later. After any other an admin must look. */
const LATER: readonly ScimErrorKind[] = [
	'network',
	'rateLimited',
	// Notion is saving something else just then.
	'conflict',
	'serverError',
	'unexpectedAnswer',
	// What could not be seen yet may be there: doing it again does no harm.
	'notVerified',
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
function nextTry(attempts: number, now: number): number {
	return now + (attempts > TELL_FROM ? 60 : 5) * MINUTE;
}

/**
 * The values of a row that is tried again.
 *
 * @param attempts how often it was tried, this time included
 */
export function retryValues(
	attempts: number,
	why: string,
	now: number,
): Pick<Change, 'state' | 'dueAt' | 'attempts' | 'reason'> {
	return { state: 'retry', dueAt: isoText(nextTry(attempts, now)), attempts, reason: why };
}

/**
 * The alert of a row that is tried again: none before the third time.
 *
 * @param workflow as the keys of its alerts begin
 * @param tell whether the admin is told at once
 */
export function retryAlert(
	{ workflow, name, attempts, why }: { workflow: string; name: string; attempts: number; why: string },
	{ tell = false } = {},
): Alert | undefined {
	if (!tell && attempts < TELL_FROM) return undefined;
	const tried = attempts === 1 ? 'once' : `${attempts} times`;
	return {
		key: `${workflow}: cannot be done (${why.slice(0, 60)})`,
		text: `${name}: ${why} It was tried ${tried} and is tried again.`,
	};
}
