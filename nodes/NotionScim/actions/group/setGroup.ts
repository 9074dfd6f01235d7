import type { IDataObject } from 'n8n-workflow';

import { assertMayTakeAway } from '../../../../lib/directory/guards/guards';
import type { Group } from '../../../../lib/scim/groupResource';
import { mayBeCut } from '../../../../lib/scim/groupResource';
import type { MembershipResult } from '../../../../lib/scim/membership';
import type { ResolvedPeople } from '../../../../lib/scim/people';
import { ScimError } from '../../../../lib/scim/scimError';
import type { ItemOutcome } from '../../execution/items';
import type { Session } from '../../transport/session';
import { reserveRemovals } from '../removalBudget';
import { assertNoPrivilegedMembers } from './group';
import type { RemovingOptions } from './membershipChanges';
import type { EntryResult, GroupRequests, MembershipRequest } from './membershipItems';
import { inShort, noMembers, peopleWith, unconfirmedNote } from './membershipItems';

export interface SettingOptions extends RemovingOptions {
	allowEmpty: boolean;
	allowCutList: boolean;
	ignoreUnknown: boolean;
}

/** Ids of people. */
interface Change {
	wanted: Set<string>;
	toAdd: string[];
	toRemove: string[];
}

/**
 * Makes the people of all items the members of a group.
 * @param people every entry of the items
 */
export async function setGroup(
	session: Session,
	{ group, requests }: GroupRequests<SettingOptions>,
	people: ResolvedPeople,
): Promise<ItemOutcome[]> {
	const wanted = wantedIds(requests, people);
	if (mayBeCut(group) && !allAllow(requests, 'allowCutList')) throw cutList(group);

	const members = new Set(group.memberIds);
	const toAdd = [...wanted].filter((id) => !members.has(id));
	const toRemove = group.memberIds.filter((id) => !wanted.has(id));
	if (toRemove.length > 0) {
		assertMayTakeAway(session.guards, 'remove people from groups');
		if (!allAllow(requests, 'allowPrivileged')) await assertNoPrivilegedMembers(session, toRemove);
	}
	await reserveRemovals(session, toRemove.length, requests.map(({ options }) => options.budget));
	// Additions come first: if the run is interrupted, too many people have access rather than too few.
	const added = await session.groups.changeMembers(group, 'add', toAdd);
	if (hasFailure(added)) session.removals.release(toRemove.length);
	assertAllDone(group, added, new Map());
	const removed = await session.groups.changeMembers(group, 'remove', toRemove);
	assertAllDone(group, added, removed);
	return requests.map(({ entries }, position) => ({
		json: {
			...changeInItem(group, { wanted, toAdd, toRemove }, resultsOf(entries, people, added), position),
			...ignoredIn(entries, people),
		},
	}));
}

/** The items form one list, so an option that loosens a guard must be set in all of them. */
function allAllow(
	requests: Array<MembershipRequest<SettingOptions>>,
	option: keyof Omit<SettingOptions, 'budget'>,
): boolean {
	return requests.every(({ options }) => options[option]);
}

/** @throws ScimError for people who cannot be found, and for a list that is empty, where the options forbid it */
function wantedIds(
	requests: Array<MembershipRequest<SettingOptions>>,
	people: ResolvedPeople,
): Set<string> {
	const mayBeEmpty = allAllow(requests, 'allowEmpty');
	const isSomeItemEmpty = requests.some((request) => request.entries.length === 0);
	if (isSomeItemEmpty && !mayBeEmpty) throw noMembers();

	const entries = [...new Set(requests.flatMap((request) => request.entries))];
	const unknown = entries.filter((entry) => people.get(entry) instanceof ScimError);
	if (unknown.length > 0 && !allAllow(requests, 'ignoreUnknown')) throw unknownPeople(unknown, people);
	const wanted = new Set(
		entries.flatMap((entry) => {
			const person = people.get(entry);
			return person === undefined || person instanceof ScimError ? [] : [person.id];
		}),
	);
	if (wanted.size === 0 && !mayBeEmpty) throw noMembers();
	return wanted;
}

