import type { LockdownRecord } from '../../../lib/directory/lockdown/lockdownRecord.ts';
import { afterLockdown } from '../../../lib/lifecycle/leavers/afterLockdown.ts';
import type { LockdownAftermath } from '../../../lib/lifecycle/leavers/afterLockdown.ts';
import type { Applied } from '../../../lib/lifecycle/applied.ts';
import type { StoredChange } from '../../../lib/lifecycle/journal.ts';
import type { LeaverHistory } from '../../../lib/lifecycle/leavers/history.ts';
import { ScimError } from '../../../lib/scim/scimError.ts';
import type { ScimErrorKind } from '../../../lib/scim/scimError.ts';
import { journalRow } from './leaverKit.mts';

const NOW = Date.parse('2026-03-10T00:05:00Z');
const settings = { verifyWithinMinutes: 15, fallbackEmail: 'it@example.com', reminderDays: [14, 25] };
const intention = (more: Partial<StoredChange> = {}) =>
	journalRow(3, {
		state: 'intended',
		impact: 1,
		email: 'ada@example.com',
		displayName: 'Ada',
		managerEmail: 'grace@example.com',
		userId: 'u-1',
		effectiveAt: '2026-03-10T00:00:00.000Z',
		effectiveDate: '2026-03-09',
		timeZone: 'UTC',
		knownAt: '2026-03-01T00:00:00.000Z',
		reason: 'The last day, 2026-03-09, is over.',
		...more,
	});
const nothing = { status: 'notTouched' as const, count: 0 };
const record = (more: Partial<LockdownRecord> = {}): LockdownRecord => ({
	person: { id: 'u-1', email: 'ada@example.com', displayName: 'Ada', active: true },
	groups: [{ id: 'g', displayName: 'Engineering' }],
	groupsComplete: true,
	foundBy: 'email',
	reason: '',
	reference: '',
	requestedBy: '',
	startedAt: '2026-03-10T00:04:59.000Z',
	removedAt: '2026-03-10T00:05:00.000Z',
	verified: true,
	verifiedAt: '2026-03-10T00:05:01.000Z',
	adminApi: { sessions: nothing, personalAccessTokens: nothing, mcpConnections: nothing },
	watchAt: ['2026-03-10T00:10:00.000Z'],
	transferUntil: '2026-04-09T00:05:00.000Z',
	survives: '',
	leftToDo: [],
	...more,
});
const noHistory: LeaverHistory = { wasKnown: false, held: [], wasDeclined: false, isUnderWay: false, dead: [] };

const after = (
	lockdown: LockdownAftermath['lockdown'],
	{ row = intention(), history = {}, earlierRecord }: {
		row?: StoredChange;
		history?: Partial<LeaverHistory>;
		earlierRecord?: Partial<LockdownRecord>;
	} = {},
): Applied =>
	afterLockdown({
		row,
		lockdown,
		history: { ...noHistory, ...history },
		...(earlierRecord ? { earlierRecord } : {}),
		settings,
		now: NOW,
	});
const removed = (more: Partial<LockdownRecord> = {}) => ({ outcome: 'removed' as const, record: record(more) });
const failed = (kind: ScimErrorKind, evidence?: Partial<LockdownRecord>) => ({
	error: new ScimError(kind, 'Why.', '', evidence ? { evidence: { record: evidence } } : {}),
});
/** The row of the intention as it is afterwards. */
const own = ({ changes: rows }: Applied) => rows.find((row) => 'id' in row && row.id === 3);
const added = ({ changes: rows }: Applied) => rows.filter((row) => !('id' in row));

it('schedules after a removal who is watched and when the manager is told again', () => {
	const result = after(removed());
	expect(own(result)).toMatchObject({
		state: 'done',
		outcome: 'removed',
		impact: 1,
		removedAt: '2026-03-10T00:05:00.000Z',
		details: { verifiedAt: '2026-03-10T00:05:01.000Z', wasSeen: true },
	});
	expect(added(result)).toMatchObject([
		{ kind: 'watch', state: 'scheduled', dueAt: '2026-03-10T00:10:00.000Z', userId: 'u-1', impact: 0 },
		{ kind: 'remind', state: 'scheduled', dueAt: '2026-03-24T00:05:00.000Z', managerEmail: 'grace@example.com' },
		{ kind: 'remind', state: 'scheduled', dueAt: '2026-04-04T00:05:00.000Z' },
	]);
	expect(result.messages).toMatchObject([
		{
			message: 'accessEnded',
			to: 'grace@example.com',
			isFallback: false,
			groups: 'Engineering',
			lastDay: '2026-03-09',
			removedAt: '2026-03-10 at 00:05 UTC',
			transferUntil: '2026-04-09',
		},
	]);
	expect(result.alerts).toEqual([]);
});

