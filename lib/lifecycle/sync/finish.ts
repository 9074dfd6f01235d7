import type { Alert } from '../decision';
import type { StoredChange } from '../journal';
import type { RunDetails, SyncState, SyncRun } from './runs';
import { detailsAfter, readMemory } from './runs';
import type { Step, SyncSummary } from './summary';
import type { Told } from './told';
import { countsOf, markOf, toldOfResults } from './told';

/** The maximum number of changes that the status page keeps. */
const MOST_SHOWN = 5000;

/** The maximum number of changes that one alert names. */
const MOST_NAMED = 20;

/** What the status page shows of the last run. */
export interface SyncPage {
	/** ISO text. */
	at: string;
	mode: string;
	modeNote: string;
	lines: Told[];
	/** How many changes are not kept. */
	more: number;
	notes: string[];
}

/** The answer to a calling workflow. */
export interface SyncAnswer {
	title: string;
	sentence: string;
	state: string;
	/** Nothing is left to do, as far as this run can tell. */
	verified: boolean;
	/** A guard, a limit or a quarantine has held something back. */
	isBlocked: boolean;
	steps: Step[];
	changes: SyncSummary['changes'];
	/** How many of them may be carried out. */
	toDo: number;
	subjects: string[];
	outcomes: Array<{ action: string; who: string; outcome: string; note: string }>;
}

/** The end of a run. */
export interface FinishedRun {
	/** The rows of runs that change: this run's own, and the one that no longer needs to hold the memory. */
	runs: Array<Pick<SyncRun, 'execution' | 'state' | 'note' | 'details'>>;
	/** Absent if the page does not change. */
	page?: SyncPage;
	/** Everything to report, for mails. */
	told: Told[];
	/** The content of a mail; undefined if there is nothing new to report. */
	news?: { isNewRequest: boolean; state: SyncSummary['state']; why: string[] };
	alerts: Alert[];
	/** Why the execution must be shown as failed; '' otherwise. */
	failure: string;
	answer: SyncAnswer;
}

export interface FinishInputs {
	summary: SyncSummary;
	/** The rows that were carried out, with their results. */
	results: readonly StoredChange[];
	syncState: SyncState;
	workflow: string;
	execution: string;
}

/** The result of a run: for the table of runs, the status page, mails, alerts and callers. */
export function finishedRun({ summary, results, syncState, workflow, execution }: FinishInputs): FinishedRun {
	const done = toldOfResults(results);
	const told = [...done, ...summary.notTaken, ...(summary.told ?? [])];
	const counts = countsOf(told);
	const isAllWrong = (counts.failed ?? 0) > 0 && (counts.done ?? 0) === 0 && counts.failed === results.length;
	const state = isAllWrong ? 'failed' : summary.state;
	const why = isAllWrong ? [...summary.why, 'Not one change could be carried out.'] : summary.why;
	const note = noteOf({ ...summary, state, why }, counts);
	const answer = answerOf(summary, { results, note, state, workflow, counts });
	const wrong = done.filter(({ kind }) => kind === 'failed');
	if (summary.order.person !== '') return aboutOne(summary, { told, note, wrong, answer, workflow, execution });
	const marks = marksOf(summary, told, done, syncState.marks, state === 'good');
	const details = detailsAfter(syncState, {
		...summary,
		state,
		note,
		at: summary.order.at,
		counts,
		marks,
		memory: readMemory(summary.memory),
	});
	const isSame = summary.told === undefined && done.length === 0;
	const news = newsOf(summary, { counts, marks, before: syncState.marks, state, why });
	const own = { execution, state, note, details };
	return {
		runs: [own, ...withoutMemory(syncState)],
		...(isSame ? {} : { page: pageOf(summary, told) }),
		told,
		...(news ? { news } : {}),
		alerts: alertsOf(summary, { workflow, details, state, note, wrong, isNewWrong: marks['failed'] !== syncState.marks['failed'] }),
		failure: state === 'failed' || wrong.length > 0 ? `${workflow}: ${note}` : '',
		answer,
	};
}

/** A run about one person says nothing about the others: only its row, its alerts and the answer remain. */
function aboutOne(
	{ order, state }: SyncSummary,
	{
		told,
		note,
		wrong,
		answer,
		workflow,
		execution,
	}: Pick<FinishedRun, 'told' | 'answer'> & { note: string; wrong: Told[]; workflow: string; execution: string },
): FinishedRun {
	const isWrong = order.ask === 'apply' && (wrong.length > 0 || state === 'failed');
	const said = wrong.map(({ who, why }) => `${who}: ${why}`).join(' ') || note;
	return {
		runs: [{ execution, state: 'looked', note: `About ${order.person}: ${note}`, details: {} }],
		told,
		alerts: isWrong ? [{ key: `${workflow}: one person`, text: `${order.person}: ${said}` }] : [],
		failure: isWrong ? `${workflow} for ${order.person}: ${said}` : '',
		answer,
	};
}

/** The memory moves to the newest run, so that only one row is large. */
function withoutMemory({ memoryOf }: SyncState): FinishedRun['runs'] {
	if (!memoryOf) return [];
	const details: RunDetails = { ...memoryOf.details };
	delete details.memory;
	return [{ execution: memoryOf.execution, state: memoryOf.state, note: memoryOf.note, details }];
}

function pageOf({ order, mode, modeNote, notes }: SyncSummary, told: readonly Told[]): SyncPage {
	const lines = told.slice(0, MOST_SHOWN);
	return { at: order.at, mode, modeNote, lines, more: told.length - lines.length, notes };
}

