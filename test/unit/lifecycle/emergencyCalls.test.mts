import { receiveEvents } from '../../../lib/lifecycle/events.ts';
import { changeRow, newChange } from '../../../lib/lifecycle/journal.ts';

const NOW = Date.parse('2026-02-03T10:00:00Z');

const received = (item: unknown, execution = '5') =>
	receiveEvents([item], { job: 'emergency', source: '', execution, now: NOW });

const ofBody = (body: unknown) => received({ headers: {}, body });

const person = (email: string) => ({ person: { email } });

describe('whom a body names', () => {
	it.each([
		['one person', person('ada@example.com'), ['ada@example.com']],
		['one address', { email: 'ada@example.com' }, ['ada@example.com']],
		['a list of people', { people: [person('ada@example.com'), 'bo@example.com'] }, ['ada@example.com', 'bo@example.com']],
		['a list without a name', [person('ada@example.com'), { email: 'bo@example.com' }], ['ada@example.com', 'bo@example.com']],
		['events', { events: [{ kind: 'accessRevoked', ...person('ada@example.com') }] }, ['ada@example.com']],
		['a person twice', { people: ['ada@example.com', ' ADA@example.com'] }, ['ada@example.com']],
		['a display name', { email: 'Ada <Ada@Example.com>' }, ['ada@example.com']],
		['a pattern, which is a strange address', { email: '*@example.com' }, ['*@example.com']],
		['a domain in two spellings', { people: ['ada@bücher.example', 'ada@xn--bcher-kva.example'] }, ['ada@xn--bcher-kva.example']],
	])('%s', (_case, body, people) => {
		const rows = ofBody(body);
		expect([...new Set(rows.map(({ email }) => email))]).toEqual(people);
		expect(rows.map(({ details }) => details.app)).toEqual(people.flatMap(() => ['notion', 'entra', 'okta', 'google']));
		expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['received']));
		expect(rows.some(({ details }) => details.trouble)).toBe(false);
	});

	it.each([
		['nothing', {}, /names no email/],
		['no one', { people: [] }, /names no email/],
		['null', null, /names no email/],
		['a number', 7, /no email address/],
		['no address', { email: 'everybody' }, /no email address/],
		['a quote', { email: "a' or mail ne '@example.com" }, /no email address/],
		['a letter that only looks like k', { email: 'mar\u212A@example.com' }, /no email address/],
		['a letter that no one sees', { email: 'ada@example.com\u200b' }, /no email address/],
		['a person who left', { kind: 'left', email: 'ada@example.com' }, /"left" is no emergency/],
	])('%s locks no one out', (_case, body, trouble) => {
		expect(ofBody(body)).toEqual([
			expect.objectContaining({ details: expect.objectContaining({ app: 'none', trouble: expect.stringMatching(trouble) }) }),
		]);
	});

	it('one bad entry stops none of the others', () => {
		const rows = ofBody({ people: ['no address', 'ada@example.com'] });
		expect(rows.map(({ details }) => details.app)).toEqual(['none', 'notion', 'entra', 'okta', 'google']);
	});
});

describe('who says so', () => {
	const event = {
		kind: 'accessRevoked',
		source: 'edr',
		eventId: 'msg_1/2/E7',
		authenticity: 'signed',
		person: { email: 'Ada@example.com' },
		raw: { requestedBy: 'analyst@example.com', reference: 'CASE-1', reason: 'Stolen cookie' },
	};

	it('a signed event: its copies have one key, whatever their place in the delivery', () => {
		const [notion] = received(event);
		expect(notion).toMatchObject({
			key: 'emergency|edr|msg_1|ada@example.com|notion',
			requestedBy: 'analyst@example.com',
			reference: 'CASE-1',
			reason: 'Stolen cookie',
			knownAt: '2026-02-03T10:00:00.000Z',
			details: { authenticity: 'signed', callReason: 'Stolen cookie' },
		});
		expect(received({ ...event, eventId: 'msg_1/0/' })[0]?.key).toBe(notion?.key);
	});

	it('a body: for all of its people, unless an entry says otherwise', () => {
		const rows = ofBody({
			requestedBy: 'soc@example.com',
			reference: 'CASE-7',
			eventId: 'e1',
			people: ['ada@example.com', { email: 'bo@example.com', requestedBy: 'cy@example.com' }],
		});
		expect(rows.map(({ requestedBy }) => requestedBy)).toEqual([
			...Array.from({ length: 4 }, () => 'soc@example.com'),
			...Array.from({ length: 4 }, () => 'cy@example.com'),
		]);
		expect(rows[0]).toMatchObject({ key: 'emergency|HrisWebhook|e1|ada@example.com|notion', reference: 'CASE-7' });
		expect(rows[0]?.details).toEqual({ app: 'notion', authenticity: 'token' });
	});

	it('a call without an ID is no copy of another one', () => {
		const [one] = ofBody('ada@example.com');
		const [other] = received({ headers: {}, body: 'ada@example.com' }, '6');
		expect(one?.key).not.toBe(other?.key);
	});

	it('a sender that is a person has asked', () => {
		expect(received({ ...event, source: 'Soc@example.com', raw: {} })[0]?.requestedBy).toBe('Soc@example.com');
	});

	it('a simulation does nothing', () => {
		expect(received({ ...event, simulation: true })).toEqual([]);
	});
});

describe('rows that are handed over', () => {
	const row = { ...changeRow(newChange({ kind: 'emergency', state: 'held', outcome: 'held', email: 'ada@example.com' })), id: 3 };
	const dated = { ...row, createdAt: '2026-02-03T09:00:00Z', updatedAt: '2026-02-03T09:00:00Z' };

	it('keep their ID and what came of them', () => {
		expect(received(dated)).toEqual([expect.objectContaining({ id: 3, state: 'received', outcome: 'held', execution: '5' })]);
	});

	it('lock no one out while they cannot be read, and are told', () => {
		expect(received({ ...dated, dueAt: 'soon' })).toEqual([
			expect.objectContaining({ details: { app: 'none', trouble: expect.stringContaining('Row 3') } }),
		]);
	});

	it('of another job are refused', () => {
		expect(() => received({ ...dated, kind: 'leave' })).toThrow('is none for emergency');
	});
});
