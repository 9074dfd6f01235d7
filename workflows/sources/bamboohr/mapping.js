// BambooHR: what its words mean, what is asked, and which of its fields is which attribute.

import { DateTime } from 'luxon';

import { dateText, startOfDate, utcDate } from '../shared/dates.js';
import { emailKey } from '../shared/emailKey.js';
import { checkedGroupRules, groupsByRules } from '../shared/groupRules.js';
import { answersToEach, leaversAnswer, readHris, together } from '../shared/hris.js';
import { directoryAnswer } from '../shared/manifest.js';
import { person } from '../shared/person.js';
import { readDirectory } from '../shared/readDirectory.js';
import { inScope } from '../shared/scope.js';
import { inDoubt, inDoubtOfDates, isActive, LEAVE_WORDS, meaningOf } from '../shared/status.js';
import { given, settingsList, text } from '../shared/text.js';

/**
 * `active` and `inactive` are BambooHR's field `status`; the others are the column `employmentStatus` of
 * the table of the same name, a list that each company makes for itself: only Terminated and Contractor
 * are always there.
 * https://www.bamboohr.com/api/documentation/tables.php
 */
export const BAMBOOHR_WORDS = { active: 'active', inactive: 'inactive', terminated: 'inactive', ...LEAVE_WORDS };

function meaningOfWord(word, ownWords) {
	return meaningOf(word, BAMBOOHR_WORDS, ownWords);
}

/**
 * The employment state.
 *
 * @param status field `status`
 * @param rows of the table employmentStatus: { date, employmentStatus }, in any order, also of the future;
 * where only the present row is known, that one
 * @param hireDate BambooHR moves it to the day of a rehire
 * @param terminationDate field of that name, which may be of an earlier employment
 * @param today in UTC
 * @param ownWords of Settings: { word: meaning }
 * @returns { status, statusWord, startDate, endDate, explanation }
 */
export function employmentState({ status, rows, hireDate, terminationDate, today, ownWords }) {
	const statusWord = text(status);
	const byDate = rows
		.flatMap((row) => (dateText(row.date) ? [{ ...row, date: dateText(row.date) }] : []))
		.sort((a, b) => a.date.localeCompare(b.date) || Number(a.id) - Number(b.id));
	const isEnd = (row) =>
		row !== undefined && meaningOfWord(row.employmentStatus, ownWords) === 'inactive';
	const current = byDate.findLast(({ date }) => date <= today);
	const last = byDate.at(-1);

	let startDate = dateText(hireDate);
	// A termination that another row follows is of an earlier employment.
	let endDate = isEnd(last) ? last.date : undefined;
	const endsBeforeItStarts = (date) =>
		date !== undefined && startDate !== undefined && date < startDate;
	if (byDate.length === 0 && !endsBeforeItStarts(dateText(terminationDate))) {
		endDate = dateText(terminationDate);
	}
	const told = (meaning, explanation) => {
		const ends = rows.length > 0 ? rows.map(({ date }) => date) : [terminationDate];
		const found = inDoubtOfDates({ status: meaning, statusWord, startDate, endDate, explanation }, ends);
		// The list gives no rows, and there a date may be of an earlier employment.
		return byDate.length > 0 ? inDoubt(found) : found;
	};

	const meaning = meaningOfWord(status, ownWords);
	if (meaning === 'active') {
		return told(
			meaningOfWord(current?.employmentStatus, ownWords) === 'onLeave' ? 'onLeave' : 'active',
		);
	}
	if (meaning !== 'inactive') {
		return told(
			'unknown',
			`BambooHR says "${statusWord ?? ''}", a status that this workflow does not know. A person must look.`,
		);
	}
	if (endDate !== undefined) return told('inactive');

	// A person who is hired for a later day is inactive until then; a day more, for all time zones.
	const beginsLater = (date) => date !== undefined && date >= utcDate(-1);
	if (isEnd(current) && last !== current) {
		startDate = byDate.find(({ date }) => date > current.date).date;
		endDate = current.date;
		return told('notStarted', `Left on ${endDate} and will be back on ${startDate}.`);
	}
	if (beginsLater(startDate)) return told('notStarted');
	if (meaningOfWord(current?.employmentStatus, ownWords) === 'onLeave') return told('onLeave');
	return told(
		'unknown',
		'Inactive in BambooHR, without a date of termination. A person must look.',
	);
}

