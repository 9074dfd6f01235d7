import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { LARGEST_PAGE } from '../../../lib/scim/completeList';
import { isEmail } from '../../../lib/scim/emailKey';
import type { Group } from '../../../lib/scim/groupResource';
import { ScimError } from '../../../lib/scim/scimError';
import type { User } from '../../../lib/scim/userResource';
import type { Session } from '../transport/session';
import { openSession } from '../transport/session';

/** Notion can look for whole addresses only, so a search reads everybody; typing on must not again. */
const SEARCH_LIFETIME = 60_000;
const MOST_RESULTS = 100;

/** People for the list, a page at a time; with a search text, those whose name or address has it. */
export async function searchUsers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await listing(this, async (session) => {
		const text = filter?.trim() ?? '';
		if (text === '') {
			const start = Number(paginationToken ?? 1);
			const { rows, total } = await session.users.page(start, LARGEST_PAGE);
			return result(rows.map(userEntry), nextPage(start, rows.length, total));
		}
		if (isEmail(text)) {
			const found = await session.users.findByEmail(text);
			if (found.match !== 'none') return result([userEntry(found.user)]);
		}
		const users = await everybody(session);
		return result(matching(users.map(userEntry), text));
	});
}

/** Groups for the list, a page at a time; with a search text, those whose name has it. */
export async function searchGroups(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await listing(this, async (session) => {
		const text = filter?.trim() ?? '';
		if (text === '') {
			const start = Number(paginationToken ?? 1);
			const { rows, total } = await session.groups.page(start, LARGEST_PAGE);
			return result(rows.map(groupEntry), nextPage(start, rows.length, total));
		}
		const { rows } = await session.groups.readAll();
		return result(matching(rows.map(groupEntry), text));
	});
}

async function everybody({ users, state }: Session): Promise<User[]> {
	const now = Date.now();
	if (!state.searched || now - state.searched.readAt > SEARCH_LIFETIME) {
		state.searched = { readAt: now, users: (await users.readAll()).rows };
	}
	return state.searched.users;
}

function userEntry(user: User): INodeListSearchItems {
	const name = user.attributes.displayName;
	return { name: name ? `${name} (${user.userName})` : user.userName, value: user.id };
}

function groupEntry(group: Group): INodeListSearchItems {
	const count = group.memberIds.length;
	return {
		name: `${group.displayName} (${count} ${count === 1 ? 'member' : 'members'})`,
		value: group.id,
	};
}

function matching(entries: INodeListSearchItems[], text: string): INodeListSearchItems[] {
	const wanted = text.toLowerCase();
	return entries
		.filter(({ name }) => name.toLowerCase().includes(wanted))
		.sort((one, other) => one.name.localeCompare(other.name))
		.slice(0, MOST_RESULTS);
}

function nextPage(start: number, rows: number, total: number): string | undefined {
	const next = start + rows;
	return rows > 0 && next <= total ? String(next) : undefined;
}

function result(results: INodeListSearchItems[], next?: string): INodeListSearchResult {
	return { results, ...(next === undefined ? {} : { paginationToken: next }) };
}

/** The list in the editor shows nothing but the message, so the remedy goes into it. */
async function listing(
	context: ILoadOptionsFunctions,
	search: (session: Session) => Promise<INodeListSearchResult>,
): Promise<INodeListSearchResult> {
	try {
		return await search(await openSession(context));
	} catch (error) {
		const message =
			error instanceof ScimError
				? `${error.message} ${error.remedy}`
				: 'The list could not be loaded.';
		throw new NodeOperationError(context.getNode(), message);
	}
}
