/** Why Personio cannot be asked a question; nothing where it can. Several addresses are joined by commas. */
function problemOf({ employeeId, email }) {
	if (employeeId !== '' && !/^[\w-]+$/.test(employeeId)) {
		return `"${employeeId}" is not the ID of an employee in Personio.`;
	}
	return /[,\s]/.test(email) ? `"${email}" is not an email address.` : undefined;
}