/** @throws Error for what is no company */
function checkCompany(company) {
	if (!/^[a-z0-9][a-z0-9-]*$/i.test(company ?? '')) {
		throw new Error(
			`Settings: "company" must be the part of BambooHR's address before .bamboohr.com, not "${company}".`,
		);
	}
}

/** What BambooHR is asked about one employee, besides status and address. */
const RECORD_FIELDS = [
	'displayName',
	'firstName',
	'lastName',
	'jobTitle',
	'department',
	'division',
	'employeeNumber',
	'supervisorEmail',
	'hireDate',
	'terminationDate',
];

// BambooHR leaves out what the key may not see, so a missing status is no answer.
function recordOf(id, employee, rows, { emailField, ownWords }) {
	if (text(employee?.id) !== id || !('status' in employee) || !(emailField in employee)) {
		throw new Error(
			`BambooHR did not give status and ${emailField} of employee ${id}. Who owns the API key must be allowed to see them.`,
		);
	}
	if (!Array.isArray(rows)) {
		throw new Error(
			`BambooHR's employment statuses of employee ${id} do not have the documented form.`,
		);
	}
	const found = employmentState({
		status: employee.status,
		rows,
		hireDate: employee.hireDate,
		terminationDate: employee.terminationDate,
		today: utcDate(),
		ownWords,
	});
	return given({
		found: true,
		source: 'bamboohr',
		sourceId: id,
		...found,
		active: isActive(found.status),
		email: text(employee[emailField]),
		displayName: text(employee.displayName),
		givenName: text(employee.firstName),
		familyName: text(employee.lastName),
		title: text(employee.jobTitle),
		department: text(employee.department),
		division: text(employee.division),
		employeeNumber: text(employee.employeeNumber),
		managerEmail: text(employee.supervisorEmail),
	});
}

function withQuery(url, query) {
	return `${url}?${Object.entries(query).map((pair) => pair.map(encodeURIComponent).join('=')).join('&')}`;
}

/**
 * What is asked about people: each one's record and employment statuses, and who else has the same address.
 *
 * @param settings of the node Settings. @throws Error for one that cannot be meant
 */
