import fc from 'fast-check';

import { ScimError } from '../../../lib/scim/scimError.ts';
import type { ScimErrorKind } from '../../../lib/scim/scimError.ts';
import { ACTION_NAMES, ACTIONS, choicesFor } from '../../../lib/review/actions.ts';
import type { RevocationInputs } from '../../../lib/review/revocations.ts';
import { plannedRevocations } from '../../../lib/review/revocations.ts';
import type { RevocationAnswer } from '../../../lib/review/revocationResults.ts';
import { afterRevocation, noteOf, revocationAlert } from '../../../lib/review/revocationResults.ts';
import { ago, DAY, decided, NOW, revocation, review, row } from './reviewKit.mts';

const plan = (rows: RevocationInputs['rows'], more: Partial<RevocationInputs> = {}) =>
	plannedRevocations({ reviews: [review()], rows, journal: [], decidedIn: '', execution: '8', now: NOW, ...more });
const own = { decidedIn: '7' };

describe('the table of actions', () => {
	it('offers what fits the row and the reviewer', () => {
		const offered = (more: Parameters<typeof row>[1]) => choicesFor(row(1, more)).map(({ name }) => name);
		expect(offered({})).toEqual([...ACTION_NAMES]);
		expect(offered({ groupName: '' })).toEqual(['keep', 'lowerRole', 'remove']);
		expect(offered({ role: 'restricted_member' })).toEqual(['keep', 'leaveGroup', 'remove']);
		expect(offered({ reviewerAs: 'owner of the group' })).toEqual(['keep', 'leaveGroup']);
	});

	it('says what a role becomes', () => {
		const labels = ['owner', 'membership_admin', 'member'].map((role) => ACTIONS.lowerRole.label({ role }));
		expect(labels).toEqual(['Lower the role to member', 'Lower the role to member', 'Lower the role to restricted member']);
	});
});

describe('planned revocations', () => {
	it('are one for each group, one for a role, and one for a person who is removed altogether', () => {
		const planned = plan(
			[
				decided(1, 'leaveGroup', { userId: 'u1', groupId: 'g1' }),
				decided(2, 'leaveGroup', { userId: 'u1', groupId: 'g2' }),
				decided(3, 'lowerRole', { userId: 'u1', groupId: 'g3' }),
				decided(4, 'lowerRole', { userId: 'u1', groupId: 'g4' }),
				decided(5, 'remove', { userId: 'u2' }),
				decided(6, 'leaveGroup', { userId: 'u2' }),
				decided(7, 'lowerRole', { userId: 'u2' }),
				decided(8, 'keep'),
			],
			own,
		);
		expect(planned.map(({ userId, details }) => [userId, details.action, details.groupId ?? details.role])).toEqual([
			['u1', 'group.removeMembers', 'g1'],
			['u1', 'group.removeMembers', 'g2'],
			['u1', 'user.update', 'restricted_member'],
			['u2', 'user.remove', undefined],
		]);
		expect(planned[0]).toMatchObject({
			...{ kind: 'revoke', state: 'intended', impact: 1, execution: '8', requestedBy: 'mia@x.example', reference: 'r1' },
			reason: 'Decided by mia@x.example (link) in r1.',
		});
	});

	it('of an answer are those that it decided, once', () => {
		const rows = [decided(1, 'leaveGroup'), decided(2, 'leaveGroup', { decidedIn: '6' })];
		expect(plan(rows, own)).toHaveLength(1);
		expect(plan(rows, { ...own, journal: [revocation(1, { state: 'retry' })] })).toEqual([]);
	});

	it('of the day are those that wait, and that no one is at work on', () => {
		const fresh = { decidedAt: ago(0) };
		const rows = [1, 2, 3, 4, 5, 6].map((id) => decided(id, 'leaveGroup', id === 1 ? fresh : {}));
		const journal = [
			revocation(3, { state: 'held', updatedAt: NOW }),
			revocation(4, { state: 'intended', updatedAt: NOW }),
			revocation(5, { state: 'intended' }),
			revocation(6, { state: 'done' }),
		];
		const planned = plan(rows, { journal });
		expect(planned.map(({ userId }) => userId)).toEqual(['u2', 'u3', 'u5']);
		expect(planned[2]).toMatchObject({ id: 5, state: 'intended', execution: '8', details: { attemptAt: ago(1) } });
		expect(planned[1]?.details.attemptAt).toBeUndefined();
	});

	it('are withdrawn with a removal, and at the end of a review', () => {
		const removed = decided(1, 'remove', { userId: 'u1' });
		expect(plan([removed], { ...own, journal: [revocation(1, { state: 'held' })] })).toMatchObject([
			{ details: { action: 'user.remove' } },
			{ id: 1, state: 'withdrawn', reason: 'It goes with the removal from Notion.' },
		]);
		const old = revocation(2, { reference: 'r0', state: 'held' });
		expect(plan([], { journal: [old, revocation(3, { reference: 'r0', state: 'done' })] })).toMatchObject([
			{ id: 2, state: 'withdrawn', outcome: 'notCarriedOut' },
		]);
		expect(plan([removed], { ...own, reviews: [] })).toEqual([]);
	});

	it('never come from anything but a decision to revoke', () => {
		const word = fc.constantFrom('', 'keep', 'unanswered', 'withoutReviewer', 'settled', '__proto__');
		fc.assert(
			fc.property(fc.array(word), (decisions) => {
				expect(plan(decisions.map((decision, id) => decided(id, decision)), own)).toEqual([]);
			}),
		);
	});
});

