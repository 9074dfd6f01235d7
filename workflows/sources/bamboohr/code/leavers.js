const records = list.rows.map((row) => {
	const found = standing({
		status: row.status,
		// The list tells the present row of the table only.
		rows: [],
		hireDate: row.hireDate,
		terminationDate: row.terminationDate,
		today: utcDate(),
		ownWords,
	});
	const onLeave =
		found.status === 'unknown' && meaningOfWord(row.employmentStatusName, ownWords) === 'onLeave';
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
		managerEmail: managerEmailOf(row),
		explanation: onLeave ? undefined : found.explanation,
	});
});

const { since } = $('Questions').first().json;
return leaversAnswer('bamboohr', records, since, {
	pages: $('All employees').all().length,
	complete: list.isWhole,
	explanation: list.isWhole ? undefined : 'The list changed while it was read.',
});
