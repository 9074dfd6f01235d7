import { isSameText } from './constantTime';
import { type Delivery, onlyHeader } from './delivery';
import type { Verification } from './provider';

/** For systems that do not sign, but repeat exactly the secret in a header. */
export function verifyByToken(delivery: Delivery, header: string, secret: string): Verification {
	const given = onlyHeader(delivery, header);
	return given !== undefined && isSameText(given, secret) ? 'genuine' : 'forged';
}
