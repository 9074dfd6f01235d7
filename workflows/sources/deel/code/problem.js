/** Why Deel cannot be asked a question; nothing where it can. An address becomes a part of a filter. */
function problemOf({ employeeId, email }) {
	if (employeeId !== '' && !/^[\w-]+$/.test(employeeId)) {
		return `"${employeeId}" is not the ID of an employee in Deel.`;
	}
	return /["\\]/.test(email) ? `"${email}" is not an email address.` : undefined;
}
