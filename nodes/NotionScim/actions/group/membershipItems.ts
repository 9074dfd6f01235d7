import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isEmail } from '../../../../lib/scim/emailAddress';
import type { Group } from '../../../../lib/scim/groupResource';
import type { MembershipResult } from '../../../../lib/scim/membership';
import type { ResolvedPeople } from '../../../../lib/scim/people';
import { resolvePeople } from '../../../../lib/scim/people';
import type { ScimErrorKind } from '../../../../lib/scim/scimError';
import { ScimError } from '../../../../lib/scim/scimError';
import type { ItemOutcome } from '../../execution/items';
import { emptyList, peopleIn } from '../../execution/lists';
import { ItemParameters } from '../../execution/parameters';
import type { Session } from '../../transport/session';
import { groupOf, requireGroup } from './group';

/** The request of one item, with its options as the operation reads them. */
export interface MembershipRequest<O = unknown> {
	itemIndex: number;
	/** Emails as written, and ids in the spelling of the API, without duplicates. */
	entries: string[];
	options: O;
}

/** All items about one group. */
export interface GroupRequests<O = unknown> {
	group: Group;
	requests: Array<MembershipRequest<O>>;
}

export interface SortedRequests<O = unknown> {
	byGroup: Array<GroupRequests<O>>;
	/** For items with unusable parameters or group. */
	failures: Map<number, unknown>;
}

/**
 * Reads all items and combines those about one group; each group is looked up once.
 * @param readOptions throws ScimError `invalidInput` for unreadable options
 * @param allowEmpty whether an item may name no one
 */
export async function requestsByGroup<O>(
	context: IExecuteFunctions,
	session: Session,
	readOptions: (parameters: ItemParameters) => O,
	{ allowEmpty = false } = {},
): Promise<SortedRequests<O>> {
	const failures = new Map<number, unknown>();
	const lookups = new Map<string, Promise<Group>>();
	const byGroup = new Map<string, GroupRequests<O>>();
	for (let itemIndex = 0; itemIndex < context.getInputData().length; itemIndex += 1) {
		try {
			const parameters = new ItemParameters(context, itemIndex);
			const locator = groupOf(parameters);
			const entries = peopleIn(parameters.raw('members'), 'Members');
			const options = readOptions(parameters);
			if (entries.length === 0 && !allowEmpty) throw noMembers();
			const key = `${locator.mode} ${locator.value}`;
			const lookup = lookups.get(key) ?? requireGroup(session, locator);
			lookups.set(key, lookup);
			const group = await lookup;
			const requests = byGroup.get(group.id) ?? { group, requests: [] };
			requests.requests.push({ itemIndex, entries, options });
			byGroup.set(group.id, requests);
		} catch (error) {
			if (concernsAllItems(error)) return Promise.reject(error);
			failures.set(itemIndex, error);
		}
	}
	return { byGroup: [...byGroup.values()], failures };
}

/** Every further request would fail the same way, after the same wait. */
export function concernsAllItems(error: unknown): boolean {
	const kinds: ScimErrorKind[] = ['cancelled', 'tokenRejected', 'network', 'rateLimited'];
	return error instanceof ScimError && kinds.includes(error.kind);
}

export function noMembers(): ScimError {
	return emptyList('Members');
}

/** Every entry of all items with its person, found with few requests. */
export async function peopleOf(
	session: Session,
	{ byGroup }: SortedRequests,
	{ includeIds }: { includeIds: boolean },
): Promise<ResolvedPeople> {
	const entries = byGroup
		.flatMap(({ requests }) => requests)
		.flatMap((request) => request.entries)
		.filter((entry) => includeIds || isEmail(entry));
	return await resolvePeople(session.users, () => session.requester.control(), entries);
}

/** The result of one entry of one item. */
export interface EntryResult {
	entry: string;
	/** Undefined if the entry matches no person. */
	id: string | undefined;
	result: MembershipResult;
}

/**
 * The outcome of one item. If an entry failed, the item failed, and its error says what was done for the
 * other entries.
 * @param words the names of "changed" and "unchanged" in the item
 */
export function itemOutcome(
	group: Group,
	results: EntryResult[],
	words: { changed: 'added' | 'removed'; unchanged: 'alreadyMembers' | 'notMembers' },
): ItemOutcome {
	const failures = results.flatMap(({ entry, result }) =>
		result instanceof ScimError ? [{ entry, error: result }] : [],
	);
	const changed = peopleWith('changed', results);
	const unconfirmed = peopleWith('unconfirmed', results);
	const done = changed.length + unconfirmed.length;
	const [first] = failures;
	if (first) return { error: failureOf(group, failures, first.error, done, words.changed) };
	return {
		json: {
			group: { id: group.id, displayName: group.displayName },
			outcome: changed.length > 0 ? 'updated' : done > 0 ? 'unconfirmed' : 'unchanged',
			[words.changed]: changed,
			[words.unchanged]: peopleWith('unchanged', results),
			...(unconfirmed.length > 0
				? { unconfirmed, note: unconfirmedNote(group, unconfirmed.length, words.changed) }
				: {}),
		},
	};
}

/** Why it is unknown whether people are in a group after Notion accepted the change. */
export function unconfirmedNote(
	{ displayName }: Group,
	count: number,
	verb: 'added' | 'removed',
): string {
	const who = count === 1 ? '1 person was' : `${count} people were`;
	return `${who} asked to be ${verb}, and Notion accepted that. It shows exactly 100 members of "${displayName}", which may be only some of them, so this cannot be confirmed.`;
}

/** The people of an item with one result, in the form of the item. */
export function peopleWith(wanted: MembershipResult, results: EntryResult[]): IDataObject[] {
	return results
		.filter(({ result }) => result === wanted)
		.map(({ entry, id }) => ({ id, ...(isEmail(entry) ? { email: entry } : {}) }));
}

const MOST_REASONS = 5;

/** Reasons for a message, which every failed item repeats: the first few, and how many more. */
export function inShort(reasons: string[]): string {
	const more = reasons.length - MOST_REASONS;
	return [...reasons.slice(0, MOST_REASONS), ...(more > 0 ? [`And ${more} more.`] : [])].join(' ');
}

function failureOf(
	group: Group,
	failures: Array<{ entry: string; error: ScimError }>,
	first: ScimError,
	done: number,
	verb: 'added' | 'removed',
): ScimError {
	const list = inShort(failures.map(({ entry, error }) => `${entry}: ${error.message}`));
	const others = done > 0 ? ` ${done} other ${done === 1 ? 'person was' : 'people were'} ${verb}.` : '';
	return new ScimError(
		first.kind,
		`Not ${verb} ${verb === 'added' ? 'to' : 'from'} the group "${group.displayName}": ${list}${others}`,
		first.remedy,
		first.status === undefined ? {} : { status: first.status },
	);
}
