import type { PlannedChange, PlanSummary } from '../../../../lib/directory/plan/plannedChange.ts';
import { afterApply } from '../../../../lib/lifecycle/directoryChanges.ts';
import type { Change, StoredChange } from '../../../../lib/lifecycle/journal.ts';
import { finishedRun } from '../../../../lib/lifecycle/sync/finish.ts';
import { plannedRun } from '../../../../lib/lifecycle/sync/planned.ts';
import type { RunInputs } from '../../../../lib/lifecycle/sync/planned.ts';
import { syncStateOf } from '../../../../lib/lifecycle/sync/runs.ts';
import type { SyncRun } from '../../../../lib/lifecycle/sync/runs.ts';
import { orderOf } from '../../../../lib/lifecycle/sync/start.ts';
import { readSummary } from '../../../../lib/lifecycle/sync/summary.ts';
import { syncMail } from '../../../../lib/report/syncMail.ts';
import { syncPageHtml } from '../../../../lib/report/syncPage.ts';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const AT = new Date(NOW - 60_000).toISOString();

const removal: PlannedChange = {
	action: 'user.remove',
	target: { type: 'user', id: 'u1', email: 'ada@example.com', displayName: 'Ada', source: 'test', sourceId: '1' },
	member: null,
	changes: [],
	reason: 'inactive',
	explanation: 'Ada has left.',
	guard: 'ok',
	impact: 1,
	precondition: {},
	planDigest: 'd',
	workspace: 'w',
	policyDigest: 'p',
	plannedAt: AT,
	expiresAt: new Date(NOW + 86_400_000).toISOString(),
	signature: 's',
};
const skipped: PlannedChange = { ...removal, action: 'none', reason: 'skipped', impact: 0, explanation: 'A service account.' };

const memory = { sources: { test: { readAt: AT, count: 5, filled: {} } }, absentSince: {} };
const manifest = { source: 'test', readAt: AT, pages: 1, count: 5, complete: true, groupsComplete: true, attributesRead: [], explanation: undefined };

const summary: PlanSummary = {
	planDigest: 'd',
	workspace: 'w',
	policyDigest: 'p',
	plannedAt: AT,
	expiresAt: removal.expiresAt,
	actions: {},
	blocked: {},
	nothingToDo: {},
	impact: 0,
	removalLimit: 2,
	alreadyUsed: 0,
	seatsAdded: 0,
	createLimit: 10,
	members: 6,
	persons: 5,
	mayTakeAway: true,
	whyNot: [],
	notes: [],
	memory,
	evidence: { workspace: {} as PlanSummary['evidence']['workspace'], sources: [] },
};

let nextId = 1;
const good = (details: SyncRun['details'] = {}): SyncRun => ({
	id: nextId++,
	execution: `e${nextId}`,
	state: 'good',
	at: AT,
	note: '',
	decidedBy: '',
	details: { bad: 0, lastGoodAt: AT, memory, ...details },
});

type Given = Partial<Omit<RunInputs, 'syncState' | 'plan'>> & { items?: PlannedChange[]; runs?: SyncRun[]; failure?: string; planSummary?: Partial<PlanSummary> };

const planned = ({ items = [], runs = [good()], failure, planSummary, ...more }: Given = {}) => {
	const syncState = syncStateOf(runs, { own: 0, quarantineAfter: 3, now: NOW });
	const run = plannedRun({
		order: orderOf([], { id: 99, at: AT }),
		plan:
			failure === undefined
				? { items, summary: { ...summary, ...planSummary }, directory: { persons: [], manifests: [manifest], unreadable: [] } }
				: { failure, manifests: [manifest] },
		settings: { mode: 'apply', approval: 'never', quarantineAfter: 3 },
		limits: { removalLimit: 0, createLimit: 0, allowPrivileged: false, allowExternalMember: false, letBackIn: '' },
		room: { removals: 9, creations: 9 },
		journal: [],
		links: [],
		workflow: 'Sync',
		execution: 'e99',
		now: NOW,
		...more,
		syncState,
	});
	return { run, syncState };
};

