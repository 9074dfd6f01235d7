import type { Employee, Staff } from './staff.mts';

/** BambooHR makes people inactive on the date itself, and future hires are inactive. */
function statusOf({ status, startDate, endDate }: Employee, { today }: Staff): string {
	if (status !== undefined) return status;
	if (endDate !== undefined && endDate <= today) return 'Inactive';
	return startDate > today ? 'Inactive' : 'Active';
}

interface StatusRow {
	id: string;
	employeeId: string;
	date: string;
	employmentStatus: string;
	comment: string | null;
	terminationTypeId: string | null;
}

/** All changes, including future ones. A termination is a separate row. */
export function employmentRows(employee: Employee): StatusRow[] {
	const { id, startDate, endDate, earlier = [] } = employee;
	const present = endDate === undefined ? { startDate } : { startDate, endDate };
	const rows = [...earlier, present].flatMap((employment) => [
		{ date: employment.startDate, employmentStatus: 'Full-Time', terminationTypeId: null },
		...(employment.endDate === undefined
			? []
			: [{ date: employment.endDate, employmentStatus: 'Terminated', terminationTypeId: '9' }]),
	]);
	if (employee.onLeave) {
		rows.push({
			date: dayAfter(startDate),
			employmentStatus: 'Furloughed',
			terminationTypeId: null,
		});
	}
	// The rows come in no order.
	return rows
		.map((row, index) => ({ id: String(index + 1), employeeId: id, comment: null, ...row }))
		.reverse();
}

function dayAfter(date: string): string {
	return new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
}

/** The current value of the table, without future changes. */
function employmentStatusOf(employee: Employee, { today }: Staff): string | null {
	const current = employmentRows(employee)
		.filter(({ date }) => date <= today)
		.sort((a, b) => a.date.localeCompare(b.date) || Number(a.id) - Number(b.id));
	return current.at(-1)?.employmentStatus ?? null;
}

/** The last termination in the past, even of an earlier employment. */
function terminationDateOf({ endDate, earlier = [] }: Employee, { today }: Staff): string | null {
	const ends = [...earlier.map((employment) => employment.endDate), endDate];
	return ends.filter((date) => date !== undefined && date <= today).at(-1) ?? null;
}

export function fieldsOf(employee: Employee, staff: Staff): Record<string, string | null> {
	const { id, email, personalEmail, givenName, familyName } = employee;
	const manager = employee.managerId === undefined ? undefined : staff.find(employee.managerId);
	const names = [givenName, familyName].filter((name) => name !== undefined);
	return {
		id,
		firstName: givenName ?? null,
		lastName: familyName ?? null,
		preferredName: null,
		displayName: names.length > 0 ? names.join(' ') : null,
		status: statusOf(employee, staff),
		workEmail: email ?? null,
		homeEmail: personalEmail ?? null,
		bestEmail: email ?? personalEmail ?? null,
		jobTitle: employee.title ?? null,
		department: employee.department ?? null,
		division: employee.division ?? null,
		employeeNumber: employee.employeeNumber ?? null,
		supervisorEmail: manager?.email ?? null,
		hireDate: employee.startDate,
		terminationDate: terminationDateOf(employee, staff),
		employmentHistoryStatus: employmentStatusOf(employee, staff),
	};
}

/** Only `id` and the requested fields; unknown fields are silently left out. */
export function chosen(fields: Record<string, string | null>, names: string[]) {
	return Object.fromEntries(
		Object.entries(fields).filter(([name]) => name === 'id' || names.includes(name)),
	);
}

const LISTED_ALWAYS = [
	'employeeId',
	'firstName',
	'lastName',
	'preferredName',
	'photoUrl',
	'jobTitleName',
	'status',
];

/** A record of the list has other names for some fields, and names what the key may not see. */
export function listed(employee: Employee, staff: Staff, extra: string[], hidden: string[]) {
	const fields = fieldsOf(employee, staff);
	const known: Record<string, string | null> = {
		...fields,
		employeeId: employee.id,
		photoUrl: null,
		jobTitleName: fields['jobTitle'] ?? null,
		departmentName: fields['department'] ?? null,
		divisionName: fields['division'] ?? null,
		locationName: employee.location ?? null,
		employmentStatusName: fields['employmentHistoryStatus'] ?? null,
		reportsToId: employee.managerId ?? null,
	};
	const names = [...LISTED_ALWAYS, ...extra].filter((name) => name in known);
	return {
		...Object.fromEntries(names.map((name) => [name, hidden.includes(name) ? null : known[name]])),
		_restrictedFields: names.filter((name) => hidden.includes(name)),
	};
}
