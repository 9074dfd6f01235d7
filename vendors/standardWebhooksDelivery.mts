import { createHmac, randomUUID } from 'node:crypto';

/**
 * A delivery signed as Standard Webhooks say, by a sender that the company controls.
 *
 * https://www.standardwebhooks.com
 *
 * @param secret `whsec_` and base64
 * @param id repeated by a sender that sends the same event again
 */
export function standardWebhooksDelivery(
	payload: unknown,
	secret: string,
	id = `msg_${randomUUID()}`,
) {
	const body = JSON.stringify(payload);
	const timestamp = String(Math.floor(Date.now() / 1_000));
	const signature = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
		.update(`${id}.${timestamp}.${body}`)
		.digest('base64');
	return {
		body,
		headers: {
			'Content-Type': 'application/json',
			'webhook-id': id,
			'webhook-timestamp': timestamp,
			'webhook-signature': `v1,${signature}`,
		},
	};
}