function bamboohr(settings) {
	const { company, emailField } = settings;
	checkCompany(company);
	const SITE = `https://${company}.bamboohr.com/api/v1/employees`;

	/** BambooHR cannot filter by `bestEmail`, which is the work address or, where there is none, the other. */
	const ADDRESS_FIELDS = emailField === 'bestEmail' ? ['workEmail', 'homeEmail'] : [emailField];

	/** The number 0 would be the owner of the API key. */
	function problemOf({ employeeId }) {
		return employeeId === '' || /^[1-9]\d*$/.test(employeeId)
			? undefined
			: `"${employeeId}" is not the ID of an employee in BambooHR, which is a number.`;
	}

	const recordAt = (id) => ({
		about: `employee ${id}`,
		url: `${SITE}/${id}?fields=${['status', emailField, ...RECORD_FIELDS].join(',')}`,
		mayBeMissing: true,
	});
	const statusesAt = (id) => ({
		about: `the employment statuses of employee ${id}`,
		url: `${SITE}/${id}/tables/employmentStatus`,
		mayBeMissing: true,
	});
	const listBy = (filter, value, about) => ({
		about,
		url: withQuery(SITE, { [`filter[${filter}]`]: value, fields: emailField, 'page[limit]': '2500' }),
	});

	/** BambooHR finds what contains a text, so domains, which have two ways of writing, are compared here. */
	function listsWithAddress(key) {
		const beginning = key.slice(0, key.lastIndexOf('@') + 1) || key;
		return ADDRESS_FIELDS.map((field) => listBy(field, beginning, `the list of employees with the address ${key}`));
	}

	/** Rows of a list that must be on one page. */
	function rowsOf({ body }, { about }) {
		const problem = (sentence) => new Error(`The answer about ${about} cannot be used: ${sentence}.`);
		if (!Array.isArray(body?.data) || typeof body.meta?.total !== 'number') {
			throw problem('it does not have the documented form');
		}
		if (body.meta.page?.nextCursor || body.meta.total !== body.data.length) throw problem('it is not whole');
		const isHidden = (name) => body.data.some((row) => (row._restrictedFields ?? []).includes(name));
		const hidden = ['status', emailField].filter(isHidden);
		if (hidden.length > 0) {
			throw problem(`the owner of the API key may not see ${hidden.join(' and ')} of every employee`);
		}
		return body.data;
	}

	/** A person's record as BambooHR gives it; null where BambooHR says that there is none. */
	function readRecord(id, read) {
		const [record, statuses] = read(recordAt(id), statusesAt(id));
		if (record.status !== 404) {
			if (statuses.status === 404) throw new Error(`A request for ${statusesAt(id).about} was answered with status 404.`);
			return recordOf(id, record.body, statuses.body, settings);
		}
		// A proxy answers 404 as well, so BambooHR's list has to confirm that there is no such person.
		const request = listBy('ids', id, `the list of employees with the ID ${id}`);
		const [list] = read(request);
		if (rowsOf(list, request).some(({ employeeId }) => text(employeeId) === id)) {
			throw new Error(`BambooHR lists employee ${id}, but answered a request for the record with status 404.`);
		}
		return null;
	}

	/** IDs of those who have one of these addresses. */
	function idsWithAddress(emails, read) {
		const keys = new Set(emails.map(emailKey).filter(Boolean));
		const requests = [...keys].flatMap(listsWithAddress);
		return read(...requests)
			.flatMap((answer, index) => rowsOf(answer, requests[index]))
			.filter((row) => keys.has(emailKey(row[emailField])))
			.map(({ employeeId }) => text(employeeId));
	}

	/** The person with the ID, and all who have the same address. */
	function recordsFor({ employeeId, email }, read) {
		// What the question says of the address is asked for together with the record.
		const [own] = together([
			() => (employeeId === '' ? null : readRecord(employeeId, read)),
			() => idsWithAddress([email], read),
		]);
		const ids = new Set(idsWithAddress([email, own?.email ?? ''], read));
		ids.delete(employeeId);
		return [own, ...together([...ids].map((id) => () => readRecord(id, read)))].filter((record) => record);
	}

	function people(questions, read) {
		return answersToEach('bamboohr', questions, (question) => recordsFor(question, read));
	}

	/** The list of all employees, put together from its pages. @throws Error where it is not whole */
	function readList(read) {
		const problem = (sentence) => new Error(`BambooHR's list of employees cannot be used: ${sentence}`);
		const pages = [];
		for (let cursor = {}; ; ) {
			const fields = [emailField, ...LIST_FIELDS].join(',');
			const [{ body }] = read({ about: 'the list of employees', url: withQuery(SITE, { fields, 'page[limit]': '2500', ...cursor }) });
			if (!Array.isArray(body?.data) || typeof body.meta?.total !== 'number') {
				throw problem('an answer does not have the documented form.');
			}
			pages.push(body);
			const next = text(body.meta.page?.nextCursor);
			if (next === undefined) break;
			cursor = { 'page[after]': next };
		}
		const rows = pages.flatMap(({ data }) => data);
		for (const row of rows) {
			const hidden = ['status', emailField].filter((name) => (row._restrictedFields ?? []).includes(name));
			if (hidden.length > 0) {
				throw problem(`the owner of the API key may not see ${hidden.join(' and ')} of every employee.`);
			}
			if (text(row.employeeId) === undefined || text(row.status) === undefined) {
				throw problem('an employee has no ID or no status.');
			}
		}
		const ids = new Set(rows.map(({ employeeId }) => text(employeeId)));
		const isWhole = ids.size === rows.length && pages.every(({ meta }) => meta.total === rows.length);
		return { rows, isWhole, pages: pages.length };
	}

	function leavers(since, read) {
		const { rows, isWhole, pages } = readList(read);
		const rowsById = new Map(rows.map((row) => [text(row.employeeId), row]));
		const explanation = isWhole ? undefined : 'The list changed while it was read.';
		const records = rows.map((row) => leaverOf(row, text(rowsById.get(text(row.reportsToId))?.[emailField]), settings));
		return leaversAnswer('bamboohr', records, since, { pages, complete: isWhole, explanation });
	}

	return { name: 'bamboohr', problemOf, people, leavers };
}

const LIST_FIELDS = [
	'displayName',
	'hireDate',
	'terminationDate',
	'employmentStatusName',
	'departmentName',
	'divisionName',
	'employeeNumber',
	'reportsToId',
];

