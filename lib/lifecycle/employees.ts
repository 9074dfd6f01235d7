import { emailKey } from '../scim/emailKey';

/** How rows and links name an employee. An empty text means unknown. */
export interface Employee {
	source: string;
	companyId: string;
	employeeId: string;
	email: string;
}

/** The source of signed deliveries whose sender does not state its HRIS. */
const NAMELESS = ['', 'standardwebhooks', 'headertoken'];

const sourceKey = (source: string): string => source.trim().toLowerCase();

/** Whether a text names a specific HRIS. */
export function namesSource(source: string): boolean {
	return !NAMELESS.includes(sourceKey(source));
}

/** Whether two names mean the same HRIS, if both name one. */
export function isSameSource(one: string, other: string): boolean {
	return !namesSource(one) || !namesSource(other) || sourceKey(one) === sourceKey(other);
}

/** Two companies may use the same employee numbers. A missing company contradicts none. */
export function isSameCompany(one: string, other: string): boolean {
	return one === '' || other === '' || one === other;
}

/** Whether both have an address, and it is the same one. */
export function isSameAddress(one: string, other: string): boolean {
	return one.trim() !== '' && emailKey(one) === emailKey(other);
}

/** Whether a row is about an employee: by ID, and by address if one of the two has no ID. */
export function isAbout(row: Employee, employee: Employee): boolean {
	if (!isSameSource(row.source, employee.source)) return false;
	if (!isSameCompany(row.companyId, employee.companyId)) return false;
	if (row.employeeId !== '' && employee.employeeId !== '') return row.employeeId === employee.employeeId;
	return isSameAddress(row.email, employee.email);
}

/** How a sentence names a person: "Ada Lovelace (employee 7)". */
export function nameOf({ displayName, email, employeeId }: { displayName: string; email: string; employeeId: string }): string {
	const name = displayName || email;
	const employee = employeeId === '' ? '' : `employee ${employeeId}`;
	if (name === '') return employee === '' ? 'A person without a name' : `Employee ${employeeId}`;
	return employee === '' ? name : `${name} (${employee})`;
}
