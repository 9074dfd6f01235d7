import { join } from 'node:path';

import { usedCode } from '../../../canvas/usedCode.mts';
import { ADDRESSES, scriptIn } from '../../../canvas/workflow.mts';

type Row = Record<string, unknown>;

/** A function of the code that the workflow's Code nodes run. */
function functionOf(name: string, ...files: string[]): (...values: unknown[]) => unknown {
	const folder = join('workflows', 'emergency-lockdown', 'code');
	const paths = [...ADDRESSES, ...['protected', ...files].map((file) => join(folder, `${file}.js`))];
	return new Function(usedCode([...paths.map(scriptIn), `return ${name};`]))();
}

const callsIn = functionOf('callsIn', 'calls');
const rowsFor = functionOf('rowsFor', 'calls');
const divided = functionOf('divided', 'limit');
const refusalOf = functionOf('refusalOf', 'approval');
const overdueRows = functionOf('overdueRows', 'limit', 'listed', 'overdueRows');
const troublesIn = functionOf('troublesIn', 'verdict');
const answerOf = functionOf('answerOf', 'answers');
const found = functionOf('found', 'answers');
const ended = functionOf('ended', 'answers');
const listed = functionOf('listed', 'listed');
const watchRows = functionOf('watchRows', 'watchRows');
const outcomeInNotion = functionOf('outcomeInNotion', 'answers', 'notionOutcome');

const NOW = Date.parse('2026-02-03T10:00:00Z');
const minutesAgo = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

function asRows(value: unknown): Row[] {
	if (!Array.isArray(value)) throw new Error('no list');
	return value;
}

