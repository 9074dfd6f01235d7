import type { Decision, Rule } from '../decision';
import type { EmploymentState } from '../employment';
import { isTimeZone } from '../zones';
import { alertOf, askPerson, lockDown, lookAgain, lookedSince, schedule, stay, tryLater } from './leaverDecisions';
import type { JudgedRecord, LeaverFacts } from './leaverFacts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How long an HRIS may lag behind its own event. */
const LAG = MINUTE;
/** How long the HRIS may report a person as active past their last day before a person is asked. */
const OVERDUE_FOR = 24 * HOUR;

type Decide = (facts: LeaverFacts) => Decision | undefined;

/** An event that names no one: a person is asked. */
const namesNoOne: Decide = (facts) =>
	facts.row.employeeId === '' && facts.row.email === ''
		? askPerson(facts, facts.row.details.trouble ?? 'An event of the HRIS names no one.')
		: undefined;

/** Without a time zone no one is removed: the end of a last day is unknown. */
const noTimeZone: Decide = (facts) => {
	const { timeZone } = facts.settings;
	if (isTimeZone(timeZone)) return undefined;
	const why = `Time Zone must be a name of the IANA database, such as Europe/Berlin, not "${timeZone}".`;
	const text = 'No one is removed until it is right. What arrives until then is tried again every 5 minutes.';
	return tryLater(facts, why, { key: 'offboarding: Settings', text });
};

/** The HRIS cannot be read: retried every 5 minutes, with an alert. */
const hrisUnreadable: Decide = (facts) => {
	if (facts.unreadable === undefined) return undefined;
	const text = `It was asked about ${facts.label}. It is tried again every 5 minutes until it answers; until then no one is removed.`;
	const why = `The HRIS could not be read: ${facts.unreadable}`;
	return tryLater(facts, why, { key: 'offboarding: HRIS unreadable', text });
};

/** Links name several accounts for one employee: a person is asked. */
const severalAccounts: Decide = (facts) =>
	facts.userIds.length > 1
		? askPerson(facts, `notion_scim_links names several Notion accounts for this employee: ${facts.userIds.join(', ')}.`)
		: undefined;

/** The HRIS has no one with this ID or address: a person is asked. */
const unknownToHris: Decide = (facts) =>
	facts.employments.length === 0 ? askPerson(facts, 'The HRIS knows no one by this ID or address.') : undefined;

/**
 * Active although the event says that the person leaves: the HRIS is read once more, because it may lag
 * behind its own event.
 */
const employedAgainstTheEvent: Decide = (facts) => {
	const employed = employedRecord(facts);
	if (!employed || !contradictsEvent(facts, employed) || facts.row.details.lookAgain === 'active') return undefined;
	const { statusWord, status } = employed.record;
	const why = `The event says "${facts.event}", but the HRIS says "${statusWord || status}". It is read once more in a minute.`;
	return lookAgain(facts, 'active', { afterMs: LAG, why });
};

/** Still active when read once more, although the event says that access is revoked: a person is asked. */
const employedButRevoked: Decide = (facts) => {
	const employed = employedRecord(facts);
	if (!employed || !contradictsEvent(facts, employed) || facts.event !== 'accessRevoked') return undefined;
	const why = `The event says that access is revoked, but the HRIS says ${employed.record.status}, also when read once more.`;
	return askPerson(facts, why);
};

/** On leave, and the admin wants to be asked. */
const onLeave: Decide = (facts) => {
	const employed = inState(facts, 'employed');
	const isOnLeave = employed.length > 0 && employed.every(({ record }) => record.status === 'onLeave');
	if (!isOnLeave || facts.settings.onLeave === 'keep') return undefined;
	return askPerson(facts, 'On a leave of absence, and On Leave of Absence says to ask.');
};

/**
 * Active or on leave, without a last day: the person stays, and a scheduled row is withdrawn. If one record
 * has left and another of the same person is active, the person has moved and is not a leaver.
 */
