import { onlyHeader } from '../delivery';
import { fieldsOf, isFields, text } from '../fields';
import type { Scheme } from '../scheme';
import { problemOfBase64 } from '../secretForm';
import { verdictByStandardSignature } from '../standardSignature';
import type { VendorEvent } from '../vendorEvent';
import { meaningOf } from '../words';

const headers = {
	id: 'Finch-Event-Id',
	timestamp: 'Finch-Timestamp',
	signature: 'Finch-Signature',
};

const meanings: Record<string, VendorEvent['kind']> = {
	'directory.created': 'hired',
	'directory.updated': 'changed',
	'individual.created': 'hired',
	'individual.updated': 'changed',
	'employment.created': 'hired',
	'employment.updated': 'changed',
};

/**
 * The scheme of Standard Webhooks under other header names. Events name the person only.
 * https://developer.tryfinch.com/developer-resources/Webhooks
 */
export const finch: Scheme = {
	name: 'finch',
	title: 'Finch',
	authenticity: 'signed',
	problemOfSecret: (secret) => problemOfBase64(secret, 'Finch\'s webhook secret'),
	verdictOn: (delivery, secret, now) =>
		verdictByStandardSignature(delivery, Buffer.from(secret, 'base64'), headers, now),
	eventsIn(payload, delivery) {
		if (!isFields(payload)) return undefined;
		const type = text(payload['event_type']);
		if (type === undefined) return undefined;
		const seconds = Number(onlyHeader(delivery, headers.timestamp));
		return [
			{
				type,
				...meaningOf(type, meanings),
				employeeId: text(fieldsOf(payload, 'data')['individual_id']),
				companyId: text(payload['connection_id'], payload['company_id']),
				eventId: onlyHeader(delivery, headers.id),
				occurredAt: Number.isFinite(seconds) ? seconds : undefined,
				raw: payload,
			},
		];
	},
};
