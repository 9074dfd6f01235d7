import type { ScimErrorKind } from '../scim/scimError';
import type { Alert } from './decision';
import type { Change } from './journal';
import { isoText } from './zones';

const MINUTE = 60_000;

/** From this attempt on, the admin is alerted. */
const TELL_FROM = 3;

/** Failures after which the same operation may succeed later. After any other an admin must look. */
const LATER: readonly ScimErrorKind[] = [
	'network',
	'rateLimited',
	// Notion is saving another change at that moment.
	'conflict',
	'serverError',
	'unexpectedAnswer',
	// An unconfirmed effect may exist already: repeating it does no harm.
	'notVerified',
	'listIncomplete',
	'tokenRejected',
];

/**
 * Whether a failed operation is retried without an admin.
 * @param kind as `ScimErrorKind`; a failure without one may be transient
 */
export function isWorthAnotherTry(kind: string | undefined): boolean {
	return !kind || LATER.some((later) => later === kind);
}

/**
 * When a failed operation is retried: in five minutes, and from the fourth attempt on in an hour.
 * @param attempts the number of attempts so far, from 1 on
 * @param now epoch milliseconds
 */
function nextTry(attempts: number, now: number): number {
	return now + (attempts > TELL_FROM ? 60 : 5) * MINUTE;
}

/**
 * The values of a row that is retried.
 * @param attempts the number of attempts, including this one
 */
export function retryValues(
	attempts: number,
	why: string,
	now: number,
): Pick<Change, 'state' | 'dueAt' | 'attempts' | 'reason'> {
	return { state: 'retry', dueAt: isoText(nextTry(attempts, now)), attempts, reason: why };
}

/**
 * The alert of a row that is retried: none before the third attempt.
 * @param workflow the prefix of its alerts' keys
 * @param tell whether to alert the admin at once
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
