import { emailKey } from '../../scim/emailKey';
import type { User } from '../../scim/userResource';
import type { Guards } from '../guards/guards';
import { isForeign, privilege } from '../guards/guards';
import type { Matching } from '../matching/matching';
import type { Person } from '../person/person';
import type { ListedMember } from './seatDuplicates';
import { SeatDuplicates } from './seatDuplicates';
import { hasLeft } from '../plan/standing';
import type { Workspace } from '../workspace/workspace';

/**
 * What a seat can be; each seat is exactly one of them. This is the order in which they are shown. The
 * order in which they are looked for is that of {@link classifySeats}.
 *
 * - `ownerNotInDirectory`: may manage the workspace, is protected or made the SCIM token, and no
 *   directory lists them as present
 * - `inactiveInDirectory`: listed, and everywhere as having left
 * - `orphaned`: an address of your own that no directory lists
 * - `possibleDuplicate`: another seat of a person who is present; reported, and never acted on
 * - `foreignDomain`: an address of a domain that is not yours, which no directory lists
 * - `outOfScope`: present, but Notion is not meant for them (any more)
 * - `unclear`: suspended, of unknown status, ambiguous, or not read
 * - `nonHuman`: a bot, a service or a shared mailbox
 * - `matched`: present. Never "in use": SCIM shows no use.
 */
export const SEAT_CLASSES = [
	'ownerNotInDirectory',
	'inactiveInDirectory',
	'orphaned',
	'possibleDuplicate',
	'foreignDomain',
	'outOfScope',
	'unclear',
	'nonHuman',
	'matched',
] as const;

export type SeatClass = (typeof SEAT_CLASSES)[number];

/** Classes whose seats an admin may pick for removal. */
const REMOVABLE_CLASSES: readonly SeatClass[] = ['inactiveInDirectory', 'orphaned'];

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

export interface SeatContext {
	guards: Guards;
	/** See {@link matchesPattern}. */
	nonHuman: readonly string[];
	/**
	 * Why these readings prove no absence, as sentences; empty for complete and plausible ones.
	 */
	trouble: readonly string[];
	/** Why readings that are whole prove no absence all the same: see `absenceDoubts`. */
	unproven: readonly string[];
	/** Epoch milliseconds. */
	now: number;
}

/** Addresses of things that are no person, as companies usually name them. */
export const USUAL_NON_HUMANS: readonly string[] = [
	'bot@',
	'*-bot@',
	'bot-*@',
	'service@',
	'svc-*@',
	'svc_*@',
	'noreply@',
	'no-reply@',
	'automation@',
	'integration@',
	'integrations@',
	'notifications@',
	'shared@',
];

