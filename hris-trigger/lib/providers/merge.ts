import { verifyBySignature } from '../bodySignature';
import { dateText, type Fields, fieldsOf, isFields, text } from '../fields';
import { hmac } from '../hmac';
import { personFrom } from '../person';
import type { Provider } from '../provider';
import { problemOfKey } from '../secretForm';
import { meaningOf, type WhatHappened, wordIn } from '../words';
import { mergeWords } from '../words/merge';

/** https://docs.merge.dev/merge-unified/reading-data/webhooks/merge-webhooks */
export const merge: Provider = {
	name: 'merge',
	title: 'Merge',
	authenticity: 'signed',
	secretHint: 'Secret: the signature key of the webhook settings',
	words: mergeWords,
	problemOfSecret: (secret) => problemOfKey(secret, 'Merge\'s webhook signature key'),
	verify(delivery, secret) {
		const padded = hmac('sha256', secret, [delivery.body], 'base64')
			.replaceAll('+', '-')
			.replaceAll('/', '_');
		// The documentation is unclear about whether Merge sends the padding.
		const bare = padded.replace(/=+$/, '');
		return verifyBySignature(delivery, 'X-Merge-Webhook-Signature', padded, bare);
	},
	eventsIn(payload) {
		if (!isFields(payload)) return undefined;
		const type = wordIn(fieldsOf(payload, 'hook')['event']);
		if (type === undefined) return undefined;
		const data = fieldsOf(payload, 'data');
		const account = fieldsOf(payload, 'linked_account');
		const isEmployee = /^employee\./i.test(type);
		const common = {
			type,
			companyId: text(account['id']),
			raw: payload,
		};
		if (!isEmployee) {
			return [{ ...common, ...meaningOf(type, mergeWords), employeeId: text(data['employee']) }];
		}
		const meaning = meaningOfEmployee(type, data);
		const isLeaving = meaning.kind === 'leaving';
		return [
			{
				...common,
				...meaning,
				employeeId: text(data['id']),
				occurredAt: text(data['modified_at']),
				effectiveDate: isLeaving
					? dateText(data['termination_date'])
					: meaning.kind === 'hired'
						? dateText(data['start_date'])
						: undefined,
				person: personFrom({
					email: data['work_email'],
					displayName: data['display_full_name'],
					givenName: data['first_name'],
					familyName: data['last_name'],
					employeeNumber: data['employee_number'],
					phoneNumber: data['mobile_phone_number'],
					active: isActive(data),
				}),
			},
		];
	},
};

/** An employee who is new to Merge may have left long ago, so the status takes precedence over the word. */
function meaningOfEmployee(type: string, data: Fields): WhatHappened {
	const meaning = meaningOf(type, mergeWords);
	if (meaning.kind === 'other') return meaning;
	if (dateText(data['termination_date']) !== undefined) return { kind: 'leaving' };
	if (isActive(data) !== false) return meaning;
	return {
		kind: 'changed',
		alert: 'Inactive in Merge, without a date of termination. A person must look.',
	};
}

function isActive(data: Fields): boolean | undefined {
	const status = text(data['employment_status'])?.toUpperCase();
	if (status === 'ACTIVE' || status === 'PENDING') return true;
	return status === 'INACTIVE' ? false : undefined;
}