describe('what came of a revocation', () => {
	const failure = (kind: ScimErrorKind): RevocationAnswer => ({ failure: new ScimError(kind, 'Why.', 'How.') });
	const done: RevocationAnswer = { isChange: true, isVerified: true, note: '' };
	const unchanged: RevocationAnswer = { ...done, isChange: false };

	it.each<[string, RevocationAnswer, boolean, object]>([
		['done', done, false, { state: 'done', outcome: 'done', impact: 1 }],
		['so already', unchanged, false, { state: 'done', outcome: 'unchanged', impact: 0 }],
		['done by an execution that died', unchanged, true, { state: 'done', outcome: 'done', impact: 1 }],
		['held', failure('limitReached'), false, { state: 'held', outcome: 'held', impact: 0 }],
		['refused', failure('protectedPerson'), false, { state: 'refused', outcome: 'refused', impact: 0 }],
		['not seen', failure('notVerified'), false, { state: 'retry', outcome: 'notVerified', impact: 1 }],
		['failed, and may have been done', failure('network'), false, { state: 'retry', outcome: 'failed', impact: 1 }],
		['of a group that is gone', failure('notFound'), false, { state: 'done', outcome: 'unchanged', impact: 0 }],
	])('is put on record as %s', (_case, answer, wasBegun, expected) => {
		const intended = revocation(1, { state: 'intended', reason: 'Decided by mia@x.example (link) in r1.' });
		const before = wasBegun ? { ...intended, details: { ...intended.details, attemptAt: ago(1) } } : intended;
		const after = afterRevocation(before, answer, NOW);
		expect(after).toMatchObject({ ...expected, attempts: 1, reason: expect.stringMatching(/Decided by mia/) });
		expect(Date.parse(after.dueAt || ago(-2)) - NOW).toBeGreaterThan(DAY);
		expect(noteOf(after)).not.toContain('Decided by');
	});

	it('is told where it was not carried out', () => {
		const rows = [
			afterRevocation(revocation(1), failure('limitReached'), NOW),
			afterRevocation(revocation(2, { details: { action: 'user.update', role: 'member' } }), failure('protectedPerson'), NOW),
			afterRevocation(revocation(3), done, NOW),
		];
		expect(revocationAlert(rows)).toEqual([
			{
				key: 'access review: revocation',
				text: 'Not carried out: p1@x.example in G: the limit of a day holds it back; it is done on the next day. Why.; p2@x.example (role): a person must act in Notion. Why. How.',
			},
		]);
		expect(revocationAlert([afterRevocation(revocation(3), done, NOW)])).toEqual([]);
	});
});