/**
 * Puts every seat into one class. What is looked for first wins:
 *
 * 1. `ownerNotInDirectory`: a privileged account that is not listed as present. An admin must see to
 *    that first, whatever else is true of the seat.
 * 2. `nonHuman`: before all that follows, because shared mailboxes are disabled accounts in many
 *    directories, and bots are in none.
 * 3. For whom the directory lists: present in scope anywhere is `matched` (or a `possibleDuplicate`, where
 *    the same person has another seat with the same employee number or without the plus tag);
 *    suspended or unknown is `unclear`; present out of scope is `outOfScope`; having left everywhere is
 *    `inactiveInDirectory`, unless the directory itself shows the same person with another seat.
 * 4. For all others: `possibleDuplicate` where the directory shows it; `unclear` where the directory
 *    mentions them in a way that proves nothing, was not read as a whole, or has an address that cannot
 *    be read; `possibleDuplicate` where
 *    it looks like it; `foreignDomain`; `orphaned`.
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
			const verdict = verdictOn(member, matching, duplicates, context);
			const { user } = member;
			const record = presentOnes(member.records, context.now)[0] ?? member.records[0];
			const fact = (name: 'department' | 'costCenter' | 'employeeNumber' | 'managerEmail'): string | null =>
				record?.attributes[name] ?? user.attributes[name] ?? null;
			return {
				userId: user.id,
				email: user.userName,
				displayName: user.attributes.displayName ?? record?.attributes.displayName ?? null,
				role: user.role ?? 'member',
				class: verdict.class,
				reason: verdict.reason,
				removable:
					context.trouble.length === 0 &&
					REMOVABLE_CLASSES.includes(verdict.class) &&
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

interface Verdict {
	class: SeatClass;
	reason: string;
}

function verdictOn(
	member: ListedMember,
	matching: Pick<Matching, 'isMentioned'>,
	duplicates: SeatDuplicates,
	context: SeatContext,
): Verdict {
	const { guards, nonHuman, trouble, unproven, now } = context;
	const { user, records } = member;
	const present = presentOnes(records, now);
	const privileged = privilege(guards, user);
	const isUnread = records.length === 0 && trouble.length + unproven.length > 0;
	if (privileged && present.length === 0 && !isUnread) {
		const listing = records.length > 0 ? `${whereOf(records)} lists them as having left` : 'no directory lists them';
		return {
			class: 'ownerNotInDirectory',
			reason: `${user.userName} ${privileged}, and ${listing}. Nothing is done to them from here: settle first who takes over.`,
		};
	}
	const thing = nonHumanReason(member, nonHuman);
	if (thing) return { class: 'nonHuman', reason: thing };
	return records.length > 0
		? listedVerdict(member, present, duplicates, now)
		: unlistedVerdict(member, matching, duplicates, context);
}

function listedVerdict(
	member: ListedMember,
	present: readonly Person[],
	duplicates: SeatDuplicates,
	now: number,
): Verdict {
	const { records } = member;
	const entitled = present.find((person) => person.inScope && !isUncertain(person, now));
	if (entitled) {
		const duplicate = duplicates.strong(member) ?? duplicates.tagged(member);
		if (duplicate) return duplicateVerdict(member, duplicate);
		return { class: 'matched', reason: matchedReason(entitled, records, now) };
	}
	const uncertain = present.find((person) => person.inScope && isUncertain(person, now));
	if (uncertain) {
		return {
			class: 'unclear',
			reason: uncertain.explanation ?? uncertaintyOf(uncertain),
		};
	}
	const [outside] = present;
	if (outside) {
		return {
			class: 'outOfScope',
			reason:
				outside.scopeNote ??
				`${outside.source} lists this person as present, but Notion is not meant for them.`,
		};
	}
	const duplicate = duplicates.strong(member);
	if (duplicate) return duplicateVerdict(member, duplicate);
	const left = records.find(({ attributes }) => attributes.email) ?? records[0];
	return {
		class: 'inactiveInDirectory',
		reason: `${whereOf(records)} lists this person as having left${
			left?.statusWord ? ` (${left.statusWord})` : ''
		}, but the seat is still there.`,
	};
}

function unlistedVerdict(
	member: ListedMember,
	matching: Pick<Matching, 'isMentioned'>,
	duplicates: SeatDuplicates,
	{ guards, trouble, unproven }: SeatContext,
): Verdict {
	const { user } = member;
	const strong = duplicates.strong(member);
	if (strong) return duplicateVerdict(member, strong);
	if (matching.isMentioned(user.id)) {
		return {
			class: 'unclear',
			reason: `The directory mentions ${user.userName} only in a way that proves nothing: as a second address, one that looks alike, or one of several.`,
		};
	}
	if (trouble.length > 0) {
		return {
			class: 'unclear',
			reason: 'No entry was found, but the directory was not read as a whole, so it is not known whether there is one.',
		};
	}
	if (unproven.length > 0) {
		return {
			class: 'unclear',
			reason: 'No entry was found by its address, but the directory has entries whose address cannot be read, and this person may be one of them.',
		};
	}
	const weak = duplicates.weak(member);
	if (weak) return duplicateVerdict(member, weak);
	return isForeign(guards, user.userName)
		? {
				class: 'foreignDomain',
				reason: 'No directory lists this address, and its domain is none of yours. As a guest, this person would need no seat.',
			}
		: { class: 'orphaned', reason: 'The address is one of yours, but no directory lists it.' };
}

function duplicateVerdict(
	{ user }: ListedMember,
	{ other, because }: { other: User; because: string },
): Verdict {
	return {
		class: 'possibleDuplicate',
		reason: `${user.userName} and ${other.userName} ${because}. If they are one person, one of the seats can go; check them by hand.`,
	};
}

function matchedReason(entitled: Person, records: readonly Person[], now: number): string {
	const also = records.length > 1 ? ` Another entry says "${
		records.find((record) => record !== entitled)?.statusWord ?? records.find((record) => record !== entitled)?.status
	}"; a person who is present anywhere has not left.` : '';
	if (entitled.status === 'notStarted' || startsLater(entitled, now)) {
		return `${entitled.source} lists this person, who has not begun yet.${also}`;
	}
	if (entitled.status === 'onLeave') return `${entitled.source} lists this person, who is on leave.${also}`;
	return `${entitled.source} lists this person as present.${also}`;
}

/** The reason where a seat is no person's. */
function nonHumanReason({ user, records }: ListedMember, patterns: readonly string[]): string | undefined {
	const thing = records.find(({ kind }) => kind !== 'person');
	if (thing) {
		return `${thing.source} says that this is a ${thing.kind === 'shared' ? 'shared mailbox' : 'service account'}.`;
	}
	const pattern = patterns.find((one) => matchesPattern(user.userName, one));
	return pattern && `The address looks like that of no person (${pattern}).`;
}

