import type { ChangeResult } from '../../../lib/directory/apply/applyResult.ts';
import type { PlannedChange } from '../../../lib/directory/plan/plannedChange.ts';
import {
	afterApply,
	endedRow,
	heldRow,
	intendedRow,
	lostIntentions,
	lostRow,
	plannedKey,
	plannedOf,
	recentChangesOf,
	takenRow,
	workflowOf,
} from '../../../lib/lifecycle/directoryChanges.ts';
import { dueRows, stuckRows } from '../../../lib/lifecycle/due.ts';
import { changeRow, readChanges } from '../../../lib/lifecycle/journal.ts';
import type { Change, StoredChange } from '../../../lib/lifecycle/journal.ts';
import { reinstatementBlocks } from '../../../lib/lifecycle/reinstatementBlocks.ts';
import { usedByOthers, usedOfDay } from '../../../lib/lifecycle/rollingDay.ts';
import { journalRow } from './leaverKit.mts';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const MINUTE = 60_000;
const ago = (minutes: number) => new Date(NOW - minutes * MINUTE).toISOString();

const planned = (more: Partial<PlannedChange> = {}): PlannedChange => ({
	action: 'group.removeMembers',
	target: { type: 'group', id: 'g1', displayName: 'eng-all' },
	member: { id: 'u1', email: 'ada@example.com', displayName: 'Ada' },
	changes: [],
	reason: 'groupMembership',
	explanation: 'Ada leaves eng-all.',
	guard: 'ok',
	impact: 1,
	precondition: { isMember: true },
	planDigest: 'p1',
	workspace: 'w1',
	policyDigest: 'd1',
	plannedAt: ago(1),
	expiresAt: ago(-24 * 60),
	signature: 's1',
	...more,
});

const creation = (more: Partial<PlannedChange> = {}): PlannedChange =>
	planned({
		action: 'user.create',
		target: { type: 'user', id: null, email: 'bo@example.com', displayName: 'Bo', source: 'entra', sourceId: '9' },
		member: null,
		changes: [{ attribute: 'email', from: null, to: 'bo@example.com' }],
		impact: 0,
		...more,
	});

const origin = { kind: 'sync', workflow: 'Sync', execution: '7', requestedBy: '', approvedBy: '', now: NOW } as const;

const stored = (row: Change, more: Partial<StoredChange> = {}): StoredChange => ({
	...row,
	id: 1,
	createdAt: NOW - MINUTE,
	updatedAt: NOW - MINUTE,
	...more,
});

const result = (more: Partial<ChangeResult> = {}): ChangeResult => ({
	outcome: 'done',
	note: '',
	userId: 'u1',
	groupId: 'g1',
	impact: 1,
	seats: 0,
	at: ago(0),
	...more,
});

