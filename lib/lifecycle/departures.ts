import type { Employee } from './employees';
import { isAbout } from './employees';
import type { StoredChange } from './journal';
import { NIGHTLY_COMPARISON } from './nightly/origins';
import { instantOf } from './zones';

/** How a lockdown can end, or `intended` if its execution has stored no result. */
export const LOCKDOWN_OUTCOMES = [
	'removed',
	'alreadyGone',
	'notVerified',
	'refused',
	'held',
	'declined',
	'failed',
	'intended',
] as const;

export type DepartureOutcome = (typeof LOCKDOWN_OUTCOMES)[number];

/** All attempts to end one person's access for one departure. Instants are epoch milliseconds. */
export interface Departure {
	/** The attempt with the final outcome. */
	last: StoredChange;
	outcome: DepartureOutcome;
	/** Only the nightly comparison found this leaver. */
	isMissed: boolean;
	/** When access had to end. */
	effective?: number;
	/** When the HRIS first reported it. */
	known?: number;
	removed?: number;
	verified?: number;
}

/**
 * The departures in the journal, oldest first. A person who was removed, came back and was removed again has
 * left twice. A person who stays is not a leaver, whatever was attempted before.
 * @param rows of any kind, in any order
 */
export function departuresOf(rows: readonly StoredChange[]): Departure[] {
	const groups: Group[] = [];
	for (const row of inOrder(rows)) {
		const outcome = lockdownOutcomeOf(row);
		if (outcome === undefined) continue;
		const group = groups.filter(({ last }) => isAbout(last, row)).at(-1);
		if (outcome === 'stays') {
			if (group && group.outcome !== 'removed' && group.outcome !== 'alreadyGone') {
				groups.splice(groups.indexOf(group), 1);
			}
		} else if (group && !(group.outcome === 'removed' && outcome === 'removed')) {
			// A removal remains a removal, whatever a later attempt reports.
			if (group.outcome !== 'removed') Object.assign(group, { last: row, outcome });
			group.known = earliest(group.known, instantOf(row.knownAt));
		} else {
			groups.push({ last: row, outcome, known: instantOf(row.knownAt) });
		}
	}
	return groups.map(departureOf);
}

/** The newest row with the outcome of a lockdown, or of the decision on one, for an employee. */
export function lastRowAbout(employee: Employee, rows: readonly StoredChange[]): StoredChange | undefined {
	return inOrder(rows)
		.filter((row) => lockdownOutcomeOf(row) !== undefined && isAbout(row, employee))
		.at(-1);
}

interface Group {
	last: StoredChange;
	outcome: DepartureOutcome;
	known: number | undefined;
}

function departureOf({ last, outcome, known }: Group): Departure {
	const effective = instantOf(last.effectiveAt);
	const removed = instantOf(last.removedAt);
	const verified = instantOf(last.details.verifiedAt ?? '');
	return {
		last,
		outcome,
		isMissed: last.requestedBy === NIGHTLY_COMPARISON,
		...(effective === undefined ? {} : { effective }),
		...(known === undefined ? {} : { known }),
		...(removed === undefined ? {} : { removed }),
		...(verified === undefined ? {} : { verified }),
	};
}

/** Undefined for rows about something else, or without an attempt so far. */
export function lockdownOutcomeOf({ kind, state, outcome }: StoredChange): DepartureOutcome | 'stays' | undefined {
	if (kind !== 'leave') return undefined;
	if (state === 'intended') return 'intended';
	return outcome === 'stays' ? outcome : LOCKDOWN_OUTCOMES.find((known) => known === outcome);
}

function inOrder(rows: readonly StoredChange[]): StoredChange[] {
	return [...rows].sort((one, other) => one.id - other.id);
}

function earliest(...times: (number | undefined)[]): number | undefined {
	const known = times.filter((time) => time !== undefined);
	return known.length > 0 ? Math.min(...known) : undefined;
}
