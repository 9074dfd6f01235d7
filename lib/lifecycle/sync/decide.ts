import { z } from 'zod';

import { emailKey } from '../../scim/emailKey';
import { urgencyOf } from '../../directory/plan/planLimits';
import type { PlannedChange } from '../../directory/plan/plannedChange';
import { plannedKey, plannedOf } from '../directoryChanges';
import type { StoredChange } from '../journal';
import type { UsedOfDay } from '../rollingDay';
import { instantOf } from '../zones';
import type { RunMode } from './runs';

/** What a person must approve: nothing, removals, or all changes. */
export type Approval = 'never' | 'removals' | 'always';

/** How long after a no the same change is not put to a person again, in milliseconds. */
const NO_HOLDS_FOR = 24 * 60 * 60 * 1000;

/** How much may still be removed and added today. */
export interface Room {
	removals: number;
	creations: number;
}

/** @param used undefined if it cannot be counted: then there is no room for anything */
export function roomOfDay(
	limits: { removalLimit: number; createLimit: number },
	used: UsedOfDay | undefined,
): Room {
	if (!used) return { removals: 0, creations: 0 };
	return {
		removals: limits.removalLimit - used.removals,
		creations: limits.createLimit - used.creations,
	};
}

/** How each change of a plan is handled. */
export interface PlanDecisions {
	/** Carried out at once, because no rule prevents it. */
	free: PlannedChange[];
	/** Carried out because a person has released the row. */
	released: Array<{ item: PlannedChange; row: StoredChange }>;
	/** Already waiting for a person. */
	waiting: Array<{ item: PlannedChange; row: StoredChange }>;
	/** To put to a person now. */
	asking: PlannedChange[];
	/** Skipped, because a person has said no today. */
	declined: PlannedChange[];
	/** The changes above (in a dry run, of all) that a limit of the day holds. */
	beyond: ReadonlySet<PlannedChange>;
	/** Rows that wait or were released, and are no longer needed. */
	unwanted: StoredChange[];
	/** Rows that no one has answered in time. */
	expired: StoredChange[];
}

export interface DecideInputs {
	mode: RunMode;
	approval: Approval;
	room: Room;
	/** Rows of planned changes of this workflow: those that wait, were released, refused or have expired. */
	rows: readonly StoredChange[];
	/** Whether the plan saw the whole directory: then a change that it does not contain is not needed. */
	isWhole: boolean;
	/** Epoch milliseconds. */
	now: number;
}

/**
 * Divides the changes of a plan. A change that was put to a person, or held by a limit, is not carried out on
 * a later day without an answer.
 */
export function decide(items: readonly PlannedChange[], inputs: DecideInputs): PlanDecisions {
	const { mode, approval, rows, isWhole, now } = inputs;
	const toDo = items.filter(({ action, guard }) => action !== 'none' && guard === 'ok');
	const open = rows.filter(({ state }) => state === 'held' || state === 'retry');
	const expired = open.filter((row) => (instantOf(expiryOf(row)) ?? 0) <= now);
	if (mode !== 'apply') {
		const beyond = beyondLimits(toDo, inputs.room);
		return { free: [], released: [], waiting: [], asking: [], declined: [], beyond, unwanted: [], expired: [] };
	}
	const byKey = new Map(open.filter((row) => !expired.includes(row)).map((row) => [row.key, row]));
	const rowOf = (item: PlannedChange): StoredChange | undefined => byKey.get(plannedKey('sync', item));
	const released = toDo.flatMap((item) => pairOf(item, rowOf(item), 'retry'));
	const wasAsked = keysOf(rows.filter(wasNotCarriedOut));
	const needsPerson = (item: PlannedChange): boolean =>
		approval === 'always' ||
		(approval === 'removals' && item.impact > 0) ||
		wasAsked.has(plannedKey('sync', item));
	const others = toDo.filter((item) => rowOf(item)?.state !== 'retry');
	const able = others.filter((item) => !needsPerson(item));
	const beyond = beyondLimits(able, without(inputs.room, released.map(({ item }) => item)));
	const asked = others.filter((item) => needsPerson(item) || beyond.has(item));
	const waiting = asked.flatMap((item) => pairOf(item, rowOf(item), 'held'));
	const fresh = asked.filter((item) => rowOf(item)?.state !== 'held');
	const noTo = keysOf(rows.filter((row) => row.outcome === 'declined' && now - row.updatedAt < NO_HOLDS_FOR));
	const isDeclined = (item: PlannedChange): boolean => noTo.has(plannedKey('sync', item));
	const wanted = keysOfItems(toDo);
	return {
		free: able.filter((item) => !beyond.has(item)),
		released,
		waiting,
		asking: fresh.filter((item) => !isDeclined(item)),
		declined: fresh.filter(isDeclined),
		beyond,
		unwanted: isWhole ? [...byKey.values()].filter(({ key }) => !wanted.has(key)) : [],
		expired,
	};
}

/** Until when a row can be released, or carried out once it was. */
function expiryOf(row: StoredChange): string {
	return z.object({ expiresAt: z.string() }).safeParse(plannedOf(row)).data?.expiresAt ?? row.dueAt;
}

function pairOf(
	item: PlannedChange,
	row: StoredChange | undefined,
	state: StoredChange['state'],
): Array<{ item: PlannedChange; row: StoredChange }> {
	return row?.state === state ? [{ item, row }] : [];
}

function wasNotCarriedOut({ state, outcome }: StoredChange): boolean {
	return state === 'held' || outcome === 'declined' || outcome === 'expired';
}

function keysOf(rows: readonly StoredChange[]): Set<string> {
	return new Set(rows.map(({ key }) => key));
}

function keysOfItems(items: readonly PlannedChange[]): Set<string> {
	return new Set(items.map((item) => plannedKey('sync', item)));
}

function without(room: Room, items: readonly PlannedChange[]): Room {
	return {
		removals: room.removals - items.reduce((sum, { impact }) => sum + impact, 0),
		creations: room.creations - items.filter(({ action }) => action === 'user.create').length,
	};
}

/** The changes beyond the limits of the day, the most urgent ones first, and those that depend on them. */
function beyondLimits(items: readonly PlannedChange[], room: Room): Set<PlannedChange> {
	const left = { ...room };
	const held = new Set<PlannedChange>();
	const take = (kind: keyof Room, item: PlannedChange, count: number): void => {
		if (count === 0) return;
		if (count <= left[kind]) left[kind] -= count;
		else held.add(item);
	};
	const order = new Map(items.map((item, index) => [item, index]));
	const byUrgency = [...items].sort(
		(one, other) => urgencyOf(one) - urgencyOf(other) || (order.get(one) ?? 0) - (order.get(other) ?? 0),
	);
	for (const item of byUrgency) {
		take('removals', item, item.impact);
		take('creations', item, item.action === 'user.create' ? 1 : 0);
	}
	const joiners = new Set(
		[...held].flatMap(({ action, target }) =>
			action === 'user.create' && target.type === 'user' ? [emailKey(target.email ?? '')] : [],
		),
	);
	for (const item of items) {
		if (item.member?.id === null && joiners.has(emailKey(item.member.email))) held.add(item);
	}
	return held;
}
