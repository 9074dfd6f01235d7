/** Why Bob cannot be asked a question; nothing where it can. */
function problemOf({ employeeId }) {
	return employeeId === '' || /^[\w-]+$/.test(employeeId)
		? undefined
		: `"${employeeId}" is not the ID of an employee in Bob.`;
}
