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
import { given, settingsList, text, withQuery } from '../shared/text.js';

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

/** The employment state of a row of the list, which has none of the table employmentStatus. */
function stateOfRow({ status, hireDate, terminationDate }, ownWords) {
	return employmentState({ status, rows: [], hireDate, terminationDate, today: utcDate(), ownWords });
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
	const found = stateOfRow(row, ownWords);
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

/** @throws Error for what is no company */
function checkCompany({ company }) {
	if (!/^[a-z0-9][a-z0-9-]*$/i.test(company ?? '')) {
		throw new Error(
			`Settings: "company" must be the part of BambooHR's address before .bamboohr.com, not "${company}".`,
		);
	}
}

function employeesUrl({ company }) {
	return `https://${company}.bamboohr.com/api/v1/employees`;
}

/** So many employees are asked for at once. */
const PAGE = { 'page[limit]': '2500' };

/** A page of the list of all employees: the first one, or the one that a cursor leads to. */
function pageUrl(settings, fields, cursor) {
	const query = { fields: fields.join(','), ...PAGE, ...(cursor === undefined ? {} : { 'page[after]': cursor }) };
	return withQuery(employeesUrl(settings), query);
}

function isPage(body) {
	return Array.isArray(body?.data) && typeof body.meta?.total === 'number';
}

function cursorOf(body) {
	return text(body.meta.page?.nextCursor);
}

/** The list names a supervisor by the ID. */
function byId(rows) {
	return new Map(rows.map((row) => [text(row.employeeId), row]));
}

function managerEmailOf({ emailField }, row, rowsById) {
	return text(rowsById.get(text(row.reportsToId))?.[emailField]);
}

// What follows is for questions about single people (`person`) and about leavers (`leavers`).

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

function recordRequest(settings, id) {
	const fields = ['status', settings.emailField, ...RECORD_FIELDS];
	const url = `${employeesUrl(settings)}/${id}?fields=${fields.join(',')}`;
	return { about: `employee ${id}`, url, mayBeMissing: true };
}

function statusesRequest(settings, id) {
	const url = `${employeesUrl(settings)}/${id}/tables/employmentStatus`;
	return { about: `the employment statuses of employee ${id}`, url, mayBeMissing: true };
}

function listRequest(settings, filter, value, about) {
	const query = { [`filter[${filter}]`]: value, fields: settings.emailField, ...PAGE };
	return { about, url: withQuery(employeesUrl(settings), query) };
}

/** BambooHR finds what contains a text, so domains, which have two ways of writing, are compared here. */
function addressRequests(settings, key) {
	const { emailField } = settings;
	// BambooHR cannot filter by `bestEmail`, which is the work address or, where there is none, the other.
	const fields = emailField === 'bestEmail' ? ['workEmail', 'homeEmail'] : [emailField];
	const beginning = key.slice(0, key.lastIndexOf('@') + 1) || key;
	return fields.map((field) => listRequest(settings, field, beginning, `the list of employees with the address ${key}`));
}

/** Status and address decide who has left and who is who, so that BambooHR may hide neither in a row. */
function hiddenIn({ emailField }, rows) {
	return ['status', emailField].filter((field) => rows.some((row) => isHidden(row, field)));
}

/** Rows of a list that must be on one page. */
function rowsOf(settings, { body }, { about }) {
	const problem = (sentence) => new Error(`The answer about ${about} cannot be used: ${sentence}.`);
	if (!isPage(body)) throw problem('it does not have the documented form');
	if (body.meta.page?.nextCursor || body.meta.total !== body.data.length) throw problem('it is not whole');
	const hidden = hiddenIn(settings, body.data);
	if (hidden.length > 0) {
		throw problem(`the owner of the API key may not see ${hidden.join(' and ')} of every employee`);
	}
	return body.data;
}

function recordOf({ emailField, ownWords }, id, employee, rows) {
	// BambooHR leaves out what the key may not see, so a missing status is no answer.
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
	const { status, hireDate, terminationDate } = employee;
	const found = employmentState({ status, rows, hireDate, terminationDate, today: utcDate(), ownWords });
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

/** A person's record as BambooHR gives it; null where BambooHR says that there is none. */
function readRecord(settings, id, read) {
	const asked = statusesRequest(settings, id);
	const [record, statuses] = read(recordRequest(settings, id), asked);
	if (record.status !== 404) {
		if (statuses.status === 404) throw new Error(`A request for ${asked.about} was answered with status 404.`);
		return recordOf(settings, id, record.body, statuses.body);
	}
	// A proxy answers 404 as well, so BambooHR's list has to confirm that there is no such person.
	const request = listRequest(settings, 'ids', id, `the list of employees with the ID ${id}`);
	const [list] = read(request);
	if (rowsOf(settings, list, request).some(({ employeeId }) => text(employeeId) === id)) {
		throw new Error(`BambooHR lists employee ${id}, but answered a request for the record with status 404.`);
	}
	return null;
}

/** IDs of those who have one of these addresses. */
function idsWithAddress(settings, emails, read) {
	const keys = new Set(emails.map(emailKey).filter(Boolean));
	const requests = [...keys].flatMap((key) => addressRequests(settings, key));
	return read(...requests)
		.flatMap((answer, index) => rowsOf(settings, answer, requests[index]))
		.filter((row) => keys.has(emailKey(row[settings.emailField])))
		.map(({ employeeId }) => text(employeeId));
}

/** The person with the ID, and all who have the same address. */
function recordsFor(settings, { employeeId, email }, read) {
	// What the question says of the address is asked for together with the record.
	const [own] = together([
		() => (employeeId === '' ? null : readRecord(settings, employeeId, read)),
		() => idsWithAddress(settings, [email], read),
	]);
	const ids = new Set(idsWithAddress(settings, [email, own?.email ?? ''], read));
	ids.delete(employeeId);
	const others = together([...ids].map((id) => () => readRecord(settings, id, read)));
	return [own, ...others].filter((record) => record);
}

/** What the list is asked for besides the address. */
const LEAVER_FIELDS = [
	'displayName',
	'hireDate',
	'terminationDate',
	'employmentStatusName',
	'departmentName',
	'divisionName',
	'employeeNumber',
	'reportsToId',
];

function listProblem(sentence) {
	return new Error(`BambooHR's list of employees cannot be used: ${sentence}`);
}

/** @throws Error for a row without which it is unknown who has left */
function checkRow(settings, row) {
	const hidden = hiddenIn(settings, [row]);
	if (hidden.length > 0) {
		throw listProblem(`the owner of the API key may not see ${hidden.join(' and ')} of every employee.`);
	}
	if (text(row.employeeId) === undefined || text(row.status) === undefined) {
		throw listProblem('an employee has no ID or no status.');
	}
}

/** The list of all employees, put together from its pages. @throws Error where it cannot be used */
function readList(settings, read) {
	const pages = [];
	let cursor;
	do {
		const url = pageUrl(settings, [settings.emailField, ...LEAVER_FIELDS], cursor);
		const [{ body }] = read({ about: 'the list of employees', url });
		if (!isPage(body)) throw listProblem('an answer does not have the documented form.');
		pages.push(body);
		cursor = cursorOf(body);
	} while (cursor !== undefined);
	const rows = pages.flatMap(({ data }) => data);
	for (const row of rows) checkRow(settings, row);
	const rowsById = byId(rows);
	const isWhole = rowsById.size === rows.length && pages.every(({ meta }) => meta.total === rows.length);
	return { rows, rowsById, isWhole, pages: pages.length };
}

/** A person in the list, which has only the present row of the table of employment statuses. */
function leaverOf(settings, row, rowsById) {
	const { emailField, ownWords } = settings;
	const found = stateOfRow(row, ownWords);
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
		managerEmail: managerEmailOf(settings, row, rowsById),
		explanation: onLeave ? undefined : found.explanation,
	});
}

