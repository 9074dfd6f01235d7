import type { FastifyInstance } from 'fastify';

import { type HrisServer, isAuthorized, parameter, refuse, startHrisServer } from './hrisServer.mts';
import { departments, employmentsOf, idOfUnit, isInactive, personOf } from './personioRecords.mts';
import { type Employee, Staff } from './staff.mts';

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

/** What the routes show, and who may see it. */
interface Account {
	readonly clientId: string;
	readonly clientSecret: string;
	readonly staff: Staff;
	largestPage: number;
	areEmploymentsShown: boolean;
	/** Only the token with this number is valid. */
	tokenNumber: number;
}

interface OfId {
	Params: { id: string };
}

const DEFAULT_PAGE = 10;
const LARGEST_PAGE = 50;

/**
 * Emulates the parts of Personio's API v2 that a reader of people uses: people without dates, their
 * employments, and the departments, which are org units.
 * https://developer.personio.de/reference/get_v2-persons,
 * https://developer.personio.de/reference/get_v2-persons-person-id-employments
 */
export async function startPersonio(options: PersonioOptions): Promise<Personio> {
	const account: Account = {
		clientId: options.clientId,
		clientSecret: options.clientSecret,
		staff: new Staff(options.employees, options.today),
		largestPage: LARGEST_PAGE,
		areEmploymentsShown: true,
		tokenNumber: 1,
	};
	const server = await startHrisServer({
		hostNames: ['api.personio.de'],
		...(options.port === undefined ? {} : { port: options.port }),
		errorBody,
		routes: (app) => {
			tokenRoute(app, account);
			refuseWithoutToken(app, account);
			personRoutes(app, account);
			unitRoute(app, account);
		},
	});

	return {
		...server,
		staff: account.staff,
		setLargestPage: (size) => {
			account.largestPage = size;
		},
		showEmployments: (shown) => {
			account.areEmploymentsShown = shown;
		},
		expireTokens: () => {
			account.tokenNumber += 1;
		},
	};
}

const errorBody = (status: number) => ({
	body: {
		personio_trace_id: 'cbd3b23d-f2a3-4191-8837-35df659b1abc',
		timestamp: new Date().toISOString(),
		errors: [{ title: 'Something is wrong', detail: `Status ${status}`, type: 'emulated' }],
	},
	contentType: 'application/problem+json',
});

const validToken = ({ tokenNumber }: Account) => `papi-${tokenNumber}`;

function tokenRoute(app: FastifyInstance, account: Account): void {
	app.post('/v2/auth/token', async ({ body }, reply) => {
		const isClient =
			parameter(body, 'grant_type') === 'client_credentials' &&
			parameter(body, 'client_id') === account.clientId &&
			parameter(body, 'client_secret') === account.clientSecret;
		if (!isClient) return await refuse(reply, { errorBody }, 401);
		return {
			access_token: validToken(account),
			expires_in: 86_400,
			token_type: 'Bearer',
			scope: 'personio:persons:read',
		};
	});
}

function refuseWithoutToken(app: FastifyInstance, account: Account): void {
	app.addHook('preHandler', async (request, reply) =>
		request.url.startsWith('/v2/auth/') || isAuthorized(request, `Bearer ${validToken(account)}`)
			? undefined
			: await refuse(reply, { errorBody }, 401),
	);
}

/** The routes that list people and show the employments of one of them. */
function personRoutes(app: FastifyInstance, account: Account): void {
	const { staff } = account;
	app.get('/v2/persons', async ({ query }) => {
		const found = staff.all().filter((employee) => fits(employee, query, staff));
		const persons = found.map((employee) => personOf(employee, staff));
		return page('/v2/persons', query, persons, account.largestPage);
	});
	app.get<OfId>('/v2/persons/:id/employments', async ({ params, query, url }, reply) => {
		const employee = staff.find(params.id);
		if (!employee) return await refuse(reply, { errorBody }, 404);
		const employments = account.areEmploymentsShown ? employmentsOf(employee, staff) : [];
		return page(url.replace(/\?.*/, ''), query, employments, account.largestPage);
	});
}

function unitRoute(app: FastifyInstance, { staff }: Account): void {
	app.get<OfId>('/v2/org-units/:id', async ({ params, query }, reply) => {
		const name = departments(staff).find((department) => idOfUnit(department) === params.id);
		if (name === undefined || parameter(query, 'type') !== 'department') {
			return await refuse(reply, { errorBody }, 404);
		}
		return { id: params.id, type: 'department', name };
	});
}

/** All filters must match; several values of one are joined by commas. */
function fits(employee: Employee, query: unknown, staff: Staff): boolean {
	const ids = parameter(query, 'id')?.split(',');
	const emails = parameter(query, 'email')?.toLowerCase().split(',');
	const status = parameter(query, 'status');
	return (
		(ids?.includes(employee.id) ?? true) &&
		(emails?.includes(employee.email?.toLowerCase() ?? '') ?? true) &&
		(status === undefined || status === (isInactive(employee, staff) ? 'INACTIVE' : 'ACTIVE'))
	);
}

function page(path: string, query: unknown, all: unknown[], largestPage: number) {
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
