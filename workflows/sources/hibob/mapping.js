// HiBob: what its words mean, what is asked, and which of its fields is which attribute.

import { dateText } from '../shared/dates.js';
import { emailKey } from '../shared/emailKey.js';
import { answersFrom, leaversAnswer, readHris } from '../shared/hris.js';
import { onceEach } from '../shared/manifest.js';
import { inDoubt, inDoubtOfDates, isActive, meaningOf } from '../shared/status.js';
import { given, text } from '../shared/text.js';

/**
 * Bob's lifecycle statuses. Companies can add kinds of leave. On garden leave a person no longer works,
 * and hands in what belongs to the company on the last day of work.
 * https://help.hibob.com/hc/en-us/articles/4409776355857
 */
export const HIBOB_WORDS = {
	hired: 'notStarted',
	employed: 'active',
	leave: 'onLeave',
	temporaryleave: 'onLeave',
	parentalleave: 'onLeave',
	gardenleave: 'inactive',
	terminated: 'inactive',
};

/**
 * The employment state.
 *
 * @param lifecycle the lifecycle status as people read it, and as machines do
 * @param access field `internal.status`: whether the person can use Bob, which says little by itself
 */
export function employmentState({ lifecycle, access, startDate, lastDayOfWork, terminationDate, ownWords }) {
	const statusWord = text(lifecycle[0]) ?? text(lifecycle[1]) ?? text(access);
	const endDates = [dateText(lastDayOfWork), dateText(terminationDate)].filter(Boolean).sort();
	const begun = dateText(startDate);
	// What ended before the present employment began is of an earlier one.
	const [endDate] = endDates.filter((date) => begun === undefined || date >= begun);
	const told = (status, explanation) => {
		const found = { status, statusWord, startDate: begun, endDate, explanation };
		return inDoubt(inDoubtOfDates(found, [lastDayOfWork, terminationDate]));
	};

	const hasLifecycle = text(lifecycle[0]) !== undefined || text(lifecycle[1]) !== undefined;
	if (!hasLifecycle) {
		if (text(access)?.toLowerCase() === 'active') return told('active');
		if (endDate !== undefined) return told('inactive');
		return told(
			'unknown',
			`Bob says "${statusWord ?? ''}" and gives no lifecycle status. A person must look.`,
		);
	}
	const meaning =
		meaningOf(lifecycle[0], HIBOB_WORDS, ownWords) ??
		meaningOf(lifecycle[1], HIBOB_WORDS, ownWords);
	if (meaning === undefined) {
		return told(
			'unknown',
			`Bob says "${statusWord}", a status that this workflow does not know. Settings has a place for it. A person must look.`,
		);
	}
	if (meaning === 'inactive' && endDate === undefined) {
		return told('unknown', `Bob says "${statusWord}" without a last day. A person must look.`);
	}
	return told(meaning);
}

/** The address that people have in Notion. It has to be this one, because Bob searches by no other. */
export const EMAIL = 'root.email';

const FIELDS = [
	'root.id',
	EMAIL,
	'root.displayName',
	'root.firstName',
	'root.surname',
	'work.title',
	'work.department',
	'work.employeeIdInCompany',
	'work.reportsTo.email',
	'work.startDate',
	'employee.lastDayOfWork',
	'internal.terminationDate',
	'internal.status',
	'internal.lifecycleStatus',
];

/** A search: for all people, or for those the values name. */
export function searchFor(fieldPath, values) {
	const filters =
		fieldPath === undefined ? {} : { filters: [{ fieldPath, operator: 'equals', values }] };
	// Dates have a fixed form for machines, and lists have names for people: both are asked for.
	const body = { fields: FIELDS, showInactive: true, humanReadable: 'APPEND', ...filters };
	return { about: 'people', url: 'https://api.hibob.com/v1/people/search', body };
}

/** A value as machines get it: under its path, or in nested objects, where `root` is no level. */
function machineValue(employee, field) {
	const byPath = employee[`/${field.replaceAll('.', '/')}`];
	return byPath === undefined ? nestedValue(employee, field) : (byPath?.value ?? byPath);
}

