import type { IDataObject } from 'n8n-workflow';

import { jsons, setUpNotion } from '../support/notionTest.mts';
import { idOf } from '../group/groupTest.mts';

const KEY = 'a'.repeat(64);
const MIA = 'mia@example.com';
const now = (): string => new Date().toISOString();

const person = (name: string, managerEmail = ''): IDataObject => ({
	...{ source: 'hr', sourceId: `id-${name}`, active: true, status: 'active' },
	...{ email: `${name}@example.com`, managerEmail },
});
const manifest = (count: number): IDataObject => ({
	...{ manifest: true, source: 'hr', readAt: now(), pages: 1, count, complete: true, groupsComplete: true },
});
const directory = [person('ada', 'kenji@example.com'), person('kenji'), manifest(2)];
const settings = {
	...{ fallbackReviewer: 'fall@example.com', securityReviewer: 'sec@example.com', groupMeanings: '[]' },
	...{ dueInDays: 21, remindAfterDays: 4, escalateAfterDays: 9, finishWithinDays: 7, links: '[]' },
};

const storedReview = (more: IDataObject = {}): IDataObject => ({
	...{ id: 1, kind: 'review', reviewId: 'review-1', state: 'open', at: now() },
	dueAt: new Date(Date.now() + 86_400_000).toISOString(),
	details: JSON.stringify({ pace: { remindAfterDays: 4, escalateAfterDays: 9, finishWithinDays: 7 }, population: { rows: 1 } }),
	...more,
});
const storedRow = (id: number, more: IDataObject = {}): IDataObject => ({
	...{ id, kind: 'row', reviewId: 'review-1', position: id, state: '', at: now(), userId: `u${id}`, email: `p${id}@example.com` },
	...{ displayName: '', role: 'member', groupId: 'g', groupName: 'Group', reviewer: MIA, reviewerAs: 'manager', step: 0 },
	...{ reviewers: JSON.stringify([{ email: MIA, as: 'manager' }]), passedOver: '', decision: '', digest: `d${id}`, details: '{}' },
	...more,
});
const storedLetter = { id: 2, kind: 'letter', reviewId: 'review-1', reviewer: MIA, at: now(), sentAt: now(), details: 'first', position: 1 };
const intention = (id: number, details: IDataObject, userId: string, email: string): IDataObject => ({
	...{ id, createdAt: now(), updatedAt: now(), key: `review-1|${id}`, kind: 'revoke', state: 'intended', impact: 1 },
	...{ userId, email, reference: 'review-1', requestedBy: MIA, reason: 'Decided by mia@example.com (link) in review-1.' },
	details: JSON.stringify(details),
});

