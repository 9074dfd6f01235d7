import type { Question } from '../answers';
import { readingOf } from '../answers';
import type { Facts, Subject } from '../decision';
import { isAbout, isSameCompany, isSameSource, nameOf } from '../employees';
import type { Employment, EmploymentRecord } from '../employment';
import { employmentOf } from '../employment';
import type { EventKind } from '../eventKinds';
import type { ChangeState, StoredChange } from '../journal';
import { eventOf } from '../journal';
import type { StoredLink } from '../links';
import { linksOf } from '../links';
import { isTimeZone } from '../zones';

/** The admin's settings for leavers. */
export interface LeaverSettings {
	/** IANA name, used if neither the HRIS nor the event states the zone in which a day ends. */
	timeZone: string;
	/** Whether a leave of absence changes nothing, or a person is asked. */
	onLeave: 'keep' | 'ask';
}

/** One employment of the person, with its state. */
export interface JudgedRecord extends Employment {
	record: EmploymentRecord;
	/** The zone in which its days end. */
	zone: string;
}

/** The facts that the leavers' rules read. */
export interface LeaverFacts extends Pick<Facts, 'execution' | 'now'> {
	settings: LeaverSettings;
	/** The row of the event, with source and employee ID as the HRIS itself states them. */
	row: StoredChange;
	event: EventKind;
	/** Why the HRIS could not be read, as a sentence. */
	unreadable?: string;
	/** The row was decided on before, and is due again. */
	isDueAgain: boolean;
	/** An event of this kind leads to an end of access; all others are only hints. */
	isLeaving: boolean;
	/** An admin has released this leaver, whom the limit had held. */
	isReleased: boolean;
	/** All employments that the HRIS found; the first one is that of the employee in question. */
	employments: JudgedRecord[];
	/**
	 * Whether the HRIS knows the employee in question, and not only other employees who are the same person.
	 */
	hasOwnRecord: boolean;
	/** Accounts that links name for this employee. */
	userIds: string[];
	/** Links of the same account to employees this HRIS cannot be asked about. */
	foreignLinks: StoredLink[];
	/**
	 * The one row that represents this employee's departure: the row that is due again, else the oldest
	 * waiting one, else the row of the event.
	 */
	mainRow: StoredChange;
	/** Other rows that wait for this employee's last day, or for a person, oldest first. */
	pending: StoredChange[];
	/** The row in which this execution already intends to remove the person, for another event. */
	sameRun: StoredChange | undefined;
	/** Rows of this employee in the list of held leavers. */
	held: StoredChange[];
	subject: Subject;
	/** The label of the person in sentences: name, HRIS and employee. */
	label: string;
}

const LEAVING: readonly EventKind[] = ['left', 'leaverScheduled', 'accessRevoked'];

/** States of rows that wait. */
const PENDING: readonly ChangeState[] = ['scheduled', 'retry', 'needsPerson'];

/** Turns the HRIS's answers to the necessary questions into facts for the rules. */
export function leaverFactsOf(facts: Facts, settings: LeaverSettings): LeaverFacts {
	const { own: ownLinks, userIds, others } = linksOf(facts.row, facts.links);
	const { records, source, unreadable } = readingOf(facts.answers, questionsOf(facts.row, others));
	const row = identified(facts.row, source, records);
	const leaves = facts.journal.filter(
		(other) => other.kind === 'leave' && other.id !== row.id && isAbout(other, row),
	);
	const subject = subjectOf(row, records, { email: ownLinks.at(-1)?.email ?? '', userId: userIds[0] ?? '' });
	const isDueAgain = row.dueAt !== '';
	const waiting = leaves.filter(({ state }) => PENDING.includes(state));
	const mainRow = isDueAgain ? row : (waiting[0] ?? row);
	const isReleased = mainRow.approvedBy !== '';
	const event = eventOf(row);
	return {
		execution: facts.execution,
		now: facts.now,
		settings,
		row,
		event,
		...(unreadable === undefined ? {} : { unreadable }),
		isDueAgain,
		isReleased,
		isLeaving: isReleased || LEAVING.includes(event) || (isDueAgain && row.effectiveDate !== ''),
		employments: records.map((record) => {
			const zone = [record.timeZone, row.timeZone, settings.timeZone].find(isTimeZone) ?? '';
			return { record, zone, ...employmentOf(record, zone, facts.now) };
		}),
		hasOwnRecord: records.some(({ sourceId }) => sourceId === row.employeeId),
		userIds,
		foreignLinks: others.filter((link) => !isAskable(link, facts.row)),
		mainRow,
		pending: waiting.filter((other) => other !== mainRow),
		sameRun: leaves.find(({ state, execution }) => state === 'intended' && execution === facts.execution),
		held: leaves.filter(({ state }) => state === 'held'),
		subject,
		label: labelOf({ ...row, ...subject }),
	};
}

/**
 * The questions to the HRIS: about the employee, and about the others who are linked to the same account. A
 * person who is active under another number, or was hired by another company of the group, has not left.
 */
export function questionsOf(row: StoredChange, others: readonly StoredLink[]): Question[] {
	return [
		{ employeeId: row.employeeId, email: row.email },
		...others.filter((link) => isAskable(link, row)).map(({ employeeId }) => ({ employeeId, email: '' })),
	];
}

/** An event under the HRIS's own names, so that rows of different triggers refer to the same employee. */
function identified(row: StoredChange, source: string, records: readonly EmploymentRecord[]): StoredChange {
	const [only, ...more] = records;
	const employeeId = row.employeeId || (only && more.length === 0 ? only.sourceId : '');
	return { ...row, source: source || row.source, employeeId };
}

/** Whether the HRIS of a row can be asked about the employee of a link. */
export function isAskable(link: StoredLink, row: StoredChange): boolean {
	return link.employeeId !== '' && isSameSource(link.source, row.source) && isSameCompany(link.companyId, row.companyId);
}

/** The label of a leaver in sentences, by which an admin finds them in Notion and in the HRIS. */
export function labelOf(row: Pick<StoredChange, 'source' | 'employeeId' | 'email' | 'displayName'>): string {
	const name = row.displayName || row.email || nameOf({ ...row, displayName: '', email: '' });
	const place = [row.source, row.employeeId].filter((part) => part !== '').join(' ') || row.email;
	return place === '' || place === name ? name : `${name} (${place})`;
}

/**
 * The record of the employee in question identifies the person, before any other record of the same person.
 */
function subjectOf(
	row: StoredChange,
	records: readonly EmploymentRecord[],
	linked: { email: string; userId: string },
): Subject {
	const record = records.find(({ sourceId }) => sourceId === row.employeeId) ?? records[0];
	return {
		email: record?.email || linked.email || row.email,
		displayName: record?.displayName || row.displayName,
		managerEmail: record?.managerEmail || row.managerEmail,
		userId: linked.userId || row.userId,
	};
}
