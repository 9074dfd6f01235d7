import { z } from 'zod';

import { count, lenientText, rowId, writtenAt } from './cells';
import { instantOf, isoText } from './zones';

/** A row of the Data Table `notion_scim_alerts`: see `ALERT_COLUMNS`. */
export type StoredAlert = z.infer<typeof alertSchema>;

const alertSchema = z.object({
	id: rowId,
	createdAt: writtenAt,
	key: lenientText,
	text: lenientText,
	/** An unknown word is an alert that an admin must look at. */
	state: lenientText.transform((state) => (state === 'note' || state === 'acknowledged' ? state : 'open')),
	workflow: lenientText,
	workflowId: lenientText,
	execution: lenientText,
	/** Epoch milliseconds; undefined until it is told. */
	toldAt: lenientText.transform((toldAt) => instantOf(toldAt)),
	told: count.catch(0),
});

/** A text under a key, and where it came from last. */
export type AlertText = Pick<StoredAlert, 'text' | 'workflow' | 'workflowId' | 'execution'>;

/** Alerts with the same key: one entry of a mail or of the form. */
export interface AlertGroup {
	key: string;
	state: 'open' | 'note';
	/** When the first of them was raised, in epoch milliseconds. */
	since: number;
	/** Oldest first. */
	rows: StoredAlert[];
	/** Each text once, newest first. */
	texts: AlertText[];
	/** Epoch milliseconds; undefined while none of them was told. */
	toldAt: number | undefined;
}

/**
 * Rows as a Data Table node returns them. Anything that is not a row, such as the empty item for "no rows",
 * is skipped.
 */
export function readAlerts(items: readonly unknown[]): StoredAlert[] {
	return items.flatMap((item) => {
		const read = alertSchema.safeParse(item);
		return read.success ? [read.data] : [];
	});
}

/** Alerts that are not acknowledged, by key; the oldest come first. */
export function groupAlerts(alerts: readonly StoredAlert[]): AlertGroup[] {
	const groups = new Map<string, AlertGroup>();
	for (const alert of [...alerts].sort((one, other) => one.id - other.id)) {
		const { key, state, createdAt, toldAt } = alert;
		if (state === 'acknowledged') continue;
		const name = `${state}|${key}`;
		const group = groups.get(name) ?? { key, state, since: createdAt, rows: [], texts: [], toldAt: undefined };
		group.rows.push(alert);
		if (toldAt !== undefined) group.toldAt = Math.max(group.toldAt ?? toldAt, toldAt);
		groups.set(name, group);
	}
	return [...groups.values()].map((group) => ({ ...group, texts: textsOf(group.rows) }));
}

function textsOf(rows: readonly StoredAlert[]): AlertText[] {
	const texts = new Map<string, AlertText>();
	for (const { text, workflow, workflowId, execution } of [...rows].reverse()) {
		if (!texts.has(text)) texts.set(text, { text, workflow, workflowId, execution });
	}
	return [...texts.values()];
}

const MINUTE = 60_000;

/** An older alert that was never mailed was left behind: a mail server was down, or an execution died. */
const LEFT_BEHIND_AFTER = 2 * MINUTE;

/**
 * The clock runs once an hour. It sends reminders of alerts mailed before, and mails most of those raised
 * since.
 */
const REMIND_AFTER = 30 * MINUTE;

/**
 * This many mails in this many minutes, and this many new keys at once, are still acceptable; further alerts
 * wait for the clock.
 */
const MOST_MAILS = 5;
const MAILS_WITHIN = 10 * MINUTE;

/**
 * Selects the alerts to mail now. A new alert is mailed at once if its key was not mailed before, by the
 * execution that stored the first alert of that key; if many executions raise one key, one of them sends a
 * mail. Later alerts of that key come with the reminder. If many keys are new at once, the execution that
 * stored the first alert mails them all, so that many executions do not send a mail each.
 * @param alerts all open alerts, and notes that were not mailed
 * @param stored IDs of the alerts that this execution has raised; empty when the clock asks
 * @param now epoch milliseconds
 */
export function alertsToTell(
	alerts: readonly StoredAlert[],
	{ stored, now }: { stored: readonly number[]; now: number },
): AlertGroup[] {
	const groups = groupAlerts(alerts);
	if (stored.length === 0) return groups.filter((group) => isDue(group, now));
	const own = groups.filter((group) => isOwn(group, stored, now));
	if (own.length === 0 || mailsSince(alerts, now - MAILS_WITHIN) >= MOST_MAILS) return [];
	const fresh = groups.filter((group) => group.toldAt === undefined && !isLeftBehind(group, now));
	const isStorm = fresh.length > MOST_MAILS;
	if (isStorm && !own.some((group) => group === fresh[0])) return [];
	return groups.filter((group) => own.includes(group) || isLeftBehind(group, now) || (isStorm && fresh.includes(group)));
}

function isDue({ state, toldAt }: AlertGroup, now: number): boolean {
	return toldAt === undefined || (state === 'open' && toldAt <= now - REMIND_AFTER);
}

function isOwn({ rows, toldAt }: AlertGroup, stored: readonly number[], now: number): boolean {
	const first = rows.find(({ id, createdAt }) => stored.includes(id) || createdAt > now - LEFT_BEHIND_AFTER);
	return toldAt === undefined && first !== undefined && stored.includes(first.id);
}

function isLeftBehind({ since, toldAt }: AlertGroup, now: number): boolean {
	return toldAt === undefined && since <= now - LEFT_BEHIND_AFTER;
}

/** All alerts of one mail have the same instant. */
function mailsSince(alerts: readonly StoredAlert[], since: number): number {
	return new Set(alerts.flatMap(({ toldAt }) => (toldAt !== undefined && toldAt > since ? [toldAt] : []))).size;
}

/** The rows of one key between two IDs, inclusive: a Data Table node finds them by this. */
export interface AlertRange {
	key: string;
	state: AlertGroup['state'];
	from: number;
	to: number;
}

/** The values of a group's rows once they are mailed. They are marked before the mail is sent. */
export function toldRange({ key, state, rows }: AlertGroup, now: number): AlertRange & { toldAt: string; told: number } {
	return {
		...rangeOf({ key, state, rows }),
		toldAt: isoText(now),
		told: 1 + Math.max(...rows.map(({ told }) => told)),
	};
}

/**
 * The newest alerts of a group, limited to a number of texts: what a person has seen, and so can
 * acknowledge.
 */
export function newestOf(group: AlertGroup, mostTexts: number): AlertGroup {
	const texts = new Set(group.texts.slice(0, mostTexts).map(({ text }) => text));
	const newestHidden = Math.max(0, ...group.rows.filter(({ text }) => !texts.has(text)).map(({ id }) => id));
	return { ...group, rows: group.rows.filter(({ id }) => id > newestHidden), texts: group.texts.slice(0, mostTexts) };
}

export function rangeOf({ key, state, rows }: Pick<AlertGroup, 'key' | 'state' | 'rows'>): AlertRange {
	return { key, state, from: rows[0]?.id ?? 0, to: rows.at(-1)?.id ?? 0 };
}
