import { DateTime } from 'luxon';

import {
	type HrisServer,
	isAuthorized,
	parameter,
	refuse,
	startHrisServer,
} from './hrisServer.mts';
import { type Employee, Staff, type EmploymentState } from './staff.mts';

export interface DeelOptions {
	/** An organization token. */
	token: string;
	employees?: Employee[];
	/** The company's date; default: the date in UTC. */
	today?: () => string;
	/** Default 0: any free port. */
	port?: number;
}

export interface Deel extends HrisServer {
	readonly staff: Staff;
	/** Maximum number of people on a page. Default 99, as documented. */
	setLargestPage(size: number): void;
	/**
	 * Writes dates as instants: a first day as its beginning in this zone, a last day as its end. Without a
	 * zone, which is the default, as dates.
	 */
	writeDatesIn(zone: string | undefined): void;
}

const DEFAULT_PAGE = 50;
const LARGEST_PAGE = 99;
const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';
const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const DEEL = 'urn:ietf:params:scim:schemas:extension:2.0:User';

const WORDS: Record<EmploymentState, string> = {
	active: 'active',
	// Deel's SCIM has no word for a leave of absence.
	onLeave: 'active',
	notStarted: 'onboarding',
	ended: 'inactive',
};

/**
 * Emulates the parts of Deel's SCIM API that a reader of people uses. People without a work address are not
 * shown, and the filter finds addresses that contain the given text.
 * https://developer.deel.com/docs/using-the-deel-scim-api-for-user-provisioning
 */
export async function startDeel(options: DeelOptions): Promise<Deel> {
	const staff = new Staff(options.employees, options.today);
	let largestPage = LARGEST_PAGE;
	let zone: string | undefined;

	const errorBody = (status: number) => ({
		body: { schemas: [ERROR], detail: `Something is wrong (${status})`, status: String(status) },
		contentType: 'application/scim+json',
	});
	const server = await startHrisServer({
		hostNames: ['api.letsdeel.com'],
		...(options.port === undefined ? {} : { port: options.port }),
		errorBody,
		routes: (app) => {
			app.addHook('preHandler', async (request, reply) =>
				isAuthorized(request, `Bearer ${options.token}`)
					? undefined
					: await refuse(reply, { errorBody }, 401),
			);
			app.get('/scim/v2/Users', async (request) => list(request.query));
			app.get<{ Params: { id: string } }>('/scim/v2/Users/:id', async (request, reply) => {
				const employee = shown().find(({ id }) => id === request.params.id);
				return employee ? userOf(employee, staff, zone) : await refuse(reply, { errorBody }, 404);
			});
		},
	});

	const shown = () => staff.all().filter(({ email }) => email !== undefined);

	function list(query: unknown) {
		const wanted = /^email eq "(.*)"$/.exec(parameter(query, 'filter') ?? '')?.[1]?.toLowerCase();
		const found = shown().filter(
			({ email = '' }) => wanted === undefined || email.toLowerCase().includes(wanted),
		);
		const startIndex = Math.max(1, Number(parameter(query, 'startIndex') ?? 1));
		const count = Math.min(Number(parameter(query, 'count') ?? DEFAULT_PAGE), largestPage);
		const page = found.slice(startIndex - 1, startIndex - 1 + count);
		return {
			schemas: [LIST],
			totalResults: found.length,
			startIndex,
			itemsPerPage: page.length,
			Resources: page.map((employee) => userOf(employee, staff, zone)),
		};
	}

	return {
		...server,
		staff,
		setLargestPage: (size) => {
			largestPage = size;
		},
		writeDatesIn: (name) => {
			zone = name;
		},
	};
}

/** Deel writes an empty text for a missing value. */
function userOf(employee: Employee, staff: Staff, zone: string | undefined) {
	const { id, email = '', givenName = '', familyName = '' } = employee;
	const startDate = written(employee.startDate, zone, 'begin');
	const endDate = employee.endDate === undefined ? '' : written(employee.endDate, zone, 'end');
	const manager = employee.managerId === undefined ? undefined : staff.find(employee.managerId);
	const employmentState = staff.employmentStateOf(employee);
	const word = employee.status ?? WORDS[employmentState];
	const active = /^(active|onboarding.*|offboarding)$/.test(word);
	return {
		schemas: [CORE],
		id,
		userName: email,
		active,
		name: { givenName, familyName },
		emails: [
			{ type: 'home', value: employee.personalEmail ?? '', primary: true },
			{ type: 'work', value: email, primary: false },
		],
		title: employee.title ?? '',
		userType: 'direct_employee',
		addresses: [],
		[ENTERPRISE]: {
			department: employee.department ?? '',
			costCenter: employee.costCenter ?? '',
			organization: 'Emulated',
			manager: {
				value: manager?.id ?? '',
				displayName: [manager?.givenName ?? '', manager?.familyName ?? ''].join(' '),
				email: manager?.email ?? '',
			},
		},
		[DEEL]: {
			preferredName: '',
			workerId: employee.employeeNumber ?? '',
			startDate,
			endDate,
			hiringStatus: word,
			employments: [
				{ contractId: `contract-${id}`, startDate, contractType: 'direct_employee', active },
			],
		},
		meta: {
			resourceType: 'User',
			location: `https://api.letsdeel.com/scim/v2/Users/${id}`,
		},
	};
}

function written(date: string, zone: string | undefined, edge: 'begin' | 'end'): string {
	if (zone === undefined) return date;
	const day = DateTime.fromISO(date, { zone });
	return (edge === 'begin' ? day.startOf('day') : day.endOf('day')).toJSDate().toISOString();
}