describe('the rows of planned changes', () => {
	it('say which role is given, also once the planned change is no longer kept', () => {
		const raised = creation({ action: 'user.update', changes: [{ attribute: 'role', from: 'member', to: 'owner' }] });

		expect(afterApply(intendedRow(raised, origin), result()).details).toMatchObject({ action: 'user.update', role: 'owner' });
		expect(intendedRow(creation(), origin).details).not.toHaveProperty('role');
	});

	it('say what is about to be done, and count from then on', () => {
		const row = intendedRow(planned(), { ...origin, approvedBy: 'Eve (assurance: n8n sign-in)' });
		expect(row).toMatchObject({
			kind: 'sync',
			state: 'intended',
			email: 'ada@example.com',
			userId: 'u1',
			reason: 'Ada leaves eng-all.',
			approvedBy: 'Eve (assurance: n8n sign-in)',
			impact: 1,
			details: { action: 'group.removeMembers', groupId: 'g1', groupName: 'eng-all', planDigest: 'p1' },
		});
		expect(intendedRow(creation(), origin)).toMatchObject({ source: 'entra', employeeId: '9', details: { seats: 1 } });
	});

	it('stay under half a kilobyte once they are over', () => {
		const row = afterApply(stored(heldRow(planned(), origin)), result());
		expect(JSON.stringify(changeRow(row)).length).toBeLessThan(800);
		expect(row.details).not.toHaveProperty('planned');
	});

	it('keep the planned change as it is while they wait, and count nothing until they are taken', () => {
		const row = stored(heldRow(planned(), origin));
		const [read] = readChanges([{ ...changeRow(row), id: 1, createdAt: ago(1), updatedAt: ago(1) }]).rows;
		expect(read && plannedOf(read)).toEqual(planned());
		expect(row).toMatchObject({ state: 'held', dueAt: planned().expiresAt, impact: 0 });
		expect(takenRow(row, planned(), '8')).toMatchObject({ state: 'intended', execution: '8', impact: 1, dueAt: '' });
		expect(takenRow(row, creation(), '8').details.seats).toBe(1);
		expect(plannedOf({ details: { planned: '{' } })).toBeUndefined();
		expect(plannedOf({ details: {} })).toBeUndefined();
	});

	it('have one key for one wish, whatever plan it is of', () => {
		expect(plannedKey('sync', planned({ planDigest: 'p2', signature: 's2' }))).toBe(plannedKey('sync', planned()));
		expect(plannedKey('sync', planned({ member: null }))).not.toBe(plannedKey('sync', planned()));
		expect(plannedKey('sync', creation())).not.toBe(
			plannedKey('sync', creation({ changes: [{ attribute: 'email', from: null, to: 'bo@example.org' }] })),
		);
	});

	it.each([
		['done', 'done', 'done'],
		['unchanged', 'done', 'unchanged'],
		['notVerified', 'done', 'notVerified'],
		['blocked', 'refused', 'blocked'],
		['stale', 'refused', 'stale'],
		['held', 'refused', 'held'],
	] as const)('of a result %s are %s', (outcome, state, word) => {
		const row = afterApply(intendedRow(planned(), origin), result({ outcome, note: 'So it was.' }));
		expect(row).toMatchObject({ state, outcome: word });
	});

	it('wait on where Apply has held what a person can release', () => {
		const row = afterApply(stored(heldRow(planned(), origin)), result({ outcome: 'held', impact: 0 }), ago(-60));
		expect(row).toMatchObject({ state: 'held', outcome: 'held', impact: 0, dueAt: ago(-60) });
		expect(plannedOf(row)).toEqual(planned());
	});

	it('end without being carried out', () => {
		const row = endedRow(stored(heldRow(planned(), origin)), 'expired', 'No one has answered.');
		expect(row).toMatchObject({ state: 'withdrawn', outcome: 'expired', reason: 'Ada leaves eng-all. No one has answered.' });
		expect(plannedOf(row)).toBeUndefined();
	});

	it('are lost where their execution died, and only those of the own workflow', () => {
		const row = stored(intendedRow(planned(), origin));
		expect(lostIntentions([row], { workflow: 'Sync', execution: '8' })).toEqual([row]);
		expect(lostIntentions([row], { workflow: 'Sync', execution: '7' })).toEqual([]);
		expect(lostIntentions([row], { workflow: 'Other', execution: '8' })).toEqual([]);
		expect(lostRow(row)).toMatchObject({ state: 'done', outcome: 'lost', impact: 1, removedAt: ago(1) });
		expect(workflowOf({ reference: 'Sync; list 3 abc' })).toBe('Sync');
	});

	it('are not acted on by the clock', () => {
		const row = stored(intendedRow(planned(), origin), { updatedAt: 1 });
		expect(stuckRows([row], NOW)).toEqual([]);
		expect(dueRows([{ ...row, state: 'retry' }], NOW)).toEqual([]);
	});

	it('tell the next plan what was changed in the last day', () => {
		const done = stored(afterApply(intendedRow(planned(), origin), result()));
		expect(recentChangesOf([done], NOW)).toEqual([
			{ action: 'group.removeMembers', groupId: 'g1', userId: 'u1', at: ago(0) },
		]);
		expect(recentChangesOf([{ ...done, outcome: 'failed' }, { ...done, removedAt: ago(1441) }], NOW)).toEqual([]);
		expect(recentChangesOf([stored(intendedRow(creation(), origin))], NOW)).toEqual([]);
	});
});

