import { createHash } from 'node:crypto';

import { type HrisEvent, toHrisEvents } from '../../../hris-trigger/lib/hrisEvent';
import { providerNamed } from '../../../hris-trigger/lib/providers';
import { delivery, SIGNED_AT } from './samples.mts';

const settings = { timeZone: 'Europe/Berlin', includeRaw: false };

/** Noon of a winter's day in Berlin. */
const NOW = Date.parse('2026-01-31T11:00:00Z');

/** What becomes of a body that was found genuine; undefined where the system does not send such a one. */
function eventsOf(
	name: string,
	payload: unknown,
	{ headers = [] as ReadonlyArray<readonly [string, string]>, event = '', now = NOW } = {},
): HrisEvent[] | undefined {
	const provider = providerNamed(name);
	if (provider === undefined) throw new Error(`There is no scheme ${name}`);
	const received = delivery(headers, JSON.stringify(payload));
	const from = event === '' ? received : { ...received, eventInAddress: event };
	const events = provider.eventsIn(payload, from);
	return events && toHrisEvents(events, provider, received.body, settings, now);
}

/** The id of an event to which the system gives none. */
const hashOf = (payload: unknown, type: string): string =>
	`sha256:${createHash('sha256').update(`"${type}"\n${JSON.stringify(payload)}`).digest('hex')}`;

describe('BambooHR', () => {
	const payload = {
		type: 'employee.updated',
		timestamp: '2026-01-31T18:42:00+0000',
		data: { companyId: '12345', employeeId: '67890', changedFields: ['firstName'] },
	};

	it('reports a change with what changed, and without values', () => {
		expect(eventsOf('bamboohr', payload)).toStrictEqual([
			{
				kind: 'changed',
				timeZone: 'Europe/Berlin',
				type: 'employee.updated',
				source: 'bamboohr',
				eventId: hashOf(payload, 'employee.updated'),
				employeeId: '67890',
				companyId: '12345',
				occurredAt: '2026-01-31T18:42:00.000Z',
				authenticity: 'signed',
				changedFields: ['firstName'],
			},
		]);
	});

	it('reports one hire as a hire and then a change, which are two events', () => {
		const created = { ...payload, type: 'employee.created' };
		const [hire] = eventsOf('bamboohr', created) ?? [];
		const [change] = eventsOf('bamboohr', payload) ?? [];

		expect([hire?.kind, change?.kind]).toEqual(['hired', 'changed']);
		expect(hire?.eventId).toBe(hashOf(created, 'employee.created'));
		expect(hire?.eventId).not.toBe(change?.eventId);
		expect(eventsOf('bamboohr', created)?.[0]?.eventId).toBe(hire?.eventId);
	});

	it('asks a person about a record that was deleted', () => {
		expect(eventsOf('bamboohr', { ...payload, type: 'employee.deleted' })).toEqual([
			expect.objectContaining({
				kind: 'other',
				alert:
					'"employee.deleted" may mean that a person leaves, or that an admin cleaned up a record. A person must look.',
			}),
		]);
	});

	const fieldBased = {
		employees: [
			{
				id: 1205,
				action: 'Created',
				timestamp: '2026-01-31T18:50:00+0000',
				changedFields: ['First Name', 'Hire Date'],
				fields: {
					'First Name': { value: 'Amina' },
					'Last Name': 'Diallo',
					'Work Email': { value: 'amina@example.com' },
					'Job Title': { value: '' },
					Department: { value: 'Sales' },
					'Hire Date': { value: '2026-02-02' },
					'Employee #': { value: '1205' },
					Salary: { value: '90000' },
				},
			},
			{
				id: '1206',
				action: 'Updated',
				timestamp: '2026-01-31T18:50:00+0000',
				changedFields: ['terminationDate', 'status'],
				fields: { firstName: 'Jonas', status: 'Inactive', terminationDate: '2026-01-30' },
			},
		],
	};

	it('reports several employees of the older form as several events', () => {
		expect(eventsOf('bamboohr', fieldBased)).toStrictEqual([
			{
				kind: 'hired',
				effectiveDate: '2026-02-02',
				timeZone: 'Europe/Berlin',
				effectiveAt: '2026-02-01T23:00:00.000Z',
				type: 'employee.created',
				source: 'bamboohr',
				eventId: `${hashOf(fieldBased, 'employee.created')}/1/1205`,
				employeeId: '1205',
				occurredAt: '2026-01-31T18:50:00.000Z',
				authenticity: 'signed',
				changedFields: ['First Name', 'Hire Date'],
				person: {
					email: 'amina@example.com',
					givenName: 'Amina',
					familyName: 'Diallo',
					department: 'Sales',
					employeeNumber: '1205',
				},
			},
			{
				kind: 'left',
				effectiveDate: '2026-01-30',
				timeZone: 'Europe/Berlin',
				effectiveAt: '2026-01-30T23:00:00.000Z',
				type: 'employee.updated',
				source: 'bamboohr',
				eventId: `${hashOf(fieldBased, 'employee.updated')}/2/1206`,
				employeeId: '1206',
				occurredAt: '2026-01-31T18:50:00.000Z',
				authenticity: 'signed',
				changedFields: ['terminationDate', 'status'],
				person: { givenName: 'Jonas', active: false },
			},
		]);
	});

	it.each([
		['a date ahead', { Status: 'Active', 'Termination Date': '2026-02-27' }, 'leaverScheduled', undefined],
		['the last day', { Status: 'Active', 'Termination Date': '2026-01-31' }, 'leaverScheduled', undefined],
		['the date withdrawn', { Status: 'Active', 'Termination Date': '0000-00-00' }, 'leaverCancelled', undefined],
		['no date, inactive', { Status: 'Inactive', 'Termination Date': '' }, 'changed', 'Inactive in BambooHR, without a date'],
		['a date gone by, active', { Status: 'Active', 'Termination Date': '2025-06-30' }, 'changed', 'still calls this person active'],
	])('understands %s', (_what, fields, kind, alert) => {
		const employee = { id: '7', action: 'Updated', changedFields: ['Termination Date'], fields };
		const [event] = eventsOf('bamboohr', { employees: [employee] }) ?? [];
		expect(event?.kind).toBe(kind);
		if (alert === undefined) expect(event?.alert).toBeUndefined();
		else expect(event?.alert).toContain(alert);
	});

	it.each([[{}], [{ employees: 1 }], [[]], ['text'], [null], [7]])(
		'does not send %j',
		(body) => {
			expect(eventsOf('bamboohr', body)).toBeUndefined();
		},
	);
});