describe('whom a body names', () => {
	const person = (email: string) => ({ person: { email } });

	it.each([
		['one person', person('ada@example.com'), ['ada@example.com']],
		['one address', { email: 'ada@example.com' }, ['ada@example.com']],
		['a list of people', { people: [person('ada@example.com'), 'bo@example.com'] }, ['ada@example.com', 'bo@example.com']],
		['a list without a name', [person('ada@example.com'), { email: 'bo@example.com' }], ['ada@example.com', 'bo@example.com']],
		['events', { events: [{ kind: 'accessRevoked', ...person('ada@example.com') }] }, ['ada@example.com']],
		['somebody twice', { people: ['ada@example.com', ' ADA@example.com'] }, ['ada@example.com']],
		['a domain in two spellings', { people: ['ada@bücher.example', 'ada@xn--bcher-kva.example'] }, ['ada@xn--bcher-kva.example']],
	])('%s', (_case, body, people) => {
		const rows = rowsOfBody(body);
		expect([...new Set(rows.map((row) => row['person']))]).toEqual(people);
		expect(rows).toHaveLength(people.length * 4);
		expect(new Set(rows.map(({ outcome }) => outcome))).toEqual(new Set(['intended']));
	});

	it.each([
		['nothing', {}, /names no email/],
		['nobody', { people: [] }, /names no email/],
		['null', null, /names no email/],
		['a number', 7, /no email address/],
		['no address', { email: 'everybody' }, /no email address/],
		['a pattern', { email: '*@example.com' }, undefined],
		['a quote', { email: "a' or mail ne '@example.com" }, /no email address/],
		['a letter that only looks like k', { email: 'mar\u212A@example.com' }, /no email address/],
		['somebody who left', { kind: 'left', email: 'ada@example.com' }, /"left" is no emergency/],
	])('nobody is locked out by %s', (_case, body, error) => {
		const rows = rowsOfBody(body);
		if (error === undefined) return expect(rows[0]?.['person']).toBe('*@example.com');
		expect(rows).toEqual([expect.objectContaining({ app: 'none', outcome: 'failed', error: expect.stringMatching(error) })]);
	});

	it('takes no protected responder, in whatever spelling', () => {
		const rows = rowsOfBody({ people: ['Soc@Example.com', 'ada@example.com'] }, ['soc@example.com ']);
		expect(rows.filter(({ outcome }) => outcome === 'protected').map(({ person }) => person)).toEqual(
			Array.from({ length: 4 }, () => 'soc@example.com'),
		);
		expect(rows.filter(({ outcome }) => outcome === 'intended')).toHaveLength(4);
	});

	it.each([
		['with a display name', ['Soc <soc@example.com>']],
		['with mailto', ['mailto:soc@example.com']],
		['in angle brackets', ['<SOC@example.com>']],
		['as one text', 'ada.lovelace@example.com; soc@example.com'],
	])('takes no protected responder who is written %s', (_case, written) => {
		const rows = rowsOfBody({ email: 'soc@example.com' }, written);
		expect(rows.map(({ outcome }) => outcome)).toEqual(['protected', 'protected', 'protected', 'protected']);
	});

	it.each([
		['a name', ['Soc']],
		['an address with two at signs', ['soc@@example.com']],
		['a domain', ['@example.com']],
		['no text', [{ email: 'soc@example.com' }]],
		['a letter that nobody sees', ['soc@example.com\u200b']],
	])('locks nobody out while %s stands among the protected responders, and says so', (_case, written) => {
		const rows = rowsOfBody({ people: ['soc@example.com', 'ada@example.com'] }, written);
		expect(rows).toEqual(
			['soc@example.com', 'ada@example.com'].map((person) =>
				expect.objectContaining({
					person,
					app: 'none',
					outcome: 'failed',
					error: expect.stringMatching(/among the protectedResponders of Settings is no email address/),
				}),
			),
		);
	});

	it('says of a signed event who asked, and gives copies one name', () => {
		const event = {
			kind: 'accessRevoked',
			source: 'edr',
			eventId: 'msg_1/2/E7',
			authenticity: 'signed',
			person: { email: 'ada@example.com' },
			raw: { requestedBy: 'analyst@example.com', reference: 'CASE-1' },
		};
		const rows = asRows(rowsFor(callsIn('HrisEvents', [event]), { door: 'HrisEvents', execution: '5', now: NOW }));
		expect(rows[0]).toMatchObject({
			request: 'edr|msg_1',
			requestedBy: 'analyst@example.com',
			reference: 'CASE-1',
			authenticity: 'signed',
			entry: '5/1',
		});
	});

	it('acts only in the apps that Settings say there are, in whatever spelling', () => {
		const rows = rowsOfBody({ email: 'ada@example.com' }, [], ['notion', ' Okta ']);
		expect(rows.map(({ app, outcome }) => [app, outcome])).toEqual([
			['Notion', 'intended'],
			['Entra', 'notSetUp'],
			['Okta', 'intended'],
			['Google', 'notSetUp'],
		]);
	});

	it('does not take an app that Settings misspell for one that is not there, in silence', () => {
		const rows = rowsOfBody({ email: 'ada@example.com' }, [], ['Notion', 'Gogle']);
		expect(rows.at(-1)).toMatchObject({ app: 'none', outcome: 'failed', error: expect.stringContaining('"gogle"') });
		expect(troublesIn(rows, { notFoundIsTrouble: true })).toContainEqual(expect.stringContaining('"gogle"'));
	});

	function rowsOfBody(body: unknown, protectedResponders: unknown = [], apps?: string[]) {
		const calls = callsIn('HrisWebhook', [{ body }]);
		return asRows(rowsFor(calls, { protectedResponders, apps, door: 'HrisWebhook', execution: '5', now: NOW }));
	}
});

