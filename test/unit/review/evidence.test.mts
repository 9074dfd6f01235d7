import type { StoredChange } from '../../../lib/lifecycle/journal.ts';
import { nextLink, statementOf } from '../../../lib/review/closing.ts';
import type { SecondSnapshot } from '../../../lib/review/closing.ts';
import type { AccessPopulation, AccessRow } from '../../../lib/review/accessSnapshot.ts';
import { evidenceEntries, evidenceOf, isReviewOver, isSameWorkspace } from '../../../lib/review/evidence.ts';
import type { Link, Review } from '../../../lib/review/records.ts';
import type { ReviewRow } from '../../../lib/review/rows.ts';
import { reviewEvidenceHtml } from '../../../lib/report/reviewEvidenceHtml.ts';
import { reviewReport } from '../../../lib/report/reviewReport.ts';
import { access, ago, decided, NOW, revocation, review, row } from './reviewKit.mts';

const onRecord = (rows: ReviewRow[], { journal = [], ...more }: Partial<Review> & { journal?: StoredChange[] } = {}) => ({
	...{ review: review(more), rows, letters: [], journal, records: new Map<string, string>(), now: NOW },
});
const evidence = (rows: ReviewRow[], after: AccessRow[], more: Parameters<typeof onRecord>[1] = {}) =>
	evidenceOf(onRecord(rows, more), { rows: after, population: { members: 1 } }, { workflow: 'w', execution: '1' });
const there = (id: number, groupId: string | null, more: Partial<AccessRow> = {}) =>
	access({ userId: `u${id}`, email: `p${id}@x.example`, groupId, group: groupId, ...more });
const link: Omit<Link, 'id'> = { number: 1, at: ago(0), reviewId: 'r1', what: 'evidence', digest: 'd', previous: '', head: 'h' };

