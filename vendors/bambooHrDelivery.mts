import { createHmac } from 'node:crypto';

/** The content of BambooHR's event-based webhooks: only the person the event is about. */
export interface BambooHrEvent {
	/** `employee.created`, `employee.updated`, `employee.deleted`, or a word that BambooHR may have one day. */
	type: string;
	employeeId: string;
	changedFields?: string[];
	/** Default: now. */
	timestamp?: string;
}

/**
 * A body as BambooHR signs it: HMAC-SHA256 over body and time, hex.
 *
 * https://documentation.bamboohr.com/docs/webhooks
 */
export function signed(body: string, secret: string) {
	const time = String(Math.floor(Date.now() / 1_000));
	return {
		body,
		headers: {
			'Content-Type': 'application/json',
			'X-BambooHR-Timestamp': time,
			'X-BambooHR-Signature': createHmac('sha256', secret).update(body + time).digest('hex'),
		},
	};
}

/** A delivery of one event. */
export function bambooHrDelivery(event: BambooHrEvent, secret: string) {
	const { type, employeeId, changedFields = [], timestamp = new Date().toISOString() } = event;
	const data = { companyId: '1', employeeId, changedFields };
	return signed(JSON.stringify({ type, timestamp, data }), secret);
}
