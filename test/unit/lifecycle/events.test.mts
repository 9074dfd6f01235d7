import { eventKey, receiveEvents } from '../../../lib/lifecycle/events.ts';
import type { Change, StoredChange } from '../../../lib/lifecycle/journal.ts';
import { changeRow, newChange } from '../../../lib/lifecycle/journal.ts';

const RECEPTION = { job: 'joiners', source: 'bamboohr', execution: '42', now: Date.UTC(2026, 4, 4, 8) } as const;

const received = (items: unknown[], more = {}): Array<Change | StoredChange> => receiveEvents(items, { ...RECEPTION, ...more });
const delivery = (body: unknown) => ({ headers: { host: 'n8n' }, params: {}, query: {}, body });

describe('an event of the HRIS Trigger', () => {
	const event = {
		kind: 'hired',
		type: 'employee.created',
		source: 'hibob',
		eventId: 'e-1',
		employeeId: 1204,
		companyId: 'c',
		timeZone: 'Asia/Tokyo',
		authenticity: 'signed',
		person: { displayName: 'Grace Hopper', title: 'Admiral', email: 'grace@example.com' },
	};

	it('becomes a row that is received', () => {
		expect(received([event])).toEqual([
			newChange({
				key: 'joiners|hibob|c|e-1|1204',
				kind: 'hire',
				state: 'received',
				execution: '42',
				event: 'hired',
				source: 'hibob',
				companyId: 'c',
				employeeId: '1204',
				email: 'grace@example.com',
				timeZone: 'Asia/Tokyo',
				knownAt: '2026-05-04T08:00:00.000Z',
				reference: 'hibob e-1',
				details: { authenticity: 'signed', person: { displayName: 'Grace Hopper', title: 'Admiral' } },
			}),
		]);
	});

	it('keeps no facts where a password was all that the sender knew', () => {
		const [row] = received([{ ...event, authenticity: 'token' }]);
		expect(row?.details).toEqual({ authenticity: 'token' });
	});

	it('is left to the workflow that it concerns, and leavers take every hint', () => {
		const kinds = ['hired', 'rehired', 'hireCancelled', 'changed', 'left', 'leaverScheduled', 'onLeave', 'other'];
		const items = kinds.map((kind) => ({ ...event, kind }));
		expect(received(items).map(({ event: kind, kind: change }) => [kind, change])).toEqual([
			['hired', 'hire'],
			['rehired', 'hire'],
			['hireCancelled', 'hire'],
			['changed', 'change'],
		]);
		expect(received(items, { job: 'leavers' }).map(({ event: kind }) => kind)).toEqual(kinds);
		expect(new Set(received(items, { job: 'leavers' }).map(({ kind }) => kind))).toEqual(new Set(['leave']));
	});

	it.each([
		['that the trigger finds odd', { alert: 'Nobody knows the word "parted".' }, 'Nobody knows the word "parted".'],
		['that says so in another field', { alert: 'Odd.' }, 'Odd.'],
		['of a kind that is none', { kind: 'fired' }, '"fired" is no event that this workflow knows.'],
		['of no kind', { kind: undefined }, 'The event does not say what happened.'],
	])('%s is stored with the sentence for the admin, whomever it concerns', (_case, more, trouble) => {
		expect(received([{ ...event, kind: 'other', ...more }])).toEqual([
			expect.objectContaining({ event: 'other', state: 'received', details: expect.objectContaining({ trouble }) }),
		]);
	});

	it('of an admin who tries the connection is none', () => {
		expect(received([{ ...event, simulation: true }, event])).toHaveLength(1);
	});

	it('of a word that no table of the trigger has says the word, so that all of them are one alert', () => {
		const [row] = received([{ ...event, kind: 'changed', type: 'employee.parted', unmapped: true, alert: 'Odd.' }]);
		expect(row).toMatchObject({ event: 'changed', details: { trouble: 'Odd.', unknownWord: 'employee.parted' } });
	});

	it.each(['Grace <grace@example.com>', 'mailto:grace@example.com', ' grace@example.com ', '<grace@example.com>'])(
		'names the person by the bare address of "%s"',
		(email) => {
			expect(received([{ ...event, person: { email } }])[0]?.email).toBe('grace@example.com');
			expect(received([delivery({ kind: 'hired', email })])[0]?.email).toBe('grace@example.com');
		},
	);

	it('has the HRIS of the workflow where its sender names none', () => {
		for (const source of ['', 'standardWebhooks', 'headerToken']) {
			expect(received([{ ...event, source }])[0]).toMatchObject({ source: 'bamboohr', key: 'joiners|bamboohr|c|e-1|1204' });
		}
		expect(received([{ ...event, source: 'headerToken' }], { source: '' })[0]?.source).toBe('headerToken');
	});

	it('without an ID is named by the execution that got it', () => {
		expect(received([{ ...event, eventId: undefined }])[0]?.key).toBe('joiners|hibob|c|42|1204');
	});
});

