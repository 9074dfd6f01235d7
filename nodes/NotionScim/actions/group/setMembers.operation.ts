import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { assertMayTakeAway, assertMayWrite } from '../../../../lib/directory/guards/guards';
import type { Group } from '../../../../lib/scim/groupResource';
import { mayBeCut } from '../../../../lib/scim/groupResource';
import type { MembershipResult } from '../../../../lib/scim/membership';
import type { ResolvedPeople } from '../../../../lib/scim/people';
import { ScimError } from '../../../../lib/scim/scimError';
import { groupLocator } from '../../descriptions/groupLocator';
import { allowPrivileged, removalLimit } from '../../descriptions/guardOptions';
import { members } from '../../descriptions/members';
import type { ItemOutcome } from '../../execution/items';
import { toItems } from '../../execution/items';
import type { ItemParameters } from '../../execution/parameters';
import { switchOption } from '../../execution/scalarParameters';
import type { Session } from '../../transport/session';
import type { ListedOperation } from '../operation';
import { reserveRemovals, removalBudgetIn } from '../removalBudget';
import { assertNoPrivilegedMembers, groupNow } from './group';
import type { RemovingOptions } from './membershipChanges';
import { eachGroup } from './membershipChanges';
import type { EntryResult, GroupRequests } from './membershipItems';
import {
	inShort,
	noMembers,
	peopleOf,
	peopleWith,
	requestsByGroup,
	unconfirmedNote,
} from './membershipItems';

const allowEmpty: INodeProperties = {
	displayName: 'Allow Empty',
	name: 'allowEmpty',
	type: 'boolean',
	default: false,
	description: 'Whether an empty list may empty the group',
};

const allowCutList: INodeProperties = {
	displayName: 'Allow Partial Member List',
	name: 'allowCutList',
	type: 'boolean',
	default: false,
	description:
		'Whether to continue if Notion shows exactly 100 members of the group, which may be only some of them. Members it does not show then stay in the group.',
};

const ignoreUnknown: INodeProperties = {
	displayName: 'Ignore Unknown',
	name: 'ignoreUnknown',
	type: 'boolean',
	default: false,
	description:
		'Whether to leave out people who cannot be found. Otherwise they are an error and the group stays unchanged.',
};

export const setMembers: ListedOperation = {
	name: 'Set Members',
	value: 'setMembers',
	action: 'Set the members of a group',
	description:
		'Make exactly these people the members of a group. All items about one group are combined.',
	properties: [
		groupLocator('The group to set the members of'),
		members('The people to have in the group: emails or IDs, comma-separated or as an array'),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				allowEmpty,
				allowCutList,
				allowPrivileged,
				ignoreUnknown,
				removalLimit,
			],
		},
	],
	execute: async (context, session) => {
		assertMayWrite(session.guards);
		const sorted = await requestsByGroup(context, session, readOptions, { allowEmpty: true });
		const people = await peopleOf(session, sorted, { includeIds: true });
		const outcomes = await eachGroup(context, sorted, async (requests) => {
			assertNoGaps(requests.group, sorted.failures);
			const group = await groupNow(session, requests.group);
			return await setGroup(session, { ...requests, group }, people);
		});
		return toItems(context, outcomes);
	},
};

interface SettingOptions extends RemovingOptions {
	allowEmpty: boolean;
	allowCutList: boolean;
	ignoreUnknown: boolean;
}

function readOptions(parameters: ItemParameters): SettingOptions {
	const options = parameters.collection('options', 'Options');
	return {
		allowEmpty: switchOption(options, allowEmpty),
		allowPrivileged: switchOption(options, allowPrivileged),
		allowCutList: switchOption(options, allowCutList),
		ignoreUnknown: switchOption(options, ignoreUnknown),
		budget: removalBudgetIn(options),
	};
}

async function setGroup(
	session: Session,
	{ group, requests }: GroupRequests<SettingOptions>,
	people: ResolvedPeople,
): Promise<ItemOutcome[]> {
	// The items form one list, so an option that loosens a guard must be set in all of them.
	const allow = (option: keyof Omit<SettingOptions, 'budget'>): boolean =>
		requests.every(({ options }) => options[option]);
	const isSomeItemEmpty = requests.some((request) => request.entries.length === 0);
	if (isSomeItemEmpty && !allow('allowEmpty')) throw noMembers();

	const entries = [...new Set(requests.flatMap((request) => request.entries))];
	const unknown = entries.filter((entry) => people.get(entry) instanceof ScimError);
	if (unknown.length > 0 && !allow('ignoreUnknown')) throw unknownPeople(unknown, people);
	const wanted = new Set(
		entries.flatMap((entry) => {
			const person = people.get(entry);
			return person === undefined || person instanceof ScimError ? [] : [person.id];
		}),
	);
	if (wanted.size === 0 && !allow('allowEmpty')) throw noMembers();

	const isCut = mayBeCut(group);
	if (isCut && !allow('allowCutList')) throw cutList(group);

	const members = new Set(group.memberIds);
	const toAdd = [...wanted].filter((id) => !members.has(id));
	const toRemove = group.memberIds.filter((id) => !wanted.has(id));
	if (toRemove.length > 0) {
		assertMayTakeAway(session.guards, 'remove people from groups');
		if (!allow('allowPrivileged')) await assertNoPrivilegedMembers(session, toRemove);
	}
	await reserveRemovals(session, toRemove.length, requests.map(({ options }) => options.budget));
	// Additions come first: if the run is interrupted, too many people have access rather than too few.
	const added = await session.groups.changeMembers(group, 'add', toAdd);
	if (hasFailure(added)) session.removals.release(toRemove.length);
	assertAllDone(group, added, new Map());
	const removed = await session.groups.changeMembers(group, 'remove', toRemove);
	assertAllDone(group, added, removed);
	return requests.map(({ entries: own }, position) => {
		const results = resultsOf(own, people, added);
		const ignored = own.filter((entry) => people.get(entry) instanceof ScimError);
		return {
			json: {
				group: { id: group.id, displayName: group.displayName },
				outcome: toAdd.length + toRemove.length > 0 ? 'updated' : 'unchanged',
				added: peopleWith('changed', results),
				alreadyMembers: peopleWith('unchanged', results),
				...unconfirmedIn(group, results),
				// No item is about these people, so the first one names them; repeating them would make huge
				// lists.
				removed: position === 0 ? toRemove.map((id) => ({ id })) : [],
				addedCount: toAdd.length,
				removedCount: toRemove.length,
				memberCount: wanted.size,
				...(isCut ? { membersMayBeCut: true } : {}),
				...(ignored.length > 0 ? { ignored } : {}),
			},
		};
	});
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

/**
 * An unreadable item may belong to any group, so each list may have a gap.
 * @throws ScimError `invalidInput` that names the first such item
 */
function assertNoGaps({ displayName }: Group, failures: Map<number, unknown>): void {
	const [first] = failures;
	if (!first) return;
	const [itemIndex, error] = first;
	const reason = error instanceof Error ? ` ${error.message}` : '';
	throw new ScimError(
		'invalidInput',
		`The members of the group "${displayName}" were not set, because item ${itemIndex} could not be read and may have belonged to it.${reason}`,
		'Correct the item that failed, then run all of them again.',
	);
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
