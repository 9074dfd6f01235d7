// Personio: what its words mean, what is asked, and which of its fields is which attribute.

import { dateText } from '../shared/dates.js';
import { emailKey } from '../shared/emailKey.js';
import { answersFrom, leaversAnswer, readHris, together } from '../shared/hris.js';
import { onceEach } from '../shared/manifest.js';
import { inDoubt, inDoubtOfDates, isActive, meaningOf } from '../shared/status.js';
import { given, text, withQuery } from '../shared/text.js';

/**
 * The status of an employment in Personio.
 * https://developer.personio.de/reference/get_v2-persons-person-id-employments
 */
export const PERSONIO_WORDS = {
	active: 'active',
	onboarding: 'notStarted',
	leave: 'onLeave',
	inactive: 'inactive',
};

/** A person with one current employment is not a leaver, whatever became of the others. */
const STRONGEST_FIRST = ['active', 'onLeave', 'notStarted', 'unknown', 'inactive'];

/**
 * The employment state, from all employments.
 *
 * @param lastDay of Settings: `employment` for the end of the contract, `work` for the last working day
 * @returns with `employment`, the one that counts
 */
export function employmentState({ employments, lastDay, ownWords }) {
	const judged = employments.map((employment) => {
		const { termination = {} } = employment;
		const ends = [
			termination?.termination_date,
			employment.employment_end_date,
			termination?.last_working_day,
		];
		if (lastDay === 'work') ends.unshift(termination?.last_working_day);
		return {
			employment,
			meaning: meaningOf(employment.status, PERSONIO_WORDS, ownWords) ?? 'unknown',
			startDate: dateText(employment.employment_start_date),
			endDate: ends.map(dateText).find(Boolean),
			ends,
		};
	});
	judged.sort(
		(a, b) =>
			STRONGEST_FIRST.indexOf(a.meaning) - STRONGEST_FIRST.indexOf(b.meaning) ||
			(b.startDate ?? '').localeCompare(a.startDate ?? ''),
	);
	const [best] = judged;
	if (best === undefined) {
		return {
			status: 'unknown',
			explanation: 'Personio gives no employment of this person. A person must look.',
		};
	}
	const { employment, meaning, startDate, endDate, ends } = best;
	const statusWord = text(employment.status);
	const told = (status, explanation, lastOne = endDate) => {
		const found = { employment, status, statusWord, startDate, endDate: lastOne, explanation };
		return inDoubt(inDoubtOfDates(found, ends));
	};

	if (meaning === 'unknown') {
		return told(
			'unknown',
			`Personio says "${statusWord ?? ''}", a status that this workflow does not know. Settings has a place for it. A person must look.`,
		);
	}
	if (meaning === 'inactive' && endDate === undefined) {
		return told('unknown', 'Inactive in Personio, without a last day. A person must look.');
	}
	const left = judged.find((other) => other.meaning === 'inactive' && other.endDate !== undefined);
	if (meaning === 'notStarted' && left !== undefined) {
		return told(
			'notStarted',
			`Left on ${left.endDate} and will be back on ${startDate ?? 'a day to come'}.`,
			left.endDate,
		);
	}
	return told(meaning);
}

function custom(person, id) {
	return text((person.custom_attributes ?? []).find((attribute) => attribute.id === id)?.value);
}

/** @param employments of all people */
function recordOf(person, employments, { lastDay, ownWords }, { managers = [], departments = [] } = {}) {
	const id = text(person.id);
	const own = employments.filter((employment) => text(employment.person?.id) === id);
	// Personio leaves out what the credentials may not read.
	if (
		own.length < (person.employments ?? []).length ||
		own.some(({ status }) => text(status) === undefined)
	) {
		throw new Error(
			`Personio did not give all employments of ${id}, or not their status. The API credentials must be allowed to read them.`,
		);
	}
	const { employment, ...found } = employmentState({ employments: own, lastDay, ownWords });
	const unit = (employment?.org_units ?? []).find(({ type }) => type === 'department');
	const manager = managers.find((other) => text(other.id) === text(employment?.supervisor?.id));
	const name = [text(person.preferred_name) ?? text(person.first_name), text(person.last_name)]
		.filter(Boolean)
		.join(' ');
	return given({
		found: true,
		source: 'personio',
		sourceId: id,
		...found,
		active: isActive(found.status),
		email: text(person.email),
		displayName: text(name),
		givenName: text(person.first_name),
		familyName: text(person.last_name),
		title: text(employment?.position?.title),
		department: text(
			departments.find((department) => text(department.id) === text(unit?.id))?.name,
		),
		employeeNumber: custom(person, 'employee_number'),
		managerEmail: text(manager?.email),
	});
}

