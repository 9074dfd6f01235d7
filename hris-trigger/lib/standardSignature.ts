import { isSameText } from './constantTime';
import { type Delivery, onlyHeader } from './delivery';
import { hmac } from './hmac';
import type { Verification } from './provider';

/** The window of the Standard Webhooks specification: five minutes in either direction. */
const WINDOW_SECONDS = 300;

/**
 * The signature of Standard Webhooks: `v1,` and the base64 form of an HMAC-SHA256 over id, time and body.
 * While a sender rotates its key, the header contains several, separated by spaces.
 * @param key the decoded secret
 * @param names of the headers: a sender may use others than the specification's
 * @param now milliseconds since 1970
 */
export function verifyByStandardSignature(
	delivery: Delivery,
	key: Buffer,
	names: { id: string; timestamp: string; signature: string },
	now: number,
): Verification {
	const id = onlyHeader(delivery, names.id);
	const timestamp = onlyHeader(delivery, names.timestamp);
	const signatures = onlyHeader(delivery, names.signature);
	if (id === undefined || timestamp === undefined || signatures === undefined) return 'forged';
	if (!/^\d{1,12}$/.test(timestamp)) return 'forged';

	const expected = `v1,${hmac('sha256', key, [`${id}.${timestamp}.`, delivery.body], 'base64')}`;
	const matching = signatures.split(' ').filter((signature) => isSameText(signature, expected));
	if (matching.length === 0) return 'forged';
	return Math.abs(now / 1_000 - Number(timestamp)) <= WINDOW_SECONDS ? 'genuine' : 'outsideWindow';
}
