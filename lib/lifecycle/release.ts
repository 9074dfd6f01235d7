import { emailKey } from '../scim/emailKey';
import { blockedSince } from './blockedSince';
import { HELD_WORDS, heldCountWas, othersWait } from './heldWords';
import type { ReadRows, StoredChange } from './journal';
import type { HeldList } from './releaseRefusals';
import {
	NOT_OURS,
	refusalFor,
	refusalForAsker,
	refusalOfCode,
	refusalOfDecider,
	refusalOfRows,
	unreadable,
} from './releaseRefusals';
import type { Decider, ShownList } from './shownList';
import { listMark, newShownList } from './shownList';
import { instantOf, isoText } from './zones';

/** Nothing was done, and why. */
export interface Refused {
	decision: 'refused';
	/** Whole sentences for the person who uses the form. */
	sentence: string;
}

/** The list is stored, and then shown. */
export interface Shown {
	decision: 'show';
	list: ShownList;
	people: HeldPerson[];
}

/** A person's decision on the list, or on the people chosen from it. */
export interface Decided {
	decision: 'released' | 'declined';
	sentence: string;
	/** The journal rows as they are afterwards; those that the answer is not about are left out, and wait on. */
	rows: StoredChange[];
}

/** One entry of the list: an emergency has a row for each app, a plan an entry for each change. */
export interface HeldPerson {
	/** The oldest row. */
	row: StoredChange;
	/** The IDs of all its rows. */
	rows: number[];
	/** Why the row is not released, whatever the answer; '' if it is. */
	blocked: string;
}

/**
 * Shows the list of held people. Nothing is decided.
 *
 * @param code random, made for this list
 */
export function showHeld(asker: Decider, given: HeldList, code: string): Shown | Refused {
	const rows = openRows(given);
	const refusal = unreadable(given, rows) ?? refusalFor(asker, rows, given);
	if (refusal !== undefined) return { decision: 'refused', sentence: refusal };
	const { kind } = given;
	const ids = rows.map(({ id }) => id);
	const list = newShownList({ code, kind, shownTo: trimmed(asker), rows: ids }, given);
	return { decision: 'show', list, people: heldPeople(rows, given) };
}

/** The answer of the person who uses the form; the code travels with the page. */
export interface Answer {
	code: string;
	isYes: boolean;
	/** The IDs of the rows that the answer is about, or why it is about none. */
	chosen: { rows: readonly number[]; refusal?: string | undefined };
}

/** What is known about the list that was shown. */
export interface ShownBefore {
	/**
	 * The stored list with that code, which this execution has taken; undefined if there was none to take:
	 * then the code was used before, or was never issued.
	 */
	taken: ShownList | undefined;
	/** Recently decided rows, by which a late answer learns what came before it. */
	decided: ReadRows;
}

/**
 * Decides on a list that was shown: with its code, within the hour, once, and while exactly these rows are
 * held. Any other answer does nothing.
 */
export function decideOnHeld(decider: Decider, answer: Answer, before: ShownBefore, given: HeldList): Decided | Refused {
	const rows = openRows(given);
	const { taken } = before;
	const refusal =
		unreadable(given, rows) ??
		refusalOfCode(answer.code, taken, given) ??
		refusalOfDecider(decider, given) ??
		(taken ? refusalOfRows(taken, rows, before.decided, given) : undefined) ??
		refusalFor(decider, rows, given) ??
		(taken ? refusalForAsker(taken, rows) : undefined) ??
		answer.chosen.refusal;
	if (refusal !== undefined || !taken) return { decision: 'refused', sentence: refusal ?? NOT_OURS };
	const approvedBy = `${decider.email.trim()} (assurance: ${decider.assurance})`;
	const words = HELD_WORDS[given.kind];
	const chosen = rows.filter(({ id }) => answer.chosen.rows.includes(id));
	const others = othersWait(rows.length - chosen.length);
	const decided = chosen.map((row) => ({ ...row, ...decidedIn(row, taken), approvedBy }));
	if (!answer.isYes) return { decision: 'declined', sentence: `${words.declined}${others}`, rows: decided.map(declined) };
	const after = decided.map((row) => released(row, given));
	const people = heldPeople(after.filter(({ state }) => state === 'retry'), given).length;
	return { decision: 'released', sentence: `${heldCountWas(given.kind, people)} released. ${words.released}${others}`, rows: after };
}

function declined(row: StoredChange): StoredChange {
	return { ...row, ...withoutPlanned(row), state: 'done', outcome: 'declined' };
}

/** Due at once, so that a person this execution does not reach is found later. */
function released(row: StoredChange, { blocking, now }: HeldList): StoredChange {
	const why = blockedSince(row, blocking, now);
	if (why === undefined) return { ...row, state: 'retry', dueAt: isoText(now) };
	return { ...row, ...withoutPlanned(row), state: 'refused', outcome: 'blocked', reason: `${row.reason} ${why}`.trim() };
}

/** The row of a closed planned change no longer contains it. */
function withoutPlanned(row: StoredChange): Pick<StoredChange, 'details'> {
	const details = { ...row.details };
	delete details.planned;
	return { details };
}

/** The entries that a list has now. */
export function entriesOf(given: HeldList): HeldPerson[] {
	return heldPeople(openRows(given), given);
}

/** The entries of a list, in the order of its rows. */
function heldPeople(rows: readonly StoredChange[], { kind, blocking, now }: HeldList): HeldPerson[] {
	const people = new Map<string, HeldPerson>();
	for (const row of rows) {
		const who = row.employeeId === '' ? emailKey(row.email) : `${row.source}|${row.companyId}|${row.employeeId}`;
		const key = who === '' || kind === 'sync' ? `row ${row.id}` : who;
		const known = people.get(key);
		const blocked = blockedSince(row, blocking, now) ?? '';
		people.set(key, { row: known?.row ?? row, rows: [...(known?.rows ?? []), row.id], blocked });
	}
	return [...people.values()];
}

/** Rows that still wait for a person. All but leavers wait until `dueAt`; a missing answer is a no. */
function openRows({ kind, held, now }: HeldList): StoredChange[] {
	return held.rows.filter((row) => {
		if (row.kind !== kind || row.state !== 'held') return false;
		return kind === 'leave' || (instantOf(row.dueAt) ?? (kind === 'emergency' ? Infinity : 0)) > now;
	});
}

/** How an auditor finds the decision, besides the row's earlier reference. */
function decidedIn({ reference }: StoredChange, list: ShownList): Pick<StoredChange, 'reference'> {
	return { reference: [reference, listMark(list)].filter((part) => part !== '').join('; ') };
}

function trimmed({ email, assurance }: Decider): Decider {
	return { email: email.trim(), assurance };
}
