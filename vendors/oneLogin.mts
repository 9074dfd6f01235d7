import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import { startVendor, type Vendor } from './accountVendor.mts';
import { type Assignment, assignedPeople } from './assignments.mts';
import { type AccountState, type DirectoryPerson, DirectoryStaff } from './directoryStaff.mts';

/** How an emulated account returns its lists. */
export interface OneLoginLists {
	/** Maximum size of a page. */
	largestPage: number;
	/** The target of the cursor of the next page; `on` is the correct one. */
	cursors: 'on' | 'back';
	/** What is added to the true length of the list of users. */
	miscountedBy: number;
	/** By the number of a person: status and state, where they are not those of the account's state. */
	statuses: Record<number, { status: number; state?: number }>;
}

/** The emulated account, for example for acme.onelogin.com. */
export interface OneLogin extends Vendor {
	/** For `vendors` of `startHost`. */
	readonly hosts: Record<string, string>;
	/** What n8n's credential oAuth2Api needs. */
	readonly credential: { clientId: string; clientSecret: string; accessTokenUrl: string };
	/** The people, and their groups, which are roles here; changes show at once. */
	readonly staff: DirectoryStaff;
	/** ID of the Notion app. */
	readonly notionApp: string;
	/** From now on these are assigned to it, and no one else. */
	assign(...assignments: Assignment[]): void;
	/** Deviations of lists from the documentation. */
	setLists(change: Partial<OneLoginLists>): void;
	/** The tokens issued so far are answered with 401 from now on, as after ten hours. */
	expireTokens(): void;
	/** Every access token that was ever issued. */
	issuedTokens(): readonly string[];
}

/** OneLogin's ids of the people and roles. */
export const oneLoginUserId = (number: number) => 30_000_000 + number;
export const oneLoginRoleId = (number: number) => 600_000 + number;

const APP = 1_870_001;
const LARGEST_PAGE = 100;
const APPROVED = 1;
const STATUS: Record<AccountState, number> = {
	notStarted: 0,
	active: 1,
	suspended: 2,
	// OneLogin has no disabled accounts: companies suspend people who leave.
	disabled: 2,
	lockedOut: 3,
};
/** The fields of each user in a list if none are requested. */
const DEFAULT_FIELDS = ['id', 'email', 'username', 'firstname', 'lastname', 'status', 'state', 'phone'];

/** The emulated fields that can be requested. */
const FIELDS = new Set([
	...DEFAULT_FIELDS,
	...['title', 'department', 'company', 'preferred_locale_code', 'manager_user_id', 'external_id'],
	...['userprincipalname', 'custom_attributes'],
]);

const querySchema = z.object({
	limit: z.coerce.number().int().min(1).optional(),
	cursor: z.string().optional(),
	fields: z.string().optional(),
});
const tokenRequestSchema = z.object({
	grant_type: z.literal('client_credentials'),
	client_id: z.string().optional(),
	client_secret: z.string().optional(),
});

/**
 * Starts an account.
 *
 * https://developers.onelogin.com/api-docs/2/getting-started/using-query-parameters
 *
 * @param subdomain the part of its address before .onelogin.com
 */
