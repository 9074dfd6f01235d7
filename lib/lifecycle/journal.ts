import { z } from 'zod';

import { count, date, fields, instant, issue, lenientText, reasonsOf, rowId, text, wordOf, writtenAt } from './cells';
import type { Details } from './details';
import { detailsSchema } from './details';
import type { EventKind } from './eventKinds';
import { EVENT_KINDS } from './eventKinds';

/**
 * The journal: the Data Table `notion_scim_changes`. One row is one change of one person's access, from the
 * event that requests it to the outcome. The table is the inbox, the schedule, the audit trail, the lease and
 * the counter of the rolling day. n8n adds `id`, `createdAt` and `updatedAt`. Instants are ISO texts in UTC,
 * so that they sort as texts; dates are local. An empty text means unknown. No column is called `error`: a
 * node with Retry On Fail would take such a row for a failure.
 */
export const CHANGE_COLUMNS = {
	/** The same for all copies of one event: see `eventKey`. */
	key: 'string',
	kind: 'string',
	state: 'string',
	/** The instant at which a row in state `scheduled` or `retry` becomes due. */
	dueAt: 'string',
	/** The n8n execution that works, or worked, on the row. */
	execution: 'string',
	/** The kind of the event, in the words of the HRIS Trigger. */
	event: 'string',
	/** Which HRIS. */
	source: 'string',
	companyId: 'string',
	employeeId: 'string',
	email: 'string',
	displayName: 'string',
	managerEmail: 'string',
	/** Notion's ID of the account, where it is known. */
	userId: 'string',
	/** The first or the last day according to the HRIS, in `timeZone`. */
	effectiveDate: 'string',
	timeZone: 'string',
	/** The instant at which access begins or ends. */
	effectiveAt: 'string',
	/** When this system first knew. */
	knownAt: 'string',
	removedAt: 'string',
	/** Why the row is in this state: a sentence. */
	reason: 'string',
	/** The outcome, in one word. */
	outcome: 'string',
	requestedBy: 'string',
	approvedBy: 'string',
	/** How a person finds the case. */
	reference: 'string',
	/** How much it counts for the limit of a rolling day. */
	impact: 'number',
	attempts: 'number',
	/** JSON: see `Details`. */
	details: 'string',
} as const;

/**
 * Which HRIS entry belongs to which account, and which group of a directory to which group of Notion: the
 * Data Table `notion_scim_links`. The row of a group names no employee, and the row of an employee no group.
 */
export const LINK_COLUMNS = {
	source: 'string',
	employeeId: 'string',
	companyId: 'string',
	email: 'string',
	userId: 'string',
	/** Of a group: Notion's ID, and its name in the directory, which is empty once the group was deleted. */
	groupId: 'string',
	groupName: 'string',
	/** When an existing group was adopted by the directory. */
	adoptedAt: 'string',
} as const;

/** Records of lockdowns, which are large: the Data Table `notion_scim_evidence`. */
export const EVIDENCE_COLUMNS = { key: 'string', record: 'string' } as const;

/** Changes of one person's employment, and their consequences; the clock acts on their rows. */
const EMPLOYMENT_KINDS = ['hire', 'change', 'leave', 'watch', 'remind', 'emergency'] as const;

/** Planned changes: see `directoryChanges.ts`. The workflow that plans them acts on their rows. */
export const PLANNED_KINDS = ['sync', 'seat', 'revoke'] as const;

/**
 * What a row changes. `watch` checks whether a leaver has come back; `remind` reminds the manager; `sync`
 * brings Notion in line with the directory; `seat` ends a seat that a person has picked; `revoke` removes
 * access that an access review has rejected.
 */
export const CHANGE_KINDS = [...EMPLOYMENT_KINDS, ...PLANNED_KINDS] as const;

export type ChangeKind = (typeof CHANGE_KINDS)[number];

export type PlannedKind = (typeof PLANNED_KINDS)[number];

/** Whether a row is a planned change, which only the workflow that planned it carries out. */
export function isPlanned({ kind }: { kind: ChangeKind }): boolean {
	return PLANNED_KINDS.some((planned) => planned === kind);
}

/**
 * - `received`: stored, not decided yet
 * - `scheduled`: due at `dueAt`
 * - `intended`: decided, in progress
 * - `done`: closed, with an `outcome`
 * - `held`: waits until a person releases it; a planned change at most until `dueAt`
 * - `refused`: closed; a guard or Notion refused it
 * - `retry`: failed, and retried at `dueAt`
 * - `withdrawn`: closed, no longer needed
 * - `needsPerson`: waits for a person
 */
export const CHANGE_STATES = [
	'received',
	'scheduled',
	'intended',
	'done',
	'held',
	'refused',
	'retry',
	'withdrawn',
	'needsPerson',
] as const;

