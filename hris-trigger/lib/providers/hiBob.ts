import { verifyBySignature } from '../bodySignature';
import { fieldsOf, isFields, text } from '../fields';
import { hmac } from '../hmac';
import { personFrom } from '../person';
import type { Provider } from '../provider';
import { problemOfKey } from '../secretForm';
import { meaningOf, wordIn } from '../words';
import { hiBobWords } from '../words/hiBob';

const PING = 'Ping test';

/**
 * https://apidocs.hibob.com/docs/employee-data-webhooks (version 2 of the webhooks; version 1 is still in
 * use)
 */
export const hiBob: Provider = {
	name: 'hibob',
	title: 'HiBob',
	authenticity: 'signed',
	secretHint: 'Secret: the secret that Bob shows with the webhook',
	words: hiBobWords,
	problemOfSecret: (secret) => problemOfKey(secret, 'HiBob\'s secret of the webhook'),
	verify(delivery, secret) {
		const expected = hmac('sha512', secret, [delivery.body], 'base64');
		return verifyBySignature(delivery, 'Bob-Signature', expected);
	},
	setUpIn(body) {
		const said = body.trim();
		const isPing = said === PING || /^\{\s*"text"\s*:\s*"Ping test"\s*\}$/.test(said);
		return isPing ? { type: 'ping' } : undefined;
	},
	eventsIn(payload) {
		if (!isFields(payload)) return undefined;
		// Version 1 of the webhooks names the type of a time off `event`, and has no `data`.
		const type = wordIn(payload['type'], payload['event']);
		if (type === undefined) return undefined;
		const data = fieldsOf(payload, 'data');
		return [
			{
				type,
				...meaningOf(type, hiBobWords),
				employeeId: text(data['employeeId'], payload['employeeId'], fieldsOf(payload, 'employee')['id']),
				companyId: text(payload['companyId']),
				// triggeredAt has no zone, so it is ambiguous.
				effectiveDate: text(data['effectiveDate']),
				// The event arrives at the midnight with which this date begins.
				effectiveDateIsFirstDayGone: true,
				// Only for a record that was deleted, which cannot be read again.
				person: personFrom({ email: text(data['email'], data['workEmail']) }),
				raw: payload,
			},
		];
	},
};