describe('BambooHR\'s deliveries with fields', () => {
	const LEFT = { status: 'Inactive', terminationDate: '2026-01-30' };
	const changedFields = ['Termination Date'];

	it.each([
		['that have left', LEFT, [], 'left'],
		['with a last day ahead', { 'Termination Date': { value: '2026-02-27' } }, changedFields, 'leaverScheduled'],
		['whose last day was withdrawn', { Status: 'Active', 'Termination Date': '0000-00-00' }, changedFields, 'leaverCancelled'],
		['with a change of the status only', {}, ['Status'], 'changed'],
		['with a new address', { 'Work Email': 'new@example.com' }, ['Work Email'], 'changed'],
		['of which nothing is said', undefined, undefined, 'changed'],
	])('say without an action what the fields say of people %s', (_what, fields, changes, kind) => {
		for (const action of [undefined, '', ' ', null]) {
			const employee = { id: '7', action, fields, changedFields: changes };
			const [event] = eventsOf('bamboohr', { employees: [employee] }) ?? [];
			expect(event).toMatchObject({ kind, employeeId: '7' });
			expect(event).not.toHaveProperty('unmapped');
			expect(event).not.toHaveProperty('alert');
		}
	});

	it.each(['Terminated', 'Modified', 'employee_with_fields', 'Rehired', 'Änderung'])(
		'say the same with an action that no table knows, and show it to a person: %s',
		(action) => {
			const employees = [{ id: '7', action, fields: LEFT }, { id: '8', action, fields: {} }];
			const alert = expect.stringContaining(`"employee.${action.toLowerCase()}" is an event that this version does not know`);
			expect(eventsOf('bamboohr', { employees })).toEqual([
				expect.objectContaining({ kind: 'left', effectiveDate: '2026-01-30', unmapped: true, alert }),
				expect.objectContaining({ kind: 'changed', unmapped: true, alert }),
			]);
		},
	);

	it('tell a leaver by the employment status, and ask a person for the day', () => {
		const employee = { id: '7', action: 'Updated', fields: { 'Employment Status': 'Terminated' } };
		expect(eventsOf('bamboohr', { employees: [employee] })).toEqual([
			expect.objectContaining({
				kind: 'changed',
				person: { active: false },
				alert: expect.stringContaining('without a date of termination'),
			}),
		]);
	});

	it('follow the action where a table knows it, as of a person who is new and inactive', () => {
		const fields = { Status: 'Inactive', 'Hire Date': '2026-03-01' };
		const [event] = eventsOf('bamboohr', { employees: [{ id: '7', action: 'Created', fields }] }) ?? [];
		expect(event).toMatchObject({ kind: 'hired', effectiveDate: '2026-03-01' });
	});
});

describe('a list with an entry that cannot be read', () => {
	const unreadable = {
		kind: 'other',
		type: 'unreadable',
		unmapped: true,
		alert: 'An entry of this delivery cannot be read, so a person may be missed. A person must look.',
	};

	it.each([
		['bamboohr', { employees: ['1', { id: '2', action: 'Updated' }, null] }],
		['headerToken', [{ employeeId: '1' }, { kind: 'changed', employeeId: '2' }, 'text']],
		['standardWebhooks', { events: [7, { kind: 'changed', employeeId: '2' }, []] }],
	])('of %s loses none of the others', (name, payload) => {
		expect(eventsOf(name, payload)).toEqual([
			expect.objectContaining(unreadable),
			expect.objectContaining({ kind: 'changed', employeeId: '2' }),
			expect.objectContaining(unreadable),
		]);
	});

	it.each([
		['bamboohr', { employees: [] }],
		['headerToken', []],
		['headerToken', { events: [] }],
	])('of %s says nothing at all where it is empty', (name, payload) => {
		expect(eventsOf(name, payload)).toEqual([]);
	});
});