const employed: Decide = (facts) => {
	const found = employedRecord(facts);
	if (!found) return undefined;
	const where = isElsewhere(facts, found) ? `, as ${found.record.sourceId}` : '';
	return stay(facts, `The HRIS says ${found.record.status}${where}, without a last day.`);
};

/** Inactive without a last day, an unknown status, an invalid date: a person is asked. */
const unclear: Decide = (facts) => {
	const [found] = inState(facts, 'unclear');
	if (!found) return undefined;
	const { explanation, statusWord, status } = found.record;
	const why = `The HRIS says "${statusWord || status}", which does not say whether this person has left.`;
	return askPerson(facts, explanation || why);
};

/** The HRIS has only another record with the same address: a person is asked. */
const onlyAnotherRecord: Decide = (facts) =>
	!facts.hasOwnRecord && facts.row.employeeId !== ''
		? askPerson(facts, 'The HRIS no longer has this employee, only another record with the same address.')
		: undefined;

/** About to begin, and the event is only a hint: the person stays. */
const beginsLater: Decide = (facts) =>
	inState(facts, 'starting').length === facts.employments.length && !facts.isLeaving
		? stay(facts, 'Employed from a later day on.')
		: undefined;

/** About to begin, and the event says that the person leaves, or another record has ended: a person is asked. */
const beginsAndLeaves: Decide = (facts) => {
	const [found] = inState(facts, 'starting');
	if (!found) return undefined;
	const { startDate } = found.record;
	const when = startDate === '' ? '' : ` on ${startDate}`;
	return askPerson(facts, `The HRIS says that this person begins${when}. Do they keep access until then?`);
};

/** The account also belongs to an employee this HRIS cannot be asked about: a person is asked. */
const sharedWithAnotherHris: Decide = (facts) => {
	if (facts.foreignLinks.length === 0) return undefined;
	const others = facts.foreignLinks.map(({ source, companyId, employeeId }) =>
		[source, companyId, employeeId].filter((part) => part !== '').join(' '),
	);
	const why = `The same Notion account belongs to ${others.join(', ')}, about whom this HRIS knows nothing. Look there whether this person still works for you.`;
	return askPerson(facts, why);
};

/** Inactive with a future last day, and the event says that access is revoked: removed now. */
const revokedBeforeLastDay: Decide = (facts) => {
	const leaving = inState(facts, 'leaving');
	const isInactive = ({ record }: JudgedRecord): boolean => record.status === 'inactive';
	const own = facts.employments.find(({ record }) => record.sourceId === facts.row.employeeId);
	if (facts.event !== 'accessRevoked' || leaving.length === 0 || !leaving.every(isInactive)) return undefined;
	if (!own || !isInactive(own)) return undefined;
	const effectiveAt = new Date(facts.now).toISOString();
	return lockDown(facts, latestOf(leaving), { why: 'HR has revoked access at once.', effectiveAt });
};

/** A future last day: access ends when it is over. If the date moves, the row moves with it. */
const leaving: Decide = (facts) => {
	const found = inState(facts, 'leaving');
	if (found.length === 0) return undefined;
	const latest = latestOf(found);
	const { endDate, status } = latest.record;
	const why = `The last day is ${endDate}, and it is worked.`;
	if (facts.event !== 'accessRevoked' || facts.isDueAgain) return schedule(facts, latest, why);
	const text = `${facts.label}: HR has revoked access, but the HRIS says ${status} until ${endDate}. Access ends then; decide whether it ends now.`;
	return schedule(facts, latest, why, alertOf(facts, text));
};

/** Active, but the last day is over, and the row was scheduled for that day: removed. */
const overdueAsScheduled: Decide = (facts) => {
	const found = inState(facts, 'overdue');
	if (found.length === 0) return undefined;
	const latest = latestOf(found);
	const { endDate } = latest.record;
	const wasScheduled = [facts.row, facts.mainRow, ...facts.pending].some(({ effectiveDate }) => effectiveDate === endDate);
	if (!wasScheduled) return undefined;
	return lockDown(facts, latest, { why: `The last day, ${endDate}, was known before and is over.` });
};