/** A value as people read it, such as the name of a department instead of its number. */
function humanValue(employee, field) {
	return nestedValue(employee.humanReadable ?? {}, field);
}

function nestedValue(fields, field) {
	const path = field.replace(/^root\./, '').split('.');
	return path.reduce(
		(level, step) => (level !== null && typeof level === 'object' ? level[step] : undefined),
		fields,
	);
}

/** The records of an answer. @throws Error where it is not one of Bob's */
function recordsOf({ body }, ownWords) {
	if (!Array.isArray(body?.employees)) {
		throw new Error("Bob's answer does not have the documented form.");
	}
	return body.employees.map((employee) => {
		const sourceId = text(machineValue(employee, 'root.id'));
		const lifecycle = ['internal.lifecycleStatus'].flatMap((field) => [
			humanValue(employee, field),
			machineValue(employee, field),
		]);
		const access = machineValue(employee, 'internal.status');
		if (
			sourceId === undefined ||
			[...lifecycle, access].every((word) => text(word) === undefined)
		) {
			// Bob leaves out what the service user may not see, without a word.
			throw new Error(
				'Bob gave no ID or no status of an employee. The service user must be allowed to see the lifecycle status of all people.',
			);
		}
		const found = employmentState({
			lifecycle,
			access,
			startDate: machineValue(employee, 'work.startDate'),
			lastDayOfWork: machineValue(employee, 'employee.lastDayOfWork'),
			terminationDate: machineValue(employee, 'internal.terminationDate'),
			ownWords,
		});
		return given({
			found: true,
			source: 'hibob',
			sourceId,
			...found,
			active: isActive(found.status),
			email: text(machineValue(employee, EMAIL)),
			displayName: text(machineValue(employee, 'root.displayName')),
			givenName: text(machineValue(employee, 'root.firstName')),
			familyName: text(machineValue(employee, 'root.surname')),
			title: text(humanValue(employee, 'work.title')),
			department: text(humanValue(employee, 'work.department')),
			employeeNumber: text(machineValue(employee, 'work.employeeIdInCompany')),
			managerEmail: text(machineValue(employee, 'work.reportsTo.email')),
		});
	});
}

/**
 * What is asked of Bob: one search by ID, one by address, both with former employees.
 *
 * @param settings of the node Settings
 */
function hibob({ secondsBeforeReading, ownWords }) {
	/** Why Bob cannot be asked a question; nothing where it can. */
	function problemOf({ employeeId }) {
		return employeeId === '' || /^[\w-]+$/.test(employeeId)
			? undefined
			: `"${employeeId}" is not the ID of an employee in Bob.`;
	}

	/** For so long, Bob may still show what was before. Leavers are asked for at night, about the days before. */
	const search = (...what) => ({ ...searchFor(...what), pause: secondsBeforeReading });
	const once = (values) => [...new Set(values.filter(Boolean))];

	function people(questions, read) {
		const ids = once(questions.map(({ employeeId }) => employeeId));
		const emails = once(questions.map(({ email }) => email));
		const [first] = read(ids.length > 0 ? search('root.id', ids) : search(EMAIL, emails));
		const found = recordsOf(first, ownWords);
		// All records with the same address, which may be the same person.
		const same = once([...questions, ...found].flatMap(({ email }) => (email ? [email, emailKey(email)] : [])));
		const others = same.length > 0 ? read(searchFor(EMAIL, same)).flatMap((answer) => recordsOf(answer, ownWords)) : [];
		return answersFrom('hibob', questions, onceEach([...found, ...others]));
	}

	/** Bob gives all people in one answer. */
	function leavers(since, read) {
		const [allEmployees] = read(searchFor());
		return leaversAnswer('hibob', recordsOf(allEmployees, ownWords), since, { pages: 1, complete: true });
	}

	return { name: 'hibob', problemOf, people, leavers };
}

export function read(run) {
	return readHris(run, hibob);
}