/** A change that is blocked only because the reading was incomplete is not reported separately. */
function marksOf(
	{ toldMark, told: ofPlan }: SyncSummary,
	told: readonly Told[],
	done: readonly Told[],
	before: Record<string, string>,
	isWhole: boolean,
): Record<string, string> {
	const of = (kind: Told['kind']): string => markOf(told.filter((line) => line.kind === kind));
	const kept = (name: string, now: string): string => (ofPlan === undefined ? (before[name] ?? '') : now);
	return {
		told: toldMark,
		results: markOf(done),
		blocked: isWhole ? kept('blocked', of('blocked')) : (before['blocked'] ?? ''),
		planned: kept('planned', of('planned')),
		failed: of('failed'),
	};
}

function newsOf(
	{ mode, modeNote, asked }: SyncSummary,
	{
		counts,
		marks,
		before,
		state,
		why,
	}: {
		counts: Record<string, number | undefined>;
		marks: Record<string, string>;
		before: Record<string, string>;
		state: SyncSummary['state'];
		why: string[];
	},
): FinishedRun['news'] {
	const isNew = (kind: string): boolean => (counts[kind] ?? 0) > 0 && marks[kind] !== (before[kind] ?? '');
	const isFirst = modeNote.startsWith('The first') && Object.keys(counts).length > 0;
	const isNews =
		mode === 'apply'
			? (counts['done'] ?? 0) > 0 || isNew('failed') || isNew('blocked') || asked > 0
			: isNew('planned') || isFirst;
	return isNews ? { isNewRequest: asked > 0, state, why } : undefined;
}

const NOTE_WORDS: ReadonlyArray<[kind: string, words: string]> = [
	['done', 'done'],
	['planned', 'would be done'],
	['waiting', 'waiting for an approval'],
	['held', 'held by a limit'],
	['blocked', 'blocked'],
	['failed', 'failed'],
	['declined', 'left because a person said no'],
];

function noteOf({ mode, modeNote, state, why, told }: SyncSummary, counts: Record<string, number | undefined>): string {
	const words = NOTE_WORDS.flatMap(([kind, word]) => (counts[kind] ? [`${counts[kind]} ${word}`] : []));
	const isIdle = words.length === 0;
	const unchanged = told === undefined ? 'Nothing has changed since the run before.' : 'Nothing had to be changed.';
	const idle = state === 'good' ? unchanged : 'Nothing was changed.';
	return [isIdle ? idle : `${words.join(', ')}.`, ...(mode === 'apply' ? [] : [modeNote]), ...why]
		.filter((part) => part !== '')
		.join(' ');
}

function answerOf(
	{ order, changes, subjects, steps, mode, state: read, notTaken }: SyncSummary,
	{
		results,
		note,
		state,
		workflow,
		counts,
	}: {
		results: readonly StoredChange[];
		note: string;
		state: string;
		workflow: string;
		counts: Record<string, number | undefined>;
	},
): SyncAnswer {
	const open = changes.filter(({ guard }) => guard === 'ok').length;
	const left = open - results.filter(({ outcome }) => outcome === 'done' || outcome === 'unchanged').length;
	const isAboutOne = order.person !== '';
	return {
		title: workflow,
		sentence: note,
		state,
		verified: read !== 'failed' && (isAboutOne ? left <= 0 : (counts['failed'] ?? 0) === 0),
		isBlocked: mode === 'readOnly' || (counts['blocked'] ?? 0) + (counts['held'] ?? 0) + notTaken.length > 0,
		steps: results.length === 0 ? steps : [...steps, stepOfResults(results)],
		changes,
		toDo: open,
		subjects,
		outcomes: results.map((row) => ({
			action: row.details.action ?? '',
			who: row.displayName || row.email || row.details.groupName || '',
			outcome: row.outcome,
			note: row.reason,
		})),
	};
}

function stepOfResults(results: readonly StoredChange[]): Step {
	return { title: 'What was done', sentences: results.map(({ outcome, reason }) => `${outcome}: ${reason}`) };
}

function alertsOf(
	summary: SyncSummary,
	{
		workflow,
		details,
		state,
		note,
		wrong,
		isNewWrong,
	}: { workflow: string; details: RunDetails; state: string; note: string; wrong: Told[]; isNewWrong: boolean },
): Alert[] {
	const { quarantine, bad = 0 } = details;
	const alerts: Alert[] = [];
	if (quarantine) {
		alerts.push({
			key: `${workflow}: quarantine`,
			text: `${workflow} is in quarantine since ${quarantine.since}: ${summary.quarantineAfter} runs in a row went wrong. It only reads, once a day, and changes nothing in Notion until a person ends that in the approval form. ${note}`,
		});
	} else if (bad > 0) {
		alerts.push({
			key: `${workflow}: ${state}`,
			text: `${note} Nothing was removed from anyone; the next run tries again.`,
			note: state === 'incomplete',
		});
	}
	if (wrong.length > 0 && isNewWrong) {
		const named = wrong.slice(0, MOST_NAMED).map(({ who, why }) => `${who}: ${why}`);
		alerts.push({
			key: `${workflow}: changes went wrong`,
			text: `${wrong.length} changes could not be carried out: ${named.join(' ')} The next run compares again.`,
		});
	}
	if (summary.lost.length > 0) {
		alerts.push({
			key: `${workflow}: cut off`,
			text: `An execution died before it could store the results of ${summary.lost.length} changes: ${summary.lost.slice(0, MOST_NAMED).join('; ')}. Notion was compared again since. They count for the limits of the day, as if they had been done.`,
		});
	}
	return alerts;
}

/** The answer to a calling workflow if no run begins. */
export function answerWithoutRun(workflow: string, sentence: string): SyncAnswer {
	return {
		title: workflow,
		sentence,
		state: 'skipped',
		verified: false,
		isBlocked: true,
		steps: [],
		changes: [],
		toDo: 0,
		subjects: [],
		outcomes: [],
	};
}