describe('a delivery to the Webhook node', () => {
	it.each([
		['one object', { kind: 'hired', employeeId: '1204' }],
		['a list', [{ kind: 'hired', employeeId: '1204' }]],
		['events', { events: [{ kind: 'hired', employeeId: 1204 }] }],
		['BambooHR\'s events', { type: 'employee.created', data: { companyId: '', employeeId: '1204' } }],
		['BambooHR\'s fields', { employees: [{ id: '1204', action: 'Created', fields: { Department: 'Sales' } }] }],
	])('as %s is read', (_form, body) => {
		expect(received([delivery(body)])).toEqual([
			expect.objectContaining({ event: 'hired', source: 'bamboohr', employeeId: '1204', details: { authenticity: 'token' } }),
		]);
	});

	it('says nothing about a person that is believed', () => {
		const body = { kind: 'hired', employeeId: '7', person: { displayName: 'Eve', email: 'eve@example.com' } };
		expect(received([delivery(body)])[0]).toMatchObject({ displayName: '', details: { authenticity: 'token' } });
	});

	it.each(['Started', 'employee.onboarded', 'fired', 'departed', 'constructor', '__proto__', 'x'.repeat(300), ''])(
		'with the word "%s", which no table has, is an alert and not lost',
		(kind) => {
			const [row] = received([delivery({ kind, employeeId: '7' })]);
			expect(row).toMatchObject({ event: 'other', employeeId: '7' });
			expect(row?.details.trouble).toMatch(/is no event|does not say/);
			expect(row?.details.trouble?.length).toBeLessThan(201);
		},
	);

	it('with BambooHR\'s fields and no action is a change, and an unknown action is told as well', () => {
		const [mute, odd] = received([delivery({ employees: [{ id: '1' }, { id: '2', action: 'Moved' }] })]);
		expect(mute).toMatchObject({ event: 'changed', details: { authenticity: 'token' } });
		expect(mute?.details.trouble).toBeUndefined();
		expect(odd).toMatchObject({ event: 'changed', details: { trouble: expect.stringContaining('"Moved"'), unknownWord: 'Moved' } });
	});

	it.each([
		['Terminated', 'left'],
		['employee.terminated', 'left'],
		['leaver_scheduled', 'leaverScheduled'],
		['On Leave', 'onLeave'],
	])('with the word "%s" is known, however it is spelt', (kind, event) => {
		const [row] = received([delivery({ kind, employeeId: '7' })], { job: 'leavers' });
		expect(row).toMatchObject({ event, details: { authenticity: 'token' } });
		expect(row?.details.trouble).toBeUndefined();
	});

	it('that is of no interest is left alone', () => {
		expect(received([delivery({ kind: 'other', employeeId: '7' })])).toEqual([]);
	});

	it.each([[null], ['terminated'], [[]], [[null]], [7]])('that holds %j is not lost either', (body) => {
		const rows = received([delivery(body)]);
		expect(rows.map(({ details }) => details.trouble)).toEqual(Array.isArray(body) && body.length === 0 ? [] : [expect.any(String)]);
	});

	it('that is equal within a minute has the same key, and another one later', () => {
		const body = { kind: 'hired', employeeId: '7' };
		const key = (now: number) => received([delivery(body)], { now })[0]?.key;
		expect(key(RECEPTION.now)).toBe(key(RECEPTION.now + 59_000));
		expect(key(RECEPTION.now)).not.toBe(key(RECEPTION.now + 60_000));
		expect(received([delivery({ ...body, eventId: 'mine' })])[0]?.key).toBe('joiners|bamboohr||mine|7');
	});
});

describe('a row that another workflow hands over', () => {
	const change = newChange({ kind: 'hire', state: 'scheduled', key: 'k', event: 'rehired', employeeId: '7', attempts: 2, knownAt: '2026-01-01T00:00:00.000Z' });
	const stored = { ...changeRow(change), id: 3, createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-02T00:00:00Z' };

	it('is received by this execution, and otherwise as it was', () => {
		expect(received([stored])).toEqual([expect.objectContaining({ ...change, id: 3, state: 'received', execution: '42' })]);
	});

	it('of another job is refused, because this one would close it', () => {
		expect(() => received([{ ...stored, kind: 'leave' }])).toThrow('A row of kind "leave" (3) is none for joiners.');
		expect(() => received([stored], { job: 'leavers' })).toThrow('is none for leavers');
		expect(received([{ ...stored, kind: 'leave' }], { job: 'leavers' })).toHaveLength(1);
	});

	it('that is not stored yet gets no ID', () => {
		const [row] = received([changeRow(change)]);
		expect(row).toEqual({ ...change, state: 'received', execution: '42' });
	});

	it('that cannot be read is told to the admin, under one key', () => {
		const again = (execution: string) => received([{ ...stored, dueAt: 'tomorrow' }], { execution })[0];
		expect(again('1')).toMatchObject({
			event: 'other',
			employeeId: '7',
			details: { trouble: expect.stringContaining('Row 3 of notion_scim_changes cannot be read') },
		});
		expect(again('1')?.key).toBe(again('2')?.key);
	});
});

it('gives two workflows two keys for one event, and spells an address in one way', () => {
	const event = { source: 'hibob', companyId: '', eventId: 'e', employeeId: '', email: 'Ada@Example.com' };
	expect(eventKey('joiners', event)).not.toBe(eventKey('leavers', event));
	expect(eventKey('joiners', event)).toBe(eventKey('joiners', { ...event, email: 'ada@example.com' }));
});
