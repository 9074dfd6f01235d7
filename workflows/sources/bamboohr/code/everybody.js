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
// Without these nobody can be told apart, or nobody knows who has left, or whom Notion is meant for.
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
	const { startDate, ...found } = listedStanding(row, ownWords);
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
	pages: reading.pages,
	complete: isWhole,
	groupsComplete: isWhole && rows.length > 0 && hiddenGroups.length === 0,
	attributesRead: [
		...Object.keys(ATTRIBUTE_FIELDS).filter((name) => !hiddenFields.has(ATTRIBUTE_FIELDS[name])),
		...(hiddenGroups.length === 0 ? ['groups'] : []),
	],
	reasons,
});
