import { answersFor, readAnswer } from '../../../lib/lifecycle/appLockout/appAnswer.ts';
import { accountItem, readAccountItem } from '../../../lib/lifecycle/appLockout/accountItem.ts';
import { APPS, type AppName, type LockAnswers } from '../../../lib/lifecycle/appLockout/apps.ts';
import { afterLockingAll, beforeLocking } from '../../../lib/lifecycle/appLockout/checkAccounts.ts';
import { afterLocking } from '../../../lib/lifecycle/appLockout/outcomes.ts';
import { pickAccount } from '../../../lib/lifecycle/appLockout/pickAccount.ts';
import { changeRow, type StoredChange } from '../../../lib/lifecycle/journal.ts';
import { journalRow } from './leaverKit.mts';

const NOW = Date.parse('2026-03-10T12:00:00Z');

const emergency = (id: number, more: Partial<StoredChange> = {}) =>
	journalRow(id, {
		kind: 'emergency',
		state: 'intended',
		key: `emergency|edr|msg_${id}|ada@example.com|okta`,
		email: 'ada@example.com',
		...more,
	});
const item = (row: StoredChange) => ({ ...changeRow(row), createdAt: row.createdAt, updatedAt: row.updatedAt });
const ok = (body: unknown, statusCode = 200) => ({ statusCode, body, headers: {} });

describe('what an HTTP Request node gives out', () => {
	it.each([
		['an answer', { statusCode: 200, body: { a: 1 } }, { status: 200, body: { a: 1 } }],
		['a refusal of Graph', { statusCode: 403, body: { error: { message: 'Not enough' } } }, { status: 403, problem: '403: Not enough' }],
		['a refusal of Okta', { statusCode: 400, body: { errorSummary: 'Not active' } }, { status: 400, problem: '400: Not active' }],
		['a refusal of a token', { statusCode: 401, body: { error: 'invalid_client' } }, { status: 401, problem: '401: invalid_client' }],
		['a thrown refusal', { error: {}, details: { httpCode: '403', body: { error: { message: 'Not enough' } } } }, { status: 403, problem: '403: Not enough' }],
		['a time-out', { error: {}, details: { message: 'timeout of 10000ms exceeded' } }, { problem: 'No answer: timeout of 10000ms exceeded' }],
		['a connection that ends', { error: { message: 'socket hang up' }, details: { httpCode: 'ECONNRESET' } }, { problem: 'No answer: socket hang up' }],
		['a redirect', { statusCode: 302, body: '' }, { status: 302, problem: '302: no reason was given' }],
		['its own input', { key: 'emergency|edr', statusCode: 200 }, { didNotRun: true, problem: expect.stringMatching(/deactivated/) }],
		['nothing at all', {}, { problem: 'No answer: no reason is known' }],
		['no object', null, { problem: 'No answer: no reason is known' }],
		['a long reason', { statusCode: 500, body: { error: 'x'.repeat(400) } }, { problem: `500: ${'x'.repeat(300)}` }],
	])('%s', (_case, json, answer) => {
		expect(readAnswer(json)).toMatchObject(answer);
	});

	it('is about no account where there are more or fewer answers than accounts', () => {
		expect(answersFor(2, [ok({})])).toMatchObject([{ didNotRun: true }, { didNotRun: true }]);
	});
});

