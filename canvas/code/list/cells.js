// How people stand in a list: a CSV file or a Data Table. It is written and read with the same functions, and
// lib/report/csv.ts has those of a cell.

/** The columns of a directory that is a list, in their order; named as a person's attributes are. */
const LIST_COLUMNS = [
	'sourceId',
	'email',
	'secondaryEmails',
	'displayName',
	'givenName',
	'familyName',
	'title',
	'department',
	'division',
	'costCenter',
	'organization',
	'employeeNumber',
	'managerEmail',
	'locale',
	'preferredLanguage',
	'userType',
	'phoneNumber',
	'groups',
	'status',
	'startAt',
	'endDate',
	'kind',
];

/**
 * The value for a cell of a Data Table. Nothing computes there, but a file with guarded cells may have
 * been loaded into one, so the guard is taken off whatever looks guarded when it is read.
 */
function tableCell(value) {
	return unguardedCell(value) === value ? value : guardedCell(value);
}

/** Names of groups as one cell. A separator that is part of a name is marked with a backslash. */
function groupsCell(names) {
	return names.map((name) => name.replace(/[\\;|]/g, '\\$&')).join(';');
}

/** Names of groups in a cell, between `;` or `|`, each once. */
function groupsInCell(cell) {
	const names = [''];
	for (const [part] of cell.matchAll(/\\[\\;|]|[^]/gu)) {
		if (part === ';' || part === '|') names.push('');
		else names.push(names.pop() + (part.length > 1 && part.startsWith('\\') ? part.slice(1) : part));
	}
	return [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))];
}
