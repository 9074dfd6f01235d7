import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { Assignment } from './assignments.mts';
import type { DirectoryPerson, DirectoryStaff } from './directoryStaff.mts';

/** How the emulated tenant lists its people and groups. */
export interface EntraDirectory {
	staff: DirectoryStaff;
	/** Object id of Notion's enterprise application, and who is assigned to it. */
	notionApp: string;
	assignments: Assignment[];
	/** Maximum size of a page. */
	largestPage: number;
	/** Properties that the application may not read: Graph leaves them out. */
	hidden: string[];
	/** Whether the application has User.Read.All; with User.ReadBasic.All everything else is null. */
	mayReadAll: boolean;
	/** People whose `mail` is empty, by number. */
	withoutMail: number[];
	/** The target of the link to the next page; `on` is the correct one. */
	nextLinks: 'on' | 'back' | 'elsewhere';
	/** Whether the application may read User-LifeCycleInfo. */
	mayReadLeaveDates: boolean;
}

const GRAPH = 'https://graph.microsoft.com';
const LARGEST_TOP = 999;

const querySchema = z.object({
	$select: z.string().optional(),
	$expand: z.string().optional(),
	$filter: z.string().optional(),
	$top: z.coerce.number().int().min(1).max(LARGEST_TOP).default(100),
	$skiptoken: z.string().optional(),
});
type Query = z.infer<typeof querySchema>;

/** The group and all groups in it. */
function withGroupsBelow(staff: DirectoryStaff, name: string): string[] {
	return [name, ...staff.groupsIn(name).flatMap((group) => withGroupsBelow(staff, group.name))];
}

/** Graph's ids of the people and groups. */
export const entraUserId = (number: number) => uuid('8', number);
export const entraGroupId = (number: number) => uuid('9', number);

/** The routes under /v1.0 that list people, groups, their members, and assignments. */
export function directoryRoutes(server: FastifyInstance, directory: EntraDirectory): void {
	const { staff } = directory;
	const groupOf = (id: string) => staff.groups().find(({ number }) => entraGroupId(number) === id);

	server.get('/v1.0/groups', async (request, reply) => {
		const query = querySchema.parse(request.query);
		const prefix = prefixOf(query.$filter);
		if (prefix === undefined) return await badRequest(reply, `Invalid filter clause: ${query.$filter}`);
		const groups = staff
			.groups()
			.filter(({ name }) => name.startsWith(prefix))
			.map(({ number, name }) => ({ id: entraGroupId(number), displayName: name, mailNickname: name }));
		return page(directory, request, query, groups);
	});
	const memberRoute = (path: string, groupsOf: (name: string) => string[]) =>
		server.get<{ Params: { id: string } }>(`/v1.0/groups/:id/${path}`, async (request, reply) => {
			const query = querySchema.parse(request.query);
			const group = groupOf(request.params.id);
			if (!group) return await notFound(reply, request.params.id);
			const groups = groupsOf(group.name);
			const people = staff.all().filter((person) => person.groups.some((name) => groups.includes(name)));
			const inside = staff.groups().filter(({ memberOf }) => memberOf && groups.includes(memberOf));
			return page(directory, request, query, [
				...inside.map(({ number }) => ({ '@odata.type': '#microsoft.graph.group', id: entraGroupId(number) })),
				...people.map(({ number }) => ({ '@odata.type': '#microsoft.graph.user', id: entraUserId(number) })),
			]);
		});
	memberRoute('members', (name) => [name]);
	memberRoute('transitiveMembers', (name) => withGroupsBelow(staff, name));
	server.get<{ Params: { id: string } }>(
		'/v1.0/servicePrincipals/:id/appRoleAssignedTo',
		async (request, reply) => {
			const query = querySchema.parse(request.query);
			if (request.params.id !== directory.notionApp) return await notFound(reply, request.params.id);
			const assignments = directory.assignments.map((assignment, index) =>
				graphAssignment(assignment, index, directory),
			);
			return page(directory, request, query, assignments);
		},
	);
}

/** The page of all people that a request without a filter asks for. */
export async function listUsers(directory: EntraDirectory, request: FastifyRequest, reply: FastifyReply) {
	const query = querySchema.parse(request.query);
	const { staff } = directory;
	const names = (query.$select ?? '').split(',');
	if (names.includes('employeeLeaveDateTime') && !directory.mayReadLeaveDates) {
		const message = 'Insufficient privileges to complete the operation.';
		return await reply.code(403).send({ error: { code: 'Authorization_RequestDenied', message } });
	}
	const unknown = names.find((name) => !PROPERTIES.has(name));
	if (unknown !== undefined) {
		return await badRequest(reply, `Could not find a property named '${unknown}' on type 'microsoft.graph.user'.`);
	}
	const users = staff.all().map((person) => {
		const manager = staff.find(person.managerNumber);
		return {
			...graphUser(person, directory),
			// People without a manager have no such property.
			...(query.$expand?.startsWith('manager') && manager
				? { manager: { '@odata.type': '#microsoft.graph.user', id: entraUserId(manager.number) } }
				: {}),
		};
	});
	return page(directory, request, query, users);
}