const API = 'https://api.personio.de/v2';

/**
 * The content of the pages of a list.
 *
 * @returns { entries, pages }. @throws Error where a page is not Personio's
 */
function listOf(read, about, path, query = {}) {
	const entries = [];
	for (let pages = 1, cursor = {}; ; pages += 1) {
		const url = withQuery(`${API}/${path}`, { limit: '50', ...query, ...cursor });
		const [{ body }] = read({ about, url });
		if (!Array.isArray(body?._data)) {
			throw new Error(`Personio's answer about ${about} does not have the documented form.`);
		}
		entries.push(...body._data);
		// Personio gives the address of the next page; only the cursor in it is used, and so never another host.
		const next = /[?&]cursor=([^&]+)/.exec(body._meta?.links?.next?.href ?? '')?.[1];
		if (next === undefined) return { entries, pages };
		cursor = { cursor: decodeURIComponent(next) };
	}
}

/** The people the values name. Many values would make an address too long. */
function peopleBy(read, filter, values) {
	const once = [...new Set(values.filter(Boolean))];
	const starts = Array.from({ length: Math.ceil(once.length / 50) }, (_, index) => index * 50);
	const lists = together(
		starts.map((start) => () => listOf(read, 'people', 'persons', { [filter]: once.slice(start, start + 50).join(',') })),
	);
	return withIds(lists.flatMap(({ entries }) => entries));
}

function withIds(people) {
	if (people.some(({ id }) => text(id) === undefined)) throw new Error('Personio gave a person without an ID.');
	return people;
}

function employmentsOf(read, people) {
	const ids = [...new Set(people.map(({ id }) => text(id)))];
	const lists = together(ids.map((id) => () => listOf(read, `the employments of ${id}`, `persons/${id}/employments`)));
	return lists.flatMap(({ entries }) => entries);
}

/** The departments of employments, with their names. */
function departmentsOf(read, employments) {
	const units = employments.flatMap(({ org_units: list }) => list ?? []);
	const ids = new Set(units.flatMap(({ type, id }) => (type === 'department' ? (text(id) ?? []) : [])));
	const answers = read(...[...ids].map((id) => ({ about: `the department ${id}`, url: `${API}/org-units/${id}?type=department` })));
	const departments = answers.map(({ body }) => body);
	if (departments.some((unit) => text(unit?.id) === undefined || text(unit?.name) === undefined)) {
		throw new Error('Personio did not give the name of a department.');
	}
	return departments;
}

/**
 * What is asked of Personio: people by ID and by address, then their employments, managers and departments.
 *
 * @param settings of the node Settings
 */
function personio(settings) {
	/** Why Personio cannot be asked a question; nothing where it can. Several addresses are joined by commas. */
	function problemOf({ employeeId, email }) {
		if (employeeId !== '' && !/^[\w-]+$/.test(employeeId)) {
			return `"${employeeId}" is not the ID of an employee in Personio.`;
		}
		return /[,\s]/.test(email) ? `"${email}" is not an email address.` : undefined;
	}

	function people(questions, read) {
		const ids = questions.map(({ employeeId }) => employeeId).filter(Boolean);
		const emails = questions.map(({ email }) => email);
		const found = ids.length > 0 ? peopleBy(read, 'id', ids) : peopleBy(read, 'email', emails);
		// All records with the same address, which may be the same person.
		const same = [...questions, ...found].flatMap(({ email }) => (email ? [email, emailKey(email)] : []));
		const allEmployees = [...new Map([...found, ...peopleBy(read, 'email', same)].map((one) => [text(one.id), one])).values()];
		const employments = employmentsOf(read, allEmployees);
		const bosses = employments.map(({ supervisor }) => text(supervisor?.id));
		const [managers, departments] = together([
			() => peopleBy(read, 'id', bosses),
			() => departmentsOf(read, employments),
		]);
		const records = allEmployees.map((one) => recordOf(one, employments, settings, { managers, departments }));
		return answersFrom('personio', questions, onceEach(records));
	}

	function leavers(since, read) {
		const { entries, pages } = listOf(read, 'former employees', 'persons', { status: 'INACTIVE' });
		const left = withIds(entries);
		const employments = employmentsOf(read, left);
		const records = left.map((one) => recordOf(one, employments, settings));
		return leaversAnswer('personio', records, since, { pages, complete: true });
	}

	return { name: 'personio', problemOf, people, leavers };
}

export function read(run) {
	return readHris(run, personio);
}
