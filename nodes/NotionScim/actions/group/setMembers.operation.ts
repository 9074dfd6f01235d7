import type { IDataObject } from 'n8n-workflow';

import { assertMayTakeAway, assertMayWrite, assertMayWriteTo } from '../../../../lib/directory/guards';
import type { MembershipResult } from '../../../../lib/scim/membership';
import type { ResolvedPeople } from '../../../../lib/scim/people';
import { resolvePeople } from '../../../../lib/scim/people';
import { ScimError } from '../../../../lib/scim/scimError';
import { groupLocator } from '../../descriptions/groupLocator';
import { allowPrivileged, removalLimit } from '../../descriptions/guardOptions';
import { members } from '../../descriptions/members';
import { toItems } from '../../execution/items';
import type { Session } from '../../transport/session';
import type { ListedOperation } from '../operation';
import { withinRemovalLimit } from '../removalBudget';
import { eachGroup, mostGenerous } from './membershipChanges';
import type { GroupRequests } from './membershipItems';
import { noMembers, peopleOf, requestsByGroup } from './membershipItems';

export const setMembers: ListedOperation = {
	name: 'Set Members',
	value: 'setMembers',
	action: 'Set the members of a group',
	description:
		'Make these people, and nobody else, the members of a group. All items about one group are taken together.',
	properties: [
		groupLocator('Which group is to have exactly these members'),
		members('Who is to be in the group: emails or IDs, comma-separated or as an array'),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Allow Empty',
					name: 'allowEmpty',
					type: 'boolean',
					default: false,
					description: 'Whether a list with nobody in it may empty the group',
				},
				allowPrivileged,
				{
					displayName: 'Ignore Unknown',
					name: 'ignoreUnknown',
					type: 'boolean',
					default: false,
					description:
						'Whether people who cannot be found are left out of the list. Otherwise they are an error and the group stays as it is.',
				},
				removalLimit,
			],
		},
	],
	execute: async (context, session) => {
		assertMayWrite(session.guards);
		const { byGroup, failures } = await requestsByGroup(context, session, { allowNobody: true });
		const people = await peopleOf(session, byGroup, { includeIds: true });
		const outcomes = await eachGroup(context, byGroup, failures, async (requests) => {
			const json = await setGroup(session, requests, people, failures.size > 0);
			return requests.requests.map(() => ({ json }));
		});
		return toItems(context, outcomes);
	},
};

async function setGroup(
	session: Session,
	{ group, requests }: GroupRequests,
	people: ResolvedPeople,
	otherItemsFailed: boolean,
): Promise<IDataObject> {
	const entries = requests.flatMap((request) => request.entries);
	const anyOption = (name: string): boolean =>
		requests.some(({ options }) => options[name] === true);
	if (entries.length === 0 && !anyOption('allowEmpty')) throw noMembers();
	// An item that could not be read may have belonged to this group, so the list may have a gap.
	if (otherItemsFailed) throw listHasGaps(group.displayName);

	const unknown = entries.filter((entry) => people.get(entry) instanceof ScimError);
	if (unknown.length > 0 && !anyOption('ignoreUnknown')) throw unknownPeople(unknown, people);
	const wanted = new Set(
		entries.flatMap((entry) => {
			const person = people.get(entry);
			return person === undefined || person instanceof ScimError ? [] : [person.id];
		}),
	);
	if (wanted.size === 0 && !anyOption('allowEmpty')) throw noMembers();

	const toAdd = [...wanted].filter((id) => !group.memberIds.includes(id));
	const toRemove = group.memberIds.filter((id) => !wanted.has(id));
	if (toRemove.length > 0) {
		assertMayTakeAway(session.guards, 'take people out of groups');
		await assertMayRemove(session, toRemove, anyOption('allowPrivileged'));
	}
	return await withinRemovalLimit(session, toRemove.length, mostGenerous(requests), async () => {
		// Adding comes first: cut off in between, too many have access rather than too few.
		const added = await session.groups.changeMembers(group, 'add', toAdd);
		const removed = await session.groups.changeMembers(group, 'remove', toRemove);
		const failed = [...added, ...removed].flatMap(([id, result]) =>
			result instanceof ScimError ? [{ id, error: result }] : [],
		);
		const [first] = failed;
		if (first) {
			throw new ScimError(
				first.error.kind,
				`The group "${group.displayName}" does not have the wanted members: ${failed
					.map(({ id, error }) => `${id}: ${error.message}`)
					.join(' ')} ${count(added)} added, ${count(removed)} removed.`,
				first.error.remedy,
			);
		}
		return {
			group: { id: group.id, displayName: group.displayName },
			outcome: toAdd.length + toRemove.length > 0 ? 'updated' : 'unchanged',
			added: toAdd,
			removed: toRemove,
			memberCount: wanted.size,
			...(unknown.length > 0 ? { ignored: unknown } : {}),
		};
	});
}

/** @throws ScimError `protectedPerson` for the first privileged person who would lose the group */
async function assertMayRemove(
	session: Session,
	ids: string[],
	allowPrivileged: boolean,
): Promise<void> {
	if (allowPrivileged) return;
	const leaving = await resolvePeople(session.users, () => session.requester.control(), ids);
	for (const person of leaving.values()) {
		if (!(person instanceof ScimError)) assertMayWriteTo(session.guards, person, false);
	}
}

function count(results: Map<string, MembershipResult>): number {
	return [...results.values()].filter((result) => result === 'changed').length;
}

function listHasGaps(name: string): ScimError {
	return new ScimError(
		'invalidInput',
		`The members of the group "${name}" were not set, because another item could not be read and may have belonged to it.`,
		'Repair the item that failed, then run all of them again.',
	);
}

function unknownPeople(unknown: string[], people: ResolvedPeople): ScimError {
	const reasons = unknown.map((entry) => {
		const reason = people.get(entry);
		return reason instanceof ScimError ? reason.message : entry;
	});
	return new ScimError(
		'notFound',
		`The group was left as it is. ${reasons.join(' ')}`,
		'Correct the list, or turn on Ignore Unknown in the options to leave these people out.',
		{ evidence: { unknown } },
	);
}