describe('the counter of the rolling day, for planned changes', () => {
	const row = (id: number, more: Partial<StoredChange> = {}) => stored(intendedRow(planned(), origin), { id, ...more });
	const used = (rows: StoredChange[]) => usedOfDay({ rows, unreadable: [] }, { execution: '8', now: NOW });

	it('counts each of them, and each leaver once', () => {
		const leaver = journalRow(9, { impact: 1, removedAt: ago(5) });
		expect(used([row(1), row(2), leaver, { ...leaver, id: 10 }])).toEqual({ removals: 3, creations: 0 });
	});

	it('counts seats beside them', () => {
		expect(used([stored(intendedRow(creation(), origin))])).toEqual({ removals: 0, creations: 1 });
	});

	it.each([
		['the own execution', row(1, { execution: '8' })],
		['what is older than a day', row(1, { removedAt: ago(1441) })],
		['what waits', stored(heldRow(planned(), origin))],
		['what was not done', stored(afterApply(intendedRow(planned(), origin), result({ outcome: 'stale', impact: 0 })))],
	])('does not count %s', (_case, one) => {
		expect(used([one])).toEqual({ removals: 0, creations: 0 });
	});

	it('counts what was lost from its intention on, and cannot count what cannot be read', () => {
		expect(used([lostRow(row(1, { updatedAt: NOW - 1441 * MINUTE }))])).toEqual({ removals: 0, creations: 0 });
		expect(used([lostRow(row(1))])).toEqual({ removals: 1, creations: 0 });
		const unreadable = [{ id: '3', key: '', employeeId: '', email: '', why: '' }];
		expect(usedOfDay({ rows: [], unreadable }, { execution: '8', now: NOW })).toBeUndefined();
	});

	it('counts for leavers as well, also what was taken from the same person', () => {
		const own = journalRow(9, { email: 'ada@example.com', employeeId: '' });
		expect(usedByOthers({ rows: [row(1)], unreadable: [] }, own, { execution: '8', now: NOW })).toBe(1);
	});
});

describe('reinstatement blocks', () => {
	const emergency = (more: Partial<StoredChange> = {}) =>
		journalRow(1, {
			kind: 'emergency',
			key: 'emergency|soc|1|ada@example.com|notion',
			state: 'done',
			outcome: 'lockedDown',
			email: 'ada@example.com',
			userId: 'u1',
			requestedBy: 'soc@example.com',
			createdAt: NOW - 40 * MINUTE,
			updatedAt: NOW - 39 * MINUTE,
			details: { app: 'notion' },
			...more,
		});
	const leaver = (more: Partial<StoredChange> = {}) =>
		journalRow(2, {
			state: 'done',
			outcome: 'removed',
			email: 'bob@example.com',
			userId: 'u2',
			removedAt: ago(40),
			updatedAt: NOW - MINUTE,
			requestedBy: 'HRIS',
			...more,
		});
	const blocks = (rows: StoredChange[], { blockDays = 30, letBackIn = [] as string[] } = {}) =>
		reinstatementBlocks(rows, { blockDays, letBackIn, now: NOW });

	it('say who, when, until when, and how they come back', () => {
		expect(blocks([emergency(), leaver()])).toEqual([
			{
				email: 'ada@example.com',
				userId: 'u1',
				until: NOW + (30 * 24 * 60 - 40) * MINUTE,
				at: NOW - 39 * MINUTE,
				why: 'An emergency lockdown locked ada@example.com out of Notion (2026-03-10 11:20 UTC, asked for by soc@example.com). To let them back in, add their address to Let Back In of Plan.',
			},
			{
				email: 'bob@example.com',
				userId: 'u2',
				until: NOW + (48 * 60 - 40) * MINUTE,
				at: NOW - MINUTE,
				why: 'bob@example.com has left and was removed from Notion (2026-03-10 11:20 UTC, asked for by HRIS). The directory may not know yet. To let them back in, add their address to Let Back In of Plan.',
			},
		]);
	});

	it.each([
		['is being locked out', [emergency({ state: 'intended', outcome: '' })], {}, 1],
		['was not in Notion', [emergency({ outcome: 'notFound', userId: '' })], {}, 1],
		['was locked out of Okta', [emergency({ details: { app: 'okta' } })], {}, 0],
		['is tried once more', [emergency({ state: 'retry', outcome: 'failed' })], {}, 1],
		['is protected', [emergency({ state: 'refused', outcome: 'protected' })], {}, 0],
		['a person has spared', [emergency({ outcome: 'declined' })], {}, 0],
		['was locked out long ago', [emergency({ createdAt: NOW - 31 * 24 * 60 * MINUTE })], {}, 0],
		['was locked out too long ago for the settings', [emergency()], { blockDays: 0 }, 0],
		['may come back', [emergency()], { letBackIn: [' ADA@Example.com'] }, 0],
		['left two days ago', [leaver({ removedAt: ago(48 * 60) })], {}, 0],
		['is being removed', [leaver({ state: 'intended', outcome: '', removedAt: '' })], {}, 1],
		['was only to be removed', [leaver({ outcome: 'held' })], {}, 0],
		['was rehired', [leaver()], { letBackIn: ['bob@example.com'] }, 0],
		['has no address in the record', [leaver({ email: '' })], {}, 1],
	])('are none or one where a person %s', (_case, rows, settings, count) => {
		expect(blocks(rows, settings)).toHaveLength(count);
	});
});
