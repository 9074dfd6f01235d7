for (const { employeeId } of asked) {
	if (employeeId !== '' && !/^[\w-]+$/.test(employeeId)) {
		throw new Error(`"${employeeId}" is not the ID of an employee in Bob.`);
	}
}
return asked.map((json) => ({ json }));
