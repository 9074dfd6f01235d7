import { emailKey } from '../../scim/emailKey';
import { splitList } from '../../scim/personAttributes';
import { resourceId } from '../../scim/resourceId';
import type { Basis, Draft } from './draft';
import { blockedBecause, draft, userTarget } from './draft';
import type { Candidate, Joiner } from './joiners';
import { candidatesOf, creation } from './joiners';
import { keepOutOf } from './keepOut';
import type { KeepOut } from './keepOut';
import { departure, keptAddress, rename, updates } from './memberLines';
import type { Member } from './members';
import { membersOf } from './members';
import { listed, personName, recordName, userLabel } from '../person/naming';
import type { Directory, Person } from '../person/person';
import type { Memory } from './policy';
import type { AddressChange } from './renames';
import { sortCandidates } from './renames';
import type { Wanted } from './standing';
import { hasLeft } from './standing';
import type { Workspace } from '../workspace/workspace';

/** What the comparison of people came to. */
export interface People {
	drafts: Draft[];
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
	basis: Basis,
): People {
	const { members, absentSince } = membersOf(workspace.users, basis, memory);
	const { candidates, drafts } = candidatesOf(directory, basis);
	const { renames, joining, doubtful } = sortCandidates(candidates, members, directory, basis.matching);
	const { policy, links, now } = basis;
	const keptOut = keepOutOf(policy.keepOut, links.people, workspace.users, now);
	const moves = new Map(renames.map((one) => [one.member, one]));
	const addresses: Addresses = { claims: claimsOf(directory, basis), keptOut };

	const people = new Map<string, Member & { isHeld: boolean }>();
	for (const member of members) {
		const lines = linesAbout(member, moves.get(member), doubtful.get(member), addresses, basis);
		if (basis.isAbout(member.user, lines.records)) drafts.push(...lines.drafts);
		people.set(resourceId(member.user.id), lines.member);
	}
	const joiners = joining.map(({ candidate, obstacle }) => ({
		...candidate,
		draft: creation(
			candidate,
			basis,
			obstacle ??
				whyNotFree(candidate.email, candidate.wanted.records, addresses) ??
				sharedAddress(candidate, addresses.claims),
		),
	}));
	const relevant = joiners.filter(({ wanted }) => basis.isAbout(undefined, wanted.records));
	drafts.push(...relevant.map((joiner) => joiner.draft));
	return {
		drafts,
		members: people,
		joiners: relevant,
		unproven: new Set(renames.map(({ member }) => member.user.id)),
		absentSince,
	};
}

type Claims = ReadonlyMap<string, ReadonlySet<string>>;

interface Addresses {
	claims: Claims;
	keptOut: KeepOut;
}

interface MemberLines {
	member: Member & { isHeld: boolean };
	records: readonly Person[];
	drafts: Draft[];
}

/** A member whose identity is uncertain loses nothing, and gets neither an address nor a group. */
function linesAbout(
	member: Member,
	move: AddressChange | undefined,
	doubt: string | undefined,
	addresses: Addresses,
	basis: Basis,
): MemberLines {
	const lines = linesIfCertain(member, move, addresses, basis);
	const why = rivalry(member, lines.records, basis) ?? doubt;
	if (why === undefined) return lines;
	const drafts = lines.drafts.map((line) => blockedBecause(line, why));
	if (drafts.length === 0) {
		const stays = `${userLabel(member.user)} stays as they are. ${why}`;
		drafts.push(draft('none', userTarget(member.user, undefined), 'ambiguous', stays));
	}
	return { ...lines, member: { ...lines.member, isHeld: true }, drafts };
}

/** Why an account may be the person's who has its address, and not that of the entries which it is linked to. */
function rivalry({ user }: Member, records: readonly Person[], { matching }: Basis): string | undefined {
	const rival = matching.rivalOf(user.id);
	if (!rival) return undefined;
	const others = listed(records.map(recordName));
	return `${personName(rival)} has this very address in ${recordName(rival)} and has not left, so the account may be theirs. Correct ${others ? `the link of ${others}` : 'the link'} or one of the addresses, or link ${recordName(rival)} to the account if all are one person.`;
}

function linesIfCertain(
	member: Member,
	move: AddressChange | undefined,
	addresses: Addresses,
	basis: Basis,
): MemberLines {
	const { user, standing } = member;
	if (move) return movedLines(move, addresses, basis);
	if (standing.is !== 'wanted') {
		const line = departure(member, basis);
		const records = 'records' in standing ? standing.records : [];
		return { member: { ...member, isHeld: false }, records, drafts: line ? [line] : [] };
	}
	const { wanted } = standing;
	const address = linkedAddress(member, wanted);
	const line = address
		? rename(
				user,
				{ ...address, because: 'a link says so' },
				basis,
				basis.matching.obstacleTo(address.record, user, address.email) ??
					whyNotFree(address.email, wanted.records, addresses),
				'nothing',
			)
		: keptAddress(user, wanted.records);
	const newEmail = line?.action === 'user.rename' && line.guard === 'ok' ? address?.email : undefined;
	return {
		member: { ...member, isHeld: false },
		records: wanted.records,
		drafts: [...(line ? [line] : []), ...updates(user, wanted, basis, newEmail)],
	};
}

/**
 * No link proves the identity here, so nothing but the new address is planned where that
 * is blocked, and a list that may not be whole is not enough.
 */
function movedLines(
	{ candidate: { wanted, email }, member: { user, standing }, because }: AddressChange,
	addresses: Addresses,
	basis: Basis,
): MemberLines {
	const [record] = wanted.records;
	const line = rename(
		user,
		{ record, email, because },
		basis,
		basis.matching.obstacleTo(record, user, email) ?? whyNotFree(email, wanted.records, addresses),
		'people',
	);
	const isHeld =
		line.action !== 'user.rename' || line.guard !== 'ok' || basis.evidence.whyNot.length > 0;
	if (isHeld && standing.is === 'left') {
		line.explanation += ` ${listed(standing.records.map(recordName))} says that they have left; the account stays as it is until this is decided.`;
	}
	return {
		member: { user, standing: { is: 'wanted', wanted }, isHeld },
		records: wanted.records,
		drafts: isHeld ? [line] : [line, ...updates(user, wanted, basis, email)],
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

/** The claimants of each address: ids of members, and `nobody` for an entry that is no member for certain. */
function claimsOf({ persons }: Directory, { matching }: Basis): Claims {
	const claims = new Map<string, Set<string>>();
	for (const person of persons) {
		const { email } = person.attributes;
		if (email === undefined || hasLeft(person)) continue;
		const match = matching.of(person);
		const claimant = match.kind === 'link' || match.kind === 'email' ? match.user.id : 'nobody';
		const claimants = claims.get(emailKey(email)) ?? new Set();
		claims.set(emailKey(email), claimants.add(claimant));
	}
	return claims;
}

/** Why an address is given to no one, as whole sentences. */
function whyNotFree(
	email: string,
	records: readonly Person[],
	{ claims, keptOut }: Addresses,
): string | undefined {
	const why = keptOut(email, records);
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
