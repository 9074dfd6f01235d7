import {
	type HrisServer,
	isAuthorized,
	parameter,
	refuse,
	startHrisServer,
} from './hrisServer.mts';
import { type Employee, type Employment, Staff, type EmploymentState } from './staff.mts';

export interface PersonioOptions {
	clientId: string;
	clientSecret: string;
	employees?: Employee[];
	/** The company's date; default: the date in UTC. */
	today?: () => string;
	/** Default 0: any free port. */
	port?: number;
}

export interface Personio extends HrisServer {
	readonly staff: Staff;
	/** Maximum number of people on a page. Default 50, as documented. */
	setLargestPage(size: number): void;
	/** Whether the API credentials may read employments. Default: yes. */
	showEmployments(shown: boolean): void;
	/** Invalidates the tokens issued so far. */
	expireTokens(): void;
}

const DEFAULT_PAGE = 10;
const LARGEST_PAGE = 50;

const WORDS: Record<EmploymentState, string> = {
	active: 'ACTIVE',
	onLeave: 'LEAVE',
	notStarted: 'ONBOARDING',
	ended: 'INACTIVE',
};

/**
 * Emulates the parts of Personio's API v2 that a reader of people uses: people without dates, their
 * employments, and the departments, which are org units.
 * https://developer.personio.de/reference/get_v2-persons,
 * https://developer.personio.de/reference/get_v2-persons-person-id-employments
 */
export async function startPersonio(options: PersonioOptions): Promise<Personio> {
	const staff = new Staff(options.employees, options.today);
	let largestPage = LARGEST_PAGE;
	let tokens = 1;
	let areShown = true;

	const errorBody = (status: number) => ({
		body: {
			personio_trace_id: 'cbd3b23d-f2a3-4191-8837-35df659b1abc',
			timestamp: new Date().toISOString(),
			errors: [{ title: 'Something is wrong', detail: `Status ${status}`, type: 'emulated' }],
		},
		contentType: 'application/problem+json',
	});
	const server = await startHrisServer({
		hostNames: ['api.personio.de'],
		...(options.port === undefined ? {} : { port: options.port }),
		errorBody,
		routes: (app) => {
			app.post('/v2/auth/token', async (request, reply) => {
				const isClient =
					parameter(request.body, 'grant_type') === 'client_credentials' &&
					parameter(request.body, 'client_id') === options.clientId &&
					parameter(request.body, 'client_secret') === options.clientSecret;
				if (!isClient) return await refuse(reply, { errorBody }, 401);
				return {
					access_token: `papi-${tokens}`,
					expires_in: 86_400,
					token_type: 'Bearer',
					scope: 'personio:persons:read',
				};
			});
			app.addHook('preHandler', async (request, reply) =>
				request.url.startsWith('/v2/auth/') || isAuthorized(request, `Bearer papi-${tokens}`)
					? undefined
					: await refuse(reply, { errorBody }, 401),
			);
			app.get('/v2/persons', async (request) => {
				const found = staff.all().filter((employee) => fits(employee, request.query));
				return page(
					'/v2/persons',
					request.query,
					found.map((employee) => personOf(employee, staff)),
				);
			});
			app.get<{ Params: { id: string } }>('/v2/persons/:id/employments', async (request, reply) => {
				const employee = staff.find(request.params.id);
				if (!employee) return await refuse(reply, { errorBody }, 404);
				return page(
					request.url.replace(/\?.*/, ''),
					request.query,
					areShown ? employmentsOf(employee, staff) : [],
				);
			});
			app.get<{ Params: { id: string } }>('/v2/org-units/:id', async (request, reply) => {
				const name = departments(staff).find(
					(department) => idOfUnit(department) === request.params.id,
				);
				if (name === undefined || parameter(request.query, 'type') !== 'department') {
					return await refuse(reply, { errorBody }, 404);
				}
				return { id: request.params.id, type: 'department', name };
			});
		},
	});

	/** All filters must match; several values of one are joined by commas. */
	function fits(employee: Employee, query: unknown): boolean {
		const ids = parameter(query, 'id')?.split(',');
		const emails = parameter(query, 'email')?.toLowerCase().split(',');
		const status = parameter(query, 'status');
		return (
			(ids?.includes(employee.id) ?? true) &&
			(emails?.includes(employee.email?.toLowerCase() ?? '') ?? true) &&
			(status === undefined || status === (isInactive(employee, staff) ? 'INACTIVE' : 'ACTIVE'))
		);
	}

	function page(path: string, query: unknown, all: unknown[]) {
		const limit = Math.min(Number(parameter(query, 'limit') ?? DEFAULT_PAGE), largestPage);
		const start = Number(/^cur_(\d+)$/.exec(parameter(query, 'cursor') ?? '')?.[1] ?? 0);
		const href = `https://api.personio.de${path}`;
		const next =
			start + limit < all.length
				? { next: { href: `${href}?limit=${limit}&cursor=cur_${start + limit}` } }
				: {};
		return {
			_data: all.slice(start, start + limit),
			_meta: { links: { self: { href }, ...next } },
		};
	}

	return {
		...server,
		staff,
		setLargestPage: (size) => {
			largestPage = size;
		},
		showEmployments: (shown) => {
			areShown = shown;
		},
		expireTokens: () => {
			tokens += 1;
		},
	};
}

const departments = (staff: Staff) => staff.all().flatMap(({ department }) => department ?? []);

const idOfUnit = (name: string) =>
	String(2000 + [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0));

const isInactive = (employee: Employee, staff: Staff) =>
	(employee.status ?? WORDS[staff.employmentStateOf(employee)]) === 'INACTIVE';

/** Attributes that have no value are left out. */
function personOf(employee: Employee, staff: Staff) {
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
function employmentsOf(employee: Employee, staff: Staff) {
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
