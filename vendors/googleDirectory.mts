import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { AccountState, DirectoryPerson, DirectoryStaff } from './directoryStaff.mts';

/** How the emulated Workspace lists its people and groups. */
export interface GoogleDirectory {
	staff: DirectoryStaff;
	/** Maximum size of a page. */
	largestPage: number;
	/** The page that follows another one; `on` is the correct one. */
	nextPages: 'on' | 'back';
	/** Numbers of people whose accounts are archived: their data is kept, and they cannot sign in. */
	archived: number[];
	/** Names of groups that everyone in the Workspace is in, without being listed. */
	groupsOfAll: string[];
}

const LARGEST_PAGE = { users: 500, groups: 200, members: 200 };

const querySchema = z.object({
	customer: z.literal('my_customer').optional(),
	projection: z.enum(['basic', 'full', 'custom']).default('basic'),
	showDeleted: z.literal('false').optional(),
	includeDerivedMembership: z.enum(['true', 'false']).default('false'),
	maxResults: z.coerce.number().int().min(1).optional(),
	pageToken: z.string().optional(),
	fields: z.string().optional(),
});
type Query = z.infer<typeof querySchema>;

/** Google's ids of the people and groups. */
export const googleUserId = (number: number) => `1${String(number).padStart(20, '0')}`;
export const googleGroupId = (number: number) => `01abc${String(number).padStart(10, '0')}`;

/** The routes that list people, groups and their members. */
export function directoryRoutes(server: FastifyInstance, directory: GoogleDirectory): void {
	const { staff } = directory;

	server.get('/admin/directory/v1/users', async (request, reply) => {
		const query = querySchema.parse(request.query);
		if (query.customer === undefined) return await badRequest(reply, 'customer or domain is required');
		// Without an order by the caller, Google's own is by id.
		const users = staff.all().map((person) => googleUser(person, directory, query.projection === 'full'));
		return page('users', directory, query, users);
	});
	server.get('/admin/directory/v1/groups', async (request, reply) => {
		const query = querySchema.parse(request.query);
		if (query.customer === undefined) return await badRequest(reply, 'customer or domain is required');
		const groups = staff.groups().map(({ number, name }) => ({
			kind: 'admin#directory#group',
			id: googleGroupId(number),
			name,
			email: groupAddress(number),
		}));
		return page('groups', directory, query, groups);
	});
	server.get<{ Params: { id: string } }>(
		'/admin/directory/v1/groups/:id/members',
		async (request, reply) => {
			const query = querySchema.parse(request.query);
			const { id } = request.params;
			const group = staff.groups().find(({ number }) => googleGroupId(number) === id);
			if (!group) return await notFound(reply);
			const members = membersOf(group.name, query.includeDerivedMembership === 'true', directory);
			return page('members', directory, query, members);
		},
	);
}

/** Whether a token with these scopes allows this request. */
export function mayRead({ url, method }: FastifyRequest, scopes: readonly string[]): boolean {
	const base = 'https://www.googleapis.com/auth/admin.directory';
	if (method !== 'GET') return true;
	if (/^\/admin\/directory\/v1\/users\?/.test(url)) {
		return scopes.some((scope) => [`${base}.user`, `${base}.user.readonly`].includes(scope));
	}
	if (url.startsWith('/admin/directory/v1/groups')) {
		return scopes.some((scope) => [`${base}.group`, `${base}.group.readonly`].includes(scope));
	}
	return true;
}

