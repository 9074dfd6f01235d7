// Deel: what its words mean, what is asked, and which of its fields is which attribute.

import { dateByDayEdge } from '../../../hris-trigger/lib/dayEdge.ts';
import { dateText, utcDate } from '../shared/dates.js';
import { emailKey } from '../shared/emailKey.js';
import { answersFrom, leaversAnswer, readHris, together } from '../shared/hris.js';
import { onceEach } from '../shared/manifest.js';
import { inDoubt, inDoubtOfDates, isActive, meaningOf } from '../shared/status.js';
import { given, text, withQuery } from '../shared/text.js';

/**
 * Deel's `hiringStatus`. Deel's SCIM has no word for a leave of absence: a person on leave stays active.
 * https://developer.deel.com/docs/using-the-deel-scim-api-for-user-provisioning,
 * https://help.letsdeel.com/hc/en-gb/articles/15043051793297
 */
export const DEEL_WORDS = {
	draft: 'notStarted',
	pendinginvite: 'notStarted',
	invited: 'notStarted',
	onboarding: 'notStarted',
	onboardingatrisk: 'notStarted',
	onboardingoverdue: 'notStarted',
	readytostart: 'notStarted',
	active: 'active',
	offboarding: 'active',
	inactive: 'inactive',
	noactivecontracts: 'inactive',
};

/**
 * The employment state.
 *
 * @param hiringStatus Deel's word
 * @param active attribute of SCIM, which goes by itself only where there is no word
 */
export function employmentState({ hiringStatus, active, startDate, endDate: lastDay, ownWords }) {
	const statusWord =
		text(hiringStatus) ?? (typeof active === 'boolean' ? `active: ${active}` : undefined);
	const begun = dateText(startDate);
	const ends = dateText(lastDay);
	// What ended before the present contract began is of an earlier one.
	const endDate = ends !== undefined && begun !== undefined && ends < begun ? undefined : ends;
	const told = (status, explanation) => {
		const found = { status, statusWord, startDate: begun, endDate, explanation };
		return inDoubt(inDoubtOfDates(found, [lastDay]));
	};

	let meaning = meaningOf(hiringStatus, DEEL_WORDS, ownWords);
	if (text(hiringStatus) === undefined && typeof active === 'boolean')
		meaning = active ? 'active' : 'inactive';
	if (meaning === undefined) {
		return told(
			'unknown',
			`Deel says "${statusWord ?? ''}", a status that this workflow does not know. Settings has a place for it. A person must look.`,
		);
	}
	// Papers can be missing long after the first day.
	if (meaning === 'notStarted' && active === true && begun !== undefined && begun < utcDate(-1)) {
		meaning = 'active';
	}
	if (meaning === 'active' && active === false) {
		return told(
			'unknown',
			`Deel says "${statusWord}", and at the same time that the account is not active. A person must look.`,
		);
	}
	if (meaning === 'inactive' && endDate === undefined) {
		return told('unknown', `Deel says "${statusWord}" without a last day. A person must look.`);
	}
	return told(meaning);
}

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const DEEL = 'urn:ietf:params:scim:schemas:extension:2.0:User';

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

function recordOf(user, { emailType, ownWords }) {
	const sourceId = text(user?.id);
	if (sourceId === undefined) throw new Error('Deel gave a person without an ID.');
	const more = user[DEEL] ?? {};
	const enterprise = user[ENTERPRISE] ?? {};
	const found = employmentState({
		hiringStatus: more.hiringStatus,
		active: user.active,
		startDate: dayOf(more.startDate),
		endDate: dayOf(more.endDate),
		ownWords,
	});
	const address = (user.emails ?? []).find(({ type, value }) => type === emailType && text(value));
	return given({
		found: true,
		source: 'deel',
		sourceId,
		...found,
		active: isActive(found.status),
		email: text(address?.value) ?? (emailType === 'work' ? text(user.userName) : undefined),
		displayName: text(user.displayName) ?? text(more.preferredName),
		givenName: text(user.name?.givenName),
		familyName: text(user.name?.familyName),
		title: text(user.title),
		department: text(enterprise.department),
		costCenter: text(enterprise.costCenter),
		employeeNumber: text(more.workerId),
		managerEmail: text(enterprise.manager?.email),
	});
}

/** Deel writes a date as such, or as the instant at which that day begins or ends where the person is. */
function dayOf(written) {
	return dateByDayEdge(text(written) ?? '') ?? written;
}

/** The person of an answer, or nothing for Deel's own "not found". @throws Error for anything else */
function personOf({ status, body }, settings) {
	if (status === 200 && text(body?.id) !== undefined) return recordOf(body, settings);
	if (status === 404 && body?.schemas?.includes(ERROR)) return undefined;
	throw new Error("Deel's answer does not have the documented form.");
}

const USERS = 'https://api.letsdeel.com/scim/v2/Users';

/**
 * All people of a list, page by page.
 *
 * @returns { records, pages, isWhole }. @throws Error where a page is not Deel's
 */
function listOf(read, about, filter, settings) {
	const pages = [];
	for (let start = 1; ; ) {
		const query = { count: '99', ...filter, startIndex: String(start) };
		const [{ body }] = read({ about, url: withQuery(USERS, query) });
		if (!Array.isArray(body?.Resources) || typeof body.totalResults !== 'number') {
			throw new Error("A page of Deel's list does not have the documented form.");
		}
		pages.push(body);
		start = (body.startIndex ?? start) + body.Resources.length;
		if (body.Resources.length === 0 || start > body.totalResults) break;
	}
	const users = pages.flatMap(({ Resources }) => Resources);
	const records = users.map((user) => recordOf(user, settings));
	const isWhole =
		onceEach(records).length === users.length && pages.every(({ totalResults }) => totalResults === users.length);
	return { records, pages: pages.length, isWhole };
}

/**
 * What is asked of Deel's SCIM API: by ID, and by address. It shows only people who have a work address.
 *
 * @param settings of the node Settings
 */
function deel(settings) {
	/** Why Deel cannot be asked a question; nothing where it can. An address becomes a part of a filter. */
	function problemOf({ employeeId, email }) {
		if (employeeId !== '' && !/^[\w-]+$/.test(employeeId)) {
			return `"${employeeId}" is not the ID of an employee in Deel.`;
		}
		return /["\\]/.test(email) ? `"${email}" is not an email address.` : undefined;
	}

	const once = (values) => [...new Set(values.filter(Boolean))];

	function people(questions, read) {
		const ids = once(questions.map(({ employeeId }) => employeeId));
		const byId = read(...ids.map((id) => ({ about: `the person ${id}`, url: `${USERS}/${id}`, mayBeMissing: true })));
		const found = byId.flatMap((answer) => personOf(answer, settings) ?? []);
		// All records with the same address, which may be the same person.
		const emails = once([...questions, ...found].flatMap(({ email }) => (email ? [email, emailKey(email)] : [])));
		const lists = together(
			emails.map((email) => () => listOf(read, `people with the address ${email}`, { filter: `email eq "${email}"` }, settings)),
		);
		return answersFrom('deel', questions, onceEach([...found, ...lists.flatMap(({ records }) => records)]));
	}

	function leavers(since, read) {
		const { records, pages, isWhole } = listOf(read, 'the list of people', {}, settings);
		const explanation = isWhole ? undefined : 'The list changed while it was read.';
		return leaversAnswer('deel', records, since, { pages, complete: isWhole, explanation });
	}

	return { name: 'deel', problemOf, people, leavers };
}

export function read(run) {
	return readHris(run, deel);
}
