import { isSameText } from './constantTime';
import { type Delivery, onlyHeader } from './delivery';
import type { Verdict } from './scheme';

/** For systems that do not sign, but repeat exactly the secret in a header. */
export function verdictByToken(delivery: Delivery, header: string, secret: string): Verdict {
	const given = onlyHeader(delivery, header);
	return given !== undefined && isSameText(given, secret) ? 'genuine' : 'forged';
}