export type ChangeState = (typeof CHANGE_STATES)[number];

const details = text.transform((value, context): Details => {
	const parsed = detailsSchema.safeParse(value === '' ? {} : parsedJson(value));
	if (parsed.success) return parsed.data;
	issue(context, 'is not JSON in the form that this node writes');
	return {};
});

const columns = {
	key: text,
	kind: wordOf(CHANGE_KINDS),
	state: wordOf(CHANGE_STATES),
	dueAt: instant,
	execution: text,
	event: wordOf(['', ...EVENT_KINDS]),
	source: text,
	companyId: text,
	employeeId: text,
	email: text,
	displayName: text,
	managerEmail: text,
	userId: text,
	effectiveDate: date,
	timeZone: text,
	effectiveAt: instant,
	knownAt: instant,
	removedAt: instant,
	reason: text,
	outcome: text,
	requestedBy: text,
	approvedBy: text,
	reference: text,
	impact: count,
	attempts: count,
	details,
} satisfies Record<keyof typeof CHANGE_COLUMNS, z.ZodTypeAny>;

const changeSchema = z.object(columns);

/** A journal row without n8n's own columns. */
export type Change = z.infer<typeof changeSchema>;

/** A stored row. Both instants are epoch milliseconds. */
export interface StoredChange extends Change {
	id: number;
	createdAt: number;
	updatedAt: number;
}

/** n8n's own columns. */
const storedSchema = z.object({ id: rowId, createdAt: writtenAt, updatedAt: writtenAt });

/** An unreadable row, with what it says about the person it concerns. */
export interface UnreadableRow {
	id: string;
	key: string;
	employeeId: string;
	email: string;
	/** A sentence that names the row, the column and its value. */
	why: string;
}

export interface ReadRows {
	/** Each row once, oldest first. Of two readings of one row the later one applies. */
	rows: StoredChange[];
	unreadable: UnreadableRow[];
}

/**
 * Reads rows as a Data Table node returns them. Empty items, which the node returns for "no rows", are
 * skipped; a row that a person has edited into something unreadable is reported and never dropped.
 */
export function readChanges(items: readonly unknown[]): ReadRows {
	const rows = new Map<number, StoredChange>();
	const unreadable: UnreadableRow[] = [];
	for (const item of items) {
		if (isEmpty(item)) continue;
		const read = changeSchema.merge(storedSchema).safeParse(item);
		if (!read.success) {
			unreadable.push(unreadableRow(item, read.error));
			continue;
		}
		const before = rows.get(read.data.id);
		if (!before || before.updatedAt <= read.data.updatedAt) rows.set(read.data.id, read.data);
	}
	return { rows: [...rows.values()].sort((one, other) => one.id - other.id), unreadable };
}

/** A row that another workflow creates and hands over, stored or not. */
export function readChange(item: unknown): Change | undefined {
	const read = changeSchema.safeParse(item);
	return read.success ? read.data : undefined;
}

/** The values of a row for a Data Table node: exactly the columns, and `id` if the row is stored. */
export function changeRow(change: Change | StoredChange): Record<string, string | number> {
	const { details: held, ...rest } = changeSchema.parse({ ...change, details: JSON.stringify(change.details) });
	return {
		...('id' in change ? { id: change.id } : {}),
		...rest,
		details: Object.keys(held).length > 0 ? JSON.stringify(held) : '',
	};
}

/** A row that is empty except for the given values. */
export function newChange(values: Partial<Change> & Pick<Change, 'kind' | 'state'>): Change {
	return { ...changeSchema.parse({ kind: values.kind, state: values.state }), ...values };
}

const shownSchema = z.object({ id: lenientText, key: lenientText, employeeId: lenientText, email: lenientText });

function unreadableRow(item: unknown, error: z.ZodError): UnreadableRow {
	const shown = shownSchema.parse(fields.parse(item));
	const name = shown.id === '' ? 'A row' : `Row ${shown.id}`;
	return { ...shown, why: `${name} of notion_scim_changes cannot be read: ${reasonsOf(error)}.` };
}

function isEmpty(item: unknown): boolean {
	return typeof item === 'object' && item !== null && Object.keys(item).length === 0;
}

function parsedJson(value: string): unknown {
	try {
		const parsed: unknown = JSON.parse(value);
		return parsed;
	} catch {
		return undefined;
	}
}

/** The event of a row. A row that a person has added by hand needs none: its kind suffices. */
export function eventOf({ event, kind }: Pick<Change, 'event' | 'kind'>): EventKind {
	if (event !== '') return event;
	return kind === 'hire' ? 'hired' : kind === 'change' ? 'changed' : kind === 'leave' ? 'left' : 'other';
}
