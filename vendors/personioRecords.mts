import type { Employee, Employment, EmploymentState, Staff } from './staff.mts';

const WORDS: Record<EmploymentState, string> = {
	active: 'ACTIVE',
	onLeave: 'LEAVE',
	notStarted: 'ONBOARDING',
	ended: 'INACTIVE',
};

export const departments = (staff: Staff) => staff.all().flatMap(({ department }) => department ?? []);

export const idOfUnit = (name: string) =>
	String(2000 + [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0));

export const isInactive = (employee: Employee, staff: Staff) =>
	(employee.status ?? WORDS[staff.employmentStateOf(employee)]) === 'INACTIVE';

/** Attributes that have no value are left out. */
export function personOf(employee: Employee, staff: Staff) {
	const { id, email, givenName, familyName } = employee;
	return {
		id,
		...(email === undefined ? {} : { email }),
		...(givenName === undefined ? {} : { first_name: givenName }),
		...(familyName === undefined ? {} : { last_name: familyName }),
		status: isInactive(employee, staff) ? 'INACTIVE' : 'ACTIVE',
		created_at: '2024-01-01T00:00:00Z',
		updated_at: '2024-01-01T00:00:00Z',
		employments: employmentsOf(employee, staff).map((employment) => ({ id: employment.id })),
		custom_attributes:
			employee.employeeNumber === undefined
				? []
				: [
						{
							id: 'employee_number',
							type: 'string',
							global_id: 'employee_number',
							value: employee.employeeNumber,
						},
					],
	};
}

/** The most recent one first. */
export function employmentsOf(employee: Employee, staff: Staff) {
	const { startDate, endDate, earlier = [] } = employee;
	const present: Employment = endDate === undefined ? { startDate } : { startDate, endDate };
	return [...earlier, present]
		.map((employment, index) => ({
			id: `employment-${employee.id}-${index}`,
			person: { id: employee.id },
			status:
				employment === present
					? (employee.status ?? WORDS[staff.employmentStateOf(employee)])
					: 'INACTIVE',
			employment_start_date: employment.startDate,
			...(employment.endDate === undefined
				? {}
				: {
						employment_end_date: employment.endDate,
						termination: {
							termination_date: employment.endDate,
							last_working_day: employment.endDate,
							type: 'EMPLOYEE',
						},
					}),
			...(employee.title === undefined ? {} : { position: { title: employee.title } }),
			...(employee.managerId === undefined ? {} : { supervisor: { id: employee.managerId } }),
			org_units:
				employee.department === undefined
					? []
					: [{ type: 'department', id: idOfUnit(employee.department) }],
		}))
		.reverse();
}
