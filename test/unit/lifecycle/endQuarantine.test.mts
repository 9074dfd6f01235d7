import { endQuarantine } from '../../../lib/lifecycle/sync/endQuarantine.ts';
import type { RunDetails, RunState } from '../../../lib/lifecycle/sync/runs.ts';
import { readRuns, syncStateOf } from '../../../lib/lifecycle/sync/runs.ts';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const boss = { email: ' boss@example.com', assurance: 'n8n sign-in' };
const about = { forget: false, workflow: 'Directory sync', execution: '9', now: NOW };
let id = 0;
const run = (state: RunState, details: RunDetails = {}, note = 'Half the pages are missing.') => {
	id += 1;
	return { id, kind: 'syncRun', state, execution: '1', at: '2026-03-10T09:00:00.000Z', note, decidedBy: '', details: JSON.stringify(details) };
};
const quarantine = { since: '2026-03-10T09:00:00.000Z', reason: 'Half the pages are missing.' };
const bad = [run('incomplete', { bad: 3, quarantine, memory: { sources: { test: { readAt: '', count: 40, filled: {} } }, absentSince: { u1: '2026-03-09T00:00:00.000Z' } } })];

it('ends a quarantine, and says since when and why it was', () => {
	const { row, sentence } = endQuarantine(readRuns(bad), boss, about);
	expect(sentence).toContain('In quarantine since 2026-03-10T09:00:00.000Z: Half the pages are missing. That is acknowledged.');
	expect(row).toMatchObject({ kind: 'syncRun', state: 'acknowledged', decidedBy: 'boss@example.com', assurance: 'n8n sign-in', workflow: 'Directory sync' });
	const after = syncStateOf(readRuns([...bad, { ...row, id: 99 }]), { own: 0, quarantineAfter: 3, now: NOW });
	expect(after).toMatchObject({ quarantine: undefined, badInARow: 0, memory: { sources: { test: { count: 40 } } } });
});

it('lets the directory be right as it is now, and still knows who was missing', () => {
	const { row, sentence } = endQuarantine(readRuns(bad), boss, { ...about, forget: true });
	expect(sentence).toContain('removes nothing');
	const after = syncStateOf(readRuns([...bad, { ...row, id: 99 }]), { own: 0, quarantineAfter: 3, now: NOW });
	expect(after.memory).toEqual({ sources: {}, absentSince: { u1: '2026-03-09T00:00:00.000Z' } });
});

it('acknowledges a run that was not good before it is a quarantine', () => {
	expect(endQuarantine(readRuns([run('failed', { bad: 1 })]), boss, about)).toMatchObject({
		sentence: expect.stringContaining('The last run was not good: Half the pages are missing.'),
		row: { state: 'acknowledged' },
	});
});

it.each([
	['after a good run', [run('good', { bad: 0 })], boss, /no quarantine/],
	['before the first run', [], boss, /no quarantine/],
	['by no one', bad, { ...boss, email: 'the boss' }, /address is not known/],
])('ends nothing %s', (_case, rows, decider, said) => {
	expect(endQuarantine(readRuns(rows), decider, about)).toEqual({ sentence: expect.stringMatching(said), row: undefined });
});
