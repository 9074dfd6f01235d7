import { isSameText } from './constantTime';
import { type Delivery, onlyHeader } from './delivery';
import type { Verification } from './provider';

/** @param expected the accepted form of the signature, or the few accepted forms */
export function verifyBySignature(
	delivery: Delivery,
	header: string,
	...expected: readonly string[]
): Verification {
	const given = onlyHeader(delivery, header);
	if (given === undefined) return 'forged';
	return expected.some((signature) => isSameText(given, signature)) ? 'genuine' : 'forged';
}
