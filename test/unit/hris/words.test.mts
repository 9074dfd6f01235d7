import { createHmac } from 'node:crypto';
import fc from 'fast-check';

import type { Delivery } from '../../../hris-trigger/lib/delivery';
import { receive } from '../../../hris-trigger/lib/reception';
import type { Provider } from '../../../hris-trigger/lib/provider';
import { providerNamed, providers } from '../../../hris-trigger/lib/providers';
import { plainWord } from '../../../hris-trigger/lib/words';
import { delivery, KEY } from './samples.mts';

const settings = { timeZone: 'Europe/Berlin', includeRaw: false };

const NOW = Date.parse('2026-01-31T11:00:00Z');
const SECONDS = String(NOW / 1_000);

type Headers = ReadonlyArray<readonly [string, string]>;

const digest = (hash: string, text: string, form: 'hex' | 'base64' | 'base64url') =>
	createHmac(hash, KEY).update(text, 'utf8').digest(form);

const standard = (id: string, timestamp: string, signature: string) => (body: string): Headers => [
	[id, 'msg_1'],
	[timestamp, SECONDS],
	[signature, `v1,${digest('sha256', `msg_1.${SECONDS}.${body}`, 'base64')}`],
];

/** Where each system writes its word, and how it signs. */
const senders: Record<string, { secret?: string; body: (word: unknown) => object; sign: (body: string) => Headers }> = {
	bamboohr: {
		body: (type) => ({ type, data: { companyId: '1', employeeId: '7' } }),
		sign: (body) => [
			['X-BambooHR-Timestamp', SECONDS],
			['X-BambooHR-Signature', digest('sha256', body + SECONDS, 'hex')],
		],
	},
	hibob: {
		body: (type) => ({ companyId: 1, type, data: { employeeId: '7' } }),
		sign: (body) => [['Bob-Signature', digest('sha512', body, 'base64')]],
	},
	deel: {
		body: (event_type) => ({ data: { meta: { event_type, tracking_id: 't-1' }, resource: [] } }),
		sign: (body) => [['x-deel-signature', digest('sha256', `POST${body}`, 'hex')]],
	},
	personio: {
		body: (event_name) => ({ event_name, payload: { person: { id: '7' } } }),
		sign: () => [['Authorization', KEY]],
	},
	gusto: {
		body: (event_type) => ({ event_type, entity_type: 'Employee', entity_uuid: '7' }),
		sign: (body) => [['X-Gusto-Signature', digest('sha256', body, 'hex')]],
	},
	finch: {
		secret: Buffer.from(KEY).toString('base64'),
		body: (event_type) => ({ event_type, data: { individual_id: '7' } }),
		sign: standard('Finch-Event-Id', 'Finch-Timestamp', 'Finch-Signature'),
	},
	merge: {
		body: (event) => ({ hook: { event }, data: { id: '7' } }),
		sign: (body) => [['X-Merge-Webhook-Signature', digest('sha256', body, 'base64url')]],
	},
	factorial: {
		body: (event) => ({ event, id: 7 }),
		sign: () => [['x-factorial-wh-challenge', KEY]],
	},
	standardWebhooks: {
		secret: `whsec_${Buffer.from(KEY).toString('base64')}`,
		body: (type) => ({ type, employeeId: '7' }),
		sign: standard('webhook-id', 'webhook-timestamp', 'webhook-signature'),
	},
	headerToken: {
		body: (kind) => ({ kind, employeeId: '7' }),
		sign: () => [['X-HRIS-Token', KEY]],
	},
};

/** What becomes of a genuine delivery with this word. */
function received({ name }: Provider, word: unknown) {
	const sender = senders[name];
	const provider = providerNamed(name);
	if (sender === undefined || provider === undefined) throw new Error(`Nothing is known of ${name}`);
	const body = JSON.stringify(sender.body(word));
	const sent: Delivery = delivery(sender.sign(body), body);
	return receive(sent, { provider, secret: sender.secret ?? KEY }, settings, NOW);
}

