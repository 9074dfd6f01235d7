import { timingSafeEqual } from 'node:crypto';

/**
 * Whether two texts are the same, in a time that does not tell how much of them is. Their lengths are
 * compared first: they are no secret where the text is a signature.
 */
export function isSameText(given: string, expected: string): boolean {
	const givenBytes = Buffer.from(given, 'utf8');
	const expectedBytes = Buffer.from(expected, 'utf8');
	if (givenBytes.length !== expectedBytes.length) return false;
	return timingSafeEqual(givenBytes, expectedBytes);
}