function leavers(settings, since, read) {
	const { rows, rowsById, isWhole, pages } = readList(settings, read);
	const explanation = isWhole ? undefined : 'The list changed while it was read.';
	const records = rows.map((row) => leaverOf(settings, row, rowsById));
	return leaversAnswer('bamboohr', records, since, { pages, complete: isWhole, explanation });
}

/** Why BambooHR cannot be asked a question. The number 0 would be the owner of the API key. */
function problemOf({ employeeId }) {
	return employeeId === '' || /^[1-9]\d*$/.test(employeeId)
		? undefined
		: `"${employeeId}" is not the ID of an employee in BambooHR, which is a number.`;
}

/** BambooHR as an HRIS. @throws Error for a setting that cannot be meant */
function bamboohr(settings) {
	checkCompany(settings);
	return {
		name: 'bamboohr',
		problemOf,
		people: (questions, read) =>
			answersToEach('bamboohr', questions, (question) => recordsFor(settings, question, read)),
		leavers: (since, read) => leavers(settings, since, read),
	};
}

// What follows is for BambooHR as a directory (`everybody`).

/** Which field of the list each attribute is, besides the address. */
const ATTRIBUTE_FIELDS = {
	displayName: 'displayName',
	givenName: 'firstName',
	familyName: 'lastName',
	title: 'jobTitleName',
	department: 'departmentName',
	division: 'divisionName',
	employeeNumber: 'employeeNumber',
	managerEmail: 'reportsToId',
};

