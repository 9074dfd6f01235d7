const settings = $('Settings').first().json;

/** The address that people have in Notion. It has to be this one, because Bob searches by no other. */
const EMAIL = 'root.email';

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

/** The body of a search: for everybody, or for whom the values name. */
function searchFor(fieldPath, values) {
	const filters =
		fieldPath === undefined ? {} : { filters: [{ fieldPath, operator: 'equals', values }] };
	// Dates have a fixed form for machines, and lists have names for people: both are asked for.
	return { fields: FIELDS, showInactive: true, humanReadable: 'APPEND', ...filters };
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
function recordsOf({ statusCode, body }) {
	if (statusCode !== 200 || !Array.isArray(body?.employees)) {
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
				'Bob gave no ID or no status of an employee. The service user must be allowed to see the lifecycle status of everybody.',
			);
		}
		const found = standing({
			lifecycle,
			access,
			startDate: machineValue(employee, 'work.startDate'),
			lastDayOfWork: machineValue(employee, 'employee.lastDayOfWork'),
			terminationDate: machineValue(employee, 'internal.terminationDate'),
			ownWords: settings.ownWords,
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
