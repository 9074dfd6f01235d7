import { verifyBySignature } from '../bodySignature';
import { isFields, text } from '../fields';
import { hmac } from '../hmac';
import type { Provider } from '../provider';
import { problemOfKey } from '../secretForm';
import { meaningOf, wordIn } from '../words';
import { gustoWords } from '../words/gusto';

/** Entities that are people. */
const people: ReadonlySet<string | undefined> = new Set(['employee', 'contractor']);

/** https://docs.gusto.com/app-integrations/docs/employee-events */
export const gusto: Provider = {
	name: 'gusto',
	title: 'Gusto',
	authenticity: 'signed',
	secretHint:
		'Secret: the verification token that Gusto posts to the webhook. The node can show it: see Show Verification Token there.',
	words: gustoWords,
	problemOfSecret: (secret) => problemOfKey(secret, 'Gusto\'s verification token'),
	verify(delivery, secret) {
		const expected = hmac('sha256', secret, [delivery.body], 'hex');
		return verifyBySignature(delivery, 'X-Gusto-Signature', expected);
	},
	setUpIn(body) {
		const token = tokenIn(body);
		return token === undefined ? undefined : { type: 'verificationToken', token };
	},
	eventsIn(payload) {
		if (!isFields(payload)) return undefined;
		const type = wordIn(payload['event_type']);
		if (type === undefined) return undefined;
		const isPerson = people.has(text(payload['entity_type'])?.toLowerCase());
		const { timestamp } = payload;
		return [
			{
				type,
				...meaningOf(type, gustoWords),
				employeeId: isPerson ? text(payload['entity_uuid']) : undefined,
				companyId: text(payload['resource_uuid']),
				eventId: text(payload['uuid']),
				occurredAt: typeof timestamp === 'number' ? timestamp : undefined,
				raw: payload,
			},
		];
	},
};

/** The handshake has this one field and nothing else, so that no event is mistaken for one. */
function tokenIn(body: string): string | undefined {
	try {
		const payload: unknown = JSON.parse(body);
		const isHandshake = isFields(payload) && Object.keys(payload).join() === 'verification_token';
		return isHandshake ? text(payload['verification_token']) : undefined;
	} catch {
		return undefined;
	}
}
