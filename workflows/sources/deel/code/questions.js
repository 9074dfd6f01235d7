for (const { employeeId, email } of asked) {
	if (employeeId !== '' && !/^[\w-]+$/.test(employeeId)) {
		throw new Error(`"${employeeId}" is not the ID of an employee in Deel.`);
	}
	// It becomes a part of a filter.
	if (/["\\]/.test(email)) throw new Error(`"${email}" is not an email address.`);
}
return asked.map((json) => ({ json }));
