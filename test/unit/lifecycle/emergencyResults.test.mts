import { untouched } from '../../../lib/admin/revocations.ts';
import type { LockdownOutcome } from '../../../lib/directory/lockdown/lockdown.ts';
import type { LockdownRecord } from '../../../lib/directory/lockdown/lockdownRecord.ts';
import { afterEmergencies, emergencyRequest, lockedBefore } from '../../../lib/lifecycle/emergency/afterEmergency.ts';
import { checkCall } from '../../../lib/lifecycle/emergency/checkCall.ts';
import type { StoredChange } from '../../../lib/lifecycle/journal.ts';
import type { ScimErrorKind } from '../../../lib/scim/scimError.ts';
import { ScimError } from '../../../lib/scim/scimError.ts';
import { emergencyRow, NOW } from './emergencyKit.mts';

const record = (more: Partial<LockdownRecord> = {}): LockdownRecord => ({
	person: { id: 'u1', email: 'ada@example.com', displayName: 'Ada', active: true },
	groups: [],
	groupsComplete: true,
	foundBy: 'email',
	reason: '',
	reference: '',
	requestedBy: '',
	startedAt: '2026-02-03T10:00:00.000Z',
	removedAt: '2026-02-03T10:00:00.000Z',
	verified: true,
	verifiedAt: '2026-02-03T10:00:01.000Z',
	adminApi: untouched('There is none.'),
	watchAt: ['2026-02-03T10:05:00.000Z', '2026-02-03T11:00:00.000Z', '2026-02-04T10:00:00.000Z'],
	survives: '',
	leftToDo: [],
	...more,
});

const intended = (more: Partial<StoredChange> = {}) =>
	emergencyRow(1, 'ada@example.com', { state: 'intended', attempts: 1, ...more });

const gone = (foundBy: LockdownRecord['foundBy']): LockdownOutcome => {
	const { removedAt: _removedAt, ...rest } = record({ foundBy, watchAt: [] });
	return { outcome: 'alreadyGone', record: rest };
};

const failure = (kind: ScimErrorKind): LockdownOutcome => ({ error: new ScimError(kind, 'It failed.', 'Do this.') });

const after = (lockdown: LockdownOutcome, row = intended(), before: string[] = []) =>
	afterEmergencies([{ row, lockdown }], { before: new Set(before), now: NOW });

