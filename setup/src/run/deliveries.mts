import { createHmac, randomUUID } from 'node:crypto';

/** A request that an HRIS would make. */
export interface Delivery {
	body: string;
	headers: Record<string, string>;
}

interface Hire {
	employeeId: string;
	secret: string;
	/** Milliseconds since 1970. */
	now: number;
}

/** The words with which a provider reports a hire, and how it proves them. */
interface Sender {
	/** Whether employees have numbers, or UUIDs. */
	ids: 'numbers' | 'uuids';
	payload(employeeId: string): unknown;
	headers(body: string, secret: string, now: number): Record<string, string>;
}

const hmac = (algorithm: string, key: string | Buffer, text: string, encoding: 'hex' | 'base64') =>
	createHmac(algorithm, key).update(text).digest(encoding);

const seconds = (now: number) => String(Math.floor(now / 1_000));

/** @param key the decoded secret */
function standard(names: { id: string; timestamp: string; signature: string }, key: Buffer, body: string, now: number) {
	const id = `msg_${randomUUID()}`;
	const signature = hmac('sha256', key, `${id}.${seconds(now)}.${body}`, 'base64');
	return { [names.id]: id, [names.timestamp]: seconds(now), [names.signature]: `v1,${signature}` };
}

const generic = (employeeId: string) => ({ kind: 'hired', employeeId });

/** By the name of the provider in n8n-nodes-hris-trigger, and of n8n's Webhook node; a test holds the two together. */
const senders: Readonly<Record<string, Sender>> = {
	bamboohr: {
		ids: 'numbers',
		payload: (employeeId) => ({ type: 'employee.created', data: { companyId: '1', employeeId, changedFields: [] } }),
		headers: (body, secret, now) => ({
			'X-BambooHR-Timestamp': seconds(now),
			'X-BambooHR-Signature': hmac('sha256', secret, body + seconds(now), 'hex'),
		}),
	},
	deel: {
		ids: 'uuids',
		payload: (id) => ({ data: { meta: { event_type: 'worker.created' }, resource: { id } } }),
		headers: (body, secret) => ({ 'x-deel-signature': hmac('sha256', secret, `POST${body}`, 'hex') }),
	},
	factorial: {
		ids: 'numbers',
		payload: (id) => ({ event: 'employee_created', data: { id } }),
		headers: (_body, secret) => ({ 'x-factorial-wh-challenge': secret }),
	},
	finch: {
		ids: 'uuids',
		payload: (id) => ({ event_type: 'individual.created', data: { individual_id: id } }),
		headers: (body, secret, now) =>
			standard({ id: 'Finch-Event-Id', timestamp: 'Finch-Timestamp', signature: 'Finch-Signature' }, Buffer.from(secret, 'base64'), body, now),
	},
	gusto: {
		ids: 'uuids',
		payload: (id) => ({ event_type: 'employee.created', entity_type: 'Employee', entity_uuid: id }),
		headers: (body, secret) => ({ 'X-Gusto-Signature': hmac('sha256', secret, body, 'hex') }),
	},
	headerToken: { ids: 'numbers', payload: generic, headers: (_body, secret) => ({ 'X-HRIS-Token': secret }) },
	hibob: {
		ids: 'numbers',
		payload: (employeeId) => ({ type: 'employee.created', data: { employeeId } }),
		headers: (body, secret) => ({ 'Bob-Signature': hmac('sha512', secret, body, 'base64') }),
	},
	merge: {
		ids: 'uuids',
		payload: (id) => ({ hook: { event: 'Employee.added' }, data: { id } }),
		headers: (body, secret) => ({
			'X-Merge-Webhook-Signature': hmac('sha256', secret, body, 'base64').replaceAll('+', '-').replaceAll('/', '_'),
		}),
	},
	personio: {
		ids: 'numbers',
		payload: (id) => ({ event_name: 'person.created', payload: { person: { id } } }),
		headers: (_body, secret) => ({ Authorization: secret }),
	},
	standardWebhooks: {
		ids: 'numbers',
		payload: generic,
		headers: (body, secret, now) =>
			standard(
				{ id: 'webhook-id', timestamp: 'webhook-timestamp', signature: 'webhook-signature' },
				Buffer.from(secret.slice('whsec_'.length), 'base64'),
				body,
				now,
			),
	},
	webhook: { ids: 'numbers', payload: generic, headers: (_body, secret) => ({ 'X-HRIS-Key': secret }) },
};

export const knownSenders: readonly string[] = Object.keys(senders);

/** The ID of an employee no HRIS has. */
export function unknownEmployee(provider: string): string {
	if (senders[provider]?.ids === 'uuids') return randomUUID();
	return `99${String(Date.now()).slice(-7)}`;
}

/** A hire, reported as this provider would. */
export function hireDelivery(provider: string, { employeeId, secret, now }: Hire): Delivery | undefined {
	const sender = senders[provider];
	if (sender === undefined) return undefined;
	const body = JSON.stringify(sender.payload(employeeId));
	return { body, headers: { 'Content-Type': 'application/json', ...sender.headers(body, secret, now) } };
}