function only(name: string, word: string) {
	const provider = providerNamed(name);
	if (provider === undefined) throw new Error(`There is no scheme ${name}`);
	const reception = received(provider, word);
	if (reception.type !== 'events') throw new Error(`${word}: ${JSON.stringify(reception)}`);
	const [event] = reception.events;
	return event;
}

describe('a word of a published catalogue', () => {
	it.each([
		// https://apidoc.factorialhr.com, as of 2026: there is no plain "create" of an employee.
		['factorial', 'employees/employee/create_with_contract', 'hired'],
		['factorial', 'employees/employee/set_regular_access_start_date', 'changed'],
		['factorial', 'employees/employee/update', 'changed'],
		['factorial', 'employees/employee/terminate', 'left'],
		['factorial', 'employees/employee/unterminate', 'leaverCancelled'],
		['factorial', 'Employees::Events::EmployeeCreated', 'hired'],
		['factorial', 'contracts/contract_version/create', 'changed'],
		['bamboohr', 'employee_with_fields.created', 'hired'],
		['bamboohr', 'employee_with_fields.updated', 'changed'],
		['bamboohr', 'employee.update', 'changed'],
		['personio', 'employment.updated.cost-centers', 'changed'],
		['gusto', 'contractor.created', 'hired'],
		['gusto', 'contractor.deactivated', 'left'],
		['gusto', 'contractor.reactivated', 'rehired'],
		['deel', 'contract.signed', 'hired'],
		['deel', 'contract.archived', 'changed'],
		['deel', 'onboarding.status.updated', 'changed'],
		['hibob', 'employee.access.revoked.immediately', 'accessRevoked'],
		['merge', 'Employment.changed', 'changed'],
	])('of %s: %s means %s', (name, word, kind) => {
		expect(only(name, word)).toMatchObject({ kind });
		expect(only(name, word)).not.toHaveProperty('unmapped');
	});

	it.each([
		['factorial', 'attendance/shift/toggle_clock'],
		['factorial', 'performance/review_process/update_target_strategy'],
		['factorial', 'timeoff_leave_destroyed'],
		['factorial', 'Authentication::Events::AccessInvited'],
		['hibob', 'todo.changedStatus'],
		['hibob', 'documents.eSign.completed'],
		['hibob', 'workforcePlanning.positionOpening.deleted'],
		['hibob', 'timeoff.request.deleted'],
		['personio', 'absence-period.updated.timerange'],
		['personio', 'document.signed'],
		['gusto', 'employee.bank_account.deleted'],
		['gusto', 'payroll.partially_reversed'],
		['deel', 'time-off.deleted'],
		['deel', 'bgcheck.result.available'],
		['finch', 'job.benefit_unenroll.completed'],
		['finch', 'pay_statement.deleted'],
		['merge', 'TimeOff.removed'],
		['merge', 'LinkedAccount.fully_synced_initial'],
	])('of %s: %s says nothing about access, and raises no alert', (name, word) => {
		expect(only(name, word)).toMatchObject({ kind: 'other', type: expect.stringMatching(/./) });
		expect(only(name, word)).not.toHaveProperty('alert');
	});

	it.each([
		['bamboohr', 'employee.deleted'],
		['hibob', 'employee.deleted'],
		['personio', 'employment.deleted'],
		['gusto', 'contractor.deleted'],
		['finch', 'individual.deleted'],
		['merge', 'Employee.removed'],
	])('of %s: %s asks a person, and is no unknown word', (name, word) => {
		expect(only(name, word)).toMatchObject({
			kind: 'other',
			alert: expect.stringContaining('a person leaves, or that an admin cleaned up a record'),
		});
		expect(only(name, word)).not.toHaveProperty('unmapped');
	});

	it.each([
		['merge', 'Issue.created'],
		['deel', 'oauth2.token.revoked'],
	])('of %s: %s says that events may be missing', (name, word) => {
		expect(only(name, word)).toMatchObject({
			kind: 'other',
			alert: expect.stringContaining('events may be missing'),
		});
	});

	it('has one meaning, however it is spelt', () => {
		for (const { name, words } of providers) {
			const meanings = new Map<string, string>();
			for (const [word, meaning] of Object.entries(words.meanings)) {
				const plain = plainWord(word);
				expect([name, word, meanings.get(plain) ?? meaning]).toEqual([name, word, meaning]);
				meanings.set(plain, meaning);
			}
		}
	});

	it.each([
		['hibob', 'EMPLOYEE_LEFT', 'left'],
		['personio', 'Employment Started', 'hired'],
		['gusto', 'employee-termination-cancelled', 'leaverCancelled'],
	])('of %s is known in another spelling, too: %s', (name, word, kind) => {
		expect(only(name, word)).toMatchObject({ kind });
	});
});