describe('the evidence', () => {
	it('believes the second snapshot more than what the node said', () => {
		const rows = [decided(1, 'leaveGroup'), decided(2, 'remove'), decided(3, 'lowerRole')];
		const still = [there(1, 'g'), there(2, 'other'), there(3, 'g')];
		expect(evidence(rows, still).totals).toMatchObject({ revoked: 3, carriedOut: 0, notCarriedOut: 3 });
		const gone = [there(1, null), there(3, 'g', { role: 'restricted_member' })];
		expect(evidence(rows, gone).totals).toMatchObject({ carriedOut: 3, notCarriedOut: 0 });
		expect(evidence(rows, gone)).toMatchObject({ roleChanged: [], goneOtherwise: [], newSince: [] });
	});

	it('tells access that came or went without a decision', () => {
		const rows = [row(1, { decision: 'keep' }), row(2, { decision: 'keep' }), decided(3, 'remove'), decided(4, 'keep', { userId: 'u3', groupId: 'h' })];
		expect(evidence(rows, [there(1, 'g'), there(1, 'New')])).toMatchObject({
			newSince: [{ email: 'p1@x.example', group: 'New' }],
			goneOtherwise: [{ email: 'p2@x.example', group: 'G', decision: 'keep' }],
		});
	});

	it('says what a role became, and how many rows are missing', () => {
		const one = evidence([row(1, { decision: 'keep' })], [there(1, 'g', { role: 'owner' })]);
		expect(one).toMatchObject({ roleChanged: [{ email: 'p1@x.example', was: 'member', is: 'owner' }], totals: { missing: 0 } });
		const whole = evidence([row(1, { decision: 'keep' })], [], { population: { rows: 3 } });
		expect(whole.totals.missing).toBe(2);
		expect(reviewEvidenceHtml(whole, link)).toContain('NOT WHOLE: 2 rows');
	});

	it('says what came of each revocation, and what goes with a removal', () => {
		const rows = [decided(1, 'leaveGroup'), decided(2, 'remove'), decided(3, 'leaveGroup', { userId: 'u2', groupId: 'h' }), decided(4, 'leaveGroup'), row(5, { userId: 'u2' })];
		const journal = [
			revocation(1, { state: 'done', outcome: 'done', reason: 'A note. Decided by mia@x.example.', details: { verifiedAt: ago(0) } }),
			revocation(2, { key: 'r1|user.remove|u2', state: 'refused', outcome: 'refused' }),
		];
		const entries = evidence(rows, [], { journal }).entries;
		expect(entries.map(({ outcome, verified, decision }) => [decision, outcome, verified])).toEqual([
			['leaveGroup', 'done', true],
			['remove', 'notCarriedOut', false],
			['leaveGroup', 'notCarriedOut', false],
			['leaveGroup', 'notCarriedOut', false],
			['settled', '', false],
		]);
		expect(entries[0]?.note).toBe('A note.');
	});

	it.each<[string, string, number[], boolean]>([
		['of the same workspace', 'w1', [], true],
		['with another token, and the same people', 'w2', [1, 2], true],
		['of another workspace that one of them is in, too', 'w2', [1], false],
		['of another workspace', 'w2', [7, 8, 9], false],
	])('knows a second snapshot %s', (_case, workspace, users, expected) => {
		const rows = [row(1, { decision: 'keep' }), row(2), decided(3, 'remove')];
		const after = { rows: users.map((id) => there(id, null)), population: { workspace } };
		expect(isSameWorkspace(review({ population: { workspace: 'w1' } }), rows, after)).toBe(expected);
	});

	it.each<[string, ReviewRow[], StoredChange[], boolean]>([
		['not while a row is open', [row(1)], [], false],
		['with everything decided', [row(1, { decision: 'keep' }), decided(2, 'leaveGroup')], [revocation(2, { state: 'done', outcome: 'done' })], true],
		['not while a revocation is held', [decided(1, 'leaveGroup')], [revocation(1, { state: 'held' })], false],
		['not while one was not begun', [decided(1, 'leaveGroup')], [], false],
		['although one was refused: a person must act', [decided(1, 'remove')], [revocation(1, { key: 'r1|user.remove|u1', state: 'refused' })], true],
	])('closes a review %s', (_case, rows, journal, expected) => {
		expect(isReviewOver(review(), evidenceEntries(onRecord(rows, { journal })), NOW)).toBe(expected);
	});

	it('closes a review with what could not be done once its patience is over', () => {
		const over = onRecord([decided(1, 'leaveGroup'), row(2)], { dueAt: ago(7) });
		expect(isReviewOver(over.review, evidenceEntries(over), NOW)).toBe(true);
	});

	it.each(['displayName', 'email', 'groupName', 'role', 'comment', 'decidedBy', 'assurance', 'passedOver'])('cannot be injected by %s', (field) => {
		const evil = '"><script>alert(1)</script>{{ $json.x }}\'`';
		const rows = [row(1, { [field]: evil, facts: { teamspace: evil, sensitivity: evil } }), decided(2, 'leaveGroup', { [field]: evil })];
		const population = { sources: [{ source: evil }], notVisible: [evil], groupsWithoutMeaning: [evil], workspace: evil };
		expect(reviewEvidenceHtml(evidence(rows, [there(1, evil)], { population, reviewId: evil }), link)).not.toMatch(/<script|\{\{/);
	});
});

describe('the statement of a day', () => {
	const after = (more: object = {}): SecondSnapshot => ({
		rows: [there(1, 'g')],
		// Of a population only the workspace counts here.
		population: { workspace: 'w1', ...more } as AccessPopulation & Record<string, unknown>,
	});
	const say = async (rows: ReviewRow[], { snapshot = after(), links = [], ...more }: Parameters<typeof onRecord>[1] & { snapshot?: SecondSnapshot; links?: Link[] } = {}) =>
		await statementOf(onRecord(rows, { population: { workspace: 'w1', rows: rows.length }, ...more }), links, async () => await Promise.resolve(snapshot), { workflow: 'w', execution: '1' });

	it('is the state while the review is open, without a second snapshot', async () => {
		const statement = await say([row(1), row(2, { decision: 'keep' })], { snapshot: { failure: 'not asked' } });
		expect(statement).toMatchObject({ what: 'day', open: 1, decided: 1, pending: 0, alerts: [] });
		expect(reviewReport(statement, link)).toMatchObject({ progress: ': 1 decided, 1 open' });
	});

	it('is the evidence at the end, with what is still there', async () => {
		const statement = await say([decided(1, 'leaveGroup')], { journal: [revocation(1, { state: 'done', outcome: 'done', reason: 'Not allowed.' })] });
		expect(statement).toMatchObject({ what: 'evidence', alerts: [{ key: 'access review: closed', text: expect.stringMatching(/p1@x\.example in G \(Not allowed\.\)\. No one tries them again/) }] });
		expect(reviewReport(statement, link)).toMatchObject({ progress: ' is closed: evidence', summary: expect.stringContaining('1 people, 1 rows: 0 kept, 1 revoked') });
	});

	it('tells once how many rows were not decided', async () => {
		const late = { dueAt: ago(1 / 24), snapshot: { failure: 'no answer' } };
		const { alerts } = await say([row(1), row(2)], late);
		expect(alerts).toMatchObject([
			{ key: 'access review: not answered', text: expect.stringMatching(/2 rows were not decided.*mia@x\.example/) },
			{ key: 'access review: not closed', text: expect.stringContaining('no answer') },
		]);
		const told: Link = { ...link, id: 3, at: ago(0) };
		expect((await say([row(1)], { ...late, links: [told] })).alerts.map(({ key }) => key)).toEqual(['access review: not closed']);
	});

	it('does not close on a snapshot of another workspace, and tells rows that are missing', async () => {
		const other = await say([row(1, { decision: 'keep' })], { snapshot: { ...after({ workspace: 'w2' }), rows: [] } });
		expect(other).toMatchObject({ what: 'day', alerts: [{ text: expect.stringContaining('of another workspace than the first') }] });
		const missing = await say([row(1, { decision: 'keep' })], { population: { workspace: 'w1', rows: 3 } });
		expect(missing.alerts).toMatchObject([{ key: 'access review: rows missing', text: expect.stringMatching(/^2 rows of the first snapshot/) }]);
	});

	it('is a link that follows the one before', async () => {
		const statement = await say([row(1)]);
		const first = nextLink(undefined, statement, 'r1', NOW);
		const second = nextLink({ ...first, id: 1 }, statement, 'r1', NOW);
		expect([first.number, first.previous, second.number, second.previous]).toEqual([1, '', 2, first.head]);
		expect(second.head).not.toBe(first.head);
	});
});
