import type { Rule } from '../decision';
import { isAbout, isSameAddress } from '../employees';
import type { EmploymentRecord } from '../employment';
import { employmentOf } from '../employment';
import { concerns } from '../eventKinds';
import { formerHolder } from '../links';
import { isDate } from '../zones';
import { act, askPerson, ignore, refuse, schedule, tryLater, withdraw } from './joinerDecisions';
import { isOnePerson, personOf } from './joinerPerson';
import { groupsOf, problemOf } from './joinerSettings';
import type { JoinerView } from './joinerView';
import { thenProvision, thenUpdate, thenWithdraw } from './memberFound';

/** The rules for joiners and movers, in order: the first that returns a decision applies. */
export const JOINER_RULES: ReadonlyArray<Rule<JoinerView>> = [
	{ name: 'an event of another job', decide: otherJob },
	{ name: 'settings that cannot be used', decide: unusableSettings },
	{ name: 'an event that names no one', decide: namesNoOne },
	{ name: 'an HRIS that cannot be read', decide: unreadableHris },
	{ name: 'an employee the HRIS does not know', decide: unknownEmployee },
	{ name: 'a record that cannot be understood', decide: unclearRecord },
	{ name: 'a person who does not work there', decide: doesNotWorkThere },
	{ name: 'a first day that is not known', decide: noFirstDay },
	{ name: 'a cancelled hire that still comes', decide: cancelledAndComes },
	{ name: 'a change of a hire that waits', decide: changeOfWaitingHire },
	{ name: 'a change without an address', decide: changeWithoutAddress },
	{ name: 'a hire before its day', decide: beforeTheDay },
	{ name: 'a hire without an address', decide: hireWithoutAddress },
	{ name: 'a hire of an unknown department', decide: unknownDepartment },
	{ name: 'an address that was another employee\'s', decide: addressOfAnother },
	{ name: 'a change of a member', decide: changeOfMember },
	{ name: 'a hire whose day has come', decide: hireOnTheDay },
];

/** Events of leavers, and those that no workflow handles, do not concern joiners. */
function otherJob(view: JoinerView) {
	return concerns('joiners', view.event) ? undefined : ignore(view, `"${view.event}" is not for this workflow.`);
}

/** While a setting is invalid, nothing is decided, and nothing is lost. */
function unusableSettings(view: JoinerView) {
	const problem = problemOf(view.settings);
	return problem === undefined ? undefined : tryLater(view, problem, { tell: true });
}

function namesNoOne(view: JoinerView) {
	const { employeeId, email } = view.facts.row;
	if (employeeId !== '' || email !== '') return undefined;
	return refuse(view, 'The event does not say who it is about. Look into the HRIS.');
}

/** A missing answer never means that there is no such employee. */
function unreadableHris(view: JoinerView) {
	return view.unreadable === undefined
		? undefined
		: tryLater(view, `The HRIS could not be read: ${view.unreadable}`);
}

/**
 * A cancelled hire is withdrawn; a hire that the HRIS no longer has goes to the admin; a change needs
 * nothing.
 */
function unknownEmployee(view: JoinerView) {
	if (view.record) return undefined;
	if (view.event === 'hireCancelled') {
		const why = 'The hire was cancelled, and the HRIS does not know this person any more.';
		return lookForMember(view, why);
	}
	if (view.isHire) {
		return askPerson(view, 'The HRIS reported a hire, but it does not know this employee. Look into the HRIS.');
	}
	return view.hires.length > 0
		? askPerson(view, 'The HRIS does not know this employee any more, whose hire is waiting. Look into the HRIS.')
		: ignore(view, 'The HRIS does not know this employee.');
}

/** If the person is expected, an unreadable status or date waits for the admin. */
function unclearRecord(view: JoinerView) {
	const problem = view.record && problemOfRecord(view.record);
	if (problem === undefined) return undefined;
	return isExpected(view) ? askPerson(view, problem) : ignore(view, problem);
}

function problemOfRecord(record: EmploymentRecord): string | undefined {
	const { status, statusWord, explanation, startDate, endDate } = record;
	if (status === 'unknown' || status === 'suspended') {
		return explanation || `The HRIS says "${statusWord}", which is not a known status.`;
	}
	const date = [startDate, endDate].find((text) => text !== '' && !isDate(text));
	return date === undefined ? undefined : `The HRIS says "${date}", which is not a date. Correct it there.`;
}

/** Whether an event or a row says that the person begins. */
function isExpected({ isHire, hires }: JoinerView): boolean {
	return isHire || hires.length > 0;
}

/**
 * Waiting rows are withdrawn. If the HRIS contradicts the hire of a member, the admin is alerted; a leaver
 * who is still a member belongs to the offboarding, and so does one who is employed under another number.
 */
function doesNotWorkThere(view: JoinerView) {
	const { record, records, event } = view;
	if (!record || isEmployed(record, view)) return undefined;
	const why = 'The HRIS says that this person does not work there.';
	const worksElsewhere = records.some(
		(other) => other !== record && problemOfRecord(other) === undefined && isEmployed(other, view),
	);
	return event === 'changed' || worksElsewhere ? withdraw(view, why) : lookForMember(view, why);
}

/** Inactive means gone, whatever the dates; otherwise the last day counts. */
function isEmployed(record: EmploymentRecord, { zone, facts }: JoinerView): boolean {
	const { endsAt } = employmentOf(record, zone, facts.now);
	return record.status !== 'inactive' && (endsAt === undefined || endsAt > facts.now);
}

function noFirstDay(view: JoinerView) {
	if (view.record?.status !== 'notStarted' || view.accessAt !== undefined) return undefined;
	return isExpected(view)
		? askPerson(view, 'The HRIS names no day on which this person begins. Enter it there.')
		: ignore(view, 'Has not begun yet, and the HRIS names no day.');
}

