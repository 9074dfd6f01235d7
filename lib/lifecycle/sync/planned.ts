import type { Directory, Manifest } from '../../directory/person/person';
import type { PlannedChange, PlanSummary } from '../../directory/plan/plannedChange';
import { readEmail } from '../../scim/emailAddress';
import { emailKey } from '../../scim/emailKey';
import type { PlannedOrigin } from '../directoryChanges';
import {
	endedRow,
	heldRow,
	intendedRow,
	lostIntentions,
	lostRow,
	takenRow,
	workflowOf,
} from '../directoryChanges';
import type { Change, StoredChange } from '../journal';
import { isPlanned } from '../journal';
import type { Approval, PlanDecisions, Room } from './decide';
import { decide } from './decide';
import type { LinkRow } from './links';
import { linksFound, linksOfLostGroups } from './links';
import type { SyncState } from './runs';
import { modeOf } from './runs';
import { stepsOf } from './steps';
import type { SyncOrder } from './start';
import type { SyncSummary } from './summary';
import type { Told } from './told';
import { markOf, toldOfPlan, whoOf } from './told';

/** A plan, or why none could be made. */
export type MadePlan =
	| { items: readonly PlannedChange[]; summary: PlanSummary; directory: Directory }
	| { failure: string; manifests: readonly Manifest[] };

export interface RunSettings {
	/** Whether a run acts. */
	mode: 'apply' | 'dryRun';
	approval: Approval;
	quarantineAfter: number;
}

export interface RunInputs {
	order: SyncOrder;
	plan: MadePlan;
	settings: RunSettings;
	limits: SyncSummary['limits'];
	/** How much room the limits of the day leave. */
	room: Room;
	syncState: SyncState;
	/** Rows of the journal, of all kinds. */
	journal: readonly StoredChange[];
	/** Rows of the links as they are stored. */
	links: readonly unknown[];
	/** Name of the workflow, and the execution. */
	workflow: string;
	execution: string;
	/** Epoch milliseconds. */
	now: number;
}

/** What is stored before anything is done, and what the end of the run needs. */
export interface PlannedRun {
	changes: Array<Change | StoredChange>;
	links: LinkRow[];
	summary: SyncSummary;
}

/** Turns a plan into rows of the journal: what is carried out now, what waits, and what has ended. */
export function plannedRun(inputs: RunInputs): PlannedRun {
	const { order, plan, settings, syncState, journal, workflow, execution, now } = inputs;
	const items = 'items' in plan ? plan.items : [];
	const reading = readingOf(plan);
	const { mode, modeNote } =
		order.person === '' ? modeOf(syncState, settings.mode) : modeForOne(order, syncState, isSubject(order, items));
	const own = journal.filter((row) => isPlanned(row) && row.kind === 'sync' && workflowOf(row) === workflow);
	// A person who requests changes about one person approves them by the request.
	const approval = order.person === '' ? settings.approval : 'never';
	const decisions = decide(items, {
		mode,
		approval,
		room: inputs.room,
		rows: order.person === '' ? own : [],
		isWhole: order.person === '' && reading.state === 'good',
		now,
	});
	const lost = lostIntentions(journal, { workflow, execution }).map(lostRow);
	const told = toldOfPlan(items, decisions, mode);
	const changes = changesOf(decisions, lost, {
		kind: 'sync',
		workflow,
		execution,
		requestedBy: order.requestedBy,
		approvedBy: order.ask === 'apply' ? `${order.requestedBy} (assurance: ${order.assurance || 'none'})` : '',
		now,
	});
	const journalNow = [...journal.filter(({ id }) => !lost.some((row) => row.id === id)), ...lost];
	const summary = summaryOf(inputs, { decisions, told, lost, mode, modeNote, ...reading });
	const isSame = changes.length === 0 && summary.toldMark === syncState.marks['told'] && !syncState.marks['results'];
	return {
		changes,
		links: order.ask === 'look' ? [] : [...linksFound(items, inputs.links), ...linksOfLostGroups(items, journalNow)],
		summary: { ...summary, ...(isSame && order.person === '' ? {} : { told }) },
	};
}

/** `look` changes nothing. A quarantine also holds back a request about one person. */
function modeForOne(
	{ ask }: SyncOrder,
	{ quarantine }: SyncState,
	isAboutAsker: boolean,
): ReturnType<typeof modeOf> {
	if (ask === 'look') return { mode: 'dryRun', modeNote: 'Nothing was changed: this only looks.' };
	if (isAboutAsker) {
		return { mode: 'readOnly', modeNote: 'The plan is about you yourself, so another person must decide.' };
	}
	if (!quarantine) return { mode: 'apply', modeNote: '' };
	return {
		mode: 'readOnly',
		modeNote: `The sync is in quarantine since ${quarantine.since}. Nothing was done: acknowledge that first.`,
	};
}

