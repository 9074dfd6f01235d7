import type { FastifyInstance } from 'fastify';

import { chosen, employmentRows, fieldsOf, listed } from './bambooHrRecords.mts';
import { basic, type HrisServer, isAuthorized, parameter, startHrisServer } from './hrisServer.mts';
import { type Employee, Staff } from './staff.mts';

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

/** What the routes show, and who may see it. */
interface Account {
	/** The `Authorization` header of who may read. */
	readonly key: string;
	readonly staff: Staff;
	largestPage: number;
	hidden: string[];
}

interface OfId {
	Params: { id: string };
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
	const account: Account = {
		key: basic(apiKey, 'x'),
		staff: new Staff(options.employees, options.today),
		largestPage: LARGEST_PAGE,
		hidden: [],
	};
	const server = await startHrisServer({
		hostNames: ['api.bamboohr.com', `${company}.bamboohr.com`],
		...(options.port === undefined ? {} : { port: options.port }),
		errorBody: () => ({ body: { error: 'An error occurred' } }),
		routes: (app) => {
			for (const prefix of ['/api/v1', `/api/gateway.php/${company}/v1`]) {
				listRoute(app, prefix, account);
				employeeRoutes(app, prefix, account);
			}
		},
	});

	return {
		...server,
		staff: account.staff,
		setLargestPage: (size) => {
			account.largestPage = size;
		},
		hideFields: (...names) => {
			account.hidden = names;
		},
	};
}

function listRoute(app: FastifyInstance, prefix: string, account: Account): void {
	app.get(`${prefix}/employees`, async (request, reply) =>
		isAuthorized(request, account.key) ? list(request.query, account) : await reply.code(401).send(),
	);
}

/** The routes that show a single employee. */
function employeeRoutes(app: FastifyInstance, prefix: string, account: Account): void {
	const { key, staff } = account;
	app.get<OfId>(`${prefix}/employees/:id`, async (request, reply) => {
		if (!isAuthorized(request, key)) return await reply.code(401).send();
		const employee = staff.find(request.params.id);
		if (!employee) {
			return await reply.code(404).header('X-BambooHR-Error-Message', 'Employee not found').send();
		}
		const fields = (parameter(request.query, 'fields') ?? '').split(',');
		return chosen(
			fieldsOf(employee, staff),
			fields.filter((field) => !account.hidden.includes(field)),
		);
	});
	app.get<OfId>(`${prefix}/employees/:id/tables/employmentStatus`, async (request, reply) => {
		if (!isAuthorized(request, key)) return await reply.code(401).send();
		const employee = staff.find(request.params.id);
		return employee ? employmentRows(employee) : await reply.code(404).send();
	});
}

/** The cursor is opaque; here it is the number of records before the page. */
function list(query: unknown, account: Account) {
	const { staff, hidden } = account;
	const asked = Number(parameter(query, 'page[limit]') ?? DEFAULT_PAGE);
	const limit = Math.min(asked, account.largestPage);
	const after = parameter(query, 'page[after]') ?? '';
	const start = Number(Buffer.from(after, 'base64').toString() || 0);
	const all = staff.all().filter((employee) => isChosen(employee, query, account));
	const page = all.slice(start, start + limit);
	const end = start + page.length;
	const extra = (parameter(query, 'fields') ?? '').split(',').filter((field) => field !== '');
	return {
		data: page.map((employee) => listed(employee, staff, extra, hidden)),
		meta: {
			total: all.length,
			page: {
				limit,
				nextCursor: end < all.length ? cursorOf(end) : null,
				prevCursor: start > 0 ? cursorOf(Math.max(0, start - limit)) : null,
			},
		},
		_links: { self: { href: '/api/v1/employees' } },
	};
}

const cursorOf = (start: number) => Buffer.from(String(start)).toString('base64');

/**
 * `filter[ids]` compares, `filter[workEmail]` and `filter[homeEmail]` match a part, ignoring capitals.
 * People whose field is hidden are not found.
 */
function isChosen(employee: Employee, query: unknown, { staff, hidden }: Account): boolean {
	const ids = parameter(query, 'filter[ids]');
	if (ids !== undefined && !ids.split(',').includes(employee.id)) return false;
	return ['workEmail', 'homeEmail'].every((name) => {
		const part = parameter(query, `filter[${name}]`);
		if (part === undefined) return true;
		const value = hidden.includes(name) ? null : fieldsOf(employee, staff)[name];
		return value?.toLowerCase().includes(part.toLowerCase()) === true;
	});
}