/** A late report must not undo a new hire. */
function cancelledAndComes(view: JoinerView) {
	if (view.event !== 'hireCancelled') return undefined;
	return refuse(
		view,
		'The HRIS reported that the hire was cancelled, but it still has this person as coming. Correct it in the HRIS.',
	);
}

/** The row moves with the first day, and one that waits for an admin is decided again. */
function changeOfWaitingHire(view: JoinerView) {
	const { event, hires, accessAt, record, facts } = view;
	if (event !== 'changed' || hires.length === 0) return undefined;
	const startDate = record?.startDate ?? '';
	const isDue = accessAt === undefined || accessAt <= facts.now;
	const isNews = hires.some((row) => {
		if (row.state === 'needsPerson') return true;
		return isDue ? row.effectiveDate !== startDate : Date.parse(row.dueAt) !== accessAt;
	});
	if (!isNews) return ignore(view, 'The hire is waiting for the same day as before.');
	return isDue
		? schedule(view, 'Something has changed, so it is looked at now.', facts.now)
		: schedule(view, `Access begins on ${startDate}.`, accessAt);
}

function changeWithoutAddress(view: JoinerView) {
	if (view.event !== 'changed' || view.link || view.address !== undefined) return undefined;
	return ignore(view, 'The HRIS has no address of this person that could be used.');
}

/** A hire that is entered weeks early gets no access, and no licence, until its day. */
function beforeTheDay(view: JoinerView) {
	const { isHire, accessAt, facts, record } = view;
	if (!isHire || accessAt === undefined || accessAt <= facts.now) return undefined;
	return schedule(view, `Access begins on ${record?.startDate ?? ''}.`, accessAt);
}

function hireWithoutAddress(view: JoinerView) {
	if (!view.isHire || view.address !== undefined) return undefined;
	const written = view.record?.email ?? '';
	return written === ''
		? askPerson(view, 'The person has begun, but the HRIS has no email address. Enter it there.')
		: askPerson(view, `"${written}" is not an email address. Correct it in the HRIS.`);
}

function unknownDepartment(view: JoinerView) {
	if (!view.isHire) return undefined;
	const department = departmentOf(view);
	if (groupsOf(department, view.settings)) return undefined;
	return askPerson(
		view,
		`The department "${department}" is not in Departments and Groups. Add it there, or correct it in the HRIS.`,
	);
}

function departmentOf({ record, facts }: JoinerView): string {
	return (record && personOf(record, facts.row.details).department) ?? '';
}

/**
 * The address of another employee is not given to a new one: Notion would hand over the old account with its
 * pages. A change that finds its member by the address, and not by a link, would write to that account as
 * well.
 */
function addressOfAnother(view: JoinerView) {
	const { record, records, address, employee, facts, event, link } = view;
	if (!record || address === undefined || (event === 'changed' && link)) return undefined;
	const removals = facts.journal
		.filter(({ kind, removedAt, outcome }) => kind === 'leave' && (removedAt !== '' || REMOVED.includes(outcome)))
		.map((row) => ({ ...row, at: Date.parse(row.removedAt) || row.createdAt }));
	const linked = facts.links.map((row) => ({ ...row, at: row.updatedAt }));
	const isSamePerson = (use: { source: string; companyId: string; employeeId: string; email: string }): boolean =>
		records.some(
			(other) =>
				other !== record &&
				use.employeeId !== '' &&
				isAbout(use, { ...other, employeeId: other.sourceId, companyId: other.companyId || employee.companyId }) &&
				isOnePerson(record, other),
		);
	const another = formerHolder(employee, { links: facts.links, uses: [...linked, ...removals] }, isSamePerson);
	if (!another) return undefined;
	const holder = another.employeeId ? `employee ${another.employeeId} in ${another.source}` : 'a person who left';
	return askPerson(
		view,
		`The address ${address} was that of ${holder}. Notion would give the old account with its pages to the new person. If it is the same person, add a row to notion_scim_links with this employee's source (${employee.source}), employeeId (${employee.employeeId}) and email, and set the state of the row of notion_scim_changes to retry.`,
	);
}

const REMOVED = ['removed', 'alreadyGone', 'notVerified'];

/** A change never creates a member, so it cannot bring a leaver back. */
function changeOfMember(view: JoinerView) {
	const { event, link, address, employee } = view;
	if (event !== 'changed') return undefined;
	const decision = act(view, 'update', 'The HRIS reported a change.');
	const lookUp = { userId: link?.userId ?? '', email: address ?? employee.email };
	return { ...decision, lookUp: { ...lookUp, then: thenUpdate(view, decision) } };
}

/** From the first day: a member, in the groups of the department. */
function hireOnTheDay(view: JoinerView) {
	const { link, address, settings } = view;
	const decision = act(view, 'provision', 'The person has begun.', {
		groups: groupsOf(departmentOf(view), settings) ?? [],
		role: settings.defaultRole,
		createGroups: settings.createMissingGroups,
	});
	if (!link || isSameAddress(link.email, address ?? '')) return decision;
	const lookUp = { userId: link.userId, email: address ?? '' };
	return { ...decision, lookUp: { ...lookUp, then: thenProvision(view, decision) } };
}

/** Withdrawn; the admin is alerted if the person is a member all the same. */
function lookForMember(view: JoinerView, why: string) {
	const decision = withdraw(view, why);
	const lookUp = { userId: view.link?.userId ?? '', email: view.address ?? view.employee.email };
	if (lookUp.userId === '' && lookUp.email === '') return decision;
	return { ...decision, lookUp: { ...lookUp, then: thenWithdraw(view, decision) } };
}
