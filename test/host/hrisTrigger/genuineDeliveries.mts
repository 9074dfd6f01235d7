import { createHmac } from 'node:crypto';

/** What the systems of the documentation send, signed here with nothing of the package under test. */
export interface GenuineDelivery {
	scheme: string;
	secret: string;
	payload: object;
	headers(body: string): Record<string, string>;
	/** Of the one item that the delivery becomes. */
	expected: Record<string, unknown>;
}

const KEY = 'host-secret-0123456789';
const KEY_BASE64 = Buffer.from(KEY).toString('base64');

const digest = (hash: string, text: string, form: 'hex' | 'base64'): string =>
	createHmac(hash, KEY).update(text).digest(form);

const inSeconds = (): string => String(Math.floor(Date.now() / 1_000));

const byStandard = (prefix: string, id: string) => (body: string) => {
	const time = inSeconds();
	return {
		[`${prefix}-${prefix === 'Finch' ? 'Event-Id' : 'id'}`]: id,
		[`${prefix}-Timestamp`]: time,
		[`${prefix}-Signature`]: `v1,${digest('sha256', `${id}.${time}.${body}`, 'base64')}`,
	};
};

export const genuineDeliveries: GenuineDelivery[] = [
	{
		scheme: 'bamboohr',
		secret: KEY,
		payload: {
			type: 'employee.updated',
			timestamp: '2026-01-31T18:42:00+0000',
			data: { companyId: '12345', employeeId: '67890', changedFields: ['status'] },
		},
		headers(body) {
			const time = inSeconds();
			return {
				'X-BambooHR-Timestamp': time,
				'X-BambooHR-Signature': digest('sha256', body + time, 'hex'),
			};
		},
		expected: {
			kind: 'changed',
			source: 'bamboohr',
			employeeId: '67890',
			companyId: '12345',
			changedFields: ['status'],
			authenticity: 'signed',
		},
	},
	{
		scheme: 'hibob',
		secret: KEY,
		payload: {
			companyId: 636192,
			type: 'employee.left',
			triggeredBy: '33',
			triggeredAt: '2026-01-08T13:06:26.915906',
			version: 'v2',
			data: { employeeId: '3332883894235038283', effectiveDate: '2026-01-08' },
		},
		headers: (body) => ({ 'Bob-Signature': digest('sha512', body, 'base64') }),
		expected: {
			kind: 'left',
			source: 'hibob',
			employeeId: '3332883894235038283',
			effectiveDate: '2026-01-08',
			timeZone: 'Pacific/Auckland',
			effectiveAt: '2026-01-07T11:00:00.000Z',
			authenticity: 'signed',
		},
	},
	{
		scheme: 'deel',
		secret: KEY,
		payload: {
			data: {
				meta: { event_type: 'worker.v2.deleted', organization_id: 1, tracking_id: 'track-1' },
				resource: { id: 'w-1', user_name: 'ada@example.com' },
			},
			timestamp: '2026-01-31T08:32:52.119Z',
		},
		headers: (body) => ({
			'x-deel-signature': digest('sha256', `POST${body}`, 'hex'),
			'x-deel-hmac-label': 'label',
			'x-deel-webhook-version': 'v2',
		}),
		expected: { kind: 'left', source: 'deel', employeeId: 'w-1', eventId: 'track-1' },
	},
	{
		scheme: 'personio',
		secret: `Bearer ${KEY}`,
		payload: {
			company_id: '42',
			event_name: 'employment.started',
			occurred_at: '2026-02-01T00:00:05Z',
			payload: { id: 'e-1', person: { id: 'p-9' } },
			meta: {},
		},
		headers: () => ({ Authorization: `Bearer ${KEY}` }),
		expected: { kind: 'hired', source: 'personio', employeeId: 'p-9', authenticity: 'token' },
	},
	{
		scheme: 'gusto',
		secret: KEY,
		payload: {
			uuid: 'gusto-event-1',
			event_type: 'employee.terminated',
			resource_type: 'Company',
			resource_uuid: 'c-1',
			entity_type: 'Employee',
			entity_uuid: 'g-1',
			timestamp: 1671058841,
		},
		headers: (body) => ({ 'X-Gusto-Signature': digest('sha256', body, 'hex') }),
		expected: { kind: 'leaverScheduled', source: 'gusto', employeeId: 'g-1', eventId: 'gusto-event-1' },
	},
	{
		scheme: 'finch',
		secret: KEY_BASE64,
		payload: {
			connection_id: 'k-1',
			event_type: 'individual.updated',
			data: { individual_id: 'i-1' },
		},
		headers: byStandard('Finch', 'msg_finch'),
		expected: { kind: 'changed', source: 'finch', employeeId: 'i-1', eventId: 'msg_finch' },
	},
	{
		scheme: 'merge',
		secret: KEY,
		payload: {
			hook: { id: 'h-1', event: 'Employee.added' },
			linked_account: { id: 'la-1' },
			data: { id: 'm-1', work_email: 'ada@example.com', employment_status: 'ACTIVE' },
		},
		headers: (body) => ({
			'X-Merge-Webhook-Signature': digest('sha256', body, 'base64')
				.replaceAll('+', '-')
				.replaceAll('/', '_'),
		}),
		expected: {
			kind: 'hired',
			source: 'merge',
			employeeId: 'm-1',
			person: { email: 'ada@example.com', active: true },
		},
	},
	{
		scheme: 'factorial',
		secret: KEY,
		payload: { id: 55, company_id: 3, email: 'ada@example.com', terminated_on: '2026-01-30' },
		headers: () => ({ 'x-factorial-wh-challenge': KEY }),
		expected: {
			kind: 'left',
			source: 'factorial',
			employeeId: '55',
			effectiveDate: '2026-01-30',
			effectiveAt: '2026-01-30T11:00:00.000Z',
			authenticity: 'token',
		},
	},
	{
		scheme: 'standardWebhooks',
		secret: `whsec_${KEY_BASE64}`,
		payload: { kind: 'onLeave', source: 'workday', employeeId: 's-1', effectiveDate: '2026-02-28' },
		headers: byStandard('webhook', 'msg_standard'),
		expected: {
			kind: 'onLeave',
			source: 'workday',
			employeeId: 's-1',
			eventId: 'msg_standard',
			effectiveAt: '2026-02-27T11:00:00.000Z',
			authenticity: 'signed',
		},
	},
	{
		scheme: 'headerToken',
		secret: KEY,
		payload: { kind: 'rehired', employeeId: 't-1' },
		headers: () => ({ 'X-HRIS-Token': KEY }),
		expected: { kind: 'rehired', source: 'headerToken', employeeId: 't-1', authenticity: 'token' },
	},
];
