// BambooHR leaves out what the key may not see, so a missing status is no answer.
function recordOf(employee, table, row) {
	const id = text(row.employeeId);
	if (text(employee?.id) !== id || !('status' in employee) || !(emailField in employee)) {
		throw new Error(
			`BambooHR did not give status and ${emailField} of employee ${id}. Who owns the API key must be allowed to see them.`,
		);
	}
	if (table?.statusCode !== 200 || !Array.isArray(table.body)) {
		throw new Error(
			`BambooHR's employment statuses of employee ${id} do not have the documented form.`,
		);
	}
	const found = standing({
		status: employee.status,
		rows: table.body,
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
		managerEmail: text(employee.supervisorEmail) ?? managerEmailOf(row),
	});
}

const toRead = $('Records to read')
	.all()
	.filter(({ json }) => !json.nobody);
const employees = toRead.length === 0 ? [] : $('Employee').all();
const tables = toRead.length === 0 ? [] : $('Employment statuses').all();
const records = toRead.map(({ json: { employeeId } }, index) =>
	recordOf(employees[index]?.json, tables[index]?.json, rowsById.get(employeeId)),
);

return $('Questions')
	.all()
	.flatMap(({ json: { employeeId, email } }) => {
		const own = records.filter(({ sourceId }) => sourceId === employeeId);
		const keys = [email, ...own.map((record) => record.email)].map(emailKey).filter(Boolean);
		const others = records.filter((record) => keys.includes(emailKey(record.email)));
		return answerTo({ employeeId, email }, 'bamboohr', [...own, ...others]);
	});
