import { timingSafeEqual } from 'node:crypto';

/**
 * Whether two texts are equal, in a time that does not reveal how many characters match. Their lengths are
 * compared first: the length of a signature is not secret.
 */
export function isSameText(given: string, expected: string): boolean {
	const givenBytes = Buffer.from(given, 'utf8');
	const expectedBytes = Buffer.from(expected, 'utf8');
	if (givenBytes.length !== expectedBytes.length) return false;
	return timingSafeEqual(givenBytes, expectedBytes);
}