describe('HiBob', () => {
	const payload = {
		companyId: 636192,
		type: 'employee.left',
		triggeredBy: '3332883884017713939',
		triggeredAt: '2026-01-08T13:06:26.915906',
		version: 'v2',
		data: { employeeId: '3332883894235038283', effectiveDate: '2026-01-08' },
	};

	it('reports a leaver as gone from the beginning of the date on', () => {
		expect(eventsOf('hibob', payload)).toStrictEqual([
			{
				kind: 'left',
				effectiveDate: '2026-01-08',
				timeZone: 'Europe/Berlin',
				effectiveAt: '2026-01-07T23:00:00.000Z',
				type: 'employee.left',
				source: 'hibob',
				eventId: hashOf(payload, 'employee.left'),
				employeeId: '3332883894235038283',
				companyId: '636192',
				authenticity: 'signed',
			},
		]);
	});

	it.each([
		['employee.created', 'hired'],
		['employee.joined', 'hired'],
		['employee.updated', 'changed'],
		['employee.inactivated', 'changed'],
		['employee.activated', 'returned'],
		['employee.temporaryLeave', 'onLeave'],
		['table.entry.created', 'changed'],
		['timeoff.request.approved', 'other'],
	])('%s means %s', (type, kind) => {
		expect(eventsOf('hibob', { ...payload, type })).toEqual([
			expect.objectContaining({ kind, type }),
		]);
	});

	it('reports access that is revoked at once, whatever the last day is', () => {
		const type = 'employee.access.revoked.immediately';
		const data = { employeeId: '33', effectiveDate: '2026-03-31' };
		const [event] = eventsOf('hibob', { ...payload, type, data }) ?? [];
		expect(event).toMatchObject({ kind: 'accessRevoked', effectiveDate: '2026-03-31' });
		expect(event).not.toHaveProperty('effectiveAt');
	});
});

