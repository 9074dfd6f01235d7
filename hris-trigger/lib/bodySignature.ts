import { isSameText } from './constantTime';
import { type Delivery, onlyHeader } from './delivery';
import type { Verdict } from './scheme';

/** @param expected the accepted form of the signature, or the few accepted forms */
export function verdictBySignature(
	delivery: Delivery,
	header: string,
	...expected: readonly string[]
): Verdict {
	const given = onlyHeader(delivery, header);
	if (given === undefined) return 'forged';
	return expected.some((signature) => isSameText(given, signature)) ? 'genuine' : 'forged';
}