/** https://developers.google.com/admin-sdk/directory/reference/rest/v1/users: what has no value is left out. */
function googleUser(
	person: DirectoryPerson,
	{ staff, archived }: GoogleDirectory,
	isFull: boolean,
): Record<string, unknown> {
	const { number, email, state, secondaryEmails, employeeNumber, preferredLanguage, phoneNumber } = person;
	const manager = staff.find(person.managerNumber);
	return given({
		kind: 'admin#directory#user',
		id: googleUserId(number),
		primaryEmail: primaryEmailOf(person),
		name: { givenName: person.givenName, familyName: person.familyName, fullName: person.displayName },
		suspended: ['disabled', 'suspended', 'notStarted'].includes(state),
		suspensionReason: SUSPENSION_REASONS[state],
		archived: archived.includes(number),
		orgUnitPath: person.department === undefined ? '/' : `/Staff/${person.department}`,
		emails: [
			{ address: primaryEmailOf(person), primary: true },
			...secondaryEmails.slice(0, 1).map((address) => ({ address, type: 'home' })),
		],
		aliases: secondaryEmails.length > 1 ? secondaryEmails.slice(1) : undefined,
		organizations: organizationsOf(person),
		externalIds: employeeNumber
			? [
					{ value: 'badge', type: 'custom', customType: 'door' },
					{ value: employeeNumber, type: 'organization' },
				]
			: undefined,
		relations: manager && [
			{ value: 'friend@example.com', type: 'referred_by' },
			{ value: primaryEmailOf(manager), type: 'manager' },
		],
		languages: preferredLanguage
			? [{ languageCode: preferredLanguage, preference: 'preferred' }]
			: undefined,
		phones: phoneNumber
			? [
					{ value: '+49 000', type: 'home' },
					{ value: phoneNumber, type: 'work' },
				]
			: undefined,
		customSchemas: isFull && email ? { Notion: { address: `notion-${email}` } } : undefined,
	});
}

const SUSPENSION_REASONS: Partial<Record<AccountState, string>> = {
	// A new account that was never used is suspended in this way.
	notStarted: 'WEB_LOGIN_REQUIRED',
	disabled: 'ADMIN',
	suspended: 'ADMIN',
};

const primaryEmailOf = ({ email, number }: DirectoryPerson) => email ?? `user${number}@example.com`;

/** The company, after another one that is not meant; undefined where there is nothing to say of it. */
function organizationsOf({ title, department, costCenter, isGuest }: DirectoryPerson) {
	const organization = given({ title, department, costCenter, name: isGuest ? 'Partner' : undefined });
	if (Object.keys(organization).length === 0) return undefined;
	return [
		{ title: 'Volunteer', department: 'Charity', type: 'domain_only' },
		{ ...organization, primary: true, type: 'work' },
	];
}

/** People and groups that are members: of the group itself, or also of the groups in it. */
function membersOf(name: string, isDerived: boolean, directory: GoogleDirectory): Record<string, unknown>[] {
	const { staff, groupsOfAll } = directory;
	const inside = staff.groupsIn(name);
	const people = isDerived ? staff.membersOf(name) : staff.directMembersOf(name);
	return [
		...(groupsOfAll.includes(name) ? [member('CUSTOMER', 'C01abc')] : []),
		...inside.map(({ number }) => member('GROUP', googleGroupId(number), groupAddress(number))),
		...people.map((person) => member('USER', googleUserId(person.number), primaryEmailOf(person))),
	];
}

function member(type: string, id: string, email?: string): Record<string, unknown> {
	return given({ kind: 'admin#directory#member', id, email, role: 'MEMBER', type, status: 'ACTIVE' });
}

/** An empty list is left out, as Google leaves it out. */
function page(
	name: 'users' | 'groups' | 'members',
	{ largestPage, nextPages }: GoogleDirectory,
	{ maxResults = 100, pageToken = '', fields }: Query,
	all: Record<string, unknown>[],
) {
	const start = Number(Buffer.from(pageToken, 'base64url').toString() || 0);
	const end = start + Math.min(maxResults, LARGEST_PAGE[name], largestPage);
	const entries = all.slice(start, end);
	const target = nextPages === 'back' ? 0 : end;
	const whole = given({
		kind: `admin#directory#${name}`,
		[name]: entries.length > 0 ? entries : undefined,
		nextPageToken:
			end < all.length ? Buffer.from(String(target)).toString('base64url') : undefined,
	});
	// A mask of fields leaves out what it does not name, also the token of the next page.
	const isAsked = (key: string) => fields === undefined || fields.split(/,(?![^(]*\))/).some((field) => field.startsWith(key));
	return Object.fromEntries(Object.entries(whole).filter(([key]) => isAsked(key)));
}

const groupAddress = (number: number) => `group${number}@example.com`;

function given(fields: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

async function badRequest(reply: FastifyReply, message: string) {
	return await reply.code(400).send({ error: { code: 400, message, errors: [{ message, reason: 'badRequest' }] } });
}

async function notFound(reply: FastifyReply) {
	const message = 'Resource Not Found: groupKey';
	return await reply.code(404).send({ error: { code: 404, message, errors: [{ message, reason: 'notFound' }] } });
}