describe('Deel', () => {
	const meta = {
		event_type: 'contract.terminated',
		event_type_id: 3,
		organization_id: 1,
		organization_name: 'Example',
		tracking_id: '-A3hBP_Bhn48yZWj9FHhpiAV5aM0',
	};
	const worker = { id: 593021, email: 'ada@example.com', full_name: 'Ada Lovelace' };
	const contract = { id: '3w4zdd9', termination_date: '2026-03-31T00:00:00.000Z', worker };

	it('reports the end of a contract that lies ahead, for the worker and not for the contract', () => {
		const payload = { data: { meta, resource: contract }, timestamp: '2026-01-31T08:32:52.119Z' };
		expect(eventsOf('deel', payload)).toStrictEqual([
			{
				kind: 'leaverScheduled',
				effectiveDate: '2026-03-31',
				timeZone: 'Europe/Berlin',
				effectiveAt: '2026-03-31T22:00:00.000Z',
				type: 'contract.terminated',
				source: 'deel',
				eventId: '-A3hBP_Bhn48yZWj9FHhpiAV5aM0',
				employeeId: '593021',
				companyId: '1',
				occurredAt: '2026-01-31T08:32:52.119Z',
				authenticity: 'signed',
				person: { email: 'ada@example.com', displayName: 'Ada Lovelace' },
			},
		]);
	});

	it.each([
		['contract.status.updated', { ...contract, status: 'terminated', termination_date: '2026-01-30' }, 'left'],
		['contract.status.updated', { ...contract, status: 'cancelled' }, 'hireCancelled'],
		['contract.status.updated', { ...contract, status: 'in_progress' }, 'changed'],
		['contract.created', contract, 'hired'],
		['employee.created.eor', { id: 'x1' }, 'hired'],
		['worker.v2.created', { id: 'x1' }, 'hired'],
		['worker.v2.updated', { id: 'x1', active: true }, 'changed'],
		['worker.v2.updated', { id: 'x1', active: false }, 'left'],
		['gp.termination.confirmed', { worker_id: 'x1' }, 'left'],
		['eor.payslips.available', undefined, 'other'],
	])('%s of %j means %s', (event_type, resource, kind) => {
		const events = eventsOf('deel', { data: { meta: { ...meta, event_type }, resource } });
		expect(events).toEqual([expect.objectContaining({ kind })]);
		expect(events?.[0]).not.toHaveProperty('alert');
	});

	it.each(['worker.deleted', 'worker.v2.deleted'])('asks a person about %s', (event_type) => {
		const payload = { data: { meta: { ...meta, event_type }, resource: { id: 'x1' } } };
		expect(eventsOf('deel', payload)).toEqual([
			expect.objectContaining({
				kind: 'left',
				alert: 'Deleted in Deel: the person left, or an admin cleaned up a record. A person must look.',
			}),
		]);
	});

	const sent = (event_type: string, resource: unknown, more: object = {}) =>
		eventsOf('deel', { data: { meta: { ...meta, event_type, ...more }, resource } }) ?? [];

	it.each([
		['by the address that is expected', { worker: { id: null, expected_email: 'ada@example.com' } }],
		['in a list', [{ worker: { expected_email: 'ada@example.com', full_name: '' } }]],
		['by the address beside the contract', { contract_id: '3w4zdd9', worker_email: 'ada@example.com' }],
		['by the address of the invitation', { id: '3w4zdd9', worker: {}, invitations: { worker_email: 'ada@example.com' } }],
	])('finds a person without an id %s', (_where, resource) => {
		const [event] = sent('contract.created', resource);
		expect(event).toMatchObject({ kind: 'hired', person: { email: 'ada@example.com' } });
		expect(event).not.toHaveProperty('employeeId');
		expect(event).not.toHaveProperty('alert');
	});

	it.each([
		['contract.created', { id: '3w4zdd9', worker: { email: 'a@example.com', expected_email: 'b@example.com' } }, 'a@example.com'],
		['employee.created.contractor', { id: '3w4zdd9', email: 'a@example.com' }, 'a@example.com'],
		['contract.signed', { id: '3w4zdd9', worker: { work_email: 'a@example.com' } }, 'a@example.com'],
		['time-off.deleted', { id: 'request-9', worker: { email: 'a@example.com' } }, 'a@example.com'],
		['payslips.reviewed', { id: 'payslip-9', worker: { email: 'a@example.com' } }, 'a@example.com'],
	])('takes no other id for a person\'s: %s', (event_type, resource, email) => {
		const [event] = sent(event_type, resource);
		expect(event).toMatchObject({ person: { email } });
		expect(event).not.toHaveProperty('employeeId');
	});

	it.each([
		['contract.terminated', { termination_date: '2026-03-31T15:59:59.999Z' }, '2026-03-31'],
		['contract.terminated', { completion_date: '2026-04-01T03:59:59.999Z' }, '2026-03-31'],
		['contract.status.updated', { status: 'terminated', end_date: '2026-03-31T10:59:59.999Z' }, '2026-03-31'],
		['gp.termination.confirmed', { end_date: '2026-03-31T18:29:59.999Z' }, '2026-03-31'],
		['contract.created', { start_date: '2026-03-30T16:00:00.000Z' }, '2026-03-31'],
	])('reads the day that begins or ends where the worker is: %s', (event_type, dates, date) => {
		for (const timeZone of ['Europe/Berlin', 'Pacific/Auckland', 'America/Los_Angeles']) {
			const provider = providerNamed('deel');
			if (provider === undefined) throw new Error('There is no scheme');
			const payload = { data: { meta: { ...meta, event_type }, resource: { worker, ...dates } } };
			const events = provider.eventsIn(payload, delivery([])) ?? [];
			const [event] = toHrisEvents(events, provider, Buffer.from(''), { ...settings, timeZone }, NOW);
			expect(event?.effectiveDate).toBe(date);
		}
	});

	it.each([
		['in the meta data, as documented', { data: { meta: { ...meta, is_simulation: true }, resource: contract } }],
		['as a text', { data: { meta: { ...meta, is_simulation: 'true' }, resource: contract } }],
		['beside the meta data', { data: { meta, is_simulation: true, resource: contract } }],
		['beside the data', { is_simulation: true, data: { meta, resource: [contract, contract] } }],
	])('marks a simulation that says so %s', (_where, payload) => {
		const events = eventsOf('deel', payload) ?? [];
		expect(events.map(({ simulation }) => simulation)).toEqual(events.map(() => true));
	});

	it.each([false, 'false', null, 0, undefined])('takes is_simulation: %j for what really happened', (said) => {
		const [event] = sent('contract.terminated', contract, { is_simulation: said });
		expect(event).not.toHaveProperty('simulation');
	});

	it('reads a person in the form of SCIM, and several of them', () => {
		const resource = [
			{ id: 'a', name: { given_name: 'Ada', family_name: 'Lovelace' }, emails: [{ value: 'ada@example.com' }] },
			{ id: 'b', title: 'Engineer', active: true },
		];
		const events = eventsOf('deel', { data: { meta: { ...meta, event_type: 'worker.v2.updated' }, resource } });
		expect(events?.map(({ employeeId, eventId, person }) => ({ employeeId, eventId, person }))).toEqual([
			{
				employeeId: 'a',
				eventId: '-A3hBP_Bhn48yZWj9FHhpiAV5aM0/1/a',
				person: { email: 'ada@example.com', givenName: 'Ada', familyName: 'Lovelace' },
			},
			{
				employeeId: 'b',
				eventId: '-A3hBP_Bhn48yZWj9FHhpiAV5aM0/2/b',
				person: { title: 'Engineer', active: true },
			},
		]);
	});
});

describe('Personio', () => {
	const payload = {
		company_id: '42',
		event_name: 'Employment.Terminated',
		occurred_at: '2026-01-31T00:00:05+01:00',
		payload: { id: 'e-1', person: { id: 'p-9' }, termination_date: '2026-01-31' },
		meta: {},
	};

	it('reports a leaver by the person, in any spelling, and only as sure as a token is', () => {
		expect(eventsOf('personio', payload)).toStrictEqual([
			{
				kind: 'left',
				effectiveDate: '2026-01-31',
				timeZone: 'Europe/Berlin',
				effectiveAt: '2026-01-31T23:00:00.000Z',
				type: 'employment.terminated',
				source: 'personio',
				eventId: hashOf(payload, 'employment.terminated'),
				employeeId: 'p-9',
				companyId: '42',
				occurredAt: '2026-01-30T23:00:05.000Z',
				authenticity: 'token',
			},
		]);
	});

	it.each([
		['employment.started', 'hired'],
		['employment.created', 'changed'],
		['person.created', 'hired'],
		['person.updated', 'changed'],
		['absence-period.created', 'other'],
	])('%s means %s', (event_name, kind) => {
		expect(eventsOf('personio', { ...payload, event_name })).toEqual([
			expect.objectContaining({ kind }),
		]);
	});

	it('takes the id of a person\'s event for the person, and never that of an employment', () => {
		const person = { ...payload, event_name: 'person.updated', payload: { id: 'p-9' } };
		const employment = { ...payload, event_name: 'employment.started', payload: { id: 'e-1' } };
		expect(eventsOf('personio', person)?.[0]?.employeeId).toBe('p-9');
		expect(eventsOf('personio', employment)?.[0]).toMatchObject({
			kind: 'hired',
			alert: 'The event does not say who it is about. A person must look.',
		});
	});
});

