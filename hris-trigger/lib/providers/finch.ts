import { onlyHeader } from '../delivery';
import { fieldsOf, isFields, text } from '../fields';
import type { Provider } from '../provider';
import { problemOfBase64 } from '../secretForm';
import { verifyByStandardSignature } from '../standardSignature';
import { meaningOf, plainWord, quoted, type WhatHappened, wordIn } from '../words';
import { finchWords } from '../words/finch';

const headers = {
	id: 'Finch-Event-Id',
	timestamp: 'Finch-Timestamp',
	signature: 'Finch-Signature',
};

/** States of a connection in which Finch continues to read. */
const connected: ReadonlySet<string | undefined> = new Set([
	undefined,
	'pending',
	'processing',
	'connected',
]);

/**
 * The scheme of Standard Webhooks under other header names. Events only name the person.
 * https://developer.tryfinch.com/developer-resources/Webhooks
 */
export const finch: Provider = {
	name: 'finch',
	title: 'Finch',
	authenticity: 'signed',
	secretHint: 'Secret: the webhook secret of the developer dashboard',
	words: finchWords,
	problemOfSecret: (secret) => problemOfBase64(secret, 'Finch\'s webhook secret'),
	verify: (delivery, secret, now) =>
		verifyByStandardSignature(delivery, Buffer.from(secret, 'base64'), headers, now),
	eventsIn(payload, delivery) {
		if (!isFields(payload)) return undefined;
		const type = wordIn(payload['event_type']);
		if (type === undefined) return undefined;
		const data = fieldsOf(payload, 'data');
		const seconds = Number(onlyHeader(delivery, headers.timestamp));
		return [
			{
				type,
				...(brokenConnection(type, text(data['status'])) ?? meaningOf(type, finchWords)),
				employeeId: text(data['individual_id']),
				companyId: text(payload['connection_id'], payload['company_id']),
				eventId: onlyHeader(delivery, headers.id),
				occurredAt: Number.isFinite(seconds) ? seconds : undefined,
				raw: payload,
			},
		];
	},
};

/** A connection that has to be renewed reports no one any more, which needs an alert. */
function brokenConnection(type: string, status: string | undefined): WhatHappened | undefined {
	if (plainWord(type) !== 'accountupdated' || connected.has(status?.toLowerCase())) return undefined;
	return {
		kind: 'other',
		alert: `Finch calls its connection to the HRIS ${quoted(status ?? '')}, so events may be missing. A person must look.`,
	};
}
