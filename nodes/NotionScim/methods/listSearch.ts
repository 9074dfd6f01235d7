import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { LARGEST_PAGE } from '../../../lib/scim/completeList';
import { readEmail } from '../../../lib/scim/emailAddress';
import type { Group } from '../../../lib/scim/groupResource';
import { mayBeCut } from '../../../lib/scim/groupResource';
import { ScimError } from '../../../lib/scim/scimError';
import type { User } from '../../../lib/scim/userResource';
import type { Session } from '../transport/session';
import { openSession } from '../transport/session';
import type { TokenState } from '../transport/sharedState';

/**
 * Notion can search for whole values only, so a search reads everything; further typing must not read it
 * again.
 */
const SEARCH_LIFETIME = 60_000;
const MOST_RESULTS = 100;

/** People for the list, a page at a time; with a search text, those whose name or address contains it. */
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
		const email = readEmail(text);
		if (email !== undefined) {
			const found = await session.users.findByEmail(email, { isSuggestion: true });
			if (found.match !== 'none') return result([userEntry(found.user)]);
		}
		const users = await allEntries(session, 'users', async () =>
			(await session.users.readAll()).rows.map(userEntry),
		);
		return result(matching(users, text));
	});
}

/** Groups for the list, a page at a time; with a search text, those whose name contains it. */
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
		const groups = await allEntries(session, 'groups', async () =>
			(await session.groups.readAll()).rows.map(groupEntry),
		);
		return result(matching(groups, text));
	});
}

/** All groups, for a list with several choices. */
export async function loadGroups(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await listing(this, async (session) => {
		const groups = await allEntries(session, 'groups', async () =>
			(await session.groups.readAll()).rows.map(groupEntry),
		);
		return groups
			.map(({ name, value }) => ({ name, value }))
			.sort((one, other) => one.name.localeCompare(other.name));
	});
}

/** Names of the IANA database that contain the search text. */
export async function searchTimeZones(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const wanted = (filter?.trim() ?? '').toLowerCase().replace(/\s+/g, '_');
	const zones = Intl.supportedValuesOf('timeZone').filter((zone) => zone.toLowerCase().includes(wanted));
	return await Promise.resolve(result(zones.map((zone) => ({ name: zone, value: zone }))));
}

interface Reading {
	readAt: number;
	/** A promise, so that letters typed quickly share one reading. */
	entries: Promise<INodeListSearchItems[]>;
}

/** The reading for searches, kept as long as the token's own state. */
const readings = new WeakMap<TokenState, Partial<Record<'users' | 'groups', Reading>>>();

async function allEntries(
	{ state }: Session,
	what: 'users' | 'groups',
	read: () => Promise<INodeListSearchItems[]>,
): Promise<INodeListSearchItems[]> {
	const ofToken = readings.get(state) ?? {};
	readings.set(state, ofToken);
	const now = Date.now();
	const known = ofToken[what];
	if (known && now - known.readAt <= SEARCH_LIFETIME) return await known.entries;
	const reading = { readAt: now, entries: read() };
	ofToken[what] = reading;
	try {
		return await reading.entries;
	} catch (error) {
		delete ofToken[what];
		return Promise.reject(error);
	}
}

function userEntry(user: User): INodeListSearchItems {
	const name = user.attributes.displayName;
	return { name: name ? `${name} (${user.userName})` : user.userName, value: user.id };
}

function groupEntry(group: Group): INodeListSearchItems {
	const count = group.memberIds.length;
	const members = mayBeCut(group) ? 'or more members' : count === 1 ? 'member' : 'members';
	return {
		name: `${group.displayName} (${count} ${members})`,
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

/** The list in the editor shows only the message, so the message includes the remedy. */
async function listing<T>(
	context: ILoadOptionsFunctions,
	search: (session: Session) => Promise<T>,
): Promise<T> {
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