describe('Gusto', () => {
	const payload = {
		uuid: '03ffbf0c-48a9-4f1c-932a-546413a26ad1',
		event_type: 'employee.terminated_effective',
		resource_type: 'Company',
		resource_uuid: '5df911a0-e8e9-412d-8aaf-a46ad193dd96',
		entity_type: 'Employee',
		entity_uuid: 'bcfc9744-0ab3-4ef3-ab0d-e728255d659c',
		timestamp: 1671058841,
	};

	it('reports a leaver', () => {
		expect(eventsOf('gusto', payload)).toStrictEqual([
			{
				kind: 'left',
				timeZone: 'Europe/Berlin',
				type: 'employee.terminated_effective',
				source: 'gusto',
				eventId: '03ffbf0c-48a9-4f1c-932a-546413a26ad1',
				employeeId: 'bcfc9744-0ab3-4ef3-ab0d-e728255d659c',
				companyId: '5df911a0-e8e9-412d-8aaf-a46ad193dd96',
				occurredAt: '2022-12-14T23:00:41.000Z',
				authenticity: 'signed',
			},
		]);
	});

	it.each([
		['employee.created', 'hired'],
		['employee.terminated', 'leaverScheduled'],
		['employee.termination_effective', 'left'],
		['employee.termination_cancelled', 'leaverCancelled'],
		['employee.rehired', 'rehired'],
		['employee.rehire_effective', 'rehired'],
		['employee.rehire_cancelled', 'hireCancelled'],
		['employee.onboarded', 'changed'],
		['employee.self_onboarding_completed', 'other'],
		['payroll.paid', 'other'],
		['contractor.onboarded', 'changed'],
	])('%s means %s', (event_type, kind) => {
		const [event] = eventsOf('gusto', { ...payload, event_type }) ?? [];
		expect(event?.kind).toBe(kind);
		expect(event).not.toHaveProperty('alert');
	});

	it('takes a contractor for a person', () => {
		const contractor = { ...payload, event_type: 'contractor.deactivated', entity_type: 'Contractor' };
		expect(eventsOf('gusto', contractor)).toEqual([
			expect.objectContaining({ kind: 'left', employeeId: payload.entity_uuid }),
		]);
	});

	it('takes a company\'s id for no one\'s', () => {
		const company = { ...payload, event_type: 'company.updated', entity_type: 'Company' };
		expect(eventsOf('gusto', company)?.[0]).not.toHaveProperty('employeeId');
	});
});

describe('Finch', () => {
	const headers = [
		['Finch-Event-Id', 'msg_1'],
		['Finch-Timestamp', '1700000000'],
	] as const;

	it('reports a change of a person that it only names', () => {
		const payload = {
			company_id: 'c-1',
			connection_id: 'k-1',
			event_type: 'employment.updated',
			data: { individual_id: 'i-1' },
		};
		expect(eventsOf('finch', payload, { headers, now: SIGNED_AT * 1_000 })).toStrictEqual([
			{
				kind: 'changed',
				timeZone: 'Europe/Berlin',
				type: 'employment.updated',
				source: 'finch',
				eventId: 'msg_1',
				employeeId: 'i-1',
				companyId: 'k-1',
				occurredAt: '2023-11-14T22:13:20.000Z',
				authenticity: 'signed',
			},
		]);
	});

	it.each([
		['individual.created', 'hired', false],
		['directory.created', 'hired', false],
		['directory.deleted', 'other', true],
		['account.updated', 'other', false],
		['job.data_sync_all.completed', 'other', false],
		['employment.deleted', 'other', true],
	])('%s means %s', (event_type, kind, raisesAlert) => {
		const [event] = eventsOf('finch', { event_type, data: { individual_id: 'i' } }, { headers }) ?? [];
		expect(event?.kind).toBe(kind);
		expect(event?.alert !== undefined).toBe(raisesAlert);
	});
});

describe('a connection of Finch', () => {
	it.each([
		['connected', false],
		['processing', false],
		['reauth', true],
		['disconnected', true],
		['error_permissions', true],
	])('that is called %s raises an alert: %s', (status, raisesAlert) => {
		const [event] = eventsOf('finch', { event_type: 'account.updated', data: { status } }) ?? [];
		expect(event?.kind).toBe('other');
		expect(event?.alert?.includes('events may be missing') ?? false).toBe(raisesAlert);
	});
});