describe('the limit', () => {
	let id = 0;
	const row = (person: string, more: Row = {}): Row => ({
		id: ++id,
		entry: `e${id}`,
		execution: 'mine',
		request: 'r',
		app: 'Notion',
		outcome: 'intended',
		askedAt: minutesAgo(0),
		person,
		...more,
	});
	const other = (person: string, more: Row = {}) => row(person, { execution: 'other', request: 'o', ...more });
	const people = (rows: Row[], limit: number) => {
		const isMine = ({ execution, outcome }: Row) => execution === 'mine' && outcome === 'intended';
		const parts = divided(rows, { isMine, limit, now: NOW });
		if (typeof parts !== 'object' || parts === null) throw new Error('no parts');
		return Object.fromEntries(
			Object.entries(parts).map(([part, ofPart]) => [part, asRows(ofPart).map(({ person }) => person)]),
		);
	};

	it.each([
		['takes the first', [row('a'), row('b'), row('c')], 2, ['a', 'b'], ['c']],
		['counts a person once, in however many apps', [row('a'), row('a', { app: 'Okta' }), row('b')], 2, ['a', 'a', 'b'], []],
		['counts whom other calls locked out before', [other('x', { outcome: 'lockedDown' }), row('a'), row('b')], 2, ['a'], ['b']],
		['counts calls at the same time that were stored first', [other('x'), other('y'), row('a')], 2, [], ['a']],
		['does not count who was stored later', [row('a'), other('x'), other('y')], 1, ['a'], []],
		['lets somebody pass who counts already', [other('a', { outcome: 'failed' }), other('x'), row('a')], 2, ['a'], []],
		['does not count who waits, is protected or was confirmed', [other('x', { outcome: 'waitsForPerson' }), other('y', { outcome: 'protected' }), other('z', { outcome: 'lockedDown', decidedBy: 'ada' }), row('a')], 1, ['a'], []],
		['lets nobody pass at zero', [row('a')], 0, [], ['a']],
	])('%s', (_case, rows, limit, act, waiting) => {
		expect(people(rows, limit)).toEqual({ act, waiting, copies: [] });
	});

	it.each([
		['is being done', { outcome: 'intended', askedAt: minutesAgo(1) }, true],
		['is done', { outcome: 'lockedDown' }, true],
		['waits for a person', { outcome: 'waitsForPerson' }, true],
		['failed', { outcome: 'failed' }, false],
		['seems to have died', { outcome: 'intended', askedAt: minutesAgo(3) }, false],
		['is of another call', { outcome: 'lockedDown', request: 'o' }, false],
		['is of another app', { outcome: 'lockedDown', app: 'Okta' }, false],
	])('a copy of what %s', (_case, earlier, isCopy) => {
		const rows = [other('a', { request: 'r', ...earlier }), row('a')];
		expect(people(rows, 5)['copies']).toEqual(isCopy ? ['a'] : []);
		expect(people(rows, 5)['act']).toEqual(isCopy ? [] : ['a']);
	});
});

describe('a decision', () => {
	const waiting = { outcome: 'waitsForPerson', expiresAt: minutesAgo(-60), person: 'ada@example.com', requestedBy: 'soc@example.com', source: 'edr' };
	const decide = (rows: Row[], email: string | undefined, confirmers: string[] = []) =>
		refusalOf(rows, { user: email === undefined ? undefined : { email }, confirmers, now: NOW });

	it.each([
		['counts', [waiting], 'cso@example.com', [], undefined],
		['counts from a confirmer', [waiting], 'cso@example.com', ['CSO@example.com'], undefined],
		['of somebody whose address only looks like a confirmer\'s', [waiting], 'mar\u212A@example.com', ['mark@example.com'], /not among/],
		['of nobody', [waiting], undefined, [], /not known who decides/],
		['without a request', [], 'cso@example.com', [], /No request has this code/],
		['made before', [{ ...waiting, outcome: 'lockedDown' }], 'cso@example.com', [], /decided already/],
		['at the last moment', [{ ...waiting, expiresAt: minutesAgo(0) }], 'cso@example.com', [], /expired/],
		['about oneself', [waiting], 'ADA@example.com', [], /about themselves/],
		['about oneself, with the domain in its other spelling', [{ ...waiting, person: 'ada@xn--bcher-kva.example' }], 'ada@bücher.example', [], /about themselves/],
		['of who asked', [waiting], 'soc@example.com', [], /asked for it/],
		['of who sent it', [{ ...waiting, source: 'cso@example.com' }], 'cso@example.com', [], /asked for it/],
		['of somebody else', [waiting], 'cso@example.com', ['ciso@example.com'], /not among the confirmers/],
	])('%s', (_case, rows, email, confirmers, refusal) => {
		const said = decide(rows, email, confirmers);
		if (refusal === undefined) expect(said).toBeUndefined();
		else expect(said).toMatch(refusal);
	});
});