const stored = (change: Change, outcome: 'done' | 'stale'): StoredChange => ({
	...afterApply(change, { outcome, note: 'It is so.', userId: 'u1', groupId: null, impact: outcome === 'done' ? 1 : 0, seats: 0, at: AT }),
	id: nextId++,
	createdAt: NOW,
	updatedAt: NOW,
});

const finished = (given: Given, outcome?: 'done' | 'stale') => {
	const { run, syncState } = planned(given);
	const read = readSummary(JSON.parse(JSON.stringify(run.summary)));
	if (!read) throw new Error('The summary cannot be read');
	const results = outcome ? run.changes.filter(({ state }) => state === 'intended').map((change) => stored(change, outcome)) : [];
	return { ...finishedRun({ summary: read, results, syncState, workflow: 'Sync', execution: 'e99' }), read };
};

describe('a sync run', () => {
	it('that changed something says so once, moves the memory on and stores a page', () => {
		const runs = [good()];
		const { runs: rows, page, news, alerts, failure, told } = finished({ items: [removal, skipped], runs }, 'done');
		expect(rows).toMatchObject([
			{ execution: 'e99', state: 'good', details: { bad: 0, memory, counts: { done: 1, skipped: 1 } } },
			{ execution: runs[0]?.execution },
		]);
		expect(rows[1]?.details).not.toHaveProperty('memory');
		expect(page?.lines.map(({ kind }) => kind)).toEqual(['done', 'skipped']);
		expect(news).toMatchObject({ isNewRequest: false });
		expect([alerts, failure]).toEqual([[], '']);
		expect(syncMail(told, { workflow: 'Sync', mode: 'apply', modeNote: '', state: 'good', why: [], notes: [], expiresAt: '' })).toMatchObject({
			counts: '1 done',
			text: expect.stringContaining('Ada has left.'),
		});
	});

	it('in which nothing differs from the run before stores no page, and leaves out what was told', () => {
		const first = finished({ items: [skipped] });
		const runs = [good(first.runs[0]?.details)];
		const second = finished({ items: [skipped], runs });
		expect(second.read).not.toHaveProperty('told');
		expect(second).not.toHaveProperty('page');
		expect(second).not.toHaveProperty('news');
		expect(second.runs[0]?.note).toBe('Nothing has changed since the run before.');
		// What was done is on the page of one run only.
		const busy = finished({ items: [removal, skipped], runs }, 'done');
		expect(finished({ items: [skipped], runs: [good(busy.runs[0]?.details)] }).page).toBeDefined();
	});

	it('that asks a person is told to the admins and to those who approve, once', () => {
		const settings = { mode: 'apply', approval: 'removals', quarantineAfter: 3 } as const;
		const { run } = planned({ items: [removal], settings });
		expect(run.changes).toMatchObject([{ state: 'held', impact: 0, email: 'ada@example.com' }]);
		expect(finished({ items: [removal], settings }).news).toMatchObject({ isNewRequest: true });
	});

	it('that could not read the directory remembers nothing new, and is told', () => {
		const { runs, alerts, news } = finished({ planSummary: { mayTakeAway: false, whyNot: ['Too few people.'], memory: { ...memory, absentSince: { x: AT } } } });
		expect(runs[0]).toMatchObject({ state: 'incomplete', note: expect.stringContaining('Too few people.'), details: { bad: 1, memory } });
		expect(alerts).toMatchObject([{ key: 'Sync: incomplete', note: true }]);
		expect(news).toBeUndefined();
	});

	it('that is one bad run too many begins a quarantine', () => {
		const runs = [good({ bad: 2 })];
		const { runs: rows, alerts, failure } = finished({ failure: 'No network.', runs });
		expect(rows[0]?.details).toMatchObject({ bad: 3, quarantine: { since: AT } });
		expect(alerts).toMatchObject([{ key: 'Sync: quarantine' }]);
		expect(failure).toContain('No network.');
	});

	it('in which every change went wrong has failed', () => {
		const { runs, alerts, failure } = finished({ items: [removal] }, 'stale');
		expect(runs[0]).toMatchObject({ state: 'failed', details: { counts: { failed: 1 } } });
		expect(alerts.map(({ key }) => key)).toEqual(['Sync: failed', 'Sync: changes went wrong']);
		expect(failure).toContain('1 failed');
	});

	it('tells what an execution left behind that died', () => {
		const { run } = planned({ items: [removal] });
		const [row] = run.changes;
		const journal = row ? [{ ...row, id: 5, createdAt: NOW, updatedAt: NOW, execution: 'dead' }] : [];
		const next = finished({ journal });
		expect(next.alerts).toMatchObject([{ key: 'Sync: cut off', text: expect.stringContaining('execution dead') }]);
		expect(planned({ journal }).run.changes).toMatchObject([{ id: 5, state: 'done', outcome: 'lost', impact: 1 }]);
	});

	it('first only shows, whatever the settings say', () => {
		const { run } = planned({ items: [removal], runs: [] });
		expect(run.changes).toEqual([]);
		expect(run.summary).toMatchObject({ mode: 'dryRun', told: [{ kind: 'planned' }] });
	});
});