describe('Merge', () => {
	const employee = {
		id: '0958cbc6',
		remote_id: '19202938',
		employee_number: '2',
		first_name: 'Greg',
		last_name: 'Hirsch',
		display_full_name: 'Cousin Greg',
		work_email: 'greg@example.com',
		mobile_phone_number: '+1234567890',
		start_date: '2026-02-10T00:00:00Z',
		employment_status: 'PENDING',
		termination_date: null,
		modified_at: '2026-01-30T10:00:00Z',
		ssn: '1234567890',
	};
	const payload = (event: string, changes: object = {}) => ({
		hook: { id: '164f934e', event, target: 'https://n8n.example.com' },
		linked_account: { id: 'la-1', end_user_organization_name: 'Example' },
		data: { ...employee, ...changes },
	});

	it('reports a hire with the person, and not with what is no one\'s business', () => {
		const added = payload('Employee.added');
		expect(eventsOf('merge', added)).toStrictEqual([
			{
				kind: 'hired',
				effectiveDate: '2026-02-10',
				timeZone: 'Europe/Berlin',
				effectiveAt: '2026-02-09T23:00:00.000Z',
				type: 'Employee.added',
				source: 'merge',
				eventId: hashOf(added, 'Employee.added'),
				employeeId: '0958cbc6',
				companyId: 'la-1',
				occurredAt: '2026-01-30T10:00:00.000Z',
				authenticity: 'signed',
				person: {
					email: 'greg@example.com',
					displayName: 'Cousin Greg',
					givenName: 'Greg',
					familyName: 'Hirsch',
					employeeNumber: '2',
					phoneNumber: '+1234567890',
					active: true,
				},
			},
		]);
	});

	it.each([
		['Employee.changed', {}, 'changed', false],
		['Employee.changed', { employment_status: 'ACTIVE', termination_date: '2026-02-27' }, 'leaverScheduled', false],
		['Employee.changed', { employment_status: 'INACTIVE', termination_date: '2026-01-30' }, 'left', false],
		['Employee.added', { employment_status: 'INACTIVE', termination_date: '2019-01-30' }, 'left', false],
		['Employee.changed', { employment_status: 'ACTIVE', termination_date: '2019-01-30' }, 'changed', true],
		['Employee.changed', { employment_status: 'INACTIVE' }, 'changed', true],
		['Employee.removed', {}, 'other', true],
		['LinkedAccount.synced', {}, 'other', false],
	])('%s with %j means %s', (event, changes, kind, raisesAlert) => {
		const [one] = eventsOf('merge', payload(event, changes)) ?? [];
		expect(one?.kind).toBe(kind);
		expect(one?.alert !== undefined).toBe(raisesAlert);
	});
});

describe('Factorial', () => {
	const record = {
		id: 55,
		company_id: 3,
		first_name: 'Ada',
		last_name: 'Lovelace',
		full_name: 'Ada Lovelace',
		email: 'ada@example.com',
		terminated_on: null,
	};

	it('takes what happened from the address, because the body does not say', () => {
		expect(eventsOf('factorial', record, { event: 'employee_created' })).toStrictEqual([
			{
				kind: 'hired',
				timeZone: 'Europe/Berlin',
				type: 'employee_created',
				source: 'factorial',
				eventId: hashOf(record, 'employee_created'),
				employeeId: '55',
				companyId: '3',
				authenticity: 'token',
				person: {
					email: 'ada@example.com',
					displayName: 'Ada Lovelace',
					givenName: 'Ada',
					familyName: 'Lovelace',
				},
			},
		]);
	});

	it.each([
		['employee_terminated', '2026-02-27', 'leaverScheduled', false],
		['employees/employee/terminate', '2026-01-30', 'left', false],
		['Employees::Events::EmployeeUnterminated', null, 'leaverCancelled', false],
		['employee_updated', null, 'changed', false],
		['', null, 'changed', false],
		['', '2026-01-30', 'left', false],
		['employee_invited', null, 'other', false],
		['timeoff_leave_created', null, 'other', false],
		['employee_offboarded', null, 'other', true],
		['constructor', '2026-01-30', 'other', true],
		['__proto__', '2026-01-30', 'other', true],
	])('%j with the last day %s means %s', (event, terminated_on, kind, raisesAlert) => {
		const [one] = eventsOf('factorial', { ...record, terminated_on }, { event }) ?? [];
		expect(one?.kind).toBe(kind);
		expect(one?.alert !== undefined).toBe(raisesAlert);
	});
});

describe('a record of Factorial that is no employee\'s', () => {
	it.each(['contracts/contract_version/update', 'some/new_thing/create'])(
		'names the employee beside its own id: %s',
		(event) => {
			expect(eventsOf('factorial', { id: 9, employee_id: 55 }, { event })).toEqual([
				expect.objectContaining({ employeeId: '55' }),
			]);
			expect(eventsOf('factorial', { id: 9 }, { event })?.[0]).not.toHaveProperty('employeeId');
		},
	);

	it('and an address that ends in "?event=" says nothing', () => {
		const received = { ...delivery([]), eventInAddress: '' };
		const record = { id: 55, terminated_on: '2026-01-30' };
		expect(providerNamed('factorial')?.eventsIn(record, received)).toEqual([
			expect.objectContaining({ type: 'employee', kind: 'leaving' }),
		]);
	});
});

describe('version 1 of HiBob\'s webhooks, which lives on', () => {
	// https://apidocs.hibob.com/reference/time-off-webhook-events and esign-document-signing-event
	it.each([
		[{ timeoffRequestId: 1, employeeId: '7', event: 'timeoff.request.requested' }, 'other'],
		[{ companyId: 1, type: 'documents.eSign.completed', documentId: 9, employeeId: '7' }, 'other'],
		[{ companyId: 1, type: 'employee.left', employee: { id: '7' } }, 'left'],
	])('is answered, and says nothing else than version 2: %j', (payload, kind) => {
		const [event] = eventsOf('hibob', payload) ?? [];
		expect(event).toMatchObject({ kind, employeeId: '7' });
		expect(event).not.toHaveProperty('alert');
	});
});