describe('the clock', () => {
	let id = 0;
	const open = (person: string, more: Row = {}): Row => ({
		id: ++id,
		entry: `1/${id}`,
		execution: '1',
		request: 'edr|msg_1',
		person,
		app: 'Okta',
		outcome: 'intended',
		attempts: 1,
		askedAt: minutesAgo(30),
		...more,
	});
	const foundIn = (rows: Row[], limit = 5) =>
		asRows(overdueRows(rows, { execution: '9', patience: 90_000, limit, now: NOW }));
	const nextOf = (rows: Row[], limit?: number) =>
		foundIn(rows, limit).map(({ person, next }) => [person, next]);

	it('does what was begun and never ended once more', () => {
		expect(foundIn([open('ada@example.com')])).toEqual([
			expect.objectContaining({ outcome: 'intended', attempts: 2, execution: '9', next: 'again' }),
		]);
	});

	it('locks out no more people than the limit after a crash, however many had been named', () => {
		const people = Array.from({ length: 500 }, (_, index) => `person${index}@example.com`);
		const rows = people.flatMap((person) => ['Notion', 'Okta'].map((app) => open(person, { app })));

		const found = foundIn(rows);

		const those = (next: string) => new Set(found.filter((row) => row['next'] === next).map(({ person }) => person));
		expect([...those('again')]).toEqual(people.slice(0, 5));
		expect([...those('wait')]).toEqual(people.slice(5));
		expect(found.filter(({ next, attempts }) => next === 'wait' && attempts !== 1)).toEqual([]);
	});

	it.each([
		['who was locked out in the hour before counts', [open('x', { outcome: 'lockedDown' }), open('a')], [['a', 'wait']]],
		['who was confirmed goes on', [open('x', { outcome: 'lockedDown' }), open('a', { decidedBy: 'cso@example.com' })], [['a', 'again']]],
		['a copy of what is done does not act', [open('a', { outcome: 'lockedDown' }), open('a')], [['a', 'copy']]],
		['of copies that died, only the first acts', [open('a'), open('a', { execution: '2' })], [['a', 'again'], ['a', 'copy']]],
		['a copy acts where the first failed', [open('a', { outcome: 'failed' }), open('a')], [['a', 'again']]],
	])('%s', (_case, rows, next) => {
		expect(nextOf(rows, 1)).toEqual(next);
	});

	it('gives up what died twice, and tells of everybody in one alarm', () => {
		const rows = ['ada@example.com', 'bo@example.com'].map((person) => open(person, { attempts: 2 }));
		const found = foundIn(rows);
		expect(found.map(({ outcome }) => outcome)).toEqual(['notVerified', 'notVerified']);
		expect(found.flatMap(({ alarm }) => alarm ?? [])).toEqual([
			expect.objectContaining({
				text: expect.stringMatching(/by hand.*ada@example\.com in Okta\nbo@example\.com in Okta/s),
			}),
		]);
	});

	it.each([
		['what is under way', { askedAt: minutesAgo(3) }],
		['what was confirmed just now', { decidedAt: minutesAgo(1) }],
		['a request whose time runs', { outcome: 'waitsForPerson', expiresAt: minutesAgo(-1) }],
		['what is done', { outcome: 'lockedDown' }],
	])('leaves %s alone', (_case, more) => {
		expect(foundIn([open('ada@example.com', more)])).toEqual([]);
	});

	it('takes no decision for a no, and names everybody who waited', () => {
		const waiting = { outcome: 'waitsForPerson', expiresAt: minutesAgo(0), code: 'c0de' };
		const found = foundIn([open('ada@example.com', waiting), open('bo@example.com', waiting)]);
		expect(found.map(({ outcome }) => outcome)).toEqual(['expired', 'expired']);
		expect(found.flatMap(({ alarm }) => alarm ?? [])).toEqual([
			expect.objectContaining({ text: expect.stringMatching(/c0de.*ada@example\.com, bo@example\.com/s) }),
		]);
	});
});