/** A person in the list, which has only the present row of the table of employment statuses. */
function leaverOf(row, managerEmail, { emailField, ownWords }) {
	const found = employmentState({
		status: row.status,
		rows: [],
		hireDate: row.hireDate,
		terminationDate: row.terminationDate,
		today: utcDate(),
		ownWords,
	});
	const onLeave = found.status === 'unknown' && meaningOfWord(row.employmentStatusName, ownWords) === 'onLeave';
	const status = onLeave ? 'onLeave' : found.status;
	return given({
		found: true,
		source: 'bamboohr',
		sourceId: text(row.employeeId),
		...found,
		status,
		active: isActive(status),
		email: text(row[emailField]),
		displayName: text(row.displayName),
		givenName: text(row.firstName),
		familyName: text(row.lastName),
		title: text(row.jobTitleName),
		department: text(row.departmentName),
		division: text(row.divisionName),
		employeeNumber: text(row.employeeNumber),
		managerEmail,
		explanation: onLeave ? undefined : found.explanation,
	});
}

/** Whether the owner of the API key may not see this field of this employee. */
function isHidden(row, field) {
	return (row._restrictedFields ?? []).includes(field);
}

/**
 * The employment state of a person in the list, which has only the present row of the table
 * employmentStatus: a future last day is not in it.
 *
 * @returns { active, status, statusWord, startDate, endDate, explanation }
 */
export function listedEmploymentState(row, ownWords) {
	if (isHidden(row, 'status') || text(row.status) === undefined) {
		const explanation = 'The owner of the API key may not see the status. A person must look.';
		return { active: true, status: 'unknown', explanation };
	}
	const found = employmentState({
		status: row.status,
		rows: [],
		hireDate: row.hireDate,
		terminationDate: row.terminationDate,
		today: utcDate(),
		ownWords,
	});
	const told = (status, explanation) => ({ ...found, status, active: status !== 'inactive', explanation });
	const isOnLeave =
		(found.status === 'unknown' || found.status === 'active') &&
		meaningOfWord(row.employmentStatusName, ownWords) === 'onLeave';
	if (isOnLeave) {
		const statusWord = `${found.statusWord}, ${text(row.employmentStatusName)}`;
		return { ...told('onLeave'), statusWord };
	}
	// BambooHR says Inactive on the last day itself, and that day is worked through everywhere.
	if (found.status === 'inactive' && found.endDate >= utcDate(-1)) {
		return told('active', `The last day is ${found.endDate}.`);
	}
	// A past date of an active person belongs to an earlier employment.
	const isPast = found.status === 'active' && found.endDate < utcDate();
	return { ...told(found.status, found.explanation), endDate: isPast ? undefined : found.endDate };
}

/**
 * What is asked where BambooHR is a directory (`everybody`).
 *
 * @param settings of the node Settings. @throws Error for one that cannot be meant
 */
