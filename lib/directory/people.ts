import { emailKey } from '../scim/emailKey';
import { splitList } from '../scim/personAttributes';
import { resourceId } from '../scim/resourceId';
import type { Basis, Draft } from './draft';
import type { Candidate, Joiner } from './joiners';
import { candidatesOf, creation } from './joiners';
import { departure, rename, updates } from './memberLines';
import type { Member } from './members';
import { membersOf } from './members';
import { listed } from './naming';
import type { Directory, Person } from './person';
import type { Memory } from './policy';
import type { AddressChange } from './renames';
import { sortCandidates } from './renames';
import type { Wanted } from './standing';
import { hasLeft } from './standing';
import type { Workspace } from './workspace';

/** What the comparison of people came to. */
export interface People {
	drafts: Draft[];
	/** By Notion's id. Whoever may not be who the plan takes them for is `held`. */
	members: ReadonlyMap<string, Member & { isHeld: boolean }>;
	joiners: Joiner[];
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
	const moves = new Map(renames.map((one) => [one.member, one]));
	const claims = claimsOf(directory, basis);

	const people = new Map<string, Member & { isHeld: boolean }>();
	for (const member of members) {
		const lines = linesAbout(member, moves.get(member), doubtful.get(member), claims, basis);
		if (basis.isAbout(member.user, lines.records)) drafts.push(...lines.drafts);
		people.set(resourceId(member.user.id), lines.member);
	}
	const joiners = joining.map(({ candidate, obstacle }) => ({
		...candidate,
		draft: creation(
			candidate,
			basis,
			obstacle ?? claimed(candidate.email, claims) ?? sharedAddress(candidate, claims),
		),
	}));
	const relevant = joiners.filter(({ wanted }) => basis.isAbout(undefined, wanted.records));
	drafts.push(...relevant.map((joiner) => joiner.draft));
	return { drafts, members: people, joiners: relevant, absentSince };
}

type Claims = ReadonlyMap<string, ReadonlySet<string>>;

interface MemberLines {
	member: Member & { isHeld: boolean };
	records: readonly Person[];
	drafts: Draft[];
}

function linesAbout(
	member: Member,
	move: AddressChange | undefined,
	doubt: string | undefined,
	claims: Claims,
	basis: Basis,
): MemberLines {
	const { user, standing } = member;
	if (move) return movedLines(move, claims, basis);
	if (standing.is !== 'wanted') {
		const line = departure(member, basis);
		const records = 'records' in standing ? standing.records : [];
		const isHeld = doubt !== undefined;
		if (line?.action === 'user.remove' && line.guard === 'ok' && isHeld)
			line.guard = `blocked: ${doubt}`;
		return { member: { ...member, isHeld }, records, drafts: line ? [line] : [] };
	}
	const { wanted } = standing;
	const address = linkedAddress(member, wanted);
	const line =
		address &&
		rename(
			user,
			{ ...address, because: 'a link says so' },
			basis,
			basis.matching.obstacleTo(address.record, user, address.email) ?? claimed(address.email, claims),
			'nothing',
		);
	const newEmail = line?.action === 'user.rename' && line.guard === 'ok' ? address?.email : undefined;
	return {
		member: { ...member, isHeld: false },
		records: wanted.records,
		drafts: [...(line ? [line] : []), ...updates(user, wanted, basis, newEmail)],
	};
}

/** Who somebody is is not proven by a link here, so nothing but the new address is planned where that is blocked. */
function movedLines(
	{ candidate: { wanted, email }, member: { user }, because, isPositive }: AddressChange,
	claims: Claims,
	basis: Basis,
): MemberLines {
	const [record] = wanted.records;
	const line = rename(
		user,
		{ record, email, because },
		basis,
		basis.matching.obstacleTo(record, user, email) ?? claimed(email, claims),
		isPositive ? 'nothing' : 'people',
	);
	const isHeld =
		line.action !== 'user.rename' ||
		line.guard !== 'ok' ||
		(!isPositive && basis.evidence.whyNot.length > 0);
	return {
		member: { user, standing: { is: 'wanted', wanted }, isHeld },
		records: wanted.records,
		drafts: isHeld ? [line] : [line, ...updates(user, wanted, basis, email)],
	};
}

/** The address that a linked member is to have, where it is another one. */
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

/** Who is to have each address: ids of members, and `nobody` for those who are none for certain. */
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

function claimed(email: string, claims: Claims): string | undefined {
	if ((claims.get(emailKey(email))?.size ?? 0) < 2) return undefined;
	return `Several entries of the directory are to have the address ${email}. Correct all but one of them.`;
}

/** Once the other one is a member, nobody could say any more that these are two people. */
function sharedAddress({ email, wanted: { records } }: Candidate, claims: Claims): string | undefined {
	const shared = records
		.flatMap(({ attributes }) => splitList(attributes.secondaryEmails ?? ''))
		.filter((address) => emailKey(address) !== emailKey(email) && claims.has(emailKey(address)));
	if (shared.length === 0) return undefined;
	return `Another entry of the directory has ${listed(shared.sort())} as its own address. If both are one person, end one of the entries. If not, take the address off the secondary ones of ${email}.`;
}