/**
 * Whether an address is meant by a pattern: `*` stands for any letters. What ends in `@` is about the
 * part before the `@`, what begins with it about the domain.
 */
export function matchesPattern(email: string, pattern: string): boolean {
	const wanted = pattern.trim();
	if (wanted === '') return false;
	const whole = wanted.endsWith('@') ? `${wanted}*` : wanted.startsWith('@') ? `*${wanted}` : wanted;
	// Compared piece by piece: a regular expression made of a pattern can take for ever.
	const pieces = whole.replace(/[A-Z]/g, (letter) => letter.toLowerCase()).split('*');
	const address = emailKey(email);
	const first = pieces[0] ?? '';
	const last = pieces.at(-1) ?? '';
	if (pieces.length === 1) return address === first;
	if (!address.startsWith(first)) return false;
	let from = first.length;
	for (const piece of pieces.slice(1, -1)) {
		const at = address.indexOf(piece, from);
		if (at < 0) return false;
		from = at + piece.length;
	}
	return address.length - last.length >= from && address.endsWith(last);
}

/**
 * Entries that do not say that the person has left. Many directories have a newcomer as disabled until the
 * first day; and where "active" and the status contradict each other, it is not certain that the person has left.
 */
function presentOnes(records: readonly Person[], now: number): Person[] {
	return records.filter((person) => !hasLeft(person) || startsLater(person, now));
}

function startsLater({ startAt }: Person, now: number): boolean {
	return startAt !== undefined && startAt > now;
}

function uncertaintyOf({ source, active, status, statusWord }: Person): string {
	const words = `${source} gives the status "${statusWord ?? status}"`;
	return active === (status === 'inactive')
		? `${words}, and says that the entry is ${active ? '' : 'not '}active. That is a contradiction, and no proof that this person has left.`
		: `${words}, which does not say whether this person has left.`;
}

function isUncertain(person: Person, now: number): boolean {
	if (startsLater(person, now)) return false;
	return !person.active || ['suspended', 'unknown', 'inactive'].includes(person.status);
}

function whereOf(records: readonly Person[]): string {
	return [...new Set(records.map(({ source }) => source))].join(' and ');
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
