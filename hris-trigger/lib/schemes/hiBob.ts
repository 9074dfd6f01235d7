import { verdictBySignature } from '../bodySignature';
import { fieldsOf, isFields, text } from '../fields';
import { hmac } from '../hmac';
import type { Scheme } from '../scheme';
import { problemOfKey } from '../secretForm';
import type { VendorEvent } from '../vendorEvent';
import { meaningOf } from '../words';

/**
 * `employee.inactivated` comes for a leave and for a termination alike, so it says no more than that
 * something changed; `employee.left` follows if it was one, and comes for garden leave too.
 */
const meanings: Record<string, VendorEvent['kind']> = {
	'employee.created': 'hired',
	'employee.joined': 'hired',
	'employee.updated': 'changed',
	'employee.inactivated': 'changed',
	'employee.activated': 'returned',
	'employee.temporaryleave': 'onLeave',
	'employee.left': 'left',
	'employee.access.revoked.immediately': 'accessRevoked',
	'table.entry.created': 'changed',
	'table.entry.updated': 'changed',
	'table.entry.deleted': 'changed',
};

const PING = 'Ping test';

/** https://apidocs.hibob.com/docs/employee-data-webhooks (version 2 of the webhooks) */
export const hiBob: Scheme = {
	name: 'hibob',
	title: 'HiBob',
	authenticity: 'signed',
	problemOfSecret: (secret) => problemOfKey(secret, 'HiBob\'s secret of the webhook'),
	verdictOn(delivery, secret) {
		const expected = hmac('sha512', secret, [delivery.body], 'base64');
		return verdictBySignature(delivery, 'Bob-Signature', expected);
	},
	setUpIn(body) {
		const said = body.trim();
		const isPing = said === PING || /^\{\s*"text"\s*:\s*"Ping test"\s*\}$/.test(said);
		return isPing ? { type: 'ping' } : undefined;
	},
	eventsIn(payload) {
		if (!isFields(payload) || typeof payload['type'] !== 'string') return undefined;
		const { type } = payload;
		const data = fieldsOf(payload, 'data');
		return [
			{
				type,
				...meaningOf(type, meanings),
				employeeId: text(data['employeeId']),
				companyId: text(payload['companyId']),
				// triggeredAt has no zone, so it is nobody's instant.
				effectiveDate: text(data['effectiveDate']),
				// The event comes at the midnight with which this date begins.
				effectiveDateIsFirstDayGone: true,
				raw: payload,
			},
		];
	},
};
