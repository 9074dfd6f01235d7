const { company, emailField, ownWords } = $('Settings').first().json;
if (!/^[a-z0-9][a-z0-9-]*$/i.test(company ?? '')) {
	throw new Error(
		`Settings: "company" must be the part of BambooHR's address before .bamboohr.com, not "${company}".`,
	);
}

/** Why BambooHR cannot be asked a question; nothing where it can. The number 0 would be the owner of the API key. */
function problemOf({ employeeId }) {
	return employeeId === '' || /^[1-9]\d*$/.test(employeeId)
		? undefined
		: `"${employeeId}" is not the ID of an employee in BambooHR, which is a number.`;
}