describe('the address of an employee whom HiBob has deleted', () => {
	it('comes with the event, because the record cannot be read again', () => {
		const payload = { type: 'employee.deleted', data: { employeeId: '7', email: 'ada@example.com' } };
		expect(eventsOf('hibob', payload)).toEqual([
			expect.objectContaining({ employeeId: '7', person: { email: 'ada@example.com' } }),
		]);
	});
});

describe('the id of an event', () => {
	const record = { id: 55, email: 'ada@example.com' };
	const idOf = (event: string) => eventsOf('factorial', record, { event })?.[0]?.eventId;

	it('differs where one record is sent for two reasons, and is the same for a copy', () => {
		expect(idOf('employee_updated')).not.toBe(idOf('employee_terminated'));
		expect(idOf('employee_updated')).toBe(idOf('employee_updated'));
	});

	it('does not change with an address that nothing protects, where the body says what happened', () => {
		const payload = { type: 'employee.left', data: { employeeId: '1' } };
		const [plain] = eventsOf('hibob', payload) ?? [];
		const [decorated] = eventsOf('hibob', payload, { event: 'employee_updated' }) ?? [];
		expect(decorated?.eventId).toBe(plain?.eventId);
	});
});

describe('the id of an employee', () => {
	const NO_ONE = 'The event does not say who it is about. A person must look.';

	it('that a number cannot hold is no one\'s: it would be rounded to another person\'s', () => {
		const payload: unknown = JSON.parse('{"kind":"left","employeeId":9007199254740993}');
		const [event] = eventsOf('headerToken', payload) ?? [];
		expect(event).not.toHaveProperty('employeeId');
		expect(event?.alert).toBe(NO_ONE);
	});

	it('leaves an event even where nothing else says what happened', () => {
		const payload: unknown = JSON.parse('{"data":{"id":9007199254740993,"terminated_on":"2026-01-30"}}');
		expect(eventsOf('factorial', payload)).toEqual([
			expect.objectContaining({ kind: 'left', alert: NO_ONE }),
		]);
	});

	it('may be the greatest that a number holds, or a longer text', () => {
		const ids = [9007199254740991, '9007199254740993'];
		const events = ids.map((employeeId) => ({ kind: 'left', employeeId }));
		const employeeIds = eventsOf('headerToken', events)?.map(({ employeeId }) => employeeId);
		expect(employeeIds).toEqual(['9007199254740991', '9007199254740993']);
	});
});

describe('a sender that the admin controls', () => {
	it('says what happened in the words of an event', () => {
		const payload = {
			kind: 'leaverScheduled',
			source: 'workday',
			employeeId: 'w-7',
			effectiveDate: '2026-02-28',
			timeZone: 'Pacific/Auckland',
			occurredAt: '2026-01-31T10:00:00+13:00',
			person: { email: 'ada@example.com', title: '', role: 'owner', salary: 1, active: true },
		};
		const headers = [['webhook-id', 'msg_7']] as const;
		expect(eventsOf('standardWebhooks', payload, { headers })).toStrictEqual([
			{
				kind: 'leaverScheduled',
				effectiveDate: '2026-02-28',
				timeZone: 'Pacific/Auckland',
				effectiveAt: '2026-02-28T11:00:00.000Z',
				type: 'leaverScheduled',
				source: 'workday',
				eventId: 'msg_7',
				employeeId: 'w-7',
				occurredAt: '2026-01-30T21:00:00.000Z',
				authenticity: 'signed',
				person: { email: 'ada@example.com', active: true },
			},
		]);
	});

	it('may send several, under data or not', () => {
		const events = [
			{ type: 'employee.hired', data: { employee_id: 1, effective_date: '2026-03-01' } },
			{ kind: 'onLeave', employeeId: '2' },
			{ type: 'employee.left', employeeId: '3' },
		];
		const all = eventsOf('headerToken', { events });
		expect(all?.map(({ kind, employeeId, authenticity }) => ({ kind, employeeId, authenticity }))).toEqual([
			{ kind: 'hired', employeeId: '1', authenticity: 'token' },
			{ kind: 'onLeave', employeeId: '2', authenticity: 'token' },
			{ kind: 'left', employeeId: '3', authenticity: 'token' },
		]);
		expect(new Set(all?.map(({ eventId }) => eventId)).size).toBe(3);
		expect(eventsOf('headerToken', events)).toHaveLength(3);
	});

	it.each([[{ employeeId: '1' }], ['text'], [null]])(
		'does not send %j',
		(payload) => {
			expect(eventsOf('headerToken', payload)).toBeUndefined();
		},
	);
});

