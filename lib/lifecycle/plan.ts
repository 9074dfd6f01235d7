import type { Answers } from './answers';
import type { Alert, Decision, Facts, FoundMember, Job, LookUp } from './decision';
import { isSameAddress, nameOf } from './employees';
import type { Change, ReadRows, StoredChange, UnreadableRow } from './journal';
import { COPY, holderOf } from './leases';
import type { StoredLink } from './links';
import { retryValues } from './tries';
import { isoText } from './zones';

/** The inputs for planning changes. */
export interface PlanInputs {
	/** The rows that this execution has just stored or received. */
	events: ReadRows;
	/** Everything else that the journal has about these events, employees and addresses. */
	journal: ReadRows;
	links: readonly StoredLink[];
	answers: Answers;
	/** The execution that plans. */
	execution: string;
	/** Epoch milliseconds. */
	now: number;
}

export interface Plan {
	decisions: Decision[];
	/** Each row that changes, as it is afterwards; one without an `id` is new. */
	changes: Array<Change | StoredChange>;
	alerts: Alert[];
}

/**
 * Decides on every event, oldest first, so that a later decision sees the earlier ones. An event that another
 * row is handling, or that is decided already, is closed as a copy.
 * @param findMember looks up a member; a failure is returned and not thrown
 */
export async function planChanges(
	{ events, journal, links, answers, execution, now }: PlanInputs,
	job: Job,
	findMember: (who: LookUp) => Promise<FoundMember>,
): Promise<Plan> {
	const rows = newestById([...journal.rows, ...events.rows]);
	const unreadable = uniqueRows([...journal.unreadable, ...events.unreadable]);
	const changed = new Set<number>();
	const plan: Plan = { decisions: [], changes: [], alerts: events.unreadable.map(alertOfUnreadable) };
	for (const { id } of events.rows) {
		const row = rows.get(id);
		// An event that the decision on another one of this run has closed is decided as well.
		if (row?.state !== 'received') continue;
		const others = [...rows.values()].filter((other) => other.id !== id).sort((one, other) => one.id - other.id);
		const facts: Facts = { row, answers, journal: others, links, execution, now };
		const holder = holderOf(row, others);
		const decision = holder
			? copyOf(row, holder)
			: (followUp(row, execution) ?? (await decided(facts, job, unreadable, findMember)));
		plan.decisions.push(decision);
		// The alert about an event is raised once, and not for its copies.
		const alert = holder ? undefined : withTrouble(row, decision, job);
		if (alert) plan.alerts.push(alert);
		for (const after of decision.rows) {
			if ('id' in after) {
				rows.set(after.id, { ...dueWhileIntended(withoutTrouble(after), now), updatedAt: now });
				changed.add(after.id);
			} else plan.changes.push(after);
		}
	}
	plan.changes.unshift(...[...changed].flatMap((id) => rows.get(id) ?? []));
	return plan;
}

async function decided(
	facts: Facts,
	job: Job,
	unreadable: readonly UnreadableRow[],
	findMember: (who: LookUp) => Promise<FoundMember>,
): Promise<Decision> {
	const blind = unreadable.find((row) => mayConcern(row, facts.row));
	if (blind) return blinded(facts, blind);
	const decision = job.decide(facts);
	if (!decision.lookUp) return decision;
	return decision.lookUp.then(await findMember(decision.lookUp));
}

/** Each row once, in its latest reading. */
export function newestById(list: readonly StoredChange[]): Map<number, StoredChange> {
	const rows = new Map<number, StoredChange>();
	for (const row of list) {
		const known = rows.get(row.id);
		if (!known || known.updatedAt <= row.updatedAt) rows.set(row.id, row);
	}
	return rows;
}

function copyOf(row: StoredChange, holder: StoredChange): Decision {
	const why = `Row ${holder.id} has this event.`;
	return {
		operation: 'ignore',
		why,
		subject: subjectOf(row),
		rows: [{ ...row, state: 'withdrawn', outcome: COPY, reason: why }],
	};
}

/** A check or a reminder follows from a removal: nothing is decided, whatever the HRIS says. */
function followUp(row: StoredChange, execution: string): Decision | undefined {
	if (row.kind !== 'watch' && row.kind !== 'remind') return undefined;
	const rows: StoredChange[] = [{ ...row, state: 'intended', execution }];
	return { operation: 'lookAgain', why: row.reason, subject: subjectOf(row), rows };
}

/** The clock reads rows that are due: an intention with a future day must not be hidden until then. */
function dueWhileIntended(row: StoredChange, now: number): StoredChange {
	return row.state === 'intended' && row.dueAt > isoText(now) ? { ...row, dueAt: isoText(now) } : row;
}

/** The content of an unreadable row may change everything, so nothing is decided until it can be read. */
function blinded({ row, execution, now }: Facts, { why }: UnreadableRow): Decision {
	return {
		operation: 'tryLater',
		why,
		subject: subjectOf(row),
		rows: [{ ...row, execution, ...retryValues(row.attempts + 1, why, now), outcome: 'failed' }],
		alert: {
			key: `lifecycle: ${why.slice(0, 60)}`,
			text: `${nameOf(row)}: ${why} Correct it in the Data Table. Nothing is done about this person until then.`,
		},
	};
}

function mayConcern(unreadable: UnreadableRow, row: StoredChange): boolean {
	return (
		unreadable.id === String(row.id) ||
		(unreadable.employeeId !== '' && unreadable.employeeId === row.employeeId) ||
		isSameAddress(unreadable.email, row.email)
	);
}

function uniqueRows(rows: readonly UnreadableRow[]): UnreadableRow[] {
	return [...new Map(rows.map((row) => [row.why, row])).values()];
}

export function alertOfUnreadable({ why }: UnreadableRow): Alert {
	return { key: `lifecycle: ${why.slice(0, 60)}`, text: `${why} Correct it in the Data Table.` };
}

/** The admin is alerted to what the trigger found unusual about an event, whatever its outcome. */
function withTrouble(row: StoredChange, { alert, why, subject }: Decision, job: Job): Alert | undefined {
	const { trouble, unknownWord } = row.details;
	if (!trouble || alert?.text.includes(trouble)) return alert;
	const name = nameOf({ ...row, displayName: subject.displayName || row.displayName });
	const workflow = job.name === 'joiners' ? 'onboarding' : 'offboarding';
	const about = unknownWord ? `unknown event "${unknownWord}" of ${row.source}` : name;
	return {
		key: alert?.key ?? `${workflow}: ${about}`,
		text: [`${name}:`, trouble, ...(alert ? [why] : [])].join(' '),
	};
}

/** The alert was raised, and is not repeated when the row comes back. */
function withoutTrouble(row: StoredChange): StoredChange {
	const details = { ...row.details };
	delete details.trouble;
	delete details.unknownWord;
	return { ...row, details };
}

function subjectOf({ email, displayName, managerEmail, userId }: StoredChange): Decision['subject'] {
	return { email, displayName, managerEmail, userId };
}