describe('an account', () => {
	const user = (email: string, more: object = {}) => ({ id: `id of ${email}`, status: 'ACTIVE', profile: { login: email, email }, ...more });
	const ada = user('ada@example.com');

	it.each<[string, unknown, object]>([
		['one', ok([ada]), { id: 'id of ada@example.com', isLocked: false, state: { status: 'ACTIVE' } }],
		['one in another spelling', ok([user('Ada@EXAMPLE.com')]), { id: 'id of Ada@EXAMPLE.com' }],
		['one that is locked', ok([{ ...ada, status: 'SUSPENDED' }]), { isLocked: true }],
		['none', ok([]), { outcome: 'notFound' }],
		['two of one address', ok([ada, { ...ada, id: 'b' }]), { outcome: 'failed', why: expect.stringMatching(/Several accounts/) }],
		['another address', ok([user('adam@example.com')]), { outcome: 'failed', why: expect.stringMatching(/another address/) }],
		['a responder by another name', ok([user('ada@example.com', { profile: { login: 'SOC@example.com', email: 'ada@example.com' } })]), { outcome: 'protected' }],
		['a page of another server', ok('<html>'), { outcome: 'failed', why: 'The answer is not what Okta sends.' }],
		['an account without a status', ok([{ id: 'a', profile: {} }]), { outcome: 'failed' }],
		['an error', { statusCode: 403, body: { errorSummary: 'no' } }, { outcome: 'failed', why: '403: no' }],
		['a 404 of a proxy', { statusCode: 404, body: 'Not here' }, { outcome: 'failed', why: '404: no reason was given' }],
		['a node that did not run', { key: 'emergency|edr' }, { outcome: 'failed', why: expect.stringMatching(/credential/) }],
	])('%s', (_case, json, result) => {
		expect(pickAccount(APPS.okta, 'ada@example.com', readAnswer(json), ['soc@example.com'])).toMatchObject(result);
	});

	it.each<[string, AppName, unknown, unknown]>([
		['Entra, by principal name or mail', 'entra', ok({ value: [{ id: '1', userPrincipalName: 'a#EXT#@example.com', mail: 'ada@example.com', accountEnabled: false, signInSessionsValidFromDateTime: '2026-01-01T08:00:00Z' }] }), { id: '1', isLocked: true, state: { accountEnabled: false, sessionsValidFrom: '2026-01-01T08:00:00Z' } }],
		['Google, by alias', 'google', ok({ id: '2', primaryEmail: 'other@example.com', aliases: ['ada@example.com'], suspended: false }), { id: '2', isLocked: false }],
		['Google, by the alias of a domain', 'google', ok({ id: '3', primaryEmail: 'ada@example.net', nonEditableAliases: ['ada@example.com'], suspended: true }), { id: '3', isLocked: true }],
		['no one in Google', 'google', { statusCode: 404, body: { error: { message: 'Not Found', errors: [{ reason: 'notFound' }] } } }, { outcome: 'notFound' }],
		['a proxy\'s 404 for Google', 'google', { statusCode: 404, body: { error: { message: 'no route' } } }, { outcome: 'failed', why: '404: no route' }],
		['a Google of whom nothing is known', 'google', ok({ id: '4', primaryEmail: 'ada@example.com' }), { outcome: 'failed' }],
	])('of %s', (_case, app, json, result) => {
		expect(pickAccount(APPS[app], 'ada@example.com', readAnswer(json), [])).toMatchObject({ ...Object(result) });
	});
});

describe('the end of one person in one app', () => {
	const seen = (status: string) => ok({ id: 'a', status, profile: { login: 'ada@example.com' } });
	const refused = { statusCode: 403, body: { errorSummary: 'no' } };
	const done = ok('', 204);
	const end = (wasLocked: boolean, lock: unknown, sessions: unknown, read: unknown) => {
		const answers: LockAnswers = { lock: readAnswer(lock), sessions: readAnswer(sessions), seen: readAnswer(read) };
		const account = { id: 'a', isLocked: wasLocked, state: { status: 'ACTIVE' } };
		return afterLocking({ app: 'okta', row: emergency(1), now: NOW }, account, answers);
	};

	it.each([
		['locked now', end(false, ok({}), done, seen('SUSPENDED')), 'done', 'lockedDown', /seen to be/],
		['locked before', end(true, refused, done, seen('SUSPENDED')), 'done', 'alreadyLocked', /before/],
		['locked, although the request was not answered', end(false, {}, done, seen('SUSPENDED')), 'done', 'lockedDown', /seen to be/],
		['locked, with sessions', end(false, ok({}), refused, seen('SUSPENDED')), 'needsPerson', 'notVerified', /^Its sessions and tokens are not revoked\. 403: no$/],
		['seen open', end(false, refused, done, seen('ACTIVE')), 'needsPerson', 'failed', /^The account is ACTIVE\. 403: no$/],
		['not seen again', end(false, ok({}), done, {}), 'needsPerson', 'notVerified', /not seen again/],
		['seen by another server', end(false, ok({}), done, ok('<html>')), 'needsPerson', 'notVerified', /not seen again/],
	])('%s', (_case, { changes, alerts, evidence }, state, outcome, reason) => {
		expect(changes).toMatchObject([{ id: 1, state, outcome, reason: expect.stringMatching(reason) }]);
		expect(alerts).toHaveLength(state === 'done' ? 0 : 1);
		expect(evidence).toMatchObject([{ key: 'emergency|edr|msg_1|ada@example.com|okta' }]);
	});

	it('is dated for a person who was locked out now, and only then', () => {
		const [now] = end(false, ok({}), done, seen('SUSPENDED')).changes;
		const [before] = end(true, ok({}), done, seen('DEPROVISIONED')).changes;
		expect(now).toMatchObject({ removedAt: '2026-03-10T12:00:00.000Z', details: { verifiedAt: '2026-03-10T12:00:00.000Z' } });
		expect(before).toMatchObject({ removedAt: '', details: { verifiedAt: '2026-03-10T12:00:00.000Z' } });
	});

	const entraUser = (accountEnabled: boolean, since: string) =>
		ok({ id: 'a', userPrincipalName: 'ada@example.com', accountEnabled, signInSessionsValidFromDateTime: since });
	const BEFORE = '2026-01-01T08:00:00Z';

	it.each([
		['revoked', ok({ value: true }), entraUser(false, '2026-03-10T12:00:00Z'), 0],
		['accepted, and not moved', ok({ value: true }), entraUser(false, BEFORE), 1],
		['moved by another one, and refused', refused, entraUser(false, '2026-03-10T12:00:00Z'), 1],
		['not seen', ok({ value: true }), {}, 2],
	])('the sessions of Entra are %s', (_case, sessions, read, count) => {
		const answers = { lock: readAnswer(done), sessions: readAnswer(sessions), seen: readAnswer(read) };
		expect(APPS.entra.after(answers, { sessionsValidFrom: BEFORE }).open).toHaveLength(count);
	});

	const list = (...clients: string[]) => ok({ kind: 'admin#directory#tokenList', ...(clients.length > 0 && { items: clients.map((clientId) => ({ clientId })) }) });

	it.each([
		['are gone', list(), []],
		['are left', list('drive.example'), ['Applications still have access: drive.example.']],
		['are not known', { statusCode: 403, body: {} }, ['Applications may still have access. 403: no reason was given']],
		['are listed by another server', ok('<html>'), ['Applications may still have access.']],
	])('the grants of Google %s', (_case, after, open) => {
		const user = ok({ id: 'a', primaryEmail: 'ada@example.com', suspended: true });
		const answers = { lock: readAnswer(user), sessions: readAnswer(done), seen: readAnswer(user) };
		const grants = { grantsBefore: readAnswer(list('drive.example')), grantsAfter: readAnswer(after) };
		expect(APPS.google.after({ ...answers, ...grants }, {}).open).toEqual(open);
	});
});