/** The state of a reading, and why: good, incomplete (nothing may be removed) or failed. */
function readingOf(plan: MadePlan): Pick<SyncSummary, 'state' | 'why'> {
	const manifests = 'items' in plan ? plan.directory.manifests : plan.manifests;
	const gaps = manifests
		.filter(({ complete }) => !complete)
		.map(({ source, explanation = '' }) =>
			`The directory "${source}" was not read completely. ${explanation}`.trim(),
		);
	if ('failure' in plan) {
		const state = gaps.length > 0 || manifests.length === 0 ? 'incomplete' : 'failed';
		return { state, why: [...new Set([...gaps, plan.failure])] };
	}
	const { mayTakeAway, whyNot } = plan.summary;
	if (mayTakeAway && gaps.length === 0) return { state: 'good', why: [] };
	return { state: 'incomplete', why: [...new Set([...whyNot, ...gaps])] };
}

function changesOf(
	{ free, released, asking, unwanted, expired }: PlanDecisions,
	lost: readonly StoredChange[],
	origin: PlannedOrigin,
): Array<Change | StoredChange> {
	const { execution } = origin;
	return [
		...lost,
		...expired.map((row) => endedRow(row, 'expired', 'No one has answered in time, which is a no.')),
		...unwanted.map((row) => endedRow(row, 'replaced', 'The directory no longer requires it.')),
		// Today's change is carried out: it does the same, and is planned from the current state.
		...released.map(({ item, row }) => {
			const taken = takenRow(row, item, execution);
			return { ...taken, details: { ...taken.details, ...intendedRow(item, origin).details } };
		}),
		...free.map((item) => intendedRow(item, origin)),
		...asking.map((item) => heldRow(item, origin)),
	];
}

interface Found extends Pick<SyncSummary, 'state' | 'why' | 'mode' | 'modeNote'> {
	decisions: PlanDecisions;
	told: Told[];
	lost: StoredChange[];
}

function summaryOf(
	{ order, plan, settings, limits, syncState, links }: RunInputs,
	{ decisions, told, lost, ...reading }: Found,
): SyncSummary {
	const made = 'items' in plan ? plan : undefined;
	const { asking, unwanted, expired } = decisions;
	const gone = [...unwanted, ...expired].filter(({ state }) => state === 'retry');
	const isAboutOne = order.person !== '';
	return {
		order,
		...reading,
		persons: made?.summary.persons ?? 0,
		members: made?.summary.members ?? 0,
		notes: made?.summary.notes ?? [],
		memory: isAboutOne ? '' : memoryToKeep(made?.summary, reading.state, syncState),
		quarantineAfter: settings.quarantineAfter,
		toldMark: markOf(told),
		asked: asking.length,
		expiresAt: asking[0]?.expiresAt ?? '',
		notTaken: gone.map((row) => ({
			kind: 'skipped',
			action: row.details.action ?? '',
			who: row.displayName || row.email || row.details.groupName || '',
			why: `${row.reason} It was approved, but the directory no longer requires it, or the plan has expired.`,
		})),
		lost: lost.map(
			({ details, email, execution }) =>
				`${details.action ?? ''} ${[email, details.groupName].filter(Boolean).join(' in ')} (execution ${execution})`,
		),
		steps: isAboutOne ? stepsOf(order.person, plan, links) : [],
		changes: isAboutOne ? changesFor(made?.items ?? []) : [],
		subjects: isAboutOne ? subjectsOf(made?.items ?? []) : [],
		limits,
	};
}

function changesFor(items: readonly PlannedChange[]): SyncSummary['changes'] {
	return items
		.filter(({ action }) => action !== 'none')
		.map((item) => ({ action: item.action, who: whoOf(item), why: item.explanation, guard: item.guard }));
}

/** All addresses that the changes are about, old and new. */
function subjectsOf(items: readonly PlannedChange[]): string[] {
	const addresses = items
		.filter(({ action }) => action !== 'none')
		.flatMap(({ target, member, changes }) => [
			target.type === 'user' ? target.email : null,
			member?.email,
			...changes.filter(({ attribute }) => attribute === 'email').flatMap(({ from, to }) => [from, to]),
		]);
	return [...new Set(addresses.flatMap((email) => email || []))];
}

/** No person decides about themselves. */
function isSubject({ requestedBy }: SyncOrder, items: readonly PlannedChange[]): boolean {
	const own = readEmail(requestedBy);
	return own !== undefined && subjectsOf(items).some((email) => emailKey(email) === emailKey(own));
}

/**
 * A reading that does not allow removals prevents something only if a removal was planned, or on the first
 * reading of a source.
 */
function memoryToKeep(summary: PlanSummary | undefined, state: SyncSummary['state'], { memory }: SyncState): string {
	const known = memory?.sources ?? {};
	const isFirstMeasure =
		summary !== undefined && Object.keys(summary.memory.sources).some((source) => !Object.hasOwn(known, source));
	if (summary && (state === 'good' || isFirstMeasure)) return JSON.stringify(summary.memory);
	return memory ? JSON.stringify(memory) : '';
}