describe('a list in an alarm', () => {
	it('is whole while there is room', () => {
		expect(listed(['ada', 'bo'], 'the rows of execution 5', ', ')).toBe('ada, bo');
	});

	it('says how many more there are, and where', () => {
		const people = Array.from({ length: 500 }, (_, index) => `person${index}@example.com`);
		const text = String(listed(people, 'the rows of execution 5'));
		const shown = people.filter((person) => text.split('\n').includes(person));
		expect(shown.length).toBeGreaterThan(100);
		expect(text).toMatch(new RegExp(`And ${500 - shown.length} more: .*emergency_results, the rows of execution 5`));
		expect(text.length).toBeLessThan(4_000);
	});
});

describe('who is watched', () => {
	const record = {
		person: { id: 'u1', email: 'ada@example.com', displayName: 'Ada' },
		removedAt: '2026-02-03T10:00:00.000Z',
		watchAt: ['2026-02-03T10:05:00.000Z', '2026-02-03T11:00:00.000Z', '2026-02-04T10:00:00.000Z'],
	};
	const result = (app: string, evidence: unknown) => ({ app, person: 'ada@example.com', account: 'u1', evidence: JSON.stringify(evidence) });

	it('whoever was removed from Notion, at each instant of the record', () => {
		const rows = asRows(watchRows([result('Notion', { record })]));
		expect(rows.map(({ dueAt }) => dueAt)).toEqual(record.watchAt);
		expect(rows[0]).toMatchObject({ kind: 'watch', state: 'waiting', source: 'emergency', email: 'ada@example.com', userId: 'u1' });
	});

	it.each([
		['not removed now', result('Notion', { record: { ...record, watchAt: [] } })],
		['never found', result('Notion', {})],
		['in another app', result('Okta', { record })],
	])('nobody who was %s', (_case, row) => {
		expect(watchRows([row])).toEqual([]);
	});
});

describe('what an execution ends red for', () => {
	const row = (app: string, outcome: string, verified = false): Row => ({ person: 'ada@example.com', app, outcome, verified, error: '' });
	const done = row('Notion', 'lockedDown', true);
	const troubles = (rows: Row[], notFoundIsTrouble = true) => asRows(troublesIn(rows, { notFoundIsTrouble }));

	it.each([
		['nothing', [done, row('Okta', 'alreadyLocked', true), row('Entra', 'notSetUp')], true, 0],
		['a failure', [done, row('Okta', 'failed')], true, 1],
		['what is not verified', [done, row('Okta', 'notVerified')], true, 1],
		['no result', [done, row('Okta', 'intended')], true, 1],
		['a protected responder', [row('Okta', 'protected')], true, 1],
		['somebody not found', [done, row('Okta', 'notFound')], true, 1],
		['not found where that is usual', [done, row('Okta', 'notFound')], false, 0],
		['not found anywhere', [row('Notion', 'notFound'), row('Okta', 'notFound')], false, 2],
		['no app at all', [row('Notion', 'notSetUp'), row('Okta', 'notSetUp')], true, 1],
		['a success that is none', [row('Notion', 'lockedDown', false)], true, 1],
		['people who wait', [row('Notion', 'waitsForPerson')], true, 0],
	])('%s', (_case, rows, notFoundIsTrouble, count) => {
		expect(troubles(rows, notFoundIsTrouble)).toHaveLength(count);
	});
});