function allEmployees(settings) {
	const { company, emailField, ownWords, groupRules = [] } = settings;
	checkCompany(company);
	if (!DateTime.fromISO('2026-01-01', { zone: text(settings.timeZone) ?? 'none' }).isValid) {
		throw new Error(
			`Settings: "timeZone" must be one such as Europe/Berlin or UTC, not "${settings.timeZone}".`,
		);
	}

	/** Fields of the list that a group can be named after. BambooHR is asked for a location only where it is wanted. */
	const GROUP_FIELDS = {
		department: 'departmentName',
		division: 'divisionName',
		location: 'locationName',
	};
	const groupsFrom = settingsList(settings.groupsFrom);
	for (const name of groupsFrom) {
		if (!Object.hasOwn(GROUP_FIELDS, name)) {
			throw new Error(
				`Settings: "groupsFrom" can name ${Object.keys(GROUP_FIELDS).join(', ')}, not "${name}".`,
			);
		}
	}
	// A rule with a mistake shall be known before anything is read.
	checkedGroupRules(groupRules);

	/** Which field of the list each attribute is. */
	const ATTRIBUTE_FIELDS = {
		email: emailField,
		displayName: 'displayName',
		givenName: 'firstName',
		familyName: 'lastName',
		title: 'jobTitleName',
		department: 'departmentName',
		division: 'divisionName',
		employeeNumber: 'employeeNumber',
		managerEmail: 'reportsToId',
	};

	const ABOUT = 'the list of employees';

	/** What is asked for besides what BambooHR always gives. */
	const FIELDS = [
		...new Set([
			...Object.values(ATTRIBUTE_FIELDS),
			...groupsFrom.map((name) => GROUP_FIELDS[name]),
			...(settings.scopeAttribute === 'location' ? [GROUP_FIELDS.location] : []),
			'hireDate',
			'terminationDate',
			'employmentStatusName',
		]),
	].filter((name) => !['firstName', 'lastName', 'jobTitleName'].includes(name));

	function page(cursor) {
		const query = { fields: FIELDS.join(','), 'page[limit]': '2500' };
		if (cursor !== undefined) query['page[after]'] = cursor;
		const parts = Object.entries(query).map((pair) => pair.map(encodeURIComponent).join('='));
		const url = `https://${company}.bamboohr.com/api/v1/employees?${parts.join('&')}`;
		return { kind: 'employees', about: ABOUT, url };
	}

	function firstRequests() {
		return [page()];
	}

	function follow(_request, body) {
		const total = body?.meta?.total;
		if (!Array.isArray(body?.data) || typeof total !== 'number') {
			return { problem: 'it is no list as BambooHR gives it' };
		}
		const cursor = text(body.meta.page?.nextCursor);
		return { rows: body.data, total, requests: cursor === undefined ? [] : [page(cursor)] };
	}

	/** @param found what was read, see whatWasRead() */
	function answer({ pages, listed, hasFailed, reasons }) {
		const employees = listed('employees');
		const rows = employees.filter((row) => text(row.employeeId) !== undefined);
		const rowsById = new Map(rows.map((row) => [text(row.employeeId), row]));
		if (rows.length !== employees.length) {
			reasons.push(`${employees.length - rows.length} employees have no ID and are left out.`);
		}

		const hiddenFields = new Set(rows.flatMap((row) => row._restrictedFields ?? []));
		const groupFields = groupsFrom.map((name) => GROUP_FIELDS[name]);
		const { scopeAttribute } = settings;
		const scopeFields =
			scopeAttribute === 'groups'
				? groupFields
				: [ATTRIBUTE_FIELDS[scopeAttribute] ?? GROUP_FIELDS[scopeAttribute]];
		// Without these it is unknown who is who, who has left, or whom Notion is meant for.
		const needed = new Set(['status', emailField, ...scopeFields]);
		const blind = [...needed].filter((field) => hiddenFields.has(field));
		if (blind.length > 0) {
			reasons.push(`The owner of the API key may not see ${blind.join(' and ')} of every employee.`);
		}
		const hiddenGroups = groupFields.filter((field) => hiddenFields.has(field));
		if (hiddenGroups.length > 0) {
			const names = hiddenGroups.join(' and ');
			reasons.push(`Groups are missing: the owner of the API key may not see ${names} of every employee.`);
		}

		/** The names of the fields that groups are made from, and what the rules add. */
		function groupsOfEmployee(row, fields) {
			if (groupFields.some((field) => isHidden(row, field))) return undefined;
			const direct = groupFields.map((field) => text(row[field])).filter((name) => name !== undefined);
			return [...new Set([...direct, ...groupsByRules({ ...fields, groups: direct }, groupRules)])];
		}

		const persons = rows.map((row) => {
			const { startDate, ...found } = listedEmploymentState(row, ownWords);
			const fields = {
				source: 'bamboohr',
				sourceId: row.employeeId,
				...found,
				startAt: startDate === undefined ? undefined : startOfDate(startDate, settings.timeZone),
			};
			for (const [attribute, field] of Object.entries(ATTRIBUTE_FIELDS)) fields[attribute] = text(row[field]);
			fields.managerEmail = text(rowsById.get(text(row.reportsToId))?.[emailField]);
			fields.groups = groupsOfEmployee(row, fields);
			const scope = inScope(fields, {
				attribute: scopeAttribute,
				values: settings.scopeValues,
				value: scopeAttribute === 'location' ? text(row.locationName) : undefined,
			});
			return person({ ...fields, ...scope });
		});

		const isWhole = !hasFailed('employees') && rows.length === employees.length && blind.length === 0;
		return directoryAnswer('bamboohr', persons, {
			pages,
			complete: isWhole,
			groupsComplete: isWhole && rows.length > 0 && hiddenGroups.length === 0,
			attributesRead: [
				...Object.keys(ATTRIBUTE_FIELDS).filter((name) => !hiddenFields.has(ATTRIBUTE_FIELDS[name])),
				...(hiddenGroups.length === 0 ? ['groups'] : []),
			],
			reasons,
		});
	}

	return { firstRequests, follow, answer };
}

export function read(run) {
	const isDirectoryRead = run.$('WhenCalled').all().every(({ json }) => text(json.ask) === 'everybody');
	return isDirectoryRead ? readDirectory(run, allEmployees) : readHris(run, bamboohr);
}
