import { modeOf, readRuns, runRow, syncStateOf } from '../../../../lib/lifecycle/sync/runs.ts';
import type { RunDetails, RunState, SyncRun } from '../../../../lib/lifecycle/sync/runs.ts';
import { orderOf, whyNotNow } from '../../../../lib/lifecycle/sync/start.ts';
import { changeRow } from '../../../../lib/lifecycle/journal.ts';
import { failedRun } from '../../../../lib/lifecycle/sync/failed.ts';
import { journalRow } from '../leaverKit.mts';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

let nextId = 1;
const run = (state: RunState, minutesAgo: number, details: RunDetails = {}): SyncRun => ({
	id: nextId++,
	execution: String(nextId),
	state,
	at: ago(minutesAgo),
	note: `It was ${state}.`,
	decidedBy: '',
	details,
});

const syncState = (runs: SyncRun[], own = 0) => syncStateOf(runs, { own, quarantineAfter: 3, now: NOW });
const quarantine = { since: ago(100), reason: 'Three times.' };

describe('where a sync stands', () => {
	it('is before the first run until one was good', () => {
		expect(modeOf(syncState([]), 'apply')).toMatchObject({ mode: 'dryRun' });
		const tried = [run('failed', 80), run('incomplete', 40)];
		expect(syncState(tried)).toMatchObject({ lastGoodAt: undefined, badInARow: 2 });
		expect(modeOf(syncState(tried), 'apply')).toMatchObject({ mode: 'dryRun' });
		expect(modeOf(syncState([run('good', 40)]), 'apply')).toEqual({ mode: 'apply', modeNote: '' });
		expect(modeOf(syncState([run('good', 40)]), 'dryRun')).toMatchObject({ mode: 'dryRun' });
	});

	it.each<[string, RunState[], boolean]>([
		['three bad runs in a row', ['good', 'failed', 'incomplete', 'failed'], true],
		['a good one in between', ['failed', 'incomplete', 'good', 'failed'], false],
		['a person ends it', ['failed', 'failed', 'failed', 'acknowledged'], false],
		['one bad run after that is not enough', ['failed', 'failed', 'failed', 'acknowledged', 'failed'], false],
	])('quarantine: %s', (_case, states, isQuarantined) => {
		const runs = states.map((state, index) => run(state, (states.length - index) * 40));
		expect(syncState(runs).quarantine !== undefined).toBe(isQuarantined);
	});

	it('goes on with the quarantine when the runs that began it are gone, also after a good reading', () => {
		expect(syncState([run('good', 10, { bad: 0, quarantine })])).toMatchObject({ quarantine });
		expect(modeOf(syncState([run('good', 10, { bad: 0, quarantine })]), 'apply')).toMatchObject({ mode: 'readOnly' });
		expect(syncState([run('good', 10, { bad: 0 })]).quarantine).toBeUndefined();
	});

	it('takes a run of more than an hour for a bad one that died', () => {
		expect(syncState([run('running', 59)])).toMatchObject({ running: { state: 'running' }, badInARow: 0 });
		expect(syncState([run('running', 61)])).toMatchObject({ running: undefined, badInARow: 1 });
	});

	it('remembers what the newest run with a memory left, and forgets the sources by the word of a person', () => {
		const memory = (count: number) => ({
			sources: { a: { readAt: ago(1), count, filled: {} } },
			absentSince: { u1: ago(5) },
		});
		const runs = [run('good', 90, { memory: memory(1) }), run('good', 50, { memory: memory(2) }), run('failed', 10)];
		expect(syncState(runs)).toMatchObject({ memory: memory(2), memoryOf: { id: runs[1]?.id } });
		expect(syncState([...runs, run('acknowledged', 5)])).toMatchObject({ memory: memory(2) });
		expect(syncState([...runs, run('acknowledged', 5, { forget: true })])).toMatchObject({
			memory: { sources: {}, absentSince: { u1: ago(5) } },
		});
	});

	it('reads rows as they are stored, and what cannot be read is a run without details', () => {
		const good = run('good', 5, { bad: 0, lastGoodAt: ago(5), marks: { told: 'a' } });
		const stored = { ...runRow(good), id: good.id, execution: good.execution, at: good.at };
		expect(readRuns([stored, {}, { kind: 'shownList', id: 9 }])).toEqual([expect.objectContaining(good)]);
		expect(readRuns([{ ...stored, details: '{"bad":"x"}' }])).toEqual([expect.objectContaining({ ...good, details: {} })]);
	});
});