/** Active, but the last day is over: checked every hour for a day, then a person is asked. */
const overdue: Decide = (facts) => {
	const found = inState(facts, 'overdue');
	if (found.length === 0) return undefined;
	const { status, endDate } = latestOf(found).record;
	const why = `The HRIS says ${status}, but the last day, ${endDate}, is over.`;
	if (facts.now - lookedSince(facts, 'overdue') >= OVERDUE_FOR) {
		return askPerson(facts, `${why} It has said so for a day.`);
	}
	return lookAgain(facts, 'overdue', { afterMs: HOUR, why });
};

/**
 * Inactive, and the last day is over: removed now. The last day is a working day; access ends when it is
 * over.
 */
const left: Decide = (facts) => {
	const found = inState(facts, 'left');
	if (found.length === 0) return undefined;
	const latest = latestOf(found);
	return lockDown(facts, latest, { why: `The last day, ${latest.record.endDate}, is over.` });
};

/**
 * The first rule that applies decides. The rule for an active employment comes before every rule that
 * removes.
 */
export const LEAVER_RULES: ReadonlyArray<Rule<LeaverFacts>> = [
	{ name: 'The event names no one', decide: namesNoOne },
	{ name: 'There is no time zone', decide: noTimeZone },
	{ name: 'The HRIS cannot be read', decide: hrisUnreadable },
	{ name: 'Links name several accounts', decide: severalAccounts },
	{ name: 'The HRIS knows no one', decide: unknownToHris },
	{ name: 'Employed, against the event', decide: employedAgainstTheEvent },
	{ name: 'Employed, but access is revoked', decide: employedButRevoked },
	{ name: 'On leave, and the admin is asked', decide: onLeave },
	{ name: 'Employed', decide: employed },
	{ name: 'The HRIS is unclear', decide: unclear },
	{ name: 'Only another record is there', decide: onlyAnotherRecord },
	{ name: 'Begins later', decide: beginsLater },
	{ name: 'Begins later, and leaves', decide: beginsAndLeaves },
	{ name: 'The account is in another HRIS', decide: sharedWithAnotherHris },
	{ name: 'Access is revoked before the last day', decide: revokedBeforeLastDay },
	{ name: 'The last day is to come', decide: leaving },
	{ name: 'Overdue, as scheduled', decide: overdueAsScheduled },
	{ name: 'Overdue', decide: overdue },
	{ name: 'Left', decide: left },
];

function inState({ employments }: LeaverFacts, state: EmploymentState): JudgedRecord[] {
	return employments.filter((one) => one.state === state);
}

function employedRecord(facts: LeaverFacts): JudgedRecord | undefined {
	return inState(facts, 'employed')[0];
}

/** Employed as another employee of the same HRIS. */
function isElsewhere({ row, hasOwnRecord }: LeaverFacts, { record }: JudgedRecord): boolean {
	return record.sourceId !== row.employeeId && hasOwnRecord;
}

/**
 * Whether the event says that the person leaves and no record does. A new start after the last day is not a
 * lag, and neither is the withdrawal of a last day that was scheduled here.
 */
function contradictsEvent(facts: LeaverFacts, found: JudgedRecord): boolean {
	const { row, isDueAgain, isLeaving } = facts;
	const beganAgain = found.record.endDate !== '';
	const wasTakenBack = isDueAgain && row.effectiveDate !== '' && row.details.lookAgain !== 'active';
	return (
		isLeaving && !isElsewhere(facts, found) && !beganAgain && !wasTakenBack && inState(facts, 'left').length === 0
	);
}

function latestOf(employments: JudgedRecord[]): JudgedRecord {
	return employments.reduce((latest, one) => ((one.endsAt ?? 0) > (latest.endsAt ?? 0) ? one : latest));
}