describe('Notion', () => {
	it.each<[string, LockdownOutcome, string[], string, string]>([
		['removed', { outcome: 'removed', record: record() }, [], 'lockedDown', 'done'],
		['locked out before', gone('none'), ['ada@example.com'], 'alreadyLocked', 'done'],
		['never there', gone('none'), [], 'notFound', 'done'],
		['inactive', gone('email'), [], 'alreadyLocked', 'done'],
		['not seen gone', failure('notVerified'), [], 'notVerified', 'retry'],
		['an owner', failure('protectedPerson'), [], 'failed', 'refused'],
		['a server that is down', failure('serverError'), [], 'failed', 'retry'],
	])('%s', (_case, lockdown, before, outcome, state) => {
		expect(after(lockdown, intended(), before).changes[0]).toMatchObject({ outcome, state, impact: 0 });
	});

	it('fails for good when it has failed twice', () => {
		expect(after(failure('serverError'), intended({ attempts: 2 })).changes[0]).toMatchObject({ state: 'needsPerson', outcome: 'failed' });
	});

	it('tells at once what is not done', () => {
		const { alerts } = after(failure('protectedPerson'));
		expect(alerts).toEqual([
			{
				key: 'emergency-lockdown: edr|msg_1',
				text: expect.stringContaining('ada@example.com in Notion: access has not been ended. It failed. Do this.'),
			},
		]);
		expect(after({ outcome: 'removed', record: record() }).alerts).toEqual([]);
	});

	it('tells that it does not have a person, unless that is usual', () => {
		expect(after(gone('none')).alerts).toHaveLength(1);
		expect(after(gone('none'), intended({ details: { app: 'notion', quietNotFound: true } })).alerts).toEqual([]);
	});

	it('has a person who was removed watched, at each instant of the record, and keeps the record', () => {
		const { changes, evidence } = after({ outcome: 'removed', record: record() });
		expect(changes.slice(1).map(({ kind, state, dueAt, userId }) => [kind, state, dueAt, userId])).toEqual(
			record().watchAt.map((dueAt) => ['watch', 'scheduled', dueAt, 'u1']),
		);
		expect(evidence).toEqual([{ key: 'emergency|edr|msg_1|ada@example.com|notion', record: JSON.stringify(record()) }]);
	});

	it.each([
		['was gone before', gone('none')],
		['is refused', failure('protectedPerson')],
	])('has no one watched who %s', (_case, lockdown) => {
		expect(after(lockdown).changes).toHaveLength(1);
	});

	it('is asked in the words of the call', () => {
		const row = intended({ reference: 'CASE-1', requestedBy: 'soc@example.com', details: { app: 'notion', callReason: 'Stolen' } });
		expect(emergencyRequest(row)).toMatchObject({
			email: 'ada@example.com',
			reason: 'Stolen',
			reference: 'CASE-1',
			requestedBy: 'soc@example.com',
			allowPrivileged: false,
			ifNotFound: 'report',
		});
	});

	it('had locked out before whom it has locked out itself', () => {
		const rows = [
			emergencyRow(1, 'a', { state: 'done', outcome: 'lockedDown' }),
			emergencyRow(2, 'b', { state: 'done', outcome: 'lockedDown', app: 'okta' }),
			emergencyRow(3, 'c', { state: 'done', outcome: 'notFound' }),
		];
		expect([...lockedBefore(rows)]).toEqual(['a']);
	});
});

describe('what an execution fails for', () => {
	const row = (app: 'notion' | 'okta' | 'entra', outcome: string, more: Partial<StoredChange> = {}) =>
		emergencyRow(1, 'ada', { app, state: 'done', outcome, ...more });
	const quiet = (app: 'notion' | 'okta') => row(app, 'notFound', { details: { app, quietNotFound: true } });
	const done = row('notion', 'lockedDown');
	const late = row('okta', '', { state: 'intended' });

	it.each<[string, StoredChange[], number, number]>([
		['nothing', [done, row('okta', 'alreadyLocked'), row('entra', 'notSetUp')], 0, 0],
		['a failure, which was told', [done, row('okta', 'failed')], 1, 0],
		['what is not verified', [done, row('okta', 'notVerified')], 1, 0],
		['no result, which no one was told', [done, late], 1, 1],
		['a protected responder', [row('okta', 'protected')], 1, 0],
		['a person who was not found', [done, row('okta', 'notFound')], 1, 0],
		['no one, where that is usual', [done, quiet('okta')], 0, 0],
		['a person no app has, which no one was told', [quiet('notion'), quiet('okta')], 1, 1],
		['no app at all', [row('notion', 'notSetUp'), row('okta', 'notSetUp')], 1, 1],
		['no one, while people wait', [row('notion', 'held', { state: 'held' })], 0, 0],
		['no one, for copies', [row('notion', 'copy', { state: 'withdrawn' })], 0, 0],
		['no one, for a watch', [{ ...late, kind: 'watch' }], 0, 0],
	])('%s', (_case, rows, notDone, alerts) => {
		const check = checkCall({ rows, unreadable: [] });
		expect([check.notDone.length, check.alerts.length]).toEqual([notDone, alerts]);
	});

	it('says who and where', () => {
		expect(checkCall({ rows: [late], unreadable: [] })).toMatchObject({
			notDone: ['ada in Okta: no result came in time.'],
			alerts: [{ key: 'emergency-lockdown: edr|msg_1 has no result', text: expect.stringContaining('ada in Okta') }],
		});
	});
});
