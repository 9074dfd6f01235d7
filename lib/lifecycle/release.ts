import { readEmail } from '../scim/emailAddress';
import { emailKey } from '../scim/emailKey';
import type { ReadRows, StoredChange } from './journal';
import type { Decider, HeldKind, ShownList } from './shownList';
import { codeKey, newShownList } from './shownList';
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

/** One person of the list: of an emergency there is a row for each app. */
export interface HeldPerson {
	/** The oldest row. */
	row: StoredChange;
	rows: number;
}

/** What is held, and who may decide on it. */
export interface HeldList {
	kind: HeldKind;
	/** Rows of the journal; those of another state or kind are passed over. */
	held: ReadRows;
	/** Addresses of the people who may decide; empty for everyone who may open the form. */
	deciders: readonly string[];
	/** The execution that shows or decides. */
	execution: string;
	/** Epoch milliseconds. */
	now: number;
}

/** How the two lists are spoken of. */
const WORDS: Readonly<Record<HeldKind, { none: string; released: string; declined: string }>> = {
	leave: {
		none: 'No leaver is held at the moment.',
		released: 'The HRIS is read again for each, and those who have left are locked out.',
		declined:
			'No one was released, and the list is empty now. Correct in the HRIS who has not left: everyone who has still left there tonight comes back to the list.',
	},
	emergency: {
		none: 'No emergency lockdown waits at the moment.',
		released: 'They are locked out now.',
		declined: 'No one was locked out, and the list is empty now. If one of them must be locked out, call again.',
	},
};

/**
 * Shows the list of held people. Nothing is decided.
 *
 * @param code random, made for this list
 */
export function showHeld(asker: Decider, given: HeldList, code: string): Shown | Refused {
	const rows = openRows(given);
	const refusal = unreadable(given) ?? refusalFor(asker, rows, given);
	if (refusal !== undefined) return { decision: 'refused', sentence: refusal };
	const { kind } = given;
	const ids = rows.map(({ id }) => id);
	const list = newShownList({ code, kind, shownTo: trimmed(asker), rows: ids }, given);
	return { decision: 'show', list, people: heldPeople(rows) };
}

/**
 * Decides on a list that was shown: with its code, within the hour, once, and while exactly these people are
 * held. Anything else does nothing.
 *
 * @param answer what the person has put in; the code travels with the page
 * @param taken the stored list of that code, which this execution has taken; undefined where there was none
 *   to take: then the code was used before, or is none of ours
 */
export function decideOnHeld(
	decider: Decider,
	answer: { code: string; isYes: boolean },
	taken: ShownList | undefined,
	given: HeldList,
): Decided | Refused {
	const rows = openRows(given);
	const refusal =
		unreadable(given) ??
		refusalOfCode(answer.code, taken, given) ??
		refusalFor(decider, rows, given) ??
		(taken ? refusalForAsker(taken, rows) ?? refusalOfRows(taken, rows) : undefined);
	if (refusal !== undefined || !taken) return { decision: 'refused', sentence: refusal ?? NOT_OURS };
	const approvedBy = `${decider.email.trim()} (assurance: ${decider.assurance})`;
	const words = WORDS[given.kind];
	if (!answer.isYes) {
		return {
			decision: 'declined',
			sentence: words.declined,
			rows: rows.map((row) => ({ ...row, ...decidedIn(row, taken), state: 'done', outcome: 'declined', approvedBy })),
		};
	}
	return {
		decision: 'released',
		sentence: `${countOf(heldPeople(rows).length)} released. ${words.released}`,
		// Due at once, so that the clock finds everyone whom this execution does not reach.
		rows: rows.map((row) => ({
			...row,
			...decidedIn(row, taken),
			state: 'retry',
			dueAt: isoText(given.now),
			approvedBy,
		})),
	};
}

/** Each person once, in the order of the rows. */
export function heldPeople(rows: readonly StoredChange[]): HeldPerson[] {
	const people = new Map<string, HeldPerson>();
	for (const row of rows) {
		const who = row.employeeId === '' ? emailKey(row.email) : `${row.source}|${row.companyId}|${row.employeeId}`;
		const key = who === '' ? `row ${row.id}` : who;
		const known = people.get(key);
		people.set(key, { row: known?.row ?? row, rows: (known?.rows ?? 0) + 1 });
	}
	return [...people.values()];
}

const NOT_OURS = 'This list was decided on before, or it is none of ours. Nothing was done. Open the form again.';

/** What still waits for a person. An emergency waits until `dueAt`; no answer until then is a no. */
function openRows({ kind, held, now }: HeldList): StoredChange[] {
	return held.rows.filter((row) => {
		if (row.kind !== kind || row.state !== 'held') return false;
		return kind !== 'emergency' || (instantOf(row.dueAt) ?? Infinity) > now;
	});
}

/** A row that cannot be read may be of anyone, so nothing is shown and nothing decided until it can. */
function unreadable({ held }: HeldList): string | undefined {
	const [first] = held.unreadable;
	return first && `${first.why} Nothing was done. Correct it in the Data Table, then open the form again.`;
}

/** Why a person must not see or decide on the list, as sentences. */
function refusalFor({ email }: Decider, rows: readonly StoredChange[], { kind, deciders }: HeldList): string | undefined {
	const own = readEmail(email);
	if (own === undefined) return 'No one address says who you are, so the record could not name who decided. Nothing was done.';
	if (rows.length === 0) return WORDS[kind].none;
	if (deciders.length > 0 && !deciders.some((one) => isSame(one, own))) {
		return `${own} is not among those who may decide. Nothing was done.`;
	}
	if (rows.some((row) => isSame(row.email, own))) return 'You are on the list yourself, so another person must decide.';
	const hasAsked = rows.some(({ requestedBy, source }) => isSame(requestedBy, own) || isSame(source, own));
	return hasAsked ? 'You have asked for a lockdown on the list yourself, so another person must decide.' : undefined;
}

/** The person to whom the list was shown may be another one than the person who decides. */
function refusalForAsker({ shownTo }: ShownList, rows: readonly StoredChange[]): string | undefined {
	const isConcerned = rows.some(({ email, requestedBy, source }) =>
		[email, requestedBy, source].some((one) => isSame(one, shownTo.email)),
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

/** Only exactly the list that was shown is decided on. */
function refusalOfRows(shown: ShownList, rows: readonly StoredChange[]): string | undefined {
	const isSameList = rows.length === shown.rows.length && rows.every(({ id }) => shown.rows.includes(id));
	return isSameList ? undefined : 'The list has changed since it was shown. Nothing was done. Open the form again.';
}

/** What an auditor finds the decision by, beside what the row was known by before. */
function decidedIn({ reference }: StoredChange, { id, key }: ShownList): Pick<StoredChange, 'reference'> {
	return { reference: [reference, `list ${id} ${key.slice(0, 12)}`].filter((part) => part !== '').join('; ') };
}

function isSame(written: string, own: string): boolean {
	return written.trim() !== '' && emailKey(readEmail(written) ?? written) === emailKey(readEmail(own) ?? own);
}

function trimmed({ email, assurance }: Decider): Decider {
	return { email: email.trim(), assurance };
}

function countOf(people: number): string {
	return people === 1 ? '1 person was' : `${people} people were`;
}