it('gives a mail the alert that is raised if it cannot be sent', () => {
	const row = intention({ displayName: 'Ada\r\nLovelace', managerEmail: 'Grace <grace@example.com>' });
	expect(after(removed(), { row }).messages).toMatchObject([
		{
			to: 'grace@example.com',
			key: 'offboarding: mail',
			text: expect.stringMatching(/^Ada Lovelace was locked out, but grace@example.com could not be told/),
		},
	]);
});

it('keeps the whole record as evidence, apart from the row', () => {
	const [evidence, ...more] = after(removed()).evidence;
	expect(evidence?.key).toBe(intention().key);
	expect(JSON.parse(evidence?.record ?? '')).toEqual(record());
	expect(more).toEqual([]);
	expect(JSON.stringify(own(after(removed()))).length).toBeLessThan(1000);
});

it.each([
	['their own address in other capitals', 'ADA@example.com', 'it@example.com'],
	['no address', '', 'it@example.com'],
	['what is no address', 'Grace Hopper', 'it@example.com'],
	['two addresses', 'grace@example.com, boss@example.com', 'it@example.com'],
	['an address with a display name', 'Grace Hopper <grace@example.com>', 'grace@example.com'],
])('tells no leaver of their own removal, and one address only: %s', (_case, managerEmail, to) => {
	expect(after(removed(), { row: intention({ managerEmail }) }).messages).toMatchObject([{ to }]);
});

it('raises an alert where it took longer than promised, counted from when it was known', () => {
	const late = removed({ verifiedAt: '2026-03-10T00:16:00.000Z' });
	expect(after(late).alerts).toMatchObject([
		{ key: 'offboarding: late', text: expect.stringContaining('16 minutes') },
	]);
	expect(after(late, { row: intention({ knownAt: '2026-03-10T00:10:00.000Z' }) }).alerts).toEqual([]);
	expect(after(late, { row: intention({ approvedBy: 'boss@example.com' }) }).alerts).toEqual([]);
});

it.each([
	['limitReached', 'held', 0, 'held'],
	['protectedPerson', 'refused', 0, 'refused'],
	['notFound', 'refused', 0, 'refused'],
	['ambiguous', 'refused', 0, 'refused'],
	['accessDenied', 'refused', 0, 'refused'],
	['notVerified', 'notVerified', 1, 'retry'],
	['network', 'failed', 0, 'retry'],
	['tokenRejected', 'failed', 0, 'retry'],
	['serverError', 'failed', 0, 'retry'],
	['conflict', 'failed', 0, 'retry'],
] as const)('a failure "%s" is %s', (kind, outcome, impact, state) => {
	const result = after(failed(kind));
	expect(own(result)).toMatchObject({ outcome, impact, state });
	expect(own(result)?.reason).toContain('Why.');
	expect(own(result)?.details).not.toHaveProperty('verifiedAt');
	expect(result.messages).toEqual([]);
	expect(added(result)).toEqual([]);
	expect(result.alerts).toMatchObject([{ text: expect.stringContaining('Ada') }]);
});

it('tries what may work later again in 5 minutes', () => {
	expect(own(after(failed('network')))).toMatchObject({ dueAt: '2026-03-10T00:10:00.000Z', attempts: 1 });
});

it('counts a removal that was sent although its answer was lost, and looks again', () => {
	const { person, removedAt = '' } = record();
	const result = after(failed('serverError', { person, removedAt }));
	expect(own(result)).toMatchObject({
		outcome: 'failed',
		impact: 1,
		state: 'retry',
		dueAt: '2026-03-10T00:10:00.000Z',
		removedAt,
	});
	expect(result.evidence).toHaveLength(1);
});

it.each([
	['unknown', record().person, 1],
	['notRemoved', record().person, 0],
	['unknown', null, 0],
] as const)('counts a failure whose record says "%s" of %j with %s', (verified, person, impact) => {
	expect(own(after(failed('network', { verified, person })))).toMatchObject({ outcome: 'failed', impact });
});