describe('Notion', () => {
	it.each([
		['removed', { json: { outcome: 'removed', verified: true, record: { foundBy: 'email' } } }, false, 'lockedDown'],
		['gone before', { json: { outcome: 'alreadyGone', verified: true, record: { foundBy: 'nobody' } } }, true, 'alreadyLocked'],
		['never there', { json: { outcome: 'alreadyGone', verified: true, record: { foundBy: 'nobody' } } }, false, 'notFound'],
		['inactive', { json: { outcome: 'alreadyGone', verified: true, record: { foundBy: 'email' } } }, false, 'alreadyLocked'],
		['not seen gone', { json: { outcome: 'removed', verified: 'unknown' } }, false, 'notVerified'],
		['unknown', { json: { error: 'x' }, error: { context: { kind: 'notVerified' } } }, false, 'notVerified'],
		['refused', { json: { error: 'An owner' }, error: { context: { kind: 'refused' } } }, false, 'failed'],
		['not asked, because its node could not run', { json: { entry: '1/1' } }, true, 'failed'],
		['passed through by a node that never ran', { json: {} }, true, 'failed'],
	])('%s', (_case, item, wasLockedDown, outcome) => {
		expect(outcomeInNotion(item, wasLockedDown)).toMatchObject({ outcome });
	});
});

describe('an account', () => {
	const person = { entry: '1/1' };
	const account = (...names: string[]) => ({ id: names[0], names, isLocked: false, before: 'ACTIVE' });
	const good = { status: 200, body: {} };

	it.each([
		['one', good, [account('ada@example.com')], { account: 'ada@example.com', wasLocked: false }],
		['none', good, [], { outcome: 'notFound' }],
		['two of one address', good, [account('a'), account('b')], { outcome: 'failed', error: expect.stringMatching(/Several accounts/) }],
		['an alias of a responder', good, [account('ada@example.com', 'SOC@example.com')], { outcome: 'protected' }],
		['an answer of another server', { status: 200, body: '<html>' }, undefined, { outcome: 'failed', error: expect.stringMatching(/not what this app sends/) }],
		['an error', { status: 403, problem: '403: no' }, undefined, { outcome: 'failed', error: '403: no' }],
		['a node that did not run', { didNotRun: true }, undefined, { outcome: 'failed', error: expect.stringMatching(/credential/) }],
	])('%s', (_case, answer, accounts, result) => {
		expect(found(person, answer, accounts, ['soc@example.com'])).toMatchObject(result);
	});

	it.each([
		['locked now', false, true, [], 'lockedDown', true],
		['locked before', true, true, [], 'alreadyLocked', true],
		['locked, with sessions', false, true, ['x'], 'notVerified', false],
		['seen open', false, false, ['x'], 'failed', false],
		['not seen again', false, undefined, ['x'], 'notVerified', false],
		['not seen again, without a complaint', false, undefined, [], 'notVerified', false],
	])('%s', (_case, wasLocked, isLocked, open, outcome, verified) => {
		expect(ended({ wasLocked }, { isLocked, open, evidence: {} })).toMatchObject({ outcome, verified });
	});
});

describe('what an HTTP Request gives out', () => {
	it.each([
		['an answer', { statusCode: 200, body: { a: 1 } }, { status: 200, body: { a: 1 } }],
		['a refusal of Graph', { statusCode: 403, body: { error: { message: 'Not enough' } } }, { status: 403, problem: '403: Not enough' }],
		['a refusal of Okta', { statusCode: 400, body: { errorSummary: 'Not active' } }, { status: 400, problem: '400: Not active' }],
		['a thrown refusal', { error: {}, details: { httpCode: '403', body: { error: { message: 'Not enough' } } } }, { status: 403, problem: '403: Not enough' }],
		['a time-out', { error: {}, details: { message: 'timeout of 10000ms exceeded' } }, { problem: 'No answer: timeout of 10000ms exceeded' }],
		['a redirect', { statusCode: 302, body: '' }, { status: 302, problem: '302: no reason was given' }],
		['its own input', { entry: '1/1', statusCode: 200 }, { didNotRun: true, problem: expect.any(String) }],
		['nothing at all', {}, { problem: 'No answer: no answer' }],
	])('%s', (_case, json, answer) => {
		expect(answerOf(json)).toMatchObject(answer);
	});
});