describe('whether a run begins', () => {
	const own = () => run('running', 0);
	const order = (more: object = {}, id = 1_000) => ({ ...orderOf([], { id, at: ago(0) }), ...more });
	const why = (runs: SyncRun[], more: object, byClock = false) =>
		whyNotNow(order(more), runs, { byClock, now: NOW });

	it.each<[string, SyncRun[], object, boolean, boolean]>([
		['the clock, after a good run', [run('good', 1)], {}, true, true],
		['the clock, while one is at work', [run('running', 5)], {}, true, false],
		['a person, while one is at work', [run('running', 5)], {}, false, false],
		['a hint, right after a run', [run('good', 1)], { ask: 'hint' }, false, false],
		['a hint, a while after a run', [run('good', 3)], { ask: 'hint' }, false, true],
		['the clock, in quarantine', [run('good', 60 * 23, { bad: 0, quarantine })], {}, true, false],
		['the clock, in quarantine a day later', [run('good', 60 * 25, { bad: 0, quarantine })], {}, true, true],
		['a person, in quarantine', [run('good', 60, { bad: 0, quarantine })], {}, false, true],
		['a look, while one is at work', [run('running', 5)], { ask: 'look', person: 'a@example.com' }, false, true],
		['a look at no one', [], { ask: 'look', person: '' }, false, false],
		['an act about one person, while one is at work', [run('running', 5)], { ask: 'apply', person: 'a' }, false, false],
	])('%s', (_case, runs, more, byClock, begins) => {
		expect(why(runs, more, byClock) === undefined).toBe(begins);
	});

	it('of two that were stored together, the older one', () => {
		const [first, second] = [own(), own()];
		const begins = ({ id }: SyncRun) =>
			whyNotNow(order({ runId: id }), [first, second], { byClock: false, now: NOW }) === undefined;
		expect([begins(first), begins(second)]).toEqual([true, false]);
	});

	it('is asked by what another workflow hands over', () => {
		const at = { id: 7, at: ago(0) };
		expect(orderOf([], at)).toMatchObject({ ask: 'run', person: '', isCalled: false, runId: 7 });
		const call = { ask: 'apply', person: 'a@example.com', requestedBy: 'it@example.com', assurance: 'n8n sign-in', dryRun: false };
		expect(orderOf([call], at)).toMatchObject({ ...call, isCalled: true });
		expect(orderOf([{ ...call, dryRun: true }], at)).toMatchObject({ ask: 'look' });
		const row = changeRow(journalRow(3, { kind: 'sync', state: 'retry' }));
		const stored = { ...row, createdAt: ago(1), updatedAt: ago(1) };
		expect(orderOf([stored], at)).toMatchObject({ ask: 'run', person: '', isCalled: true });
	});
});

describe('a run that failed as a whole', () => {
	const item = (more: object = {}) => ({ execution: { id: '9', lastNodeExecuted: 'Read links', error: { message: 'No table.' }, ...more } });
	const told = { toldBy: 'Not everything was done', workflow: 'Sync' };

	it('is told with the node and the reason, once', () => {
		expect(failedRun(item(), told)).toMatchObject({
			row: { execution: '9', state: 'failed', note: 'The execution failed at the node "Read links": No table.' },
			alert: { key: 'Sync: failed' },
		});
		expect(failedRun(item({ lastNodeExecuted: 'Not everything was done' }), told)).toBeUndefined();
		expect(failedRun({ trigger: { error: { message: 'No trigger.' } } }, told)?.row.note).toContain('No trigger.');
	});
});
