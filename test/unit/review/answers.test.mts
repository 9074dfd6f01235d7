import fc from 'fast-check';

import { ACTIONS } from '../../../lib/review/actions.ts';
import { decisionCells, decisionsIn, keyDigest, LARGEST_ANSWER, readRequest } from '../../../lib/review/answers.ts';
import type { Review } from '../../../lib/review/records.ts';
import type { ReviewRow } from '../../../lib/review/rows.ts';
import { REVIEW_COLUMNS } from '../../../lib/lifecycle/tables.ts';
import { ago, NOW, review, row } from './reviewKit.mts';

const MIA = 'mia@x.example';
const open = row(7, { email: 'ann@x.example', facts: { otherEmails: ['boss@x.example'] } });
const decide = (fields: Record<string, string>, rows: ReviewRow[] = [open], more: Partial<Review> = {}, reviewer = MIA) =>
	decisionsIn(fields, { review: review(more), rows, reviewer, now: NOW });

describe('an answer', () => {
	it('counts where it was asked for and shown', () => {
		const { accepted, refused } = decide({ d7: 'leaveGroup', c7: ' why ', s7: 'd7', key: 'k' });
		expect(accepted).toEqual([{ row: open, action: 'leaveGroup', comment: 'why' }]);
		expect(refused).toEqual([]);
	});

	it.each<[string, Record<string, string>, ReviewRow, Partial<Review>, string, RegExp]>([
		['after the end', { d7: 'keep', s7: 'd7' }, open, { dueAt: ago(0) }, MIA, /time for this review is over/],
		['of a closed review', { d7: 'keep', s7: 'd7' }, open, { state: 'closed' }, MIA, /time for this review is over/],
		['a second time', { d7: 'keep', s7: 'd7' }, { ...open, decision: 'leaveGroup', decidedBy: MIA }, {}, MIA, /decided already by mia/],
		['of someone else', { d7: 'keep', s7: 'd7' }, open, {}, 'max@x.example', /cannot decide/],
		['about an unknown row', { d8: 'keep', s8: 'd7' }, open, {}, MIA, /cannot decide/],
		['about oneself', { d7: 'keep', s7: 'd7' }, { ...open, reviewer: 'ann@x.example' }, {}, 'ANN@x.example', /no one decides about themselves/],
		['about oneself under another address', { d7: 'keep', s7: 'd7' }, { ...open, reviewer: 'boss@x.example' }, {}, 'boss@x.example', /no one decides about themselves/],
		['about something else than shown', { d7: 'keep', s7: 'd8' }, open, {}, MIA, /is not what is on record/],
		['without what was shown', { d7: 'keep' }, open, {}, MIA, /is not what is on record/],
		['that there is not', { d7: 'unanswered', s7: 'd7' }, open, {}, MIA, /cannot be decided here/],
		['to remove a person, by the owner of a group', { d7: 'remove', s7: 'd7' }, { ...open, reviewerAs: 'owner of the group' }, {}, MIA, /cannot be decided here/],
		['to lower a role, by the owner of a group', { d7: 'lowerRole', s7: 'd7' }, { ...open, reviewerAs: 'owner of the group' }, {}, MIA, /cannot be decided here/],
		['to lower the lowest role', { d7: 'lowerRole', s7: 'd7' }, { ...open, role: 'restricted_member' }, {}, MIA, /cannot be decided here/],
		['to lower a role that is not known', { d7: 'lowerRole', s7: 'd7' }, { ...open, role: 'emperor' }, {}, MIA, /cannot be decided here/],
		['to take a person out of no group', { d7: 'leaveGroup', s7: 'd7' }, { ...open, groupName: '' }, {}, MIA, /cannot be decided here/],
	])('does not count %s', (_case, fields, one, more, reviewer, why) => {
		const { accepted, refused } = decide(fields, [one], more, reviewer);
		expect(accepted).toEqual([]);
		expect(refused).toEqual([expect.stringMatching(why)]);
	});

	it('never counts for a row that is not the reader’s, whatever is sent', () => {
		const key = fc.constantFrom('d7', 'c7', 's7', 'd8', 'key', '__proto__', 'constructor');
		const value = fc.oneof(fc.constantFrom(...Object.keys(ACTIONS), 'd7', ''), fc.string());
		fc.assert(
			fc.property(fc.dictionary(key, value), (fields) => {
				expect(decide(fields, [{ ...open, reviewer: 'max@x.example' }]).accepted).toEqual([]);
			}),
		);
	});

	it('is stored in columns of the table, and says whether something is removed', () => {
		const by = { reviewer: MIA, assurance: 'link', decidedAt: ago(0), execution: '9' };
		const cells = Object.values(ACTIONS).map(({ name }) => decisionCells({ row: open, action: name, comment: '' }, by));
		expect(cells.map(({ decision, state }) => [decision, state])).toEqual([
			['keep', 'kept'],
			['leaveGroup', 'revoke'],
			['lowerRole', 'revoke'],
			['remove', 'revoke'],
		]);
		for (const name of Object.keys(cells[0] ?? {})) expect(['id', ...Object.keys(REVIEW_COLUMNS)]).toContain(name);
	});
});

describe('a request', () => {
	const key = 'a'.repeat(64);

	it('shows by GET and decides by POST, with the key where it belongs', () => {
		expect(readRequest({ query: { key, d1: 'remove' } }, false)).toEqual({ kind: 'page', key, keyDigest: keyDigest(key), fields: {} });
		expect(readRequest({ query: {}, body: { key, d1: 'keep' } }, true)).toMatchObject({ kind: 'answer', fields: { d1: 'keep' } });
		expect(readRequest({ query: { key }, body: {} }, true)).toEqual({ kind: 'unknown' });
	});

	it.each<[string, unknown]>([
		['nothing', undefined],
		['no key', { query: {} }],
		['another kind of key', { query: { key: ['a'] } }],
		['a key in capitals', { query: { key: 'A'.repeat(64) } }],
	])('with %s is not known', (_case, item) => {
		expect(readRequest(item, false)).toEqual({ kind: 'unknown' });
	});

	it.each<[string, unknown]>([
		['by what it holds', { body: { key, c1: 'x'.repeat(LARGEST_ANSWER) } }],
		['by what it announces', { headers: { 'content-length': String(LARGEST_ANSWER + 1) }, body: {} }],
		['as text', { body: 'x'.repeat(LARGEST_ANSWER) }],
	])('is too large %s', (_case, item) => {
		expect(readRequest(item, true)).toEqual({ kind: 'tooLarge' });
	});

	it('reads several values of one field as none', () => {
		expect(readRequest({ body: { key, d7: ['keep', 'remove'] } }, true)).toMatchObject({ fields: { d7: '' } });
	});
});
