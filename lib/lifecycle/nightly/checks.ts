import type { Alert } from '../decision';
import { INTERRUPTED, rowName, stuckRows } from '../due';
import { nameOf } from '../employees';
import type { StoredChange } from '../journal';
import { COPY, holderOf } from '../leases';
import { instantOf, isoText } from '../zones';
import { isLatest, orphansOf } from './missedLeavers';
import { NIGHTLY_EVENT } from './origins';
import { someOf } from './wording';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** Rows whose execution died before it decided, and rows of hires and mails that it left unfinished. */
export function deadLeases(rows: readonly StoredChange[], now: number): { dead: StoredChange[]; copies: StoredChange[] } {
	const stuck = stuckRows(rows, now).filter(({ kind, state }) => kind !== 'leave' || state === 'received');
	const wasDone = (row: StoredChange): boolean =>
		rows.some(({ id, key, state, outcome }) => id !== row.id && key === row.key && state === 'done' && outcome !== COPY);
	const isCopy = (row: StoredChange): boolean => row.key !== '' && (holderOf(row, rows) !== undefined || wasDone(row));
	return { dead: stuck.filter((row) => !isCopy(row)), copies: stuck.filter(isCopy) };
}

/** A row whose execution died, for an immediate retry; a copy of an event handled elsewhere is closed. */
export function freedRows({ dead, copies }: ReturnType<typeof deadLeases>, now: number): StoredChange[] {
	return [
		...dead.map(
			(row): StoredChange => ({
				...row,
				state: 'retry',
				outcome: INTERRUPTED,
				dueAt: isoText(now),
				reason: 'The execution that worked on it died.',
			}),
		),
		...copies.map((row): StoredChange => ({ ...row, state: 'withdrawn', outcome: COPY, reason: 'Another row has this event.' })),
	];
}

/**
 * Alerts about what was left unfinished, whatever the HRIS says. What still waits is a new alert every
 * night.
 */
export function checkJournal(
	rows: readonly StoredChange[],
	{ silentAfterDays, now }: { silentAfterDays: number; now: number },
): Alert[] {
	return [
		...orphanAlert(orphansOf(rows, now)),
		...decisionAlert(rows),
		...personAlert(rows.filter(({ kind, state }) => kind !== 'leave' && state === 'needsPerson')),
		...lateAlert(rows, now),
		...deadAlert(deadLeases(rows, now).dead),
		...silenceAlert(rows, silentAfterDays, now),
	];
}

function orphanAlert(orphans: readonly StoredChange[]): Alert[] {
	if (orphans.length === 0) return [];
	const names = someOf(orphans.map((row) => `${nameOf(row)}, row ${row.id}`));
	return [
		{
			key: 'nightly: orphans',
			text: `A removal was begun and nothing was heard of it: ${names}. Look in Notion whether these people are gone; those who are still members and have left are removed by the nightly comparison.`,
		},
	];
}

function decisionAlert(rows: readonly StoredChange[]): Alert[] {
	const leaves = rows.filter(({ kind, outcome, state }) => kind === 'leave' && (outcome !== '' || state === 'intended'));
	const waiting = leaves.filter(
		(row) => ['needsPerson', 'refused', 'held'].includes(row.state) && isLatest(row, leaves),
	);
	if (waiting.length === 0) return [];
	const reasons = someOf(waiting.map((row) => `${nameOf(row)}: ${row.reason || row.outcome}`));
	return [{ key: 'nightly: waiting for a person', text: `${waiting.length} leavers wait for a decision: ${reasons}` }];
}

function personAlert(stopped: readonly StoredChange[]): Alert[] {
	if (stopped.length === 0) return [];
	const names = someOf(stopped.map((row) => `${rowName(row)}: ${row.reason}`));
	return [
		{
			key: 'nightly: rows',
			text: `${stopped.length} rows of notion_scim_changes wait for a person: ${names}`,
		},
	];
}

function lateAlert(rows: readonly StoredChange[], now: number): Alert[] {
	const late = rows.filter(
		({ state, dueAt }) => (state === 'scheduled' || state === 'retry') && (instantOf(dueAt) ?? 0) < now - HOUR,
	);
	if (late.length === 0) return [];
	return [
		{
			key: 'nightly: late rows',
			text: `${late.length} rows of notion_scim_changes have been due for more than an hour. Look whether due-changes is published and runs.`,
		},
	];
}

function deadAlert(dead: readonly StoredChange[]): Alert[] {
	if (dead.length === 0) return [];
	const names = someOf(dead.map((row) => `${rowName(row)} (execution ${row.execution})`));
	return [
		{
			key: 'nightly: dead leases',
			text: `Executions died while they worked on rows of notion_scim_changes: ${names}. The rows are tried again now.`,
		},
	];
}

function silenceAlert(rows: readonly StoredChange[], silentAfterDays: number, now: number): Alert[] {
	const heard = rows.filter(isOfHris).map(({ createdAt }) => createdAt);
	const newest = heard.length > 0 ? Math.max(...heard) : undefined;
	if (newest !== undefined && now - newest <= silentAfterDays * DAY) return [];
	const what =
		newest === undefined
			? 'No event of the HRIS is in the journal'
			: `The last event of the HRIS arrived on ${isoText(newest).slice(0, 10)}`;
	return [
		{
			key: 'nightly: silence',
			text: `${what}; one is expected every ${silentAfterDays} days. Look whether the HRIS still sends to n8n.`,
		},
	];
}

/** Whether a row came from an event of the HRIS, and not from this package or a person. */
function isOfHris({ kind, key }: StoredChange): boolean {
	const [, , , eventId = ''] = key.split('|');
	return ['hire', 'change', 'leave'].includes(kind) && eventId !== '' && !eventId.startsWith(NIGHTLY_EVENT);
}