/** Fields of the list that a group can be named after. BambooHR is asked for a location only where it is wanted. */
const GROUP_FIELDS = {
	department: 'departmentName',
	division: 'divisionName',
	location: 'locationName',
};

/**
 * @param settings of the node Settings
 * @returns them with `attributeFields`, the field of each attribute, and `groupFields`, which groups are named after
 * @throws Error for one that cannot be meant
 */
function checkedSettings(settings) {
	const { emailField, timeZone, groupRules = [] } = settings;
	checkCompany(settings);
	if (!DateTime.fromISO('2026-01-01', { zone: text(timeZone) ?? 'none' }).isValid) {
		throw new Error(`Settings: "timeZone" must be one such as Europe/Berlin or UTC, not "${timeZone}".`);
	}
	const groupsFrom = settingsList(settings.groupsFrom);
	const unknown = groupsFrom.find((name) => !Object.hasOwn(GROUP_FIELDS, name));
	if (unknown !== undefined) {
		throw new Error(`Settings: "groupsFrom" can name ${Object.keys(GROUP_FIELDS).join(', ')}, not "${unknown}".`);
	}
	// A rule with a mistake shall be known before anything is read.
	checkedGroupRules(groupRules);
	const attributeFields = { email: emailField, ...ATTRIBUTE_FIELDS };
	return { ...settings, groupRules, attributeFields, groupFields: groupsFrom.map((name) => GROUP_FIELDS[name]) };
}

/** BambooHR gives these without being asked for them. */
const ALWAYS_GIVEN = ['firstName', 'lastName', 'jobTitleName'];

function fieldsToAsk({ attributeFields, groupFields, scopeAttribute }) {
	const asked = [
		...Object.values(attributeFields),
		...groupFields,
		...(scopeAttribute === 'location' ? [GROUP_FIELDS.location] : []),
		...['hireDate', 'terminationDate', 'employmentStatusName'],
	];
	return [...new Set(asked)].filter((name) => !ALWAYS_GIVEN.includes(name));
}

function pageRequest(settings, cursor) {
	return { kind: 'employees', about: 'the list of employees', url: pageUrl(settings, fieldsToAsk(settings), cursor) };
}

function firstRequests(settings) {
	return [pageRequest(settings)];
}

function follow(settings, _request, body) {
	if (!isPage(body)) return { problem: 'it is no list as BambooHR gives it' };
	const cursor = cursorOf(body);
	const next = cursor === undefined ? [] : [pageRequest(settings, cursor)];
	return { rows: body.data, total: body.meta.total, requests: next };
}