const PROPERTIES = new Set([
	...['id', 'userPrincipalName', 'mail', 'otherMails', 'proxyAddresses', 'accountEnabled'],
	...['displayName', 'givenName', 'surname', 'jobTitle', 'department', 'companyName', 'employeeId'],
	...['employeeOrgData', 'preferredLanguage', 'mobilePhone', 'userType', 'employeeHireDate'],
	...['employeeLeaveDateTime', 'onPremisesExtensionAttributes'],
]);

/** https://learn.microsoft.com/graph/permissions-reference#userreadbasicall */
const BASIC = new Set(['id', 'displayName', 'givenName', 'surname', 'mail', 'userPrincipalName']);

/** https://learn.microsoft.com/graph/api/resources/user: what has no value is null. */
function graphUser(
	person: DirectoryPerson,
	{ hidden, mayReadAll, withoutMail }: EntraDirectory,
): Record<string, unknown> {
	const { number, email, secondaryEmails, isGuest, state, hireDate, leaveDate } = person;
	const own = email === undefined ? [] : [`SMTP:${email}`];
	const user: Record<string, unknown> = {
		id: entraUserId(number),
		userPrincipalName: isGuest
			? `${email?.replace('@', '_')}#EXT#@example.onmicrosoft.com`
			: (email ?? `user${number}@example.onmicrosoft.com`),
		mail: withoutMail.includes(number) ? null : (email ?? null),
		otherMails: secondaryEmails.slice(0, 1),
		proxyAddresses: [...own, ...secondaryEmails.slice(1).map((address) => `smtp:${address}`)],
		// Some companies create the account of a hire beforehand and enable it on the first day.
		accountEnabled: state !== 'disabled' && !(state === 'notStarted' && number % 2 === 1),
		displayName: person.displayName,
		givenName: person.givenName ?? null,
		surname: person.familyName ?? null,
		jobTitle: person.title ?? null,
		department: person.department ?? null,
		companyName: isGuest ? 'Partner' : 'Example',
		employeeId: person.employeeNumber ?? null,
		employeeOrgData: person.costCenter ? { division: null, costCenter: person.costCenter } : null,
		preferredLanguage: person.preferredLanguage ?? null,
		mobilePhone: person.phoneNumber ?? null,
		userType: isGuest ? 'Guest' : 'Member',
		employeeHireDate: hireDate ? `${hireDate}T00:00:00Z` : null,
		employeeLeaveDateTime: leaveDate ? `${leaveDate}T00:00:00Z` : null,
		onPremisesExtensionAttributes: { extensionAttribute1: email ? `sso-${email}` : null },
	};
	const given = Object.entries(user).map(([name, value]) => [name, mayReadAll || BASIC.has(name) ? value : null]);
	return Object.fromEntries(given.filter(([name]) => !hidden.includes(String(name))));
}

function graphAssignment(assignment: Assignment, index: number, { staff, notionApp }: EntraDirectory) {
	const principal =
		'person' in assignment
			? {
					principalType: 'User',
					principalId: entraUserId(assignment.person),
					principalDisplayName: staff.get(assignment.person).displayName,
				}
			: {
					principalType: 'Group',
					principalId: entraGroupId(staff.findGroup(assignment.group)?.number ?? 0),
					principalDisplayName: assignment.group,
				};
	return { id: `assignment-${index}`, resourceId: notionApp, resourceDisplayName: 'Notion', ...principal };
}

/** Only the requested properties, and the link to the next page. */
function page(
	{ largestPage, nextLinks }: EntraDirectory,
	request: FastifyRequest,
	query: Query,
	all: Record<string, unknown>[],
) {
	const start = Number(Buffer.from(query.$skiptoken ?? '', 'base64url').toString() || 0);
	const end = start + Math.min(query.$top, largestPage);
	const names = query.$select?.split(',');
	const next = new URL(request.url, nextLinks === 'elsewhere' ? 'https://graph.example.com' : GRAPH);
	const target = nextLinks === 'back' ? 0 : end;
	next.searchParams.set('$skiptoken', Buffer.from(String(target)).toString('base64url'));
	return {
		'@odata.context': `${GRAPH}/v1.0/$metadata`,
		...(end < all.length ? { '@odata.nextLink': next.href } : {}),
		value: all.slice(start, end).map((one) =>
			names === undefined
				? one
				: Object.fromEntries(
						Object.entries(one).filter(([name]) => [...names, 'manager', '@odata.type'].includes(name)),
					),
		),
	};
}

/** `startswith(displayName,'x')`, with the doubled quotes of OData; without a filter, every beginning. */
function prefixOf(filter: string | undefined): string | undefined {
	if (filter === undefined) return '';
	return /^startswith\(displayName,'((?:[^']|'')*)'\)$/.exec(filter)?.[1]?.replaceAll("''", "'");
}

async function badRequest(reply: FastifyReply, message: string) {
	return await reply.code(400).send({ error: { code: 'Request_UnsupportedQuery', message } });
}

async function notFound(reply: FastifyReply, key: string) {
	const message = `Resource '${key}' does not exist or one of its queried reference-property objects are not present.`;
	return await reply.code(404).send({ error: { code: 'Request_ResourceNotFound', message } });
}

function uuid(kind: string, number: number): string {
	return `${kind}0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