describe('an access review', () => {
	const notion = setUpNotion();

	test('starts with rows, a review, and what an admin must know', async () => {
		const run = await notion.run('accessReview.start', { items: directory, parameters: { ...settings, reviewRows: '[]' } });

		const [rows, reviews, alerts] = [0, 1, 2].map((output) => jsons(run, output));
		expect(rows?.find(({ email, groupName }) => email === 'ada@example.com' && groupName === 'Engineering')).toMatchObject({
			...{ kind: 'row', state: '', reviewer: 'kenji@example.com', reviewerAs: 'manager', decision: '' },
			digest: expect.stringMatching(/^[0-9a-f]{64}$/),
		});
		expect(reviews).toMatchObject([{ kind: 'review', state: 'open', dueAt: expect.stringMatching(/T23:59:59\.999Z$/) }]);
		expect(JSON.parse(String(reviews?.[0]?.['details']))).toMatchObject({ pace: { escalateAfterDays: 9 }, population: { rows: rows?.length } });
		expect(alerts).toEqual([]);
		expect(notion.writes()).toEqual([]);
	});

	test.each<[string, IDataObject[], object, RegExp]>([
		['a directory with gaps', [person('ada'), manifest(2)], {}, /2 persons were announced, but 1 arrived/],
		['a source that failed', [{ error: 'The source is down.' }], {}, /The directory source returned no one, so no one could be asked\. The source is down\./],
		['an open review', directory, { reviewRows: JSON.stringify([storedReview()]) }, /review-1 is still open/],
		['a reviewer without an address', directory, { securityReviewer: 'someone' }, /Security Reviewer must be an email address/],
	])('does not start with %s, and says so', async (_case, items, more, why) => {
		const run = await notion.run('accessReview.start', { items, parameters: { ...settings, reviewRows: '[]', ...more } });

		expect([jsons(run, 0), jsons(run, 1)]).toEqual([[], []]);
		expect(jsons(run, 2)).toMatchObject([{ key: 'access review: not started', text: expect.stringMatching(why) }]);
	});

	test('writes letters of which only the digest of the key is stored', async () => {
		const run = await notion.run('accessReview.advance', {
			items: [storedRow(1), storedRow(2)],
			parameters: {
				...{ pageUrl: 'https://n8n.example/webhook/notion-access-review', reviewRows: JSON.stringify([storedReview()]) },
				...{ letterRows: '[{}]', calledFor: '' },
			},
		});

		const [letters, mails] = [jsons(run, 2), jsons(run, 3)];
		const key = /key=([0-9a-f]{64})$/.exec(String(mails[0]?.['link']))?.[1] ?? '';
		expect(letters).toMatchObject([{ kind: 'letter', reviewer: MIA, position: 2, sentAt: '', details: 'first' }]);
		expect(mails).toMatchObject([{ to: MIA, letter: 'first', rows: '2 memberships', people: '2 people', keyDigest: letters[0]?.['digest'] }]);
		expect(key).toHaveLength(64);
		expect(JSON.stringify(letters)).not.toContain(key);
	});

	test('goes by what the directory says today', async () => {
		const reviewers = JSON.stringify([{ email: MIA, as: 'manager' }, { email: 'fall@example.com', as: 'fallback' }]);
		const run = await notion.run('accessReview.advance', {
			items: [{ ...person('mia'), active: false, status: 'inactive' }, manifest(1), {}, storedRow(1, { reviewers })],
			parameters: { pageUrl: 'x', reviewRows: JSON.stringify([storedReview()]), letterRows: '[]', calledFor: '' },
		});

		expect(jsons(run, 1)).toMatchObject([{ reviewer: 'fall@example.com', step: 1, passedOver: 'mia@example.com (manager) has left.' }]);
		expect(jsons(run, 3)).toMatchObject([{ to: 'fall@example.com', letter: 'escalation' }]);
	});

	test('asks no one for a review that another start has superseded', async () => {
		const reviews = [storedReview(), storedReview({ id: 5, reviewId: 'review-2' })];
		const run = await notion.run('accessReview.advance', {
			items: [storedRow(1)],
			parameters: { pageUrl: 'x', reviewRows: JSON.stringify(reviews), letterRows: '[]', calledFor: 'review-2' },
		});

		expect(jsons(run, 0)).toEqual([{ id: 5, state: 'superseded' }]);
		expect([1, 2, 3, 4].flatMap((output) => jsons(run, output))).toEqual([]);
	});

	test('takes an answer from the request to what is stored', async () => {
		const body = { key: KEY, d1: 'lowerRole', c1: 'less', s1: 'd1' };
		const request = jsons(await notion.run('accessReview.readRequest', { items: [{ body }], parameters: { isAnswer: true } }))[0] ?? {};
		const parameters = {
			...{ request: JSON.stringify(request), letterRows: JSON.stringify([storedLetter]), rows: JSON.stringify([storedRow(1), storedRow(2)]) },
			reviewRows: JSON.stringify([storedReview()]),
		};
		const run = await notion.run('accessReview.answer', { items: [storedReview()], parameters: { ...parameters, answerStep: 'read', assurance: 'link' } });

		const [decision] = jsons(run);
		expect(decision).toMatchObject({ id: 1, state: 'revoke', decision: 'lowerRole', comment: 'less', decidedBy: MIA, assurance: 'link' });
		expect([1, 2, 3].flatMap((output) => jsons(run, output))).toEqual([]);
		const stored = await notion.run('accessReview.answer', {
			items: [storedRow(1, { ...decision })],
			parameters: { ...parameters, answerStep: 'stored', assurance: 'link' },
		});
		expect(jsons(stored, 1)).toMatchObject([{ status: 200, html: expect.stringContaining('One decision is on record') }]);
		expect(jsons(stored, 2)).toMatchObject([{ to: MIA, list: '- p1@example.com, Group: lower the role to restricted member' }]);
		expect(jsons(stored, 3)).toMatchObject([{ reviewId: 'review-1', decidedIn: expect.any(String) }]);
	});

	test('shows no one to whom the key is not known', async () => {
		const unknown = await notion.run('accessReview.readRequest', { items: [{ query: { key: 'x' } }], parameters: { isAnswer: false } });
		expect(jsons(unknown, 0)).toEqual([]);
		expect(jsons(unknown, 1)).toMatchObject([{ status: 404 }]);
		const large = await notion.run('accessReview.readRequest', { items: [{ body: { key: KEY, c1: 'x'.repeat(300_000) } }], parameters: { isAnswer: true } });
		expect(jsons(large, 1)).toMatchObject([{ status: 413 }]);
		const request = JSON.stringify({ kind: 'page', key: KEY, fields: {} });
		const none = await notion.run('accessReview.answer', { parameters: { answerStep: 'read', assurance: 'link', request, letterRows: '[{}]', rows: '[{}]', reviewRows: '[{}]' } });
		expect(jsons(none, 1)).toMatchObject([{ status: 404 }]);
	});

	test('turns decisions into intentions', async () => {
		const row = storedRow(1, { decision: 'lowerRole', state: 'revoke', decidedBy: MIA, assurance: 'link', decidedAt: now(), execution: '5' });
		const run = await notion.run('accessReview.planRevocations', {
			items: [row],
			parameters: { reviewRows: JSON.stringify([storedReview()]), revocationRows: '[{}]', decidedIn: '5' },
		});

		expect(jsons(run)).toMatchObject([{ kind: 'revoke', state: 'intended', key: 'review-1|user.update|u1', impact: 1 }]);
		expect(JSON.parse(String(jsons(run)[0]?.['details']))).toEqual({ action: 'user.update', role: 'restricted_member' });
	});

	const ids = () => Object.fromEntries(['ada', 'kenji', 'maria', 'owner'].map((name) => [name, idOf(notion.sandbox, `${name}@example.com`)]));
	const roleOf = (email: string) => notion.sandbox.workspace.userByEmail(email)?.role;
	const revoke = async (items: IDataObject[], more: IDataObject = {}) => {
		const { credential = {}, ...parameters } = more;
		const run = await notion.run('accessReview.revoke', {
			items,
			parameters: { removalLimit: 0, dayRows: '[]', options: {}, ...parameters } as never,
			credential: credential as IDataObject,
		});
		if (run.error) throw new Error(run.error.message);
		return { changes: jsons(run, 0), evidence: jsons(run, 1), alerts: jsons(run, 2) };
	};

	test('lowers a role, takes out of a group and removes, each verified and on record', async () => {
		const { ada = '', kenji = '', maria = '' } = ids();
		const group = notion.sandbox.workspace.groupByName('Engineering');
		const { changes, evidence, alerts } = await revoke(
			[
				intention(1, { action: 'user.update', role: 'restricted_member' }, kenji, 'kenji@example.com'),
				intention(2, { action: 'group.removeMembers', groupId: group?.id ?? '', groupName: 'Engineering' }, ada, 'ada@example.com'),
				intention(3, { action: 'user.remove' }, maria, 'maria@example.com'),
			],
			{ removalLimit: 5 },
		);

		expect(changes.map(({ state, outcome, impact }) => [state, outcome, impact])).toEqual([
			['done', 'done', 1],
			['done', 'done', 1],
			['done', 'done', 1],
		]);
		expect(changes[0]?.['reason']).toMatch(/^The role was member, and is restricted_member\. Decided by mia/);
		for (const { details } of changes) expect(JSON.parse(String(details))).toMatchObject({ verifiedAt: expect.any(String) });
		expect(evidence).toMatchObject([{ key: 'review-1|3', record: expect.stringContaining('"requestedBy":"mia@example.com"') }]);
		expect(alerts).toEqual([]);
		expect(roleOf('kenji@example.com')).toBe('restricted_member');
		expect(notion.sandbox.workspace.groupNames('ada@example.com')).not.toContain('Engineering');
		expect(notion.sandbox.workspace.isMember('maria@example.com')).toBe(false);
	});

	test('does nothing twice', async () => {
		const { kenji = '' } = ids();
		const row = intention(1, { action: 'user.update', role: 'restricted_member' }, kenji, 'kenji@example.com');
		await revoke([row]);
		const writes = notion.writes().length;
		const again = await revoke([row]);
		expect(again.changes).toMatchObject([{ outcome: 'unchanged', impact: 0 }]);
		const begun = { ...row, details: JSON.stringify({ action: 'user.update', role: 'restricted_member', attemptAt: now() }) };
		expect((await revoke([begun])).changes).toMatchObject([{ outcome: 'done', impact: 1 }]);
		expect(notion.writes()).toHaveLength(writes);
	});

	test.each<[string, string, IDataObject]>([
		['lower the role of', 'owner', { action: 'user.update', role: 'member' }],
		['remove', 'owner', { action: 'user.remove' }],
	])('does not %s an owner', async (_case, name, details) => {
		const id = ids()[name] ?? '';
		const { changes, alerts } = await revoke([intention(1, details, id, `${name}@example.com`)]);

		expect(changes).toMatchObject([{ state: 'refused', impact: 0 }]);
		expect(alerts).toMatchObject([{ key: 'access review: revocation', text: expect.stringContaining('a person must act in Notion') }]);
		expect(notion.writes()).toEqual([]);
	});

	test('refuses with a credential that may take nothing away', async () => {
		const { kenji = '' } = ids();
		const { changes } = await revoke([intention(1, { action: 'user.update', role: 'restricted_member' }, kenji, 'kenji@example.com')], {
			credential: { access: 'noRemovals' },
		});
		expect(changes).toMatchObject([{ state: 'refused', reason: expect.stringContaining('may not lower the role') }]);
		expect(notion.writes()).toEqual([]);
	});

	test('counts what all workflows took away that day, and holds the rest', async () => {
		const { ada = '', kenji = '' } = ids();
		const used = { ...intention(9, { action: 'user.remove' }, 'x', 'x@example.com'), kind: 'sync', state: 'done', impact: 1 };
		const rows = [
			intention(1, { action: 'user.update', role: 'restricted_member' }, kenji, 'kenji@example.com'),
			intention(2, { action: 'user.update', role: 'restricted_member' }, ada, 'ada@example.com'),
		];
		const { changes, alerts } = await revoke(rows, { removalLimit: 2, dayRows: JSON.stringify([used]) });

		expect(changes.map(({ state }) => state)).toEqual(['done', 'held']);
		expect(alerts).toMatchObject([{ text: expect.stringContaining('the limit of a day holds it back') }]);
		const unreadable = await revoke([rows[1] ?? {}], { dayRows: JSON.stringify([{ ...used, state: 'whatever' }]) });
		expect(unreadable.changes).toMatchObject([{ state: 'held' }]);
	});

	test('closes with a second snapshot, evidence and a link of the chain', async () => {
		const snapshot = jsons(await notion.run('accessReview.snapshot', { parameters: { groupMeanings: '[]' } })).at(-1);
		const details = JSON.stringify({ pace: { remindAfterDays: 4, escalateAfterDays: 9, finishWithinDays: 7 }, population: { workspace: snapshot?.['workspace'], rows: 1 } });
		const parameters = { letterRows: JSON.stringify([storedLetter]), revocationRows: '[{}]', recordRows: '[{}]' };
		const close = async (row: IDataObject) => {
			const run = await notion.run('accessReview.close', {
				items: [row],
				parameters: { ...parameters, reviewRows: JSON.stringify([storedReview({ details })]) },
			});
			return { ...Object.fromEntries(['link', 'evidence', 'report', 'alerts'].map((name, output) => [name, jsons(run, output)])), run };
		};

		expect(await close(storedRow(1))).toMatchObject({
			...{ link: [{ kind: 'link', position: 1, details: 'day' }], evidence: [], alerts: [] },
			report: [{ closes: 0, progress: ': 0 decided, 1 open', files: 'json' }],
		});
		const closed = await close(storedRow(1, { decision: 'keep', decidedBy: MIA }));
		expect(closed).toMatchObject({
			...{ link: [{ details: 'evidence' }], evidence: [{ key: 'review-1', record: expect.stringContaining('"kept":1') }], alerts: [] },
			report: [{ closes: 1, progress: ' is closed: evidence', files: 'html,json', fileName: 'review-1.zip' }],
		});
		expect(closed.run.outputs[2]?.[0]?.binary).toMatchObject({ html: { fileName: 'review-1.html' }, json: { fileName: 'review.json' } });
	});
});
