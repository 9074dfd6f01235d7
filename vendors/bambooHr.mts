import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Employee, Staff } from './staff.mts';
import { basic, isAuthorized, parameter, startHrisServer, type HrisServer } from './hrisServer.mts';

export interface BambooHrOptions {
	/** The part of the address before `.bamboohr.com`. */
	company: string;
	apiKey: string;
	employees?: Employee[];
	/** The company's date; default: the date in UTC. */
	today?: () => string;
	/** Default 0: any free port. */
	port?: number;
}

export interface BambooHr extends HrisServer {
	readonly staff: Staff;
	/** Maximum number of records on a page. Default 2500, as documented. */
	setLargestPage(size: number): void;
	/** Fields that are hidden from the key from now on. */
	hideFields(...names: string[]): void;
}

const DEFAULT_PAGE = 250;
const LARGEST_PAGE = 2500;

/**
 * Emulates the parts of BambooHR that a reader of employees uses: one employee with chosen fields, the paged
 * list of employees, all of them or by ID or address, and the table of employment statuses. Answers at the
 * company's own host name and at the older gateway, which n8n's node calls.
 * https://documentation.bamboohr.com/reference/get-employee,
 * https://documentation.bamboohr.com/reference/list-employees
 */
export async function startBambooHr(options: BambooHrOptions): Promise<BambooHr> {
	const { company, apiKey } = options;
	const staff = new Staff(options.employees, options.today);
	let largestPage = LARGEST_PAGE;
	let hidden: string[] = [];

	const refused = (request: FastifyRequest, reply: FastifyReply) =>
		isAuthorized(request, basic(apiKey, 'x')) ? undefined : reply.code(401).send();

	const server = await startHrisServer({
		hostNames: ['api.bamboohr.com', `${company}.bamboohr.com`],
		...(options.port === undefined ? {} : { port: options.port }),
		errorBody: () => ({ body: { error: 'An error occurred' } }),
		routes: (app) => {
			for (const prefix of ['/api/v1', `/api/gateway.php/${company}/v1`]) {
				app.get(
					`${prefix}/employees`,
					async (request, reply) => refused(request, reply) ?? list(request.query),
				);
				app.get<{ Params: { id: string } }>(`${prefix}/employees/:id`, async (request, reply) => {
					const employee = staff.find(request.params.id);
					if (!isAuthorized(request, basic(apiKey, 'x'))) return await reply.code(401).send();
					if (!employee) {
						return await reply
							.code(404)
							.header('X-BambooHR-Error-Message', 'Employee not found')
							.send();
					}
					const fields = (parameter(request.query, 'fields') ?? '').split(',');
					return chosen(
						fieldsOf(employee, staff),
						fields.filter((field) => !hidden.includes(field)),
					);
				});
				app.get<{ Params: { id: string } }>(
					`${prefix}/employees/:id/tables/employmentStatus`,
					async (request, reply) => {
						if (!isAuthorized(request, basic(apiKey, 'x'))) return await reply.code(401).send();
						const employee = staff.find(request.params.id);
						return employee ? employmentRows(employee) : await reply.code(404).send();
					},
				);
			}
		},
	});

	/** The cursor is opaque; here it is the number of records before the page. */
	function list(query: unknown) {
		const asked = Number(parameter(query, 'page[limit]') ?? DEFAULT_PAGE);
		const limit = Math.min(asked, largestPage);
		const start = Number(
			Buffer.from(parameter(query, 'page[after]') ?? '', 'base64').toString() || 0,
		);
		const all = staff.all().filter((employee) => isChosen(employee, query));
		const page = all.slice(start, start + limit);
		const end = start + page.length;
		const extra = (parameter(query, 'fields') ?? '').split(',').filter((field) => field !== '');
		return {
			data: page.map((employee) => listed(employee, staff, extra, hidden)),
			meta: {
				total: all.length,
				page: {
					limit,
					nextCursor: end < all.length ? Buffer.from(String(end)).toString('base64') : null,
					prevCursor:
						start > 0 ? Buffer.from(String(Math.max(0, start - limit))).toString('base64') : null,
				},
			},
			_links: { self: { href: '/api/v1/employees' } },
		};
	}

	/**
	 * `filter[ids]` compares, `filter[workEmail]` and `filter[homeEmail]` match a part, ignoring capitals.
	 * People whose field is hidden are not found.
	 */
	function isChosen(employee: Employee, query: unknown): boolean {
		const ids = parameter(query, 'filter[ids]');
		if (ids !== undefined && !ids.split(',').includes(employee.id)) return false;
		return ['workEmail', 'homeEmail'].every((name) => {
			const part = parameter(query, `filter[${name}]`);
			if (part === undefined) return true;
			const value = hidden.includes(name) ? null : fieldsOf(employee, staff)[name];
			return value?.toLowerCase().includes(part.toLowerCase()) === true;
		});
	}

	return {
		...server,
		staff,
		setLargestPage: (size) => {
			largestPage = size;
		},
		hideFields: (...names) => {
			hidden = names;
		},
	};
}

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
function employmentRows(employee: Employee): StatusRow[] {
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

function fieldsOf(employee: Employee, staff: Staff): Record<string, string | null> {
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
function chosen(fields: Record<string, string | null>, names: string[]) {
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
function listed(employee: Employee, staff: Staff, extra: string[], hidden: string[]) {
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