/** What an item says of the change. */
function changeInItem(
	group: Group,
	{ wanted, toAdd, toRemove }: Change,
	results: EntryResult[],
	position: number,
): IDataObject {
	return {
		group: { id: group.id, displayName: group.displayName },
		outcome: toAdd.length + toRemove.length > 0 ? 'updated' : 'unchanged',
		added: peopleWith('changed', results),
		alreadyMembers: peopleWith('unchanged', results),
		...unconfirmedIn(group, results),
		// No item is about these people, so the first one names them; repeating them would make huge lists.
		removed: position === 0 ? toRemove.map((id) => ({ id })) : [],
		addedCount: toAdd.length,
		removedCount: toRemove.length,
		memberCount: wanted.size,
		...(mayBeCut(group) ? { membersMayBeCut: true } : {}),
	};
}

/** Entries that were left out, because no person was found for them. */
function ignoredIn(entries: string[], people: ResolvedPeople): IDataObject {
	const ignored = entries.filter((entry) => people.get(entry) instanceof ScimError);
	return ignored.length > 0 ? { ignored } : {};
}

/** People Notion accepted and does not show. */
function unconfirmedIn(group: Group, results: EntryResult[]): IDataObject {
	const unconfirmed = peopleWith('unconfirmed', results);
	if (unconfirmed.length === 0) return {};
	return { unconfirmed, note: unconfirmedNote(group, unconfirmed.length, 'added') };
}

/** @throws ScimError `listIncomplete`: it is unknown who else would have to leave the group */
function cutList({ displayName }: Group): ScimError {
	return new ScimError(
		'listIncomplete',
		`Notion shows exactly 100 members of the group "${displayName}", which may be only some of them. So it is unknown who else would have to leave. The group was not changed.`,
		'Use Add Members and Remove Members for this group. If you see in Notion that it has 100 members and no more, turn on Allow Partial Member List in the options.',
	);
}

/** The people of one item, without those who were left out. */
function resultsOf(
	entries: string[],
	people: ResolvedPeople,
	added: Map<string, MembershipResult>,
): EntryResult[] {
	return entries.flatMap((entry) => {
		const person = people.get(entry);
		return person === undefined || person instanceof ScimError
			? []
			: [{ entry, id: person.id, result: added.get(person.id) ?? 'unchanged' }];
	});
}

function hasFailure(results: Map<string, MembershipResult>): boolean {
	return [...results.values()].some((result) => result instanceof ScimError);
}

/** @throws ScimError for people who could not be added or removed */
function assertAllDone(
	group: Group,
	added: Map<string, MembershipResult>,
	removed: Map<string, MembershipResult>,
): void {
	const failed = [...added, ...removed].flatMap(([id, result]) =>
		result instanceof ScimError ? [{ id, error: result }] : [],
	);
	const [first] = failed;
	if (!first) return;
	const reasons = inShort(failed.map(({ id, error }) => `${id}: ${error.message}`));
	throw new ScimError(
		first.error.kind,
		`The group "${group.displayName}" does not have the wanted members: ${reasons} ${count(added)} added, ${count(removed)} removed.`,
		first.error.remedy,
		first.error.status === undefined ? {} : { status: first.error.status },
	);
}

function count(results: Map<string, MembershipResult>): number {
	return [...results.values()].filter((result) => result === 'changed').length;
}

function unknownPeople(unknown: string[], people: ResolvedPeople): ScimError {
	const reasons = unknown.map((entry) => {
		const reason = people.get(entry);
		return reason instanceof ScimError ? reason.message : entry;
	});
	return new ScimError(
		'notFound',
		`The group was not changed. ${inShort(reasons)}`,
		'Correct the list, or turn on Ignore Unknown in the options to leave these people out.',
		{ evidence: { unknown } },
	);
}