describe('a run about one person', () => {
	const order = (ask: string, requestedBy = 'boss@example.com') =>
		orderOf([{ ask, person: 'ada@example.com', requestedBy, assurance: 'n8n sign-in' }], { id: 99, at: AT });

	it('only looks, and says what it would do', () => {
		const { answer, runs, read } = finished({ items: [removal], order: order('look') });
		expect(answer).toMatchObject({ toDo: 1, verified: false, subjects: ['ada@example.com'], outcomes: [], changes: [{ action: 'user.remove' }] });
		expect(answer.steps.map(({ title }) => title)).toEqual(['What the directory says', 'Who that is in Notion', 'What is planned', 'Guards']);
		expect(runs).toMatchObject([{ state: 'looked' }]);
		expect(read.memory).toBe('');
	});

	it('acts by the word of a person who is named, and not about themselves', () => {
		const { run } = planned({ items: [removal], order: order('apply') });
		expect(run.changes).toMatchObject([{ state: 'intended', approvedBy: 'boss@example.com (assurance: n8n sign-in)', reference: 'Sync' }]);
		expect(finished({ items: [removal], order: order('apply') }, 'done').answer).toMatchObject({ verified: true, outcomes: [{ outcome: 'done' }] });
		expect(planned({ items: [removal], order: order('apply', 'Ada <ada@example.com>') }).run.changes).toEqual([]);
	});

	it('does nothing in quarantine, and says so', () => {
		const runs = [good({ quarantine: { since: AT, reason: 'Bad.' } })];
		const { answer } = finished({ items: [removal], order: order('apply'), runs });
		expect(answer).toMatchObject({ isBlocked: true, sentence: expect.stringContaining('in quarantine') });
	});
});

describe('the status page', () => {
	const html = (more: Partial<Parameters<typeof syncPageHtml>[0]> = {}) =>
		syncPageHtml({
			name: 'Sync',
			syncState: syncStateOf([good({ mode: 'apply' })], { own: 0, quarantineAfter: 3, now: NOW }),
			runs: [],
			page: { at: AT, mode: 'apply', modeNote: '', lines: [{ kind: 'skipped', action: 'none', who: '<b>Ada</b> Löve', why: 'No address.' }], more: 0, notes: [] },
			waiting: { count: 0, until: '' },
			query: '',
			everyMinutes: 40,
			formUrl: 'https://n8n.example.com/form/x',
			zone: 'Europe/Berlin',
			now: NOW,
			...more,
		});

	it('shows where the sync stands, and writes names as text', () => {
		expect(html()).toContain('In good order');
		expect(html()).not.toContain('<b>Ada');
		expect(html({ now: NOW + 3 * 3_600_000 })).toContain('Overdue');
		const quarantined = syncStateOf([good({ quarantine: { since: AT, reason: 'Bad.' } })], { own: 0, quarantineAfter: 3, now: NOW });
		expect(html({ syncState: quarantined })).toContain('In quarantine');
	});

	it('says why a person was skipped, or that nothing is said', () => {
		expect(html({ query: 'ada löve' })).not.toContain('Nothing is said about');
		expect(html({ query: 'grace' })).toContain('Nothing is said about “grace”');
	});
});
