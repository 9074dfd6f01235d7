import { readEmail } from '../scim/emailAddress';
import { emailKey } from '../scim/emailKey';
import { blockedSince } from './blockedSince';
import { heldPlanned, isAboutPerson } from './heldChange';
import { HELD_WORDS, heldCountWas } from './heldWords';
import type { ReadRows, StoredChange } from './journal';
import { becameOf } from './lateAnswer';
import type { Decider, HeldKind, ShownList } from './shownList';
import { codeKey, listMark, newShownList } from './shownList';
import { instantOf, isoText } from './zones';

/** Nothing was done, and why. */
export interface Refused {
	decision: 'refused';
	/** Whole sentences for the person at the form. */
	sentence: string;
}

/** The list is stored, and then shown. */
export interface Shown {
	decision: 'show';
	list: ShownList;
	people: HeldPerson[];
}

/** What a person has decided about the list. */
export interface Decided {
	decision: 'released' | 'declined';
	sentence: string;
	/** The rows of the journal as they are afterwards. */
	rows: StoredChange[];
}

/** One entry of the list: of an emergency there is a row for each app, of a plan an entry for each change. */
export interface HeldPerson {
	/** The oldest row. */
	row: StoredChange;
	rows: number;
	/** Why the row is not released, whatever the answer; '' where it is. */
	blocked: string;
}

