import { readEmail } from '../scim/emailAddress';
import { emailKey } from '../scim/emailKey';
import { heldPlanned, isAboutPerson } from './heldChange';
import { HELD_WORDS } from './heldWords';
import type { ReadRows, StoredChange } from './journal';
import { becameOf } from './lateAnswer';
import type { Decider, HeldKind, ShownList } from './shownList';
import { codeKey } from './shownList';
import { instantOf } from './zones';

/** What is held, and who may decide on it. */
export interface HeldList {
	kind: HeldKind;
	/** Journal rows; those in another state or of another kind are skipped. */
	held: ReadRows;
	/** Rows of emergencies and leavers, which block planned changes; empty for other kinds of list. */
	blocking: ReadRows;
	/** Addresses of the people who may decide; empty for all who may open the form. */
	deciders: readonly string[];
	/** The execution that shows or decides. */
	execution: string;
	/** Epoch milliseconds. */
	now: number;
}

export const NOT_OURS = 'This list was decided on before, or it was never issued. Nothing was done. Open the form again.';

/** An unreadable row may be about anyone, so nothing is shown and decided until it can be read. */
export function unreadable({ held, blocking }: Pick<HeldList, 'held' | 'blocking'>, rows: readonly StoredChange[]): string | undefined {
	const [first] = [...held.unreadable, ...blocking.unreadable];
	if (first) return `${first.why} Nothing was done. Correct it in the Data Table, then open the form again.`;
	const planned = rows.find((row) => heldPlanned(row) === 'unreadable');
	return (
		planned &&
		`The planned change of row ${planned.id} of notion_scim_changes cannot be read. Nothing was done. Delete the row: while the directory says so, the change is planned again.`
	);
}

/** Why a person must not decide on any list. */
export function refusalOfDecider({ email }: Decider, { deciders }: HeldList): string | undefined {
	const own = readEmail(email);
	if (own === undefined) return 'Your address is not known, so the record could not name who decided. Nothing was done.';
	if (deciders.length === 0 || deciders.some((one) => isSame(one, own))) return undefined;
	return `${own} is not among those who may decide. Nothing was done.`;
}

/** Why a person must not see or decide on the list, as sentences. */
export function refusalFor(decider: Decider, rows: readonly StoredChange[], given: HeldList): string | undefined {
	const own = readEmail(decider.email);
	if (own === undefined) return refusalOfDecider(decider, given);
	if (rows.length === 0) return HELD_WORDS[given.kind].none;
	const refusal = refusalOfDecider(decider, given);
	if (refusal !== undefined) return refusal;
	if (rows.some((row) => isAboutPerson(row, { email: own }))) return 'You are on the list yourself, so another person must decide.';
	const hasAsked = rows.some(({ requestedBy, source }) => isSame(requestedBy, own) || isSame(source, own));
	return hasAsked ? HELD_WORDS[given.kind].asked : undefined;
}

/** The person to whom the list was shown may differ from the person who decides. */
export function refusalForAsker({ shownTo }: ShownList, rows: readonly StoredChange[]): string | undefined {
	const email = readEmail(shownTo.email) ?? shownTo.email;
	const isConcerned = rows.some(
		(row) => isAboutPerson(row, { email }) || isSame(row.requestedBy, email) || isSame(row.source, email),
	);
	return isConcerned
		? `${shownTo.email}, to whom the list was shown, is on it or has asked for it. Nothing was done. Open the form again.`
		: undefined;
}

/** Why a code is not accepted. */
export function refusalOfCode(
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

/**
 * Decides only on exactly the list that was shown; otherwise the person learns what came before the answer.
 */
export function refusalOfRows(
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

function isSame(written: string, own: string): boolean {
	return written.trim() !== '' && emailKey(readEmail(written) ?? written) === emailKey(readEmail(own) ?? own);
}
