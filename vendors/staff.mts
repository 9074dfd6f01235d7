/** A period in which a person is employed. Dates are local ones, such as `2026-01-31`. */
export interface Employment {
	startDate: string;
	/** The last day. Absent while no one has said when it ends. */
	endDate?: string;
}

/** What every emulated HRIS knows about an employee; each one represents it in its own form. */
export interface Employee {
	/** The HRIS's own id of the record. */
	id: string;
	/** The company's address for this person. */
	email?: string;
	personalEmail?: string;
	givenName?: string;
	familyName?: string;
	title?: string;
	department?: string;
	division?: string;
	location?: string;
	costCenter?: string;
	employeeNumber?: string;
	/** The id of another employee. */
	managerId?: string;
	/** The present or the last employment. */
	startDate: string;
	endDate?: string;
	/** Earlier employments, oldest first. */
	earlier?: Employment[];
	/** On a leave of absence. */
	onLeave?: boolean;
	/** The HRIS's own word, if it does not follow from dates and leave. */
	status?: string;
	timeZone?: string;
}

/** The employment state of an employee on a day, according to dates and leave. */
export type EmploymentState = 'notStarted' | 'active' | 'onLeave' | 'ended';

/** The employees of an emulated HRIS, and the actions of HR. */
export class Staff {
	readonly #employees = new Map<string, Employee>();
	readonly #today: () => string;

	/** @param today the HRIS's own date; default: the date in UTC */
	constructor(employees: Employee[] = [], today = () => new Date().toISOString().slice(0, 10)) {
		this.#today = today;
		for (const employee of employees) this.#employees.set(employee.id, employee);
	}

	get today(): string {
		return this.#today();
	}

	/** In the order in which they were entered. */
	all(): Employee[] {
		return [...this.#employees.values()];
	}

	find(id: string): Employee | undefined {
		return this.#employees.get(id);
	}

	/** Enters an employee, or changes the given values; `undefined` removes a value. */
	setEmployee(change: Partial<Employee> & { id: string }): void {
		const known = this.#employees.get(change.id) ?? { startDate: this.today, id: change.id };
		this.#employees.set(change.id, { ...known, ...change });
	}

	/** HR enters a last day, in the past or the future. */
	terminate(id: string, lastDay: string): void {
		this.setEmployee({ id, endDate: lastDay });
	}

	/** HR withdraws a leaver's last day. */
	withdrawTermination(id: string): void {
		const { endDate: _gone, ...rest } = this.#known(id);
		this.#employees.set(id, rest);
	}

	/** A person who had left comes back: the same record, a new employment. */
	rehire(id: string, startDate: string): void {
		const { endDate, ...rest } = this.#known(id);
		const last: Employment = { startDate: rest.startDate, endDate: endDate ?? startDate };
		this.#employees.set(id, { ...rest, startDate, earlier: [...(rest.earlier ?? []), last] });
	}

	/** HR clears the address of a person. */
	clearEmail(id: string): void {
		const { email: _gone, ...rest } = this.#known(id);
		this.#employees.set(id, rest);
	}

	/** The record is deleted, as if it had never been. */
	remove(id: string): void {
		this.#employees.delete(id);
	}

	clear(): void {
		this.#employees.clear();
	}

	/** The last day counts as employed. */
	employmentStateOf({ startDate, endDate, onLeave }: Employee): EmploymentState {
		if (endDate !== undefined && endDate < this.today) return 'ended';
		if (startDate > this.today) return 'notStarted';
		return onLeave ? 'onLeave' : 'active';
	}

	#known(id: string): Employee {
		const employee = this.#employees.get(id);
		if (!employee) throw new Error(`The emulated HRIS has no employee "${id}"`);
		return employee;
	}
}