export async function startOneLogin({
	staff = new DirectoryStaff(),
	subdomain = 'acme',
} = {}): Promise<OneLogin> {
	const host = `${subdomain}.onelogin.com`;
	const clientId = randomBytes(16).toString('hex');
	const clientSecret = randomBytes(16).toString('hex');
	const lists: OneLoginLists = { largestPage: 50, cursors: 'on', miscountedBy: 0, statuses: {} };
	const tokens = new Set<string>();
	const issued: string[] = [];
	let assignments: Assignment[] = [];

	/** A page, and where it stands among the others in the headers. */
	const page = <Row,>({ query }: FastifyRequest, reply: FastifyReply, rows: Row[], miscounted = 0) => {
		const { limit = 50, cursor } = querySchema.parse(query);
		const size = Math.min(limit, lists.largestPage, LARGEST_PAGE);
		const number = cursor === undefined ? 1 : numberOf(cursor);
		const isLast = number * size >= rows.length;
		void reply.headers({
			'current-page': String(number),
			'page-items': String(size),
			'total-pages': String(Math.ceil(rows.length / size)),
			'total-count': String(rows.length + miscounted),
			...(isLast ? {} : { 'after-cursor': cursorOf(lists.cursors === 'back' ? 1 : number + 1, size) }),
		});
		return rows.slice((number - 1) * size, number * size);
	};

	const vendor = await startVendor((server) => {
		server.post('/auth/oauth2/v2/token', async ({ headers, body }, reply) => {
			const asked = tokenRequestSchema.safeParse(body);
			const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
			const isKnown =
				asked.success &&
				(headers.authorization === basic ||
					(asked.data.client_id === clientId && asked.data.client_secret === clientSecret));
			if (!isKnown) return await reply.code(401).send(errorBody(401, 'Authentication Failure'));
			const token = randomBytes(24).toString('hex');
			tokens.add(token);
			issued.push(token);
			return {
				access_token: token,
				created_at: new Date().toISOString(),
				expires_in: 36_000,
				token_type: 'bearer',
				account_id: 555,
			};
		});
		server.addHook('preHandler', async ({ url, headers }, reply) => {
			const token = /^bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
			if (!url.startsWith('/api/2/') || tokens.has(token)) return;
			return await reply.code(401).send(errorBody(401, 'Unauthorized'));
		});
		server.get('/api/2/users', async (request, reply) => {
			const { fields } = querySchema.parse(request.query);
			const names = new Set(['id', ...(fields?.split(',') ?? DEFAULT_FIELDS)]);
			const unknown = [...names].find((name) => !FIELDS.has(name));
			if (unknown !== undefined) {
				return await reply.code(400).send(errorBody(400, `Invalid field: ${unknown}`));
			}
			const users = staff.all().map((person) => shown(person, lists, staff));
			return page(request, reply, users, lists.miscountedBy).map((user) =>
				Object.fromEntries(Object.entries(user).filter(([name]) => names.has(name))),
			);
		});
		server.get('/api/2/roles', async (request, reply) =>
			page(
				request,
				reply,
				staff.groups().map(({ number, name }) => ({ id: oneLoginRoleId(number), name, apps: [], admins: [] })),
			),
		);
		server.get<{ Params: { id: string } }>('/api/2/roles/:id/users', async (request, reply) => {
			const role = staff.groups().find(({ number }) => String(oneLoginRoleId(number)) === request.params.id);
			if (!role) return await notFound(reply);
			return page(request, reply, staff.directMembersOf(role.name).map(named));
		});
		server.get<{ Params: { id: string } }>('/api/2/apps/:id/users', async (request, reply) => {
			if (request.params.id !== String(APP)) return await notFound(reply);
			return page(request, reply, assignedPeople(staff, assignments).map(named));
		});
	}, errorBody);

	return {
		...vendor,
		hosts: { [host]: vendor.url },
		credential: { clientId, clientSecret, accessTokenUrl: `https://${host}/auth/oauth2/v2/token` },
		staff,
		notionApp: String(APP),
		assign: (...changed) => {
			assignments = changed;
		},
		setLists: (change) => Object.assign(lists, change),
		expireTokens: () => tokens.clear(),
		issuedTokens: () => issued,
	};
}

function shown(person: DirectoryPerson, lists: OneLoginLists, staff: DirectoryStaff) {
	const own = lists.statuses[person.number];
	const manager = staff.find(person.managerNumber);
	return {
		id: oneLoginUserId(person.number),
		email: person.email ?? null,
		username: person.email ?? `person${person.number}`,
		firstname: person.givenName ?? (person.familyName === undefined ? person.displayName : null),
		lastname: person.familyName ?? null,
		title: person.title ?? null,
		department: person.department ?? null,
		company: person.isGuest ? 'Partner' : 'Acme',
		phone: person.phoneNumber ?? '',
		preferred_locale_code: person.preferredLanguage ?? null,
		manager_user_id: manager === undefined ? null : oneLoginUserId(manager.number),
		status: own?.status ?? STATUS[person.state],
		state: own?.state ?? APPROVED,
		external_id: null,
		userprincipalname: person.secondaryEmails[0] ?? null,
		custom_attributes: { employee_number: person.employeeNumber ?? null },
	};
}

const named = ({ number, displayName, email }: DirectoryPerson) => ({
	id: oneLoginUserId(number),
	name: displayName,
	username: email ?? `person${number}`,
	assigned: true,
});

const cursorOf = (number: number, size: number) =>
	Buffer.from(`limit=${size}&page=${number}`).toString('base64');

function numberOf(cursor: string): number {
	const parameters = new URLSearchParams(Buffer.from(cursor, 'base64').toString());
	return z.coerce.number().int().min(1).parse(parameters.get('page'));
}

async function notFound(reply: FastifyReply) {
	return await reply.code(404).send(errorBody(404, 'The resource with the given id could not be found'));
}

function errorBody(statusCode: number, message: string) {
	return { message, statusCode, name: `Error${statusCode}` };
}
