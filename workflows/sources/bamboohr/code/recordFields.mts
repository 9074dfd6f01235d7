/** What BambooHR is asked about one employee, besides status and address. */
export const RECORD_FIELDS = [
	'displayName',
	'firstName',
	'lastName',
	'jobTitle',
	'department',
	'division',
	'employeeNumber',
	'supervisorEmail',
	'hireDate',
	'terminationDate',
];
