import { emailKey } from '../../scim/emailKey';
import { privilege } from '../guards/guards';
import type { Matching } from '../matching/matching';
import type { Person } from '../person/person';
import type { SeatContext } from './classifySeat';
import { classifySeat } from './classifySeat';
import { presentOnes } from './presence';
import type { SeatClass } from './seatClasses';
import { REMOVABLE_CLASSES, SEAT_CLASSES } from './seatClasses';
import type { ListedMember } from './seatDuplicates';
import { SeatDuplicates } from './seatDuplicates';
import type { Workspace } from '../workspace/workspace';

/** One seat: one active member of the workspace, whatever the role. */
export interface Seat {
	/** Notion's id. */
	userId: string;
	email: string;
	displayName: string | null;
	/** Workspace role; `member` where Notion states none, which it does for members only. */
	role: string;
	class: SeatClass;
	/** A whole sentence for a person. */
	reason: string;
	/** Whether the seat may be picked for removal: a removable class, complete readings, no privilege. */
	removable: boolean;
	managerEmail: string | null;
	department: string | null;
	costCenter: string | null;
	employeeNumber: string | null;
	/** Of the directory, where it lists this member. */
	source: string | null;
	sourceId: string | null;
	/** Names of the groups in Notion, sorted. */
	groups: string[];
}

/**
 * Puts every seat into one class, by the rules in classifySeat.ts.
 *
 * The seats come sorted by class, then by address. The order of users and persons does not matter.
 */
export function classifySeats(
	{ users, groups }: Pick<Workspace, 'users' | 'groups'>,
	matching: Pick<Matching, 'recordsOf' | 'isMentioned'>,
	context: SeatContext,
): Seat[] {
	const members = users
		.filter(({ active }) => active)
		.map((user) => ({ user, records: sorted(matching.recordsOf(user.id)) }));
	const isPresent = ({ records }: ListedMember): boolean => presentOnes(records, context.now).length > 0;
	const duplicates = new SeatDuplicates(members.filter(isPresent), context.guards);
	const groupNames = groupNamesByMember(groups);
	return members
		.map((member): Seat => {
			const classification = classifySeat(member, matching, duplicates, context);
			const { user } = member;
			const record = presentOnes(member.records, context.now)[0] ?? member.records[0];
			const fact = (name: 'department' | 'costCenter' | 'employeeNumber' | 'managerEmail'): string | null =>
				record?.attributes[name] ?? user.attributes[name] ?? null;
			return {
				userId: user.id,
				email: user.userName,
				displayName: user.attributes.displayName ?? record?.attributes.displayName ?? null,
				role: user.role ?? 'member',
				class: classification.class,
				reason: classification.reason,
				removable:
					context.trouble.length === 0 &&
					REMOVABLE_CLASSES.includes(classification.class) &&
					privilege(context.guards, user) === undefined,
				managerEmail: fact('managerEmail'),
				department: fact('department'),
				costCenter: fact('costCenter'),
				employeeNumber: fact('employeeNumber'),
				source: record?.source ?? null,
				sourceId: record?.sourceId ?? null,
				groups: groupNames.get(user.id) ?? [],
			};
		})
		.sort(
			(one, other) =>
				SEAT_CLASSES.indexOf(one.class) - SEAT_CLASSES.indexOf(other.class) ||
				compare(emailKey(one.email), emailKey(other.email)) ||
				compare(one.userId, other.userId),
		);
}

function sorted(records: readonly Person[]): Person[] {
	return [...records].sort(
		(one, other) => compare(one.source, other.source) || compare(one.sourceId, other.sourceId),
	);
}

function groupNamesByMember(groups: Workspace['groups']): Map<string, string[]> {
	const names = new Map<string, string[]>();
	for (const { displayName, memberIds } of groups) {
		for (const id of memberIds) {
			const known = names.get(id);
			if (known) known.push(displayName);
			else names.set(id, [displayName]);
		}
	}
	for (const list of names.values()) list.sort(compare);
	return names;
}

/** By code unit: the same on every machine, whatever its language. */
function compare(one: string, other: string): number {
	if (one === other) return 0;
	return one < other ? -1 : 1;
}
