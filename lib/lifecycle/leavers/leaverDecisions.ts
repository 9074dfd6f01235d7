import type { Alert, Decision, LifecycleOperation } from '../decision';
import type { Details } from '../details';
import type { EventKind } from '../eventKinds';
import type { Change, StoredChange } from '../journal';
import { eventOf } from '../journal';
import { isoText } from '../zones';
import { removalTime, WORTH_FINISHING } from './history';
import type { JudgedRecord, LeaverFacts } from './leaverFacts';

const MINUTE = 60_000;

/** The delay before another attempt, in milliseconds. */
const TRY_AGAIN_AFTER = 5 * MINUTE;

/** A person must decide. Nothing is removed, and what is scheduled stays. */
export function askPerson(facts: LeaverFacts, why: string): Decision {
	const { label, row, mainRow } = facts;
	const asks = { state: 'needsPerson', outcome: 'failed', reason: why } as const;
	return decision(facts, 'askPerson', why, {
		// A scheduled row asks again when it is due.
		rows: mainRow.state === 'needsPerson' ? standAlone(facts, asks) : [changed(facts, row, asks)],
		alert: alertOf(
			facts,
			`${label}: ${why} Nothing was removed. Decide whether this person loses access to Notion.`,
		),
	});
}

/** Nothing can be decided for now. The event is retried, with an alert. */
export function tryLater(facts: LeaverFacts, why: string, { key, text }: Alert): Decision {
	const dueAt = isoText(facts.now + TRY_AGAIN_AFTER);
	const attempts = attemptsOf(facts) + 1;
	const later = { state: 'retry', dueAt, attempts, effectiveDate: knownDate(facts), reason: why } as const;
	return decision(facts, 'tryLater', why, {
		rows: standAlone(facts, later),
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
		details: { ...facts.mainRow.details, lookAgain: reason, since: isoText(lookedSince(facts, reason)) },
	} as const;
	return decision(facts, 'lookAgain', why, { rows: standAlone(facts, again) });
}

/** Since when the HRIS is checked for one reason, in epoch milliseconds. */
export function lookedSince(facts: LeaverFacts, reason: Details['lookAgain']): number {
	const since = allRows(facts)
		.filter(({ details }) => details.lookAgain === reason)
		.map(({ details }) => Date.parse(details.since ?? ''))
		.filter((instant) => !Number.isNaN(instant));
	return Math.min(facts.now, ...since);
}

/**
 * The person keeps access. What ends with it: a row whose last day the HRIS has taken back, one that
 * waits for a person, and the list of held leavers. A look that is still to come is left alone.
 */
export function stay(facts: LeaverFacts, why: string): Decision {
	const { row, isDueAgain, isLeaving, held } = facts;
	const ended = allRows(facts).filter(
		(other) => other !== row && (other.effectiveDate !== '' || other.state === 'needsPerson'),
	);
	const isNews = isLeaving || ended.length > 0;
	const own = changed(facts, row, {
		state: isDueAgain ? 'withdrawn' : 'done',
		outcome: isNews ? 'stays' : 'ignored',
		reason: why,
	});
	return decision(facts, isNews ? 'withdraw' : 'ignore', why, {
		rows: [own, ...withdrawn([...ended, ...held], why)],
	});
}

/** Access ends when the last day is over. One row waits for it. */
export function schedule(facts: LeaverFacts, employment: JudgedRecord, why: string, alert?: Alert): Decision {
	const ends = endOf(employment);
	const waits = { state: 'scheduled', dueAt: ends.effectiveAt, attempts: 0, ...ends, reason: why } as const;
	return decision(facts, 'schedule', why, {
		rows: [...standAlone(facts, waits), ...withdrawn(facts.held, why)],
		...(alert ? { alert } : {}),
	});
}

/**
 * The person loses access now. The row is the intention, stored before anything is done: until its result is
 * known it counts for the limit, and the possible effect of an earlier attempt is kept.
 */
export function lockDown(
	facts: LeaverFacts,
	employment: JudgedRecord,
	{ why, effectiveAt }: { why: string; effectiveAt?: string },
): Decision {
	const { mainRow, row, event, sameRun, now } = facts;
	if (sameRun) {
		const reason = `Row ${sameRun.id} stands for this employee.`;
		return decision(facts, 'ignore', reason, { rows: [changed(facts, row, { state: 'done', outcome: 'merged', reason })] });
	}
	const mayHaveRemoved = mainRow.impact > 0 || mainRow.outcome === 'notVerified';
	const tried = mainRow.details.attemptAt ?? (mayHaveRemoved ? removalTime(mainRow) : undefined);
	const attemptAt = tried !== undefined && now - Date.parse(tried) < WORTH_FINISHING ? tried : undefined;
	const intended = {
		state: 'intended',
		outcome: '',
		impact: 1,
		...endOf(employment),
		...(effectiveAt ? { effectiveAt } : {}),
		reason: why,
		requestedBy: mainRow.approvedBy || mainRow.requestedBy || [row.source, event].filter(Boolean).join(', '),
		attempts: attemptsOf(facts),
		removedAt: '',
		details: { ...withoutFindings(mainRow.details), ...(attemptAt === undefined ? {} : { attemptAt }), intendedAt: isoText(now) },
	} as const;
	return decision(facts, 'lockDown', why, { rows: standAlone(facts, intended) });
}

/** The intention supersedes what earlier checks and attempts have found. */
function withoutFindings(given: Details): Details {
	const details = { ...given };
	for (const name of ['lookAgain', 'since', 'verifiedAt', 'attemptAt'] as const) delete details[name];
	return details;
}

/** Alerts about one person share a key, so that they are one entry of the mail. */
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

/** A row as it is afterwards, with the person's details as the HRIS has them now. */
function changed({ row, subject, execution }: LeaverFacts, given: StoredChange, values: Partial<Change>): StoredChange {
	const { source, employeeId, companyId } = row;
	return { ...given, source, employeeId, companyId: companyId || given.companyId, ...subject, execution, ...values };
}

/**
 * One row represents an employee: the others that wait for the same are withdrawn, and that of the event is
 * closed.
 */
function standAlone(facts: LeaverFacts, values: Partial<Change>): StoredChange[] {
	const { row, mainRow, pending } = facts;
	const why = `Row ${mainRow.id} stands for this employee.`;
	const known = allRows(facts).map(({ knownAt }) => knownAt).filter((instant) => instant !== '');
	const [knownAt = ''] = known.sort();
	return [
		changed(facts, mainRow, { event: strongestEvent(facts), knownAt, ...values }),
		...(mainRow === row ? [] : [changed(facts, row, { state: 'done', outcome: 'merged', reason: why })]),
		...withdrawn(pending.filter((other) => other !== row), why),
	];
}

/** Of the events that one row represents, the one that says most about the end of access. */
function strongestEvent({ event, mainRow }: LeaverFacts): EventKind {
	const strength = (kind: EventKind): number =>
		kind === 'accessRevoked' ? 2 : kind === 'left' || kind === 'leaverScheduled' ? 1 : 0;
	const before = eventOf(mainRow);
	return strength(before) > strength(event) ? before : event;
}

function withdrawn(rows: readonly StoredChange[], reason: string): StoredChange[] {
	return rows.map((row) => ({ ...row, state: 'withdrawn', reason }));
}

/** The row of the event, and the rows that wait for the same. */
function allRows({ row, mainRow, pending }: LeaverFacts): StoredChange[] {
	return [...new Set([row, mainRow, ...pending])];
}

function attemptsOf(facts: LeaverFacts): number {
	return Math.max(...allRows(facts).map(({ attempts }) => attempts));
}

/** The last day that was scheduled here, so that a later look remembers it. */
function knownDate(facts: LeaverFacts): string {
	return allRows(facts).map(({ effectiveDate }) => effectiveDate).find((date) => date !== '') ?? '';
}

function endOf({ record, zone, endsAt }: JudgedRecord): Pick<Change, 'effectiveDate' | 'effectiveAt' | 'timeZone'> {
	return { effectiveDate: record.endDate, effectiveAt: endsAt === undefined ? '' : isoText(endsAt), timeZone: zone };
}
