import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import { startVendor, type Vendor } from './accountVendor.mts';
import { type Assignment, assignedPeople } from './assignments.mts';
import { type AccountState, type DirectoryPerson, DirectoryStaff } from './directoryStaff.mts';

/** The status fields of an account. Older records have no state. */
export interface JumpCloudMarks {
	state?: string;
	activated: boolean;
	suspended: boolean;
	account_locked: boolean;
}

/** How an emulated organisation returns its lists. */
export interface JumpCloudLists {
	/** Maximum size of a page. */
	largestPage: number;
	/** The list of users gives its first page again and again. */
	repeats: boolean;
	/** What is added to the true length of the list of users. */
	miscountedBy: number;
	/** By the number of a person: their marks, where they are not those of the account's state. */
	marks: Record<number, JumpCloudMarks>;
}

/** The emulated organisation, for console.jumpcloud.com. */
export interface JumpCloud extends Vendor {
	/** For `vendors` of `startHost`. */
	readonly hosts: Record<string, string>;
	/** Value of the header x-api-key. */
	readonly apiKey: string;
	/** The people and groups that lists give; changes show at once. */
	readonly staff: DirectoryStaff;
	/** ID of the Notion application. */
	readonly notionApp: string;
	/** From now on these are assigned to it, and no one else. */
	assign(...assignments: Assignment[]): void;
	/** Deviations of lists from the documentation. */
	setLists(change: Partial<JumpCloudLists>): void;
}

/** JumpCloud's ids of the people and groups. */
export const jumpCloudUserId = (number: number) => `5f${String(number).padStart(22, '0')}`;
export const jumpCloudGroupId = (number: number) => `6a${String(number).padStart(22, '0')}`;

const APP = '7b0000000000000000000001';
const LARGEST_LIMIT = 100;
const MARKS: Record<AccountState, JumpCloudMarks> = {
	active: { state: 'ACTIVATED', activated: true, suspended: false, account_locked: false },
	notStarted: { state: 'STAGED', activated: false, suspended: false, account_locked: false },
	suspended: { state: 'SUSPENDED', activated: true, suspended: true, account_locked: false },
	// JumpCloud has no disabled accounts: companies suspend people who leave.
	disabled: { state: 'SUSPENDED', activated: true, suspended: true, account_locked: false },
	lockedOut: { state: 'ACTIVATED', activated: true, suspended: false, account_locked: true },
};

const querySchema = z.object({
	limit: z.coerce.number().int().min(1).max(LARGEST_LIMIT).default(10),
	skip: z.coerce.number().int().min(0).default(0),
});

/**
 * Starts an organisation.
 *
 * https://docs.jumpcloud.com/api/1.0/index.html and https://docs.jumpcloud.com/api/2.0/index.html
 */
export async function startJumpCloud({ staff = new DirectoryStaff() } = {}): Promise<JumpCloud> {
	const apiKey = randomBytes(20).toString('hex');
	const lists: JumpCloudLists = { largestPage: 100, repeats: false, miscountedBy: 0, marks: {} };
	let assignments: Assignment[] = [];

	const page = <Row,>({ query }: FastifyRequest, rows: Row[]): Row[] => {
		const { limit, skip } = querySchema.parse(query);
		return rows.slice(skip, skip + Math.min(limit, lists.largestPage));
	};

	const vendor = await startVendor((server) => {
		server.addHook('preHandler', async ({ headers }, reply) => {
			if (headers['x-api-key'] === apiKey) return;
			return await reply.code(401).send(errorBody(401, 'Unauthorized'));
		});
		server.get('/api/systemusers', async (request) => {
			const users = staff.all().map((person) => shown(person, lists, staff));
			const results = lists.repeats ? users.slice(0, lists.largestPage) : page(request, users);
			return { totalCount: users.length + lists.miscountedBy, results };
		});
		server.get('/api/v2/usergroups', async (request) =>
			page(
				request,
				staff.groups().map(({ number, name }) => ({ id: jumpCloudGroupId(number), type: 'user_group', name })),
			),
		);
		server.get<{ Params: { id: string } }>('/api/v2/usergroups/:id/membership', async (request, reply) => {
			const group = staff.groups().find(({ number }) => jumpCloudGroupId(number) === request.params.id);
			if (!group) return await notFound(reply);
			return page(request, staff.membersOf(group.name).map(bound));
		});
		server.get<{ Params: { id: string } }>('/api/v2/applications/:id/users', async (request, reply) => {
			if (request.params.id !== APP) return await notFound(reply);
			return page(request, assignedPeople(staff, assignments).map(bound));
		});
	}, errorBody);

	return {
		...vendor,
		hosts: { 'console.jumpcloud.com': vendor.url },
		apiKey,
		staff,
		notionApp: APP,
		assign: (...changed) => {
			assignments = changed;
		},
		setLists: (change) => Object.assign(lists, change),
	};
}

function shown(person: DirectoryPerson, lists: JumpCloudLists, staff: DirectoryStaff) {
	const manager = staff.find(person.managerNumber);
	const id = jumpCloudUserId(person.number);
	return {
		_id: id,
		id,
		...(lists.marks[person.number] ?? MARKS[person.state]),
		username: `person${person.number}`,
		email: person.email ?? '',
		alternateEmail: person.secondaryEmails[0] ?? null,
		firstname: person.givenName ?? '',
		lastname: person.familyName ?? '',
		displayname: person.displayName,
		jobTitle: person.title ?? '',
		department: person.department ?? '',
		costCenter: person.costCenter ?? '',
		company: person.isGuest ? 'Partner' : 'Acme',
		employeeIdentifier: person.employeeNumber ?? null,
		employeeType: person.isGuest ? 'Guest' : '',
		manager: manager === undefined ? null : jumpCloudUserId(manager.number),
		phoneNumbers:
			person.phoneNumber === undefined
				? []
				: [
						{ type: 'home', number: '+49 30 000' },
						{ type: 'work', number: person.phoneNumber },
					],
		attributes: [{ name: 'notionEmail', value: `notion${person.number}@example.com` }],
	};
}

const bound = ({ number }: DirectoryPerson) => ({ id: jumpCloudUserId(number), type: 'user', paths: [] });

async function notFound(reply: FastifyReply) {
	return await reply.code(404).send(errorBody(404, 'Not Found'));
}

function errorBody(code: number, message: string) {
	return { code, message, status: message.toUpperCase().replaceAll(' ', '_'), details: [] };
}