/** The names of the fields that groups are made from, and what the rules add. */
function groupsOf({ groupFields, groupRules }, row, fields) {
	if (groupFields.some((field) => isHidden(row, field))) return undefined;
	const direct = groupFields.map((field) => text(row[field])).filter((name) => name !== undefined);
	return [...new Set([...direct, ...groupsByRules({ ...fields, groups: direct }, groupRules)])];
}

function attributesOf(settings, row, rowsById) {
	const fields = Object.entries(settings.attributeFields);
	return {
		...Object.fromEntries(fields.map(([attribute, field]) => [attribute, text(row[field])])),
		managerEmail: managerEmailOf(settings, row, rowsById),
	};
}

function scopeOf({ scopeAttribute, scopeValues }, row, fields) {
	return inScope(fields, {
		attribute: scopeAttribute,
		values: scopeValues,
		value: scopeAttribute === 'location' ? text(row.locationName) : undefined,
	});
}

function personOf(settings, row, rowsById) {
	const { startDate, ...found } = listedEmploymentState(row, settings.ownWords);
	const own = {
		source: 'bamboohr',
		sourceId: row.employeeId,
		...found,
		startAt: startDate === undefined ? undefined : startOfDate(startDate, settings.timeZone),
		...attributesOf(settings, row, rowsById),
	};
	const fields = { ...own, groups: groupsOf(settings, row, own) };
	return person({ ...fields, ...scopeOf(settings, row, fields) });
}

/** Fields without which it is unknown who is who, who has left, or who is meant to have Notion. */
function neededFields({ emailField, attributeFields, groupFields, scopeAttribute }) {
	const ofScope =
		scopeAttribute === 'groups'
			? groupFields
			: [attributeFields[scopeAttribute] ?? GROUP_FIELDS[scopeAttribute]];
	return [...new Set(['status', emailField, ...ofScope])];
}

/** Why the reading is not complete, or its groups are not. */
function doubtsAbout(withoutId, blind, hiddenGroups) {
	const reasons = [];
	if (withoutId > 0) reasons.push(`${withoutId} employees have no ID and are left out.`);
	if (blind.length > 0) {
		reasons.push(`The owner of the API key may not see ${blind.join(' and ')} of every employee.`);
	}
	if (hiddenGroups.length > 0) {
		const names = hiddenGroups.join(' and ');
		reasons.push(`Groups are missing: the owner of the API key may not see ${names} of every employee.`);
	}
	return reasons;
}

function answer(settings, found) {
	const { attributeFields, groupFields } = settings;
	const employees = found.listed('employees');
	const rows = employees.filter((row) => text(row.employeeId) !== undefined);
	const rowsById = byId(rows);
	const withoutId = employees.length - rows.length;
	const hidden = new Set(rows.flatMap((row) => row._restrictedFields ?? []));
	const blind = neededFields(settings).filter((field) => hidden.has(field));
	const hiddenGroups = groupFields.filter((field) => hidden.has(field));
	const complete = !found.hasFailed('employees') && withoutId === 0 && blind.length === 0;
	return directoryAnswer('bamboohr', rows.map((row) => personOf(settings, row, rowsById)), {
		pages: found.pages,
		complete,
		groupsComplete: complete && rows.length > 0 && hiddenGroups.length === 0,
		attributesRead: [
			...Object.keys(attributeFields).filter((name) => !hidden.has(attributeFields[name])),
			...(hiddenGroups.length === 0 ? ['groups'] : []),
		],
		reasons: [...found.reasons, ...doubtsAbout(withoutId, blind, hiddenGroups)],
	});
}

export function read(run) {
	const isDirectoryRead = run.$('WhenCalled').all().every(({ json }) => text(json.ask) === 'everybody');
	return isDirectoryRead
		? readDirectory(run, { checkedSettings, firstRequests, follow, answer })
		: readHris(run, bamboohr);
}
