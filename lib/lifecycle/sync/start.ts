import { z } from 'zod';

import { lenientText } from '../cells';
import { isPlanned, readChanges } from '../journal';
import { instantOf } from '../zones';
import type { SyncRun } from './runs';
import { syncStateOf } from './runs';

/**
 * What a run is requested to do: sync all people (`run`), the same because a change was reported (`hint`),
 * show the plan for one person (`look`), or carry it out (`apply`).
 */
export type SyncAsk = 'run' | 'hint' | 'look' | 'apply';

/** A run about to begin. */
export interface SyncOrder {
	ask: SyncAsk;
	/** Email or ID of the one person that it is about; empty for all. */
	person: string;
	requestedBy: string;
	/** The assurance of the requester's identity. */
	assurance: string;
	/** It must not change anything. */
	dryRun: boolean;
	/** Whether another workflow has called, and waits for an answer. */
	isCalled: boolean;
	runId: number;
	/** ISO text. */
	at: string;
}

const MINUTE = 60_000;

/** The interval at which the clock reads in quarantine. */
const QUARANTINE_PAUSE = 24 * 60 * MINUTE;

/** The shortest interval between the start of the last run and a run for a hint. */
const HINT_PAUSE = 2 * MINUTE;

const callSchema = z.object({
	ask: z.enum(['run', 'hint', 'look', 'apply']).catch('run'),
	person: lenientText,
	requestedBy: lenientText,
	assurance: lenientText,
	dryRun: z.boolean().catch(false),
});

/**
 * Reads the request from the items of the trigger. Released journal rows request a run, which carries them
 * out.
 * @param called items that another workflow has handed over; empty for the workflow's own triggers
 */
export function orderOf(called: readonly unknown[], run: Pick<SyncRun, 'id' | 'at'>): SyncOrder {
	const isOfRows = readChanges(called).rows.some(isPlanned);
	const call = callSchema.parse(isOfRows ? {} : (called[0] ?? {}));
	const ask = call.ask === 'apply' && call.dryRun ? 'look' : call.ask;
	return { ...call, ask, isCalled: called.length > 0, runId: run.id, at: run.at };
}

/**
 * Why the run must not begin; undefined if it may. Two runs are never in progress at once: of two that were
 * stored together, the older one runs. A run that died blocks the next one for an hour.
 * @param byClock whether the schedule has started it
 * @param now epoch milliseconds
 */
export function whyNotNow(
	{ ask, person, runId }: SyncOrder,
	runs: readonly SyncRun[],
	{ byClock, now }: { byClock: boolean; now: number },
): string | undefined {
	if (ask === 'look') return person === '' ? 'No person was named to look at.' : undefined;
	if (ask === 'apply' && person === '') return 'No person was named.';
	const { running, last, quarantine } = syncStateOf(runs, { own: runId, quarantineAfter: Infinity, now });
	if (running) return `A run is at work since ${running.at}. Nothing is lost: the next run compares again.`;
	const pause = ask === 'hint' ? HINT_PAUSE : byClock ? 0 : -1;
	if (pause < 0) return undefined;
	const since = now - (instantOf(last?.at ?? '') ?? 0);
	if (quarantine && since < QUARANTINE_PAUSE) return 'In quarantine, the sync only reads once a day.';
	return since < pause ? 'A run has just been. The next one reads what has changed since.' : undefined;
}