describe('the kind that such a sender names', () => {
	it.each([
		[{ kind: 'terminated', type: 'employee.updated' }, 'other', 'employee.updated'],
		[{ kind: 'Left' }, 'other', 'Left'],
		[{ kind: 'promoted' }, 'other', 'promoted'],
		[{ kind: 'employee.terminated' }, 'left', 'employee.terminated'],
		[{ data: { kind: 'constructor' }, type: 'left' }, 'other', 'left'],
	])('raises an alert where it is none: %j', (said, kind, type) => {
		const [event] = eventsOf('headerToken', { ...said, employeeId: '1' }) ?? [];
		expect(event).toMatchObject({ kind, type });
		expect(event?.alert).toContain('is not a kind of event. A person must look.');
	});

	it.each([
		[{ kind: 'left', data: { kind: 'changed' } }, 'left', 'left'],
		[{ type: 'employee.left', data: { type: 'contractor' } }, 'left', 'employee.left'],
		[{ data: { kind: 'onLeave' } }, 'onLeave', 'onLeave'],
	])('counts before what stands under data: %j', (said, kind, type) => {
		const [event] = eventsOf('headerToken', { ...said, employeeId: '1' }) ?? [];
		expect(event).toMatchObject({ kind, type });
		expect(event).not.toHaveProperty('alert');
	});
});

describe('a word that no table knows', () => {
	it.each([
		['employee.terminating_soon', true],
		['worker.offboarding.started', true],
		['person.resigned', true],
		['user.deactivated', true],
		['employee.archived', true],
		['employee.onboarded', true],
		['department.updated', true],
		['document.deleted', true],
		['constructor', true],
		['todo.assign', false],
	])('%s raises an alert: %s', (type, raisesAlert) => {
		const [event] = eventsOf('hibob', { type, data: { employeeId: '1' } }) ?? [];
		expect(event?.kind).toBe('other');
		expect(event?.alert !== undefined).toBe(raisesAlert);
	});
});

describe('a date', () => {
	const event = { kind: 'leaverScheduled', employeeId: '1' };

	it('that does not exist raises an alert and sets no time', () => {
		const [one] = eventsOf('headerToken', { ...event, effectiveDate: '2027-02-29' }) ?? [];
		expect(one?.alert).toBe('The effective date that was sent cannot be understood. A person must look.');
		expect(one).not.toHaveProperty('effectiveDate');
		expect(one).not.toHaveProperty('effectiveAt');
	});

	it.each(['03/31/2026', '31.12.2026', '2027-02-29', 'soon', '1798675200000', { year: 2026 }, 0.5, true])(
		'that is written as %j makes no one a leaver who has left',
		(effectiveDate) => {
			const said = { type: 'employee.terminated', employeeId: '1', effectiveDate };
			expect(eventsOf('headerToken', said)).toEqual([
				expect.objectContaining({
					kind: 'changed',
					alert: 'The effective date that was sent cannot be understood. A person must look.',
				}),
			]);
		},
	);

	it.each(['20261231', 20261231, '2026-12-31 17:00:00', '2026-12-31T17:00:00-08'])(
		'that is written as %j is ahead',
		(effectiveDate) => {
			const said = { type: 'employee.terminated', employeeId: '1', effectiveDate, timeZone: 'America/Los_Angeles' };
			const [one] = eventsOf('headerToken', said) ?? [];
			expect(one).toMatchObject({ kind: 'leaverScheduled', effectiveDate: '2026-12-31' });
			expect(one).not.toHaveProperty('alert');
		},
	);

	it.each([undefined, null, '', ' ', '0000-00-00', '0000-00-00 00:00:00'])('that is %j is none: who leaves has left', (effectiveDate) => {
		const said = { type: 'employee.terminated', employeeId: '1', effectiveDate };
		const [one] = eventsOf('headerToken', said) ?? [];
		expect(one?.kind).toBe('left');
		expect(one).not.toHaveProperty('alert');
	});

	it.each([
		['hired', '2028-02-28T23:00:00.000Z'],
		['rehired', '2028-02-28T23:00:00.000Z'],
		['onLeave', '2028-02-28T23:00:00.000Z'],
		['leaverScheduled', '2028-02-29T23:00:00.000Z'],
		['left', '2028-02-29T23:00:00.000Z'],
		['leaverCancelled', '2028-02-29T23:00:00.000Z'],
	])('of %s counts from %s: a leaver keeps the last day', (kind, effectiveAt) => {
		const [one] = eventsOf('headerToken', { ...event, kind, effectiveDate: '2028-02-29' }) ?? [];
		expect(one).toMatchObject({ kind, effectiveDate: '2028-02-29', effectiveAt });
	});

	it('is read in the company\'s zone where the event names none that exists', () => {
		const said = { ...event, effectiveDate: '2026-01-31', timeZone: 'Mars/Olympus' };
		expect(eventsOf('headerToken', said)).toEqual([
			expect.objectContaining({
				timeZone: 'Europe/Berlin',
				effectiveAt: '2026-01-31T23:00:00.000Z',
				alert: 'The time zone that was sent does not exist; the company\'s was used. A person must look.',
			}),
		]);
	});
});

describe('raw', () => {
	it('is there only when asked for, and holds only what is about this employee', () => {
		const provider = providerNamed('bamboohr');
		const employees = [
			{ id: '1', action: 'Updated', fields: { Salary: '1' } },
			{ id: '2', action: 'Updated', fields: {} },
		];
		const events = provider?.eventsIn({ employees }, delivery([])) ?? [];
		if (provider === undefined) throw new Error('There is no scheme');
		const given = (includeRaw: boolean) =>
			toHrisEvents(events, provider, Buffer.from(''), { timeZone: 'UTC', includeRaw }, NOW);

		expect(given(false).some((event) => 'raw' in event)).toBe(false);
		expect(given(true).map(({ raw }) => raw)).toEqual(employees);
	});
});
