import { createHash } from 'node:crypto';
import { z } from 'zod';

import { count, instant, rowId, text, wordOf } from './cells';
import type { RUN_COLUMNS } from './tables';
import { isoText } from './zones';

/** How long the code of a list is valid, in milliseconds. */
const EXPIRES_AFTER = 60 * 60 * 1000;

/** The kind of such a row in `notion_scim_runs`. */
const SHOWN_LIST = 'shownList';

/** What can be held until a person decides. */
export const HELD_KINDS = ['leave', 'emergency', 'sync', 'seat'] as const;

export type HeldKind = (typeof HELD_KINDS)[number];

/** The person who uses the form, as the workflow knows them. */
export interface Decider {
	email: string;
	/** The assurance of their identity, such as `n8n sign-in`. */
	assurance: string;
}

/** A list of held people as a person has seen it: stored before it is shown, and valid for one decision. */
export interface ShownList {
	/** n8n's number of the stored row; 0 until it is stored. */
	id: number;
	/** Digest of the random code; the code itself is not stored. */
	key: string;
	kind: HeldKind;
	/** `shown` until an execution takes it: then `taken`, and `execution` names that one. */
	state: 'shown' | 'taken' | 'released' | 'declined' | 'refused';
	execution: string;
	/** ISO text. */
	shownAt: string;
	/** ISO text. */
	expiresAt: string;
	shownTo: Decider;
	/** IDs of the journal rows on the list. */
	rows: number[];
}

/** The stored form of a code. */
export function codeKey(code: string): string {
	return createHash('sha256').update(code.trim()).digest('hex');
}

/** How journal rows refer to a stored list. */
export function listMark({ id, key }: Pick<ShownList, 'id' | 'key'>): string {
	return `list ${id} ${key.slice(0, 12)}`;
}

/** @param now epoch milliseconds */
export function newShownList(
	{ code, kind, shownTo, rows }: Pick<ShownList, 'kind' | 'shownTo' | 'rows'> & { code: string },
	{ execution, now }: { execution: string; now: number },
): ShownList {
	const times = { shownAt: isoText(now), expiresAt: isoText(now + EXPIRES_AFTER) };
	return { id: 0, key: codeKey(code), kind, state: 'shown', execution, ...times, shownTo, rows };
}

/** The outcome of a list. */
interface ListDecision {
	decidedBy: Decider;
	/** ISO text. */
	decidedAt: string;
	/** A sentence. */
	note: string;
}

/** The row of `notion_scim_runs`: exactly its columns, and `id` if it is stored. */
export function shownListRow(
	list: ShownList,
	decision?: ListDecision,
): Partial<Record<keyof typeof RUN_COLUMNS | 'id', string | number>> {
	return {
		...(list.id > 0 ? { id: list.id } : {}),
		kind: SHOWN_LIST,
		key: list.key,
		execution: list.execution,
		state: list.state,
		at: list.shownAt,
		expiresAt: list.expiresAt,
		requestedBy: list.shownTo.email,
		decidedBy: decision?.decidedBy.email ?? '',
		assurance: decision?.decidedBy.assurance ?? '',
		decidedAt: decision?.decidedAt ?? '',
		note: decision?.note ?? '',
		details: JSON.stringify({ for: list.kind, assurance: list.shownTo.assurance, rows: list.rows }),
	};
}

const detailsSchema = z.object({
	for: wordOf(HELD_KINDS),
	assurance: text,
	rows: z.array(count),
});

const rowSchema = z.object({
	id: rowId,
	kind: z.literal(SHOWN_LIST),
	key: text,
	state: wordOf(['shown', 'taken', 'released', 'declined', 'refused']),
	execution: text,
	at: instant,
	expiresAt: instant,
	requestedBy: text,
	details: text.transform((json, context) => {
		const read = detailsSchema.safeParse(parsedJson(json));
		if (read.success) return read.data;
		context.addIssue({ code: 'custom', message: 'is not a list of this node' });
		return z.NEVER;
	}),
});

/** The stored list among rows as a Data Table node returns them; undefined if none can be read. */
export function readShownList(items: readonly unknown[]): ShownList | undefined {
	for (const item of items) {
		const read = rowSchema.safeParse(item);
		if (!read.success) continue;
		const { id, key, state, execution, at, expiresAt, requestedBy, details } = read.data;
		return {
			id,
			key,
			kind: details.for,
			state,
			execution,
			shownAt: at,
			expiresAt,
			shownTo: { email: requestedBy, assurance: details.assurance },
			rows: details.rows,
		};
	}
	return undefined;
}

function parsedJson(value: string): unknown {
	try {
		const parsed: unknown = JSON.parse(value);
		return parsed;
	} catch {
		return undefined;
	}
}
