import { emailKey } from '../../scim/emailKey';
import { splitList } from '../../scim/personAttributes';
import { resourceId } from '../../scim/resourceId';
import type { PlanInputs, ProposedChange } from './proposedChange';
import { blockedBecause, proposedChange, userTarget } from './proposedChange';
import type { Candidate, Joiner } from './joiners';
import { candidatesOf, creation } from './joiners';
import { blockReasonOf } from './blockReason';
import type { BlockReason } from './blockReason';
import { departure, keptAddress, rename, updates } from './memberChanges';
import type { Member } from './members';
import { membersOf } from './members';
import { hasLeft } from '../person/hasLeft';
import { listed, personName, recordName, userLabel } from '../person/naming';
import type { Directory, Person } from '../person/person';
import type { Memory } from './policy';
import type { AddressChange } from './renames';
import { sortCandidates } from './renames';
import type { Wanted } from './employmentState';
import type { Workspace } from '../workspace/workspace';

/** What the comparison of people came to. */
export interface People {
	changes: ProposedChange[];
	/** By Notion's id. A member whose identity is uncertain is `held`. */
	members: ReadonlyMap<string, Member & { isHeld: boolean }>;
	joiners: Joiner[];
	/** Ids of members who are to get the address of an entry, though no link says that they are it. */
	unproven: ReadonlySet<string>;
	absentSince: Record<string, string>;
}

export function comparePeople(
	directory: Directory,
	workspace: Workspace,
	memory: Memory,
	inputs: PlanInputs,
): People {
	const { members, absentSince } = membersOf(workspace.users, inputs, memory);
	const { candidates, changes } = candidatesOf(directory, inputs);
	const { renames, joining, doubtful } = sortCandidates(candidates, members, directory, inputs.matching);
	const { policy, links, now } = inputs;
	const blockReason = blockReasonOf(policy.blocks, links.people, workspace.users, now);
	const moves = new Map(renames.map((one) => [one.member, one]));
	const addresses: Addresses = { claims: claimsOf(directory, inputs), blockReason };

	const people = new Map<string, Member & { isHeld: boolean }>();
	for (const member of members) {
		const compared = changesAbout(member, moves.get(member), doubtful.get(member), addresses, inputs);
		if (inputs.isAbout(member.user, compared.records)) changes.push(...compared.changes);
		people.set(resourceId(member.user.id), compared.member);
	}
	const joiners = joining.map(({ candidate, obstacle }) => ({
		...candidate,
		change: creation(
			candidate,
			inputs,
			obstacle ??
				whyNotFree(candidate.email, candidate.wanted.records, addresses) ??
				sharedAddress(candidate, addresses.claims),
		),
	}));
	const relevant = joiners.filter(({ wanted }) => inputs.isAbout(undefined, wanted.records));
	changes.push(...relevant.map((joiner) => joiner.change));
	return {
		changes,
		members: people,
		joiners: relevant,
		unproven: new Set(renames.map(({ member }) => member.user.id)),
		absentSince,
	};
}

type Claims = ReadonlyMap<string, ReadonlySet<string>>;

interface Addresses {
	claims: Claims;
	blockReason: BlockReason;
}

interface MemberChanges {
	member: Member & { isHeld: boolean };
	records: readonly Person[];
	changes: ProposedChange[];
}

/** A member whose identity is uncertain loses nothing, and gets neither an address nor a group. */
function changesAbout(
	member: Member,
	move: AddressChange | undefined,
	doubt: string | undefined,
	addresses: Addresses,
	inputs: PlanInputs,
): MemberChanges {
	const compared = changesIfCertain(member, move, addresses, inputs);
	const why = rivalry(member, compared.records, inputs) ?? doubt;
	if (why === undefined) return compared;
	const changes = compared.changes.map((change) => blockedBecause(change, why));
	if (changes.length === 0) {
		const stays = `${userLabel(member.user)} stays as they are. ${why}`;
		changes.push(proposedChange('none', userTarget(member.user, undefined), 'ambiguous', stays));
	}
	return { ...compared, member: { ...compared.member, isHeld: true }, changes };
}

/** Why an account may be the person's who has its address, and not that of the entries which it is linked to. */
function rivalry({ user }: Member, records: readonly Person[], { matching }: PlanInputs): string | undefined {
	const rival = matching.rivalOf(user.id);
	if (!rival) return undefined;
	const others = listed(records.map(recordName));
	return `${personName(rival)} has this very address in ${recordName(rival)} and has not left, so the account may be theirs. Correct ${others ? `the link of ${others}` : 'the link'} or one of the addresses, or link ${recordName(rival)} to the account if all are one person.`;
}