describe('the rows of a call', () => {
	const oktaUser = (email: string) => ({ id: `id of ${email}`, status: 'ACTIVE', profile: { login: email } });
	const search = { protectedEmails: new Set(['board@example.com']), now: NOW };

	it('keep their own answers', () => {
		const rows = [emergency(1), emergency(2, { email: 'bo@example.com' }), emergency(3, { email: 'board@example.com' })];
		const answers = [ok([]), ok([oktaUser('bo@example.com')]), ok([oktaUser('board@example.com')])];

		const { accounts, others } = beforeLocking('okta', { ...search, rows: rows.map(item), answers });

		expect(accounts).toMatchObject([{ item: 1, row: { id: 2 }, account: { id: 'id of bo@example.com' } }]);
		expect(others.flatMap(({ changes }) => changes)).toMatchObject([
			{ id: 1, outcome: 'notFound' },
			{ id: 3, outcome: 'protected', state: 'refused' },
		]);
	});

	it.each<[string, unknown, object[], number]>([
		['that is over', item(emergency(1, { state: 'done' })), [], 0],
		['of a leaver', item(emergency(1, { kind: 'leave' })), [{ state: 'needsPerson' }], 1],
		['of another app', item(emergency(1, { details: { app: 'entra' } })), [{ state: 'needsPerson' }], 1],
		['that cannot be read', { ...item(emergency(1)), state: 'intendedd' }, [], 1],
		['that is empty', {}, [], 1],
	])('one %s is not acted on', (_case, row, changes, alertCount) => {
		const answers = [ok([oktaUser('ada@example.com')])];
		const { accounts, others } = beforeLocking('okta', { ...search, rows: [row], answers });
		expect(accounts).toEqual([]);
		expect(others.flatMap((other) => other.changes)).toMatchObject(changes);
		expect(others.flatMap(({ alerts }) => alerts)).toHaveLength(alertCount);
	});

	it('come back from the nodes that lock as they went there, with what came along', () => {
		const open = { row: emergency(1, { details: { app: 'okta', callReason: 'Stolen' } }), account: { id: 'a', isLocked: true, state: { status: 'SUSPENDED' } } };
		const json = accountItem(open, { email: 'not this', oktaUrl: 'https://acme.okta.com' });
		expect(json).toMatchObject({ account: 'a', email: 'ada@example.com', oktaUrl: 'https://acme.okta.com' });
		expect(readAccountItem(json)).toEqual(open);
		expect(readAccountItem({ account: 'a' })).toBeUndefined();
	});

	const open = (id: number) => accountItem({ row: emergency(id), account: { id: `${id}`, isLocked: false, state: {} } }, {});
	const userNow = (status: string) => ok({ id: 'a', status, profile: {} });

	it('have their own answers among those of all requests', () => {
		const answers = [ok({}), ok({}), ok('', 204), ok('', 500), userNow('SUSPENDED'), userNow('SUSPENDED')];
		const results = afterLockingAll('okta', { accounts: [open(1), open(2)], answers, now: NOW });
		expect(results.flatMap(({ changes }) => changes)).toMatchObject([
			{ id: 1, outcome: 'lockedDown' },
			{ id: 2, outcome: 'notVerified' },
		]);
	});

	it('are not certain where the answers are too few', () => {
		const answers = [ok({}), ok('', 204), ok('', 204), userNow('SUSPENDED'), userNow('SUSPENDED')];
		const results = afterLockingAll('okta', { accounts: [open(1), open(2)], answers, now: NOW });
		expect(results.flatMap(({ changes }) => changes)).toMatchObject([{ outcome: 'notVerified' }, { outcome: 'notVerified' }]);
	});
});