describe('a word that no table knows', () => {
	const unknown = {
		kind: 'other',
		unmapped: true,
		alert: expect.stringContaining('A person must look.'),
	};

	it.each([
		['factorial', 'employees/employee/bulk_create'],
		['hibob', 'employee.onboarded'],
		['personio', 'person.hired'],
		['gusto', 'employee.rehire_scheduled'],
		['deel', 'worker.v3.created'],
		['finch', 'worker.created'],
		['merge', 'Person.added'],
		['bamboohr', 'employee.hired'],
		['standardWebhooks', 'worker.start'],
		['headerToken', 'onboard'],
	])('of %s may be a beginning, so it raises an alert: %s', (name, word) => {
		expect(only(name, word)).toMatchObject(unknown);
	});

	it.each(providers)('is answered, and lost in no case: $title', (provider) => {
		const known = Object.keys(provider.words.meanings);
		const word = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.string(),
			fc.constantFrom('', ' ', '__proto__', 'constructor', 'toString', '🦊', 'null'),
			fc.constantFrom(...known),
		);
		fc.assert(
			fc.property(word, (said) => {
				const reception = received(provider, said);
				if (reception.type !== 'events') throw new Error(JSON.stringify(reception));
				expect(reception.events).toHaveLength(1);
				const [event] = reception.events;
				const isKnown = known.some((one) => plainWord(one) === plainWord(said));
				if (!isKnown && event?.kind === 'other' && said !== 'other') {
					expect(event).toMatchObject(unknown);
				}
			}),
		);
	});

	it('costs nothing to those beside it in one delivery', () => {
		const employees = [
			{ id: '1', action: 'Created' },
			{ id: '2', action: 'Absconded', fields: {} },
			{ id: '3', action: 'Updated', fields: { Status: 'Inactive', 'Termination Date': '2026-01-30' } },
		];
		const events = [
			{ type: 'employee.hired', employeeId: '1' },
			{ type: 'employee.absconded', employeeId: '2' },
			{ type: 'employee.left', employeeId: '3', effectiveDate: '2026-01-30' },
		];
		const kindsOf = (name: string, payload: object) => {
			const provider = providerNamed(name);
			const sender = senders[name];
			if (provider === undefined || sender === undefined) throw new Error(name);
			const body = JSON.stringify(payload);
			const reception = receive(
				delivery(sender.sign(body), body),
				{ provider, secret: sender.secret ?? KEY },
				settings,
				NOW,
			);
			if (reception.type !== 'events') throw new Error(JSON.stringify(reception));
			return reception.events.map(({ kind, unmapped = false }) => ({ kind, unmapped }));
		};
		expect(kindsOf('bamboohr', { employees })).toEqual([
			{ kind: 'hired', unmapped: false },
			{ kind: 'changed', unmapped: true },
			{ kind: 'left', unmapped: false },
		]);
		expect(kindsOf('headerToken', { events })).toEqual([
			{ kind: 'hired', unmapped: false },
			{ kind: 'other', unmapped: true },
			{ kind: 'left', unmapped: false },
		]);
	});
});
