import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import { type Assignment, assignedPeople } from './assignments.mts';
import type { AccountState, DirectoryPerson, DirectoryStaff } from './directoryStaff.mts';

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

/** What the emulated account lists, and how. */
export interface OneLoginDirectory {
	readonly staff: DirectoryStaff;
	readonly lists: OneLoginLists;
	/** Who is assigned to the Notion app. */
	assignments: Assignment[];
}

interface OfId {
	Params: { id: string };
}

/** OneLogin's ids of the people and roles. */
export const oneLoginUserId = (number: number) => 30_000_000 + number;
export const oneLoginRoleId = (number: number) => 600_000 + number;

/** ID of the Notion app. */
export const NOTION_APP = 1_870_001;
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

export function usersRoute(server: FastifyInstance, { staff, lists }: OneLoginDirectory): void {
	server.get('/api/2/users', async (request, reply) => {
		const { fields } = querySchema.parse(request.query);
		const names = new Set(['id', ...(fields?.split(',') ?? DEFAULT_FIELDS)]);
		const unknown = [...names].find((name) => !FIELDS.has(name));
		if (unknown !== undefined) {
			return await reply.code(400).send(errorBody(400, `Invalid field: ${unknown}`));
		}
		const users = staff.all().map((person) => shown(person, lists, staff));
		return page(lists, request, reply, users, lists.miscountedBy).map((user) =>
			Object.fromEntries(Object.entries(user).filter(([name]) => names.has(name))),
		);
	});
}

/** The routes that list the roles, their members, and who is assigned to an app. */
export function membershipRoutes(server: FastifyInstance, directory: OneLoginDirectory): void {
	const { staff, lists } = directory;
	server.get('/api/2/roles', async (request, reply) => {
		const roles = staff.groups().map(({ number, name }) => ({ id: oneLoginRoleId(number), name, apps: [], admins: [] }));
		return page(lists, request, reply, roles);
	});
	server.get<OfId>('/api/2/roles/:id/users', async (request, reply) => {
		const role = staff.groups().find(({ number }) => String(oneLoginRoleId(number)) === request.params.id);
		if (!role) return await notFound(reply);
		return page(lists, request, reply, staff.directMembersOf(role.name).map(named));
	});
	server.get<OfId>('/api/2/apps/:id/users', async (request, reply) => {
		if (request.params.id !== String(NOTION_APP)) return await notFound(reply);
		return page(lists, request, reply, assignedPeople(staff, directory.assignments).map(named));
	});
}

/** A page, and where it stands among the others in the headers. */
function page<Row>(
	{ largestPage, cursors }: OneLoginLists,
	{ query }: FastifyRequest,
	reply: FastifyReply,
	rows: Row[],
	miscounted = 0,
): Row[] {
	const { limit = 50, cursor } = querySchema.parse(query);
	const size = Math.min(limit, largestPage, LARGEST_PAGE);
	const number = cursor === undefined ? 1 : numberOf(cursor);
	const isLast = number * size >= rows.length;
	void reply.headers({
		'current-page': String(number),
		'page-items': String(size),
		'total-pages': String(Math.ceil(rows.length / size)),
		'total-count': String(rows.length + miscounted),
		...(isLast ? {} : { 'after-cursor': cursorOf(cursors === 'back' ? 1 : number + 1, size) }),
	});
	return rows.slice((number - 1) * size, number * size);
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

/** An error as OneLogin writes it. */
export function errorBody(statusCode: number, message: string) {
	return { message, statusCode, name: `Error${statusCode}` };
}
