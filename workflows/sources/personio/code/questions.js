for (const { employeeId, email } of asked) {
	if (employeeId !== '' && !/^[\w-]+$/.test(employeeId)) {
		throw new Error(`"${employeeId}" is not the ID of an employee in Personio.`);
	}
	// Several addresses are joined by commas.
	if (/[,\s]/.test(email)) throw new Error(`"${email}" is not an email address.`);
}
return asked.map((json) => ({ json }));
