import type { Alert, Decision, LifecycleOperation } from '../decision';
import type { Details } from '../details';
import type { Change, StoredChange } from '../journal';
import { isoText } from '../zones';
import { removalTime } from './history';
import type { JudgedRecord, LeaverFacts } from './leaverFacts';

const MINUTE = 60_000;

/** Until another try, in milliseconds. */
const TRY_AGAIN_AFTER = 5 * MINUTE;

/** A person must decide. Nothing is removed, and what is scheduled stays. */
export function askPerson(facts: LeaverFacts, why: string): Decision {
	const { label, isReleased, held } = facts;
	const asked = rowOf(facts, { state: 'needsPerson', outcome: 'failed', impact: 0, reason: why });
	return decision(facts, 'askPerson', why, {
		rows: [asked, ...(isReleased ? offTheList(held, why) : [])],
		alert: alertOf(
			facts,
			`${label}: ${why} Nothing was removed. Decide whether this person loses access to Notion.`,
		),
	});
}

/** Nothing can be decided for now. It is tried again, and the admin is told. */
export function tryLater(facts: LeaverFacts, why: string, { key, text }: Alert): Decision {
	const dueAt = isoText(facts.now + TRY_AGAIN_AFTER);
	const later = { state: 'retry', dueAt, attempts: attemptsOf(facts) + 1, reason: why } as const;
	return decision(facts, 'tryLater', why, {
		rows: standAlone(facts, rowOf(facts, { ...later, effectiveDate: knownDate(facts) })),
		alert: { key, text: `${why} ${text}` },
	});
}

/** The HRIS is read once more. */
export function lookAgain(
	facts: LeaverFacts,
	reason: NonNullable<Details['lookAgain']>,
	{ afterMs, why }: { afterMs: number; why: string },
): Decision {
	const again = {
		state: 'retry',
		dueAt: isoText(facts.now + afterMs),
		attempts: attemptsOf(facts) + 1,
		effectiveDate: knownDate(facts),
		reason: why,
		details: { ...facts.row.details, lookAgain: reason, since: isoText(lookedSince(facts, reason)) },
	} as const;
	return decision(facts, 'lookAgain', why, { rows: standAlone(facts, rowOf(facts, again)) });
}

/** Since when the HRIS is looked at for one reason, in epoch milliseconds. */
export function lookedSince({ row, pending, now }: LeaverFacts, reason: Details['lookAgain']): number {
	const since = [row, ...pending]
		.filter(({ details }) => details.lookAgain === reason)
		.map(({ details }) => Date.parse(details.since ?? ''))
		.filter((instant) => !Number.isNaN(instant));
	return Math.min(now, ...since);
}

/**
 * The person keeps access. What ends with it: a row whose last day the HRIS has taken back, one that
 * waits for a person, and the list of held leavers. A look that is still to come is left alone.
 */
export function stay(facts: LeaverFacts, why: string): Decision {
	const { row, isDueAgain, isLeaving, pending, held } = facts;
	const ended = pending.filter(({ effectiveDate, state }) => effectiveDate !== '' || state === 'needsPerson');
	const isNews = isLeaving || ended.length > 0;
	const own = rowOf(facts, {
		state: isDueAgain ? 'withdrawn' : 'done',
		outcome: isNews ? 'stays' : 'ignored',
		impact: 0,
		effectiveDate: row.effectiveDate,
		reason: why,
	});
	return decision(facts, isNews ? 'withdraw' : 'ignore', why, {
		rows: [own, ...withdrawn(ended, why), ...offTheList(held, why)],
	});
}

/** Access ends when the last day is over. One row waits for it. */
export function schedule(facts: LeaverFacts, employment: JudgedRecord, why: string, alert?: Alert): Decision {
	const ends = endOf(employment);
	const waits = { state: 'scheduled', dueAt: ends.effectiveAt, attempts: 0, impact: 0, ...ends, reason: why } as const;
	return decision(facts, 'schedule', why, {
		rows: [...standAlone(facts, rowOf(facts, waits)), ...offTheList(facts.held, why)],
		...(alert ? { alert } : {}),
	});
}

/**
 * The person loses access now. The row is the intention, stored before anything is done: until its
 * result is known it counts for the limit, and what an earlier try may have done is not forgotten.
 */
export function lockDown(
	facts: LeaverFacts,
	employment: JudgedRecord,
	{ why, effectiveAt }: { why: string; effectiveAt?: string },
): Decision {
	const { row, event, execution, now } = facts;
	const { lookAgain: _look, since: _since, ...details } = row.details;
	const mayHaveRemoved = row.impact > 0 || row.outcome === 'notVerified';
	const attemptAt = details.attemptAt ?? (mayHaveRemoved ? removalTime(row) : undefined);
	const intended = {
		state: 'intended',
		execution,
		outcome: '',
		impact: 1,
		...endOf(employment),
		...(effectiveAt ? { effectiveAt } : {}),
		reason: why,
		requestedBy: row.approvedBy || row.requestedBy || [row.source, event].filter(Boolean).join(', '),
		attempts: attemptsOf(facts),
		details: { ...details, intendedAt: isoText(now), ...(attemptAt ? { attemptAt } : {}) },
	} as const;
	return decision(facts, 'lockDown', why, { rows: standAlone(facts, rowOf(facts, intended)) });
}

/** Alerts about one person share a key, so that they are one line of the mail. */
export function alertOf({ row }: LeaverFacts, text: string): Alert {
	return { key: `offboarding: ${row.source} ${row.employeeId || row.email}`, text };
}

function decision(
	{ subject }: LeaverFacts,
	operation: LifecycleOperation,
	why: string,
	more: Pick<Decision, 'rows' | 'alert'>,
): Decision {
	return { operation, why, subject, ...more };
}

/** The row of the event as it is afterwards. It was known since the first row that waited for the same. */
function rowOf({ row, subject, pending }: LeaverFacts, values: Partial<Change>): StoredChange {
	const known = [row, ...pending].map(({ knownAt }) => knownAt).filter((instant) => instant !== '');
	const [knownAt = ''] = known.sort();
	return { ...row, ...subject, knownAt, ...values };
}

/** One row stands for an employee; the others that wait for the same are withdrawn. */
function standAlone({ pending }: LeaverFacts, row: StoredChange): StoredChange[] {
	return [row, ...withdrawn(pending, `Row ${row.id} stands for this employee.`)];
}

function withdrawn(rows: readonly StoredChange[], reason: string): StoredChange[] {
	return rows.map((row) => ({ ...row, state: 'withdrawn', reason }));
}

/** Held leavers for whom there is another decision are not on the list any more. */
function offTheList(held: readonly StoredChange[], reason: string): StoredChange[] {
	return withdrawn(held, reason);
}

function attemptsOf({ row, pending }: LeaverFacts): number {
	return Math.max(row.attempts, ...pending.map(({ attempts }) => attempts));
}

/** The last day that was scheduled here, so that a later look remembers it. */
function knownDate({ row, pending }: LeaverFacts): string {
	return [row, ...pending].map(({ effectiveDate }) => effectiveDate).find((date) => date !== '') ?? '';
}

function endOf({ record, zone, endsAt }: JudgedRecord): Pick<Change, 'effectiveDate' | 'effectiveAt' | 'timeZone'> {
	return { effectiveDate: record.endDate, effectiveAt: endsAt === undefined ? '' : isoText(endsAt), timeZone: zone };
}
