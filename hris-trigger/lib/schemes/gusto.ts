import { verdictBySignature } from '../bodySignature';
import { isFields, text } from '../fields';
import { hmac } from '../hmac';
import type { Scheme } from '../scheme';
import { problemOfKey } from '../secretForm';
import type { VendorEvent } from '../vendorEvent';
import { meaningOf } from '../words';

/**
 * `employee.terminated` says that somebody entered a termination. Gusto documents two spellings of the
 * event for the day after the last one.
 */
const meanings: Record<string, VendorEvent['kind']> = {
	'employee.created': 'hired',
	'employee.updated': 'changed',
	'employee.onboarded': 'changed',
	'employee.terminated': 'leaverScheduled',
	'employee.terminated_effective': 'left',
	'employee.termination_effective': 'left',
	'employee.terminated_cancelled': 'leaverCancelled',
	'employee.termination_cancelled': 'leaverCancelled',
	'employee.rehired': 'rehired',
	'employee.rehire_effective': 'rehired',
	'employee.rehire_cancelled': 'hireCancelled',
	'employee.payment_method.deleted': 'other',
};

/** https://docs.gusto.com/app-integrations/docs/employee-events */
export const gusto: Scheme = {
	name: 'gusto',
	title: 'Gusto',
	authenticity: 'signed',
	problemOfSecret: (secret) => problemOfKey(secret, 'Gusto\'s verification token'),
	verdictOn(delivery, secret) {
		const expected = hmac('sha256', secret, [delivery.body], 'hex');
		return verdictBySignature(delivery, 'X-Gusto-Signature', expected);
	},
	setUpIn(body) {
		const token = tokenIn(body);
		return token === undefined ? undefined : { type: 'verificationToken', token };
	},
	eventsIn(payload) {
		if (!isFields(payload)) return undefined;
		const type = text(payload['event_type']);
		if (type === undefined) return undefined;
		const isEmployee = text(payload['entity_type'])?.toLowerCase() === 'employee';
		const { timestamp } = payload;
		return [
			{
				type,
				...meaningOf(type, meanings),
				employeeId: isEmployee ? text(payload['entity_uuid']) : undefined,
				companyId: text(payload['resource_uuid']),
				eventId: text(payload['uuid']),
				occurredAt: typeof timestamp === 'number' ? timestamp : undefined,
				raw: payload,
			},
		];
	},
};

/** The handshake has this one field and nothing else, so that no event is taken for one. */
function tokenIn(body: string): string | undefined {
	try {
		const payload: unknown = JSON.parse(body);
		const isHandshake = isFields(payload) && Object.keys(payload).join() === 'verification_token';
		return isHandshake ? text(payload['verification_token']) : undefined;
	} catch {
		return undefined;
	}
}
