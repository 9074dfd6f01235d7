import { z } from 'zod';

import { instant, rowId, text, wordOf } from '../cells';
import type { RUN_COLUMNS } from '../tables';
import { instantOf } from '../zones';

/** The kind of a sync run in `notion_scim_runs`. */
export const SYNC_RUN = 'syncRun';

/** A run that takes longer than this, in milliseconds, counts as dead. */
export const RUN_DIES_AFTER = 60 * 60 * 1000;

/**
 * - `running`, `looking`: in progress; `looking` is about one person and changes nothing
 * - `good`, `incomplete` (the directory was not read completely), `failed`: finished
 * - `skipped`, `looked`: finished, but not a run of the whole directory
 * - `acknowledged`: a person has ended a quarantine
 */
const RUN_STATES = [
	'running',
	'looking',
	'good',
	'incomplete',
	'failed',
	'skipped',
	'looked',
	'acknowledged',
] as const;

export type RunState = (typeof RUN_STATES)[number];

/** What a run may do. In quarantine it is `readOnly`. */
export type RunMode = 'apply' | 'dryRun' | 'readOnly';

const memorySchema = z.object({
	sources: z.record(z.object({ readAt: z.string(), count: z.number(), filled: z.record(z.number()) })),
	absentSince: z.record(z.string()),
});

/**
 * The memory of a plan, from JSON text; undefined for an empty text.
 *
 * @throws ZodError for anything but a memory
 */
export function readMemory(json: string): z.infer<typeof memorySchema> | undefined {
	return json === '' ? undefined : memorySchema.parse(JSON.parse(json));
}

/** What a run passes on to the next ones. Each run carries it on, so that a few rows contain everything. */
const runDetails = z
	.object({
		mode: z.enum(['apply', 'dryRun', 'readOnly']),
		/** How many changes had which outcome: see `ToldKind`. */
		counts: z.record(z.number()),
		persons: z.number(),
		members: z.number(),
		/** Consecutive runs that were not good. */
		bad: z.number(),
		quarantine: z.object({ since: z.string(), reason: z.string() }),
		lastGoodAt: z.string(),
		/** What the next plan needs to know; only the newest run has it. */
		memory: memorySchema,
		/** Digests of what was reported last, so that nothing is reported twice. */
		marks: z.record(z.string()),
		/** Of an acknowledgement: the directory is right although it is much smaller. */
		forget: z.boolean(),
	})
	.partial();

export type RunDetails = z.infer<typeof runDetails>;

export interface SyncRun {
	id: number;
	execution: string;
	state: RunState;
	/** When it began, as ISO text. */
	at: string;
	note: string;
	decidedBy: string;
	details: RunDetails;
}

const rowSchema = z.object({
	id: rowId,
	kind: z.literal(SYNC_RUN),
	execution: text,
	state: wordOf(RUN_STATES),
	at: instant,
	note: text,
	decidedBy: text,
	details: text.transform((json): RunDetails => detailsIn(json)),
});

/** A run whose details a person has edited into something unreadable counts as having none. */
function detailsIn(json: string): RunDetails {
	if (json === '') return {};
	try {
		const parsed = runDetails.safeParse(JSON.parse(json));
		return parsed.success ? parsed.data : {};
	} catch {
		return {};
	}
}

/** Reads runs as a Data Table node returns them, oldest first; skips anything else. */
export function readRuns(items: readonly unknown[]): SyncRun[] {
	return items
		.flatMap((item) => {
			const read = rowSchema.safeParse(item);
			return read.success ? [read.data] : [];
		})
		.sort((one, other) => one.id - other.id);
}

/** The columns of a run that change, and those by which its row is found. */
export function runRow({
	execution,
	state,
	note,
	details,
}: Pick<SyncRun, 'execution' | 'state' | 'note' | 'details'>): Partial<Record<keyof typeof RUN_COLUMNS, string>> {
	return { kind: SYNC_RUN, key: execution, state, note, details: JSON.stringify(details) };
}

/** The state of the sync before a run. */
export interface SyncState {
	/** The run in progress. */
	running: SyncRun | undefined;
	/** The last finished run. */
	last: SyncRun | undefined;
	/** ISO text; undefined if no run was good yet. */
	lastGoodAt: string | undefined;
	badInARow: number;
	quarantine: { since: string; reason: string } | undefined;
	memory: z.infer<typeof memorySchema> | undefined;
	/** The row that holds the memory. */
	memoryOf: SyncRun | undefined;
	marks: Record<string, string>;
}

/**
 * @param runs the last rows of the workflow
 * @param own ID of the current run, which considers only earlier ones; 0 for all runs
 * @param quarantineAfter how many consecutive runs that are not good cause a quarantine
 * @param now epoch milliseconds
 */
