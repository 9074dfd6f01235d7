import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import { type Assignment, assignedPeople } from './assignments.mts';
import type { AccountState, DirectoryPerson, DirectoryStaff } from './directoryStaff.mts';

/** How the emulated organisation lists its people and groups. */
export interface OktaDirectory {
	/** The prefix of links. */
	readonly site: string;
	staff: DirectoryStaff;
	/** ID of the Notion app, and who is assigned to it. */
	notionApp: string;
	assignments: Assignment[];
	/** Maximum size of a page. */
	largestPage: number;
	/** The target of the link to the next page; `on` is the correct one. */
	nextLinks: 'on' | 'back' | 'elsewhere';
	/** By the number of a person: their status, where it is not the one of their state. */
	statuses: Record<number, string>;
}

const STATUS: Record<AccountState, string> = {
	active: 'ACTIVE',
	disabled: 'DEPROVISIONED',
	notStarted: 'STAGED',
	suspended: 'SUSPENDED',
	lockedOut: 'LOCKED_OUT',
};
const LARGEST_LIMIT = { users: 200, groups: 10_000, members: 1_000, apps: 500 };

const querySchema = z.object({
	limit: z.coerce.number().int().min(1).optional(),
	after: z.string().optional(),
});

/** Okta's ids of the people and groups. */
export const oktaUserId = (number: number) => `00u${String(number).padStart(17, '0')}`;
export const oktaGroupId = (number: number) => `00g${String(number).padStart(17, '0')}`;

/** The result of a list of users without a filter by name or address; undefined for another filter. */
export function listUsers(directory: OktaDirectory, request: FastifyRequest, reply: FastifyReply) {
	const { filter } = z.object({ filter: z.string().optional() }).parse(request.query);
	const wanted = filter === undefined ? undefined : /^status eq "([A-Z_]+)"$/.exec(filter)?.[1];
	if (filter !== undefined && wanted === undefined) return undefined;
	const found = directory.staff
		.all()
		.map((person) => shown(directory, person))
		// Okta's list of all users leaves out deactivated ones.
		.filter(({ status }) => (wanted === undefined ? status !== 'DEPROVISIONED' : status === wanted));
	return page(directory, request, reply, found, LARGEST_LIMIT.users);
}

/** The routes that list groups, their members, and who is assigned to an app. */
export function directoryRoutes(server: FastifyInstance, directory: OktaDirectory): void {
	const { staff } = directory;

	server.get('/api/v1/groups', async (request, reply) => {
		const groups = staff.groups().map(({ number, name }) => group(oktaGroupId(number), name));
		const everyone = { ...group(oktaGroupId(0), 'Everyone'), type: 'BUILT_IN' };
		return page(directory, request, reply, [everyone, ...groups], LARGEST_LIMIT.groups);
	});
	server.get<{ Params: { id: string } }>('/api/v1/groups/:id/users', async (request, reply) => {
		const found = staff.groups().find(({ number }) => oktaGroupId(number) === request.params.id);
		if (!found) return await notFound(reply, request.params.id, 'UserGroup');
		// Okta's groups are not nested: an admin adds every person to each group.
		const members = staff.membersOf(found.name).map((person) => shown(directory, person));
		return page(directory, request, reply, members, LARGEST_LIMIT.members);
	});
	server.get<{ Params: { id: string } }>('/api/v1/apps/:id/users', async (request, reply) => {
		if (request.params.id !== directory.notionApp) {
			return await notFound(reply, request.params.id, 'AppInstance');
		}
		// Deactivating a person removes all their apps.
		const users = assignedPeople(staff, directory.assignments)
			.filter(({ state }) => state !== 'disabled')
			.map(({ number, email }) => ({
				id: oktaUserId(number),
				scope: 'GROUP',
				status: 'PROVISIONED',
				credentials: { userName: email },
			}));
		return page(directory, request, reply, users, LARGEST_LIMIT.apps);
	});
}

const group = (id: string, name: string) => ({
	id,
	type: 'OKTA_GROUP',
	profile: { name, description: null },
});

function shown(directory: OktaDirectory, person: DirectoryPerson) {
	const manager = directory.staff.find(person.managerNumber);
	return {
		id: oktaUserId(person.number),
		status: directory.statuses[person.number] ?? STATUS[person.state],
		profile: {
			login: person.email ?? `person${person.number}`,
			email: person.email ?? null,
			secondEmail: person.secondaryEmails[0] ?? null,
			firstName: person.givenName ?? null,
			lastName: person.familyName ?? null,
			displayName: person.displayName,
			title: person.title ?? null,
			department: person.department ?? null,
			costCenter: person.costCenter,
			employeeNumber: person.employeeNumber,
			managerId: manager?.employeeNumber,
			preferredLanguage: person.preferredLanguage,
			primaryPhone: person.phoneNumber ?? '',
			userType: person.isGuest ? 'Guest' : 'Employee',
		},
	};
}

/**
 * A page, with the links that Okta sends: also to itself, which has a cursor from the second page on.
 * https://developer.okta.com/docs/api/#link-header
 */
function page(
	directory: OktaDirectory,
	request: FastifyRequest,
	reply: FastifyReply,
	entries: Array<{ id: string }>,
	largestLimit: number,
) {
	const { limit = largestLimit, after } = querySchema.parse(request.query);
	const size = Math.min(limit, largestLimit, directory.largestPage);
	const start = after === undefined ? 0 : entries.findIndex(({ id }) => id === after) + 1;
	const rows = entries.slice(start, start + size);
	const self = new URL(request.url, directory.site);
	const links = [`<${self.href}>; rel="self"`];
	if (start + size < entries.length) {
		const next = new URL(self);
		next.searchParams.set('after', directory.nextLinks === 'back' ? (entries[0]?.id ?? '') : (rows.at(-1)?.id ?? ''));
		if (directory.nextLinks === 'elsewhere') next.host = 'collector.example.net';
		links.push(`<${next.href}>; rel="next"`);
	}
	void reply.header('link', links);
	return rows;
}

async function notFound(reply: FastifyReply, id: string, kind: string) {
	return await reply.code(404).send({
		errorCode: 'E0000007',
		errorSummary: `Not found: Resource not found: ${id} (${kind})`,
		errorLink: 'E0000007',
		errorId: 'oae404',
		errorCauses: [],
	});
}