/** What is held, and who may decide on it. */
export interface HeldList {
	kind: HeldKind;
	/** Rows of the journal; those of another state or kind are passed over. */
	held: ReadRows;
	/** Rows of emergencies and leavers, by which a planned change is blocked; of other kinds of list none. */
	blocking: ReadRows;
	/** Addresses of the people who may decide; empty for everyone who may open the form. */
	deciders: readonly string[];
	/** The execution that shows or decides. */
	execution: string;
	/** Epoch milliseconds. */
	now: number;
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

/** What the person at the form has answered; the code travels with the page. */
export interface Answer {
	code: string;
	isYes: boolean;
}

/** What is known about the list that was shown. */
export interface ShownBefore {
	/**
	 * The stored list of the code, which this execution has taken; undefined where there was none to take: then
	 * the code was used before, or is none of ours.
	 */
	taken: ShownList | undefined;
	/** Rows on which a person has decided lately, by which a late answer is told what came before it. */
	decided: ReadRows;
}

/**
 * Decides on a list that was shown: with its code, within the hour, once, and while exactly these rows are
 * held. Anything else does nothing.
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
		(taken ? refusalForAsker(taken, rows) : undefined);
	if (refusal !== undefined || !taken) return { decision: 'refused', sentence: refusal ?? NOT_OURS };
	const approvedBy = `${decider.email.trim()} (assurance: ${decider.assurance})`;
	const words = HELD_WORDS[given.kind];
	const decided = rows.map((row) => ({ ...row, ...decidedIn(row, taken), approvedBy }));
	if (!answer.isYes) return { decision: 'declined', sentence: words.declined, rows: decided.map(declined) };
	const after = decided.map((row) => released(row, given));
	const people = heldPeople(after.filter(({ state }) => state === 'retry'), given).length;
	return { decision: 'released', sentence: `${heldCountWas(given.kind, people)} released. ${words.released}`, rows: after };
}

function declined(row: StoredChange): StoredChange {
	return { ...row, ...withoutPlanned(row), state: 'done', outcome: 'declined' };
}

/** Due at once, so that everyone whom this execution does not reach is found later. */
function released(row: StoredChange, { blocking, now }: HeldList): StoredChange {
	const why = blockedSince(row, blocking, now);
	if (why === undefined) return { ...row, state: 'retry', dueAt: isoText(now) };
	return { ...row, ...withoutPlanned(row), state: 'refused', outcome: 'blocked', reason: `${row.reason} ${why}`.trim() };
}

/** A planned change that is over does not stay in its row. */
function withoutPlanned({ details: { planned: _planned, ...details } }: StoredChange): Pick<StoredChange, 'details'> {
	return { details };
}

/** The entries of a list, in the order of its rows. */
function heldPeople(rows: readonly StoredChange[], { kind, blocking, now }: HeldList): HeldPerson[] {
	const people = new Map<string, HeldPerson>();
	for (const row of rows) {
		const who = row.employeeId === '' ? emailKey(row.email) : `${row.source}|${row.companyId}|${row.employeeId}`;
		const key = who === '' || kind === 'sync' ? `row ${row.id}` : who;
		const known = people.get(key);
		const blocked = blockedSince(row, blocking, now) ?? '';
		people.set(key, { row: known?.row ?? row, rows: (known?.rows ?? 0) + 1, blocked });
	}
	return [...people.values()];
}

const NOT_OURS = 'This list was decided on before, or it is none of ours. Nothing was done. Open the form again.';

/** What still waits for a person. All but a leaver waits until `dueAt`; no answer until then is a no. */
function openRows({ kind, held, now }: HeldList): StoredChange[] {
	return held.rows.filter((row) => {
		if (row.kind !== kind || row.state !== 'held') return false;
		return kind === 'leave' || (instantOf(row.dueAt) ?? (kind === 'emergency' ? Infinity : 0)) > now;
	});
}

/** A row that cannot be read may be of anyone, so nothing is shown and nothing decided until it can. */
function unreadable({ held, blocking }: HeldList, rows: readonly StoredChange[]): string | undefined {
	const [first] = [...held.unreadable, ...blocking.unreadable];
	if (first) return `${first.why} Nothing was done. Correct it in the Data Table, then open the form again.`;
	const planned = rows.find((row) => heldPlanned(row) === 'unreadable');
	return (
		planned &&
		`The planned change of row ${planned.id} of notion_scim_changes cannot be read. Nothing was done. Delete the row: while the directory says so, the change is planned again.`
	);
}

/** Why a person must not decide on any list. */
function refusalOfDecider({ email }: Decider, { deciders }: HeldList): string | undefined {
	const own = readEmail(email);
	if (own === undefined) return 'No one address says who you are, so the record could not name who decided. Nothing was done.';
	if (deciders.length === 0 || deciders.some((one) => isSame(one, own))) return undefined;
	return `${own} is not among those who may decide. Nothing was done.`;
}

/** Why a person must not see or decide on the list, as sentences. */
function refusalFor(decider: Decider, rows: readonly StoredChange[], given: HeldList): string | undefined {
	const own = readEmail(decider.email);
	if (own === undefined) return refusalOfDecider(decider, given);
	if (rows.length === 0) return HELD_WORDS[given.kind].none;
	const refusal = refusalOfDecider(decider, given);
	if (refusal !== undefined) return refusal;
	if (rows.some((row) => isAboutPerson(row, { email: own }))) return 'You are on the list yourself, so another person must decide.';
	const hasAsked = rows.some(({ requestedBy, source }) => isSame(requestedBy, own) || isSame(source, own));
	return hasAsked ? HELD_WORDS[given.kind].asked : undefined;
}

/** The person to whom the list was shown may be another one than the person who decides. */
function refusalForAsker({ shownTo }: ShownList, rows: readonly StoredChange[]): string | undefined {
	const email = readEmail(shownTo.email) ?? shownTo.email;
	const isConcerned = rows.some(
		(row) => isAboutPerson(row, { email }) || isSame(row.requestedBy, email) || isSame(row.source, email),
	);
	return isConcerned
		? `${shownTo.email}, to whom the list was shown, is on it or has asked for it. Nothing was done. Open the form again.`
		: undefined;
}

/** Why a code decides nothing. */
function refusalOfCode(
	code: string,
	taken: ShownList | undefined,
	{ kind, execution, now }: HeldList,
): string | undefined {
	const isTaken = taken?.state === 'taken' && taken.execution === execution;
	if (!taken || !isTaken || code.trim() === '' || taken.key !== codeKey(code) || taken.kind !== kind) return NOT_OURS;
	const shownAt = instantOf(taken.shownAt);
	const expiresAt = instantOf(taken.expiresAt);
	if (shownAt === undefined || expiresAt === undefined || shownAt > now || now > expiresAt) {
		return 'The list was shown more than an hour ago. Nothing was done. Open the form again.';
	}
	return undefined;
}

/** Only exactly the list that was shown is decided on; otherwise the person is told what came before the answer. */
function refusalOfRows(
	shown: ShownList,
	rows: readonly StoredChange[],
	decided: ReadRows,
	{ kind, held, now }: HeldList,
): string | undefined {
	const isSameList = rows.length === shown.rows.length && rows.every(({ id }) => shown.rows.includes(id));
	if (isSameList) return undefined;
	const gone = shown.rows.filter((id) => !rows.some((row) => row.id === id));
	const became = becameOf(shown, gone, [...decided.rows, ...held.rows], now);
	const why = rows.length === 0 ? HELD_WORDS[kind].none : 'The list has changed since it was shown.';
	const late = became.length > 0 ? 'Your answer came too late.' : '';
	const next = rows.length === 0 ? 'Your answer has done nothing.' : 'Nothing was done. Open the form again.';
	return [late, ...became, why, next].filter((part) => part !== '').join(' ');
}

/** What an auditor finds the decision by, beside what the row was known by before. */
function decidedIn({ reference }: StoredChange, list: ShownList): Pick<StoredChange, 'reference'> {
	return { reference: [reference, listMark(list)].filter((part) => part !== '').join('; ') };
}

function isSame(written: string, own: string): boolean {
	return written.trim() !== '' && emailKey(readEmail(written) ?? written) === emailKey(readEmail(own) ?? own);
}

function trimmed({ email, assurance }: Decider): Decider {
	return { email: email.trim(), assurance };
}
