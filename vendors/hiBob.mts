import { z } from 'zod';
import { basic, type HrisServer, isAuthorized, startHrisServer } from './hrisServer.mts';
import { type Employee, Staff, type EmploymentState } from './staff.mts';

export interface HiBobOptions {
	/** Id and token of the service user. */
	serviceUser: { id: string; token: string };
	employees?: Employee[];
	/** The company's date; default: the date in UTC. */
	today?: () => string;
	/** Default 0: any free port. */
	port?: number;
}

export interface HiBob extends HrisServer {
	readonly staff: Staff;
	/** Fields that are hidden from the service user from now on, such as `internal.status`. */
	hideFields(...names: string[]): void;
	/** For this many milliseconds, answers do not change. Bob's documentation mentions up to 20 seconds. */
	lagFor(milliseconds: number): void;
}

const searchSchema = z.object({
	fields: z.array(z.string()).max(400),
	showInactive: z.boolean().default(false),
	humanReadable: z.enum(['', 'APPEND', 'REPLACE']).default(''),
	filters: z
		.array(
			z.object({
				fieldPath: z.enum(['root.id', 'root.email']),
				operator: z.literal('equals'),
				values: z.array(z.string()).min(1),
			}),
		)
		.length(1)
		.optional(),
});

const WORDS: Record<EmploymentState, string> = {
	active: 'Employed',
	onLeave: 'Leave',
	notStarted: 'Hired',
	ended: 'Terminated',
};

/**
 * Emulates the parts of Bob (HiBob) that a reader of employees uses: the search, which returns all matching
 * people in one answer. https://apidocs.hibob.com/docs/people-read-api-contract
 */
export async function startHiBob(options: HiBobOptions): Promise<HiBob> {
	const { serviceUser } = options;
	const staff = new Staff(options.employees, options.today);
	let hidden: string[] = [];
	let old: { until: number; employees: Employee[] } = { until: 0, employees: [] };

	const description = {
		hostNames: ['api.hibob.com'],
		...(options.port === undefined ? {} : { port: options.port }),
		errorBody: (status: number) => ({
			body: { key: `error.${status}`, error: 'Something is wrong' },
		}),
	};
	const server = await startHrisServer({
		...description,
		routes: (app) => {
			app.post('/v1/people/search', async (request, reply) => {
				if (!isAuthorized(request, basic(serviceUser.id, serviceUser.token))) {
					return await reply.code(401).send({ error: 'Unauthorized' });
				}
				const asked = searchSchema.safeParse(request.body);
				if (!asked.success) return await reply.code(400).send({ error: asked.error.message });
				return search(asked.data);
			});
		},
	});

	const visible = (): Employee[] => (Date.now() < old.until ? old.employees : staff.all());

	function search({ fields, filters, showInactive, humanReadable }: z.infer<typeof searchSchema>) {
		const [filter] = filters ?? [];
		const employees = visible().filter((employee) => {
			if (!showInactive && !isActive(employee, staff)) return false;
			if (!filter) return true;
			const value = filter.fieldPath === 'root.id' ? employee.id : employee.email?.toLowerCase();
			return filter.values.some((wanted) => wanted.toLowerCase() === value);
		});
		const names = fields.filter((name) => !hidden.includes(name));
		return {
			employees: employees.map((employee) => told(fieldsOf(employee, staff), names, humanReadable)),
		};
	}

	return {
		...server,
		staff,
		hideFields: (...names) => {
			hidden = names;
		},
		lagFor: (milliseconds) => {
			old = { until: Date.now() + milliseconds, employees: staff.all() };
		},
	};
}

/** Whether a person has access to Bob; future hires do not. */
function isActive(employee: Employee, staff: Staff): boolean {
	const employmentState = staff.employmentStateOf(employee);
	return employmentState === 'active' || employmentState === 'onLeave';
}

interface Field {
	/** For machines: the id of a list's item, or a date in ISO form. */
	value: string;
	/** For people: the name of a list's item, or a date as the service user's settings have it. */
	shown?: string;
}

const listItem = (name: string): Field => ({
	value: `25${name.length}0417${name.length}`,
	shown: name,
});
const date = (iso: string): Field => ({ value: iso, shown: iso.split('-').reverse().join('/') });

function fieldsOf(employee: Employee, staff: Staff): Record<string, Field> {
	const { id, email, givenName, familyName, title, department, startDate, endDate } = employee;
	const manager = employee.managerId === undefined ? undefined : staff.find(employee.managerId);
	const word = employee.status ?? WORDS[staff.employmentStateOf(employee)];
	const names = [givenName, familyName].filter((name) => name !== undefined);
	const fields: Record<string, Field | undefined> = {
		'root.id': { value: id },
		'root.email': email === undefined ? undefined : { value: email },
		'root.firstName': givenName === undefined ? undefined : { value: givenName },
		'root.surname': familyName === undefined ? undefined : { value: familyName },
		'root.displayName': names.length > 0 ? { value: names.join(' ') } : undefined,
		'work.title': title === undefined ? undefined : listItem(title),
		'work.department': department === undefined ? undefined : listItem(department),
		'work.employeeIdInCompany':
			employee.employeeNumber === undefined ? undefined : { value: employee.employeeNumber },
		'work.reportsTo.email': manager?.email === undefined ? undefined : { value: manager.email },
		'work.startDate': date(startDate),
		'internal.terminationDate': endDate === undefined ? undefined : date(endDate),
		'internal.status': { value: isActive(employee, staff) ? 'Active' : 'Inactive' },
		'internal.lifecycleStatus': { value: word.toLowerCase().replaceAll(' ', ''), shown: word },
	};
	return Object.fromEntries(
		Object.entries(fields).flatMap(([name, field]) => (field ? [[name, field]] : [])),
	);
}

/** Each field appears under its path and in nested objects; hidden ones are left out. */
function told(fields: Record<string, Field>, names: string[], humanReadable: string) {
	const chosen = Object.entries(fields).filter(([name]) => names.includes(name));
	const machine = nested(chosen.map(([name, { value }]) => [name, value]));
	const human = nested(chosen.map(([name, { value, shown }]) => [name, shown ?? value]));
	if (humanReadable === 'REPLACE') return human;
	const byPath = chosen.map(([name, { value }]) => [`/${name.replaceAll('.', '/')}`, { value }]);
	return {
		...Object.fromEntries(byPath),
		...machine,
		...(humanReadable === 'APPEND' ? { humanReadable: human } : {}),
	};
}

type Nested = { [name: string]: string | Nested };

/** `root` is not a level of its own: its fields are at the top. */
function nested(entries: [name: string, value: string][]): Nested {
	const result: Nested = {};
	for (const [name, value] of entries) {
		const path = name.replace(/^root\./, '').split('.');
		const last = path.pop() ?? name;
		let level = result;
		for (const step of path) {
			const next = level[step];
			level = typeof next === 'object' ? next : (level[step] = {});
		}
		level[last] = value;
	}
	return result;
}