export function syncStateOf(
	runs: readonly SyncRun[],
	{ own, quarantineAfter, now }: { own: number; quarantineAfter: number; now: number },
): SyncState {
	const syncState: SyncState = {
		running: undefined,
		last: undefined,
		lastGoodAt: undefined,
		badInARow: 0,
		quarantine: undefined,
		memory: undefined,
		memoryOf: undefined,
		marks: {},
	};
	// A run that was stored later sees this one, and gives way.
	const earlier = runs.filter(({ id }) => own === 0 || id < own);
	for (const run of earlier) follow(syncState, run, { quarantineAfter, now });
	return syncState;
}

function follow(
	syncState: SyncState,
	run: SyncRun,
	{ quarantineAfter, now }: { quarantineAfter: number; now: number },
): void {
	const { state, details } = run;
	switch (state) {
		case 'acknowledged':
			syncState.badInARow = 0;
			syncState.quarantine = undefined;
			if (details.forget && syncState.memory) syncState.memory = { ...syncState.memory, sources: {} };
			return;
		case 'running':
			if (!isDead(run, now)) {
				// Of two concurrent runs, the older one holds the lease.
				syncState.running ??= run;
				return;
			}
			syncState.badInARow += 1;
			if (syncState.badInARow >= quarantineAfter) {
				syncState.quarantine ??= { since: run.at, reason: 'The execution died before it came to an end.' };
			}
			return;
		case 'good':
		case 'incomplete':
		case 'failed':
			syncState.last = run;
			syncState.badInARow = details.bad ?? (state === 'good' ? 0 : syncState.badInARow + 1);
			syncState.quarantine = details.quarantine ?? quarantineWithout(syncState, run, quarantineAfter);
			syncState.lastGoodAt = details.lastGoodAt ?? (state === 'good' ? run.at : syncState.lastGoodAt);
			syncState.marks = details.marks ?? syncState.marks;
			if (details.memory) {
				syncState.memory = details.memory;
				syncState.memoryOf = run;
			}
			return;
		default:
	}
}

/** A run that failed as a whole could not count itself; its row has no details. */
function quarantineWithout(syncState: SyncState, run: SyncRun, quarantineAfter: number): SyncState['quarantine'] {
	if (run.details.bad !== undefined) return undefined;
	if (syncState.quarantine) return syncState.quarantine;
	return syncState.badInARow >= quarantineAfter ? { since: run.at, reason: run.note } : undefined;
}

function isDead({ at }: SyncRun, now: number): boolean {
	return now - (instantOf(at) ?? 0) > RUN_DIES_AFTER;
}

/** What this run may do, and, if it may not act, a sentence on why. */
export function modeOf(
	{ quarantine, lastGoodAt }: SyncState,
	chosen: 'apply' | 'dryRun',
): { mode: RunMode; modeNote: string } {
	if (quarantine) {
		const modeNote = `In quarantine since ${quarantine.since}: it only reads until a person has acknowledged that.`;
		return { mode: 'readOnly', modeNote };
	}
	if (lastGoodAt === undefined) {
		return { mode: 'dryRun', modeNote: 'The first run is always a dry run: nothing was changed in Notion.' };
	}
	if (chosen === 'apply') return { mode: 'apply', modeNote: '' };
	return {
		mode: 'dryRun',
		modeNote: 'Mode is Dry Run: nothing was changed in Notion. Set it to Apply to let the sync act.',
	};
}

/** The details of a finished run, with what it carries on. */
export function detailsAfter(
	syncState: SyncState,
	run: {
		state: 'good' | 'incomplete' | 'failed';
		at: string;
		note: string;
		quarantineAfter: number;
		memory: SyncState['memory'];
		marks: Record<string, string>;
	} & Pick<RunDetails, 'mode' | 'counts' | 'persons' | 'members'>,
): RunDetails {
	const isGood = run.state === 'good';
	const bad = isGood ? 0 : syncState.badInARow + 1;
	const begins = bad >= run.quarantineAfter ? { since: run.at, reason: run.note } : undefined;
	const quarantine = syncState.quarantine ?? begins;
	const lastGoodAt = isGood ? run.at : syncState.lastGoodAt;
	const { mode, counts, persons, members, marks } = run;
	return {
		...(mode === undefined ? {} : { mode }),
		counts,
		persons,
		members,
		bad,
		...(quarantine ? { quarantine } : {}),
		...(lastGoodAt === undefined ? {} : { lastGoodAt }),
		...(run.memory ? { memory: run.memory } : {}),
		marks,
	};
}