function changesIfCertain(
	member: Member,
	move: AddressChange | undefined,
	addresses: Addresses,
	inputs: PlanInputs,
): MemberChanges {
	const { user, employmentState } = member;
	if (move) return movedChanges(move, addresses, inputs);
	if (employmentState.is !== 'wanted') {
		const change = departure(member, inputs);
		const records = 'records' in employmentState ? employmentState.records : [];
		return { member: { ...member, isHeld: false }, records, changes: change ? [change] : [] };
	}
	const { wanted } = employmentState;
	const address = linkedAddress(member, wanted);
	const change = address
		? rename(
				user,
				{ ...address, because: 'a link says so' },
				inputs,
				inputs.matching.obstacleTo(address.record, user, address.email) ??
					whyNotFree(address.email, wanted.records, addresses),
				'nothing',
			)
		: keptAddress(user, wanted.records);
	const newEmail = change?.action === 'user.rename' && change.guard === 'ok' ? address?.email : undefined;
	return {
		member: { ...member, isHeld: false },
		records: wanted.records,
		changes: [...(change ? [change] : []), ...updates(user, wanted, inputs, newEmail)],
	};
}

/**
 * No link proves the identity here, so nothing but the new address is planned where that
 * is blocked, and a list that may not be whole is not enough.
 */
function movedChanges(
	{ candidate: { wanted, email }, member: { user, employmentState }, because }: AddressChange,
	addresses: Addresses,
	inputs: PlanInputs,
): MemberChanges {
	const [record] = wanted.records;
	const change = rename(
		user,
		{ record, email, because },
		inputs,
		inputs.matching.obstacleTo(record, user, email) ?? whyNotFree(email, wanted.records, addresses),
		'people',
	);
	const isHeld =
		change.action !== 'user.rename' || change.guard !== 'ok' || inputs.evidence.whyNot.length > 0;
	if (isHeld && employmentState.is === 'left') {
		change.explanation += ` ${listed(employmentState.records.map(recordName))} says that they have left; the account stays as it is until this is decided.`;
	}
	return {
		member: { user, employmentState: { is: 'wanted', wanted }, isHeld },
		records: wanted.records,
		changes: isHeld ? [change] : [change, ...updates(user, wanted, inputs, email)],
	};
}

/** The address that the directory has for a linked member, where it differs. */
function linkedAddress(
	{ user }: Member,
	{ records }: Wanted,
): { record: Person; email: string } | undefined {
	for (const record of records) {
		const { email } = record.attributes;
		if (email !== undefined) {
			return emailKey(email) === emailKey(user.userName) ? undefined : { record, email };
		}
	}
	return undefined;
}

/** The claimants of each address: ids of members, and `noMember` for an entry that is no member for certain. */
function claimsOf({ persons }: Directory, { matching }: PlanInputs): Claims {
	const claims = new Map<string, Set<string>>();
	for (const person of persons) {
		const { email } = person.attributes;
		if (email === undefined || hasLeft(person)) continue;
		const match = matching.of(person);
		const claimant = match.kind === 'link' || match.kind === 'email' ? match.user.id : 'noMember';
		const claimants = claims.get(emailKey(email)) ?? new Set();
		claims.set(emailKey(email), claimants.add(claimant));
	}
	return claims;
}

/** Why an address is given to no one, as whole sentences. */
function whyNotFree(
	email: string,
	records: readonly Person[],
	{ claims, blockReason }: Addresses,
): string | undefined {
	const why = blockReason(email, records);
	if (why !== undefined || (claims.get(emailKey(email))?.size ?? 0) < 2) return why;
	return `Several entries of the directory have the address ${email}. Correct all but one of them.`;
}

/** Once the other person is a member, the two could no longer be told apart. */
function sharedAddress({ email, wanted: { records } }: Candidate, claims: Claims): string | undefined {
	const shared = records
		.flatMap(({ attributes }) => splitList(attributes.secondaryEmails ?? ''))
		.filter((address) => emailKey(address) !== emailKey(email) && claims.has(emailKey(address)));
	if (shared.length === 0) return undefined;
	return `Another entry of the directory has ${listed(shared.sort())} as its own address. If both are one person, end one of the entries. If not, take the address off the secondary ones of ${email}.`;
}
