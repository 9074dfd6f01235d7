import { statedAttributes } from '../../scim/personAttributes';
import type { Decision, Subject } from '../decision';
import type { Details } from '../details';
import type { Change, StoredChange } from '../journal';
import { retryAlert, retryValues } from '../tries';
import { isoText } from '../zones';
import { personOf } from './joinerPerson';
import type { JoinerView } from './joinerView';

/** Nothing is done. A row that waits stays as it is. */
export function ignore(view: JoinerView, why: string): Decision {
	return decision(view, 'ignore', why, [closed(view, { state: 'done', outcome: 'ignored', reason: why })]);
}

/** Nothing is done, and rows waiting for the same are closed: there is nothing left to do. */
export function ignoreAll(view: JoinerView, why: string): Decision {
	return decision(view, 'ignore', why, standAs(view, { state: 'done', outcome: 'ignored', reason: why }));
}

/** An admin must look, and nothing waits for it. */
export function refuse(view: JoinerView, why: string): Decision {
	const row = closed(view, { state: 'refused', outcome: 'refused', reason: why });
	return { ...decision(view, 'askPerson', why, [row]), alert: alertOf(view, why) };
}

/** An admin must look. The row waits, and is decided again when the HRIS changes. */
export function askPerson(view: JoinerView, why: string): Decision {
	const rows = standAs(view, { state: 'needsPerson', outcome: 'refused', reason: why });
	return { ...decision(view, 'askPerson', why, rows), alert: alertOf(view, why) };
}

/**
 * The event is retried, with an alert from the third attempt on.
 * @param tell whether to raise an alert at once
 */
export function tryLater(view: JoinerView, why: string, { tell = false } = {}): Decision {
	const { facts, hires, alike, name } = view;
	const attempts = 1 + Math.max(...[facts.row, ...hires, ...alike].map((row) => row.attempts));
	const rows = standAs(view, { ...retryValues(attempts, why, facts.now), outcome: 'failed' });
	const alert = retryAlert({ workflow: 'onboarding', name, attempts, why }, { tell });
	return { ...decision(view, 'tryLater', why, rows), ...(alert ? { alert } : {}) };
}

/** Closes what waits for this employee: the person does not begin. */
export function withdraw(view: JoinerView, why: string): Decision {
	const { hires, facts, isHire } = view;
	const ended = { state: 'withdrawn', outcome: 'withdrawn', reason: why } as const;
	const wasWaiting = isHire && facts.row.dueAt !== '';
	const isNews = hires.length > 0 || wasWaiting;
	const own = wasWaiting ? ended : { state: 'done' as const, outcome: isNews ? 'withdrawn' : 'ignored', reason: why };
	const rows = [...hires.map((row) => ({ ...row, ...ended })), closed(view, own)];
	return decision(view, isNews ? 'withdraw' : 'ignore', why, rows);
}

/** The hire waits until then. */
export function schedule(view: JoinerView, why: string, dueAt: number): Decision {
	const rows = standAs(view, {
		state: 'scheduled',
		dueAt: isoText(dueAt),
		...datesOf(view),
		attempts: 0,
		outcome: 'scheduled',
		reason: why,
	});
	return decision(view, 'schedule', why, rows);
}

/** The row says what is written to Notion next. */
export function act(
	view: JoinerView,
	operation: 'provision' | 'update',
	why: string,
	more: Pick<Details, 'groups' | 'role' | 'createGroups'> = {},
): Decision {
	const { record, facts, address, employee } = view;
	const { displayName = '', managerEmail = '', ...person } = record ? personOf(record, facts.row.details) : {};
	const rows = standAs(view, {
		state: 'intended',
		outcome: '',
		reason: why,
		...datesOf(view),
		email: address ?? employee.email,
		displayName,
		managerEmail,
		details: { person, ...more },
	});
	return decision(view, operation, why, rows);
}

/** The alert about this employee. */
export function alertOf({ name }: JoinerView, why: string): NonNullable<Decision['alert']> {
	return { key: `onboarding: ${name}`, text: `${name}: ${why}` };
}

function decision(
	view: JoinerView,
	operation: Decision['operation'],
	why: string,
	rows: Decision['rows'],
): Decision {
	return { operation, why, subject: subjectOf(view), rows };
}

function subjectOf({ record, employee, link, facts }: JoinerView): Subject {
	const { displayName = '', managerEmail = '' } = record ? personOf(record, facts.row.details) : {};
	return { email: employee.email, displayName, managerEmail, userId: link?.userId ?? facts.row.userId };
}

/** The person a row concerns. Facts that are unknown now are taken from the row. */
function who(view: JoinerView): Partial<Change> {
	const known = { ...view.employee, ...subjectOf(view), execution: view.facts.execution };
	return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== ''));
}

function datesOf({ record, zone, accessAt }: JoinerView): Partial<Change> {
	return {
		effectiveDate: record?.startDate ?? '',
		timeZone: zone,
		effectiveAt: accessAt === undefined ? '' : isoText(accessAt),
	};
}

/** The row of the event, when another row represents it or none needs to. */
function closed(view: JoinerView, values: Partial<Change>): StoredChange {
	return { ...view.facts.row, ...who(view), ...values };
}

/**
 * One row represents an employee: the oldest waiting hire, for a change as well, or the oldest event of the
 * same kind. The other rows are closed.
 */
function standAs(view: JoinerView, values: Partial<Change>): StoredChange[] {
	const { facts, hires, alike, event, isHire } = view;
	const waitingHires = event === 'hireCancelled' ? [] : [...hires, ...(isHire ? [facts.row] : [])];
	const candidates = waitingHires.length > 0 ? waitingHires : [...alike, facts.row];
	const [main = facts.row] = [...candidates].sort((one, other) => one.id - other.id);
	const details = { ...values.details, ...factsOfBoth(main, facts.row, values.details) };
	const because = `Row ${main.id} stands for this employee.`;
	const others = candidates
		.filter((row) => row !== main && row !== facts.row)
		.map((row): StoredChange => ({ ...row, state: 'withdrawn', outcome: 'merged', reason: because }));
	const own = main === facts.row ? [] : [closed(view, { state: 'done', outcome: 'merged', reason: because })];
	return [{ ...main, ...who(view), ...values, details }, ...others, ...own];
}

/** Statements of signed events about the person move to the representing row, newer ones first. */
function factsOfBoth(main: StoredChange, row: StoredChange, written: Details | undefined): Details {
	const { authenticity } = row.details;
	const person = statedAttributes({ ...main.details.person, ...row.details.person });
	const isKnown = Object.keys(person).length > 0;
	return {
		...(authenticity ? { authenticity } : {}),
		// The operation's own values already include them.
		...(!written?.person && isKnown ? { person } : {}),
	};
}
