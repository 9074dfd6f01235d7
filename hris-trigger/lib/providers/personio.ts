import { dateText, fieldsOf, isFields, text } from '../fields';
import { verifyByToken } from '../tokenInHeader';
import type { Provider } from '../provider';
import { problemOfToken } from '../secretForm';
import { meaningOf, wordIn } from '../words';
import { personioWords } from '../words/personio';

/**
 * Personio does not sign deliveries: it repeats a token that the admin entered with the webhook's address.
 * https://developer.personio.de/v2.0/reference/webhooks
 */
export const personio: Provider = {
	name: 'personio',
	title: 'Personio',
	authenticity: 'token',
	secretHint:
		'Secret: the complete value that Personio sends in Authorization. Personio does not sign deliveries.',
	words: personioWords,
	problemOfSecret: (secret) => problemOfToken(secret, 'The token that Personio sends'),
	verify: (delivery, secret) => verifyByToken(delivery, 'Authorization', secret),
	eventsIn(payload) {
		if (!isFields(payload)) return undefined;
		// Event names have several spellings.
		const type = wordIn(payload['event_name'])?.toLowerCase();
		if (type === undefined) return undefined;
		const about = fieldsOf(payload, 'payload');
		const person = fieldsOf(about, 'person');
		const isPerson = type.startsWith('person.');
		return [
			{
				type,
				...meaningOf(type, personioWords),
				employeeId: text(person['id'], about['person_id'], isPerson ? about['id'] : undefined),
				companyId: text(payload['company_id']),
				occurredAt: text(payload['occurred_at']),
				effectiveDate: dateOf(type, about),
				raw: payload,
			},
		];
	},
};

function dateOf(type: string, about: Record<string, unknown>): string | undefined {
	if (type === 'employment.terminated') {
		return dateText(about['termination_date'], about['employment_end_date'], about['end_date']);
	}
	if (type !== 'employment.started') return undefined;
	return dateText(about['employment_start_date'], about['start_date']);
}
