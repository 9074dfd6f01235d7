import { z } from 'zod';

import type { RunMode } from './runs';
import type { SyncOrder } from './start';
import type { Told } from './told';
import { TOLD_KINDS } from './told';

const told = z.array(z.object({ kind: z.enum(TOLD_KINDS), action: z.string(), who: z.string(), why: z.string() }));

/** One step of the explanation for one person. */
export interface Step {
	title: string;
	sentences: string[];
}

/**
 * Everything a run knows once it has planned: one item, from the plan to the end of the run. Its parts are
 * whole sentences; what was reported before is left out, so that an idle run stays small.
 */
export interface SyncSummary {
	order: SyncOrder;
	/** The state of the reading: see `RunState`. */
	state: 'good' | 'incomplete' | 'failed';
	/** Why it is not good, or why nothing may be removed. */
	why: string[];
	mode: RunMode;
	modeNote: string;
	persons: number;
	members: number;
	/** Remarks for the admin about no change in particular. */
	notes: string[];
	/** What the run passes on to the next one, as JSON; '' if nothing. */
	memory: string;
	quarantineAfter: number;
	/** What is not carried out, and why; absent if the run before reported exactly this. */
	told?: Told[];
	/** The digest of everything to report, present even if that is absent. */
	toldMark: string;
	/** Rows that are put to a person from now on. */
	asked: number;
	/** Until when they can be answered; '' if there are none. */
	expiresAt: string;
	/** Released rows that are not carried out after all, and why. */
	notTaken: Told[];
	/** The changes that were in progress when an execution died. */
	lost: string[];
	/** Of a run about one person. */
	steps: Step[];
	changes: Array<{ action: string; who: string; why: string; guard: string }>;
	/** All addresses that those changes are about. */
	subjects: string[];
	/** Inputs for Apply. */
	limits: {
		removalLimit: number;
		createLimit: number;
		allowPrivileged: boolean;
		allowExternalMember: boolean;
		/** Addresses, separated by commas. */
		letBackIn: string;
	};
}

const schema = z.object({
	order: z.object({
		ask: z.enum(['run', 'hint', 'look', 'apply']),
		person: z.string(),
		requestedBy: z.string(),
		assurance: z.string(),
		dryRun: z.boolean(),
		isCalled: z.boolean(),
		runId: z.number(),
		at: z.string(),
	}),
	state: z.enum(['good', 'incomplete', 'failed']),
	why: z.array(z.string()),
	mode: z.enum(['apply', 'dryRun', 'readOnly']),
	modeNote: z.string(),
	persons: z.number(),
	members: z.number(),
	notes: z.array(z.string()),
	memory: z.string(),
	quarantineAfter: z.number(),
	told: told.optional(),
	toldMark: z.string(),
	asked: z.number(),
	expiresAt: z.string(),
	notTaken: told,
	lost: z.array(z.string()),
	steps: z.array(z.object({ title: z.string(), sentences: z.array(z.string()) })),
	changes: z.array(z.object({ action: z.string(), who: z.string(), why: z.string(), guard: z.string() })),
	subjects: z.array(z.string()),
	limits: z.object({
		removalLimit: z.number(),
		createLimit: z.number(),
		allowPrivileged: z.boolean(),
		allowExternalMember: z.boolean(),
		letBackIn: z.string(),
	}),
});

/** The summary as the planning node returns it; undefined for anything else. */
export function readSummary(item: unknown): SyncSummary | undefined {
	const { data } = schema.safeParse(item);
	if (!data) return undefined;
	const { told: lines, ...rest } = data;
	return { ...rest, ...(lines === undefined ? {} : { told: lines }) };
}

/** A request as the node that starts a run returns it. */
export function readOrder(item: unknown): SyncOrder | undefined {
	return schema.shape.order.safeParse(item).data;
}
