const { company, emailField, ownWords } = $('Settings').first().json;
if (!/^[a-z0-9][a-z0-9-]*$/i.test(company ?? '')) {
	throw new Error(
		`Settings: "company" must be the part of BambooHR's address before .bamboohr.com, not "${company}".`,
	);
}
for (const { employeeId } of asked) {
	// The number 0 would be the owner of the API key.
	if (employeeId !== '' && !/^[1-9]\d*$/.test(employeeId)) {
		throw new Error(`"${employeeId}" is not the ID of an employee in BambooHR, which is a number.`);
	}
}