describe('a removal that an earlier try had made without seeing it', () => {
	const alreadyGone = {
		outcome: 'alreadyGone' as const,
		record: (({ removedAt: _at, transferUntil: _until, ...rest }) => ({ ...rest, watchAt: [] }))(
			record({ person: null, groups: null, verifiedAt: '2026-03-10T00:05:00.000Z' }),
		),
	};
	const removedAt = '2026-03-10T00:00:00.000Z';
	const ofOtherRow = { attempt: { id: 2, key: 'k', removedAt } };
	const ofOwnRow = intention({ details: { attemptAt: removedAt } });

	it.each([
		['another row', {}, ofOtherRow, 0],
		// It counts in the row of its first try, and that is this one.
		['the same row', { row: ofOwnRow }, {}, 1],
	] as const)('is completed: mail, looks and reminders, and no alert (%s)', (_case, given, history, impact) => {
		const result = after(alreadyGone, { ...given, history, earlierRecord: record() });
		expect(own(result)).toMatchObject({
			state: 'done',
			outcome: 'removed',
			impact,
			removedAt,
			details: { verifiedAt: '2026-03-10T00:05:00.000Z' },
		});
		expect(own(result)?.details).not.toHaveProperty('attemptAt');
		expect(added(result)).toMatchObject([
			{ kind: 'watch', dueAt: '2026-03-10T00:05:00.000Z' },
			{ kind: 'watch', dueAt: '2026-03-10T01:00:00.000Z' },
			{ kind: 'watch', dueAt: '2026-03-11T00:00:00.000Z' },
			{ kind: 'remind', dueAt: '2026-03-24T00:00:00.000Z' },
			{ kind: 'remind', dueAt: '2026-04-04T00:00:00.000Z' },
		]);
		expect(result.messages).toMatchObject([{ transferUntil: '2026-04-09', groups: 'Engineering' }]);
		expect(result.alerts).toEqual([]);
	});

	it('is said to be taken for removed where no one has ever seen them', () => {
		const result = after(alreadyGone, { history: ofOtherRow });
		expect(own(result)).toMatchObject({ outcome: 'removed' });
		expect(result.messages).toHaveLength(1);
		expect(result.alerts).toMatchObject([{ text: expect.stringContaining('count as removed') }]);
	});

	it('is no riddle where an earlier try has seen them', () => {
		const result = after(alreadyGone, { row: { ...ofOwnRow, details: { ...ofOwnRow.details, wasSeen: true } } });
		expect(own(result)).toMatchObject({ outcome: 'removed' });
		expect(result.alerts).toEqual([]);
	});

	it('is not forgotten by a try that could not look', () => {
		expect(own(after(failed('network'), { row: ofOwnRow }))).toMatchObject({
			impact: 1,
			details: { attemptAt: removedAt },
		});
	});

	it('was none where the person was seen to be a member since', () => {
		const { person } = record();
		const seen = own(after(failed('network', { person, verified: 'notRemoved' }), { row: ofOwnRow }));
		expect(seen).toMatchObject({ impact: 0 });
		expect(seen?.details).not.toHaveProperty('attemptAt');
		expect(own(after(failed('limitReached'), { row: ofOwnRow }))?.details).not.toHaveProperty('attemptAt');
	});

	it('is left to another execution that is at work, and looked at when that has ended', () => {
		const result = after(alreadyGone, { history: { isUnderWay: true } });
		expect(own(result)).toMatchObject({
			outcome: 'alreadyGone',
			state: 'retry',
			dueAt: '2026-03-10T00:21:00.000Z',
		});
		expect(result.messages).toEqual([]);
	});

	it('is none without such a try: the person was gone before', () => {
		const result = after(alreadyGone);
		expect(own(result)).toMatchObject({ state: 'done', outcome: 'alreadyGone', impact: 0 });
		expect(result.messages).toEqual([]);
		expect(added(result)).toEqual([]);
	});

	it('ends the rows of executions that died', () => {
		const dead = [journalRow(2, { state: 'intended', email: 'ada@example.com', impact: 1 })];
		const result = after(removed(), { history: { dead } });
		expect(result.changes).toContainEqual(
			expect.objectContaining({
				id: 2,
				state: 'withdrawn',
				outcome: 'failed',
				impact: 1,
				reason: expect.stringContaining('Row 3'),
			}),
		);
	});
});

describe('the list of held leavers', () => {
	const held = [journalRow(1, { state: 'held', outcome: 'held' })];
	const stateOnList = (result: Applied) => result.changes.find((row) => 'id' in row && row.id === 1)?.state;

	it('has each leaver once', () => {
		const result = after(failed('limitReached'), { history: { held } });
		expect(own(result)).toMatchObject({ outcome: 'held', state: 'withdrawn' });
		expect(stateOnList(result)).toBeUndefined();
		expect(result.alerts).toMatchObject([{ key: 'offboarding: held' }]);
	});

	it.each([
		['removed', removed(), 'withdrawn'],
		['gone already', { outcome: 'alreadyGone' as const, record: record({ person: null }) }, 'withdrawn'],
		['refused', failed('protectedPerson'), 'withdrawn'],
		['failed', failed('network'), undefined],
		['not verified', failed('notVerified'), undefined],
	] as const)('loses only a leaver for whom it is over: %s', (_case, lockdown, state) => {
		expect(stateOnList(after(lockdown, { history: { held } }))).toBe(state);
	});
});
