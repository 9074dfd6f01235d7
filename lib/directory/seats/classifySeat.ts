import type { Guards } from '../guards/guards';
import { isForeign, privilege } from '../guards/guards';
import type { Matching } from '../matching/matching';
import type { Person } from '../person/person';
import { matchesPattern } from './nonHumanPatterns';
import { isUncertain, presentOnes, startsLater } from './presence';
import type { SeatClass } from './seatClasses';
import type { DuplicateEvidence, ListedMember, SeatDuplicates } from './seatDuplicates';

export interface SeatContext {
	guards: Guards;
	/** See `matchesPattern`. */
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

/** The class of a seat, with the reason as a whole sentence. */
export interface Classification {
	class: SeatClass;
	reason: string;
}

interface Facts {
	member: ListedMember;
	/** The entries that do not say that the person has left. */
	present: readonly Person[];
	/** An entry that is present for certain, and in scope. */
	entitled: Person | undefined;
	matching: Pick<Matching, 'isMentioned'>;
	duplicates: SeatDuplicates;
	context: SeatContext;
}

interface SeatRule {
	name: string;
	/** Undefined where the rule does not apply. */
	classify(facts: Facts): Classification | undefined;
}

/** The first rule that applies decides. */
const SEAT_RULES: readonly SeatRule[] = [
	// An admin must see to a privileged account first, whatever else is true of the seat.
	{ name: 'privilegedNotListed', classify: privilegedNotListed },
	// Before all that follows: many directories disable shared mailboxes, and none has bots.
	{ name: 'nonHuman', classify: nonHuman },
	{ name: 'presentTwice', classify: presentTwice },
	{ name: 'present', classify: presentInScope },
	{ name: 'uncertain', classify: uncertain },
	{ name: 'outOfScope', classify: outOfScope },
	{ name: 'strongDuplicate', classify: strongDuplicate },
	{ name: 'left', classify: left },
	{ name: 'mentioned', classify: mentioned },
	{ name: 'notReadWhole', classify: notReadWhole },
	{ name: 'unreadableAddresses', classify: unreadableAddresses },
	{ name: 'weakDuplicate', classify: weakDuplicate },
	{ name: 'foreignDomain', classify: foreignDomain },
];

const ORPHANED: Classification = {
	class: 'orphaned',
	reason: 'The address is one of yours, but no directory lists it.',
};

export function classifySeat(
	member: ListedMember,
	matching: Pick<Matching, 'isMentioned'>,
	duplicates: SeatDuplicates,
	context: SeatContext,
): Classification {
	const present = presentOnes(member.records, context.now);
	const entitled = present.find((person) => person.inScope && !isUncertain(person, context.now));
	const facts: Facts = { member, present, entitled, matching, duplicates, context };
	for (const { classify } of SEAT_RULES) {
		const classification = classify(facts);
		if (classification) return classification;
	}
	return ORPHANED;
}

function privilegedNotListed({ member, present, context }: Facts): Classification | undefined {
	const { user, records } = member;
	const { guards, trouble, unproven } = context;
	const privileged = privilege(guards, user);
	const isUnread = records.length === 0 && trouble.length + unproven.length > 0;
	if (!privileged || present.length > 0 || isUnread) return undefined;
	const listing =
		records.length > 0 ? `${whereOf(records)} lists them as having left` : 'no directory lists them';
	return {
		class: 'ownerNotInDirectory',
		reason: `${user.userName} ${privileged}, and ${listing}. Nothing is done to them from here: settle first who takes over.`,
	};
}

function nonHuman({ member: { user, records }, context }: Facts): Classification | undefined {
	const thing = records.find(({ kind }) => kind !== 'person');
	if (thing) {
		return {
			class: 'nonHuman',
			reason: `${thing.source} says that this is a ${thing.kind === 'shared' ? 'shared mailbox' : 'service account'}.`,
		};
	}
	const pattern = context.nonHuman.find((one) => matchesPattern(user.userName, one));
	if (!pattern) return undefined;
	return { class: 'nonHuman', reason: `The address looks like that of no person (${pattern}).` };
}

function presentTwice({ member, entitled, duplicates }: Facts): Classification | undefined {
	if (!entitled) return undefined;
	return duplicateOf(member, duplicates.strong(member) ?? duplicates.tagged(member));
}

function presentInScope({ member, entitled, context }: Facts): Classification | undefined {
	if (!entitled) return undefined;
	return { class: 'matched', reason: matchedReason(entitled, member.records, context.now) };
}

function uncertain({ present, context }: Facts): Classification | undefined {
	const entry = present.find((person) => person.inScope && isUncertain(person, context.now));
	return entry && { class: 'unclear', reason: entry.explanation ?? uncertaintyOf(entry) };
}

function outOfScope({ present: [outside] }: Facts): Classification | undefined {
	return (
		outside && {
			class: 'outOfScope',
			reason:
				outside.scopeNote ??
				`${outside.source} lists this person as present, but Notion is not meant for them.`,
		}
	);
}

/** The directory itself shows the same person with another seat. */
function strongDuplicate({ member, duplicates }: Facts): Classification | undefined {
	return duplicateOf(member, duplicates.strong(member));
}

function left({ member: { records } }: Facts): Classification | undefined {
	const entry = records.find(({ attributes }) => attributes.email) ?? records[0];
	if (!entry) return undefined;
	return {
		class: 'inactiveInDirectory',
		reason: `${whereOf(records)} lists this person as having left${
			entry.statusWord ? ` (${entry.statusWord})` : ''
		}, but the seat is still there.`,
	};
}

function mentioned({ member: { user }, matching }: Facts): Classification | undefined {
	if (!matching.isMentioned(user.id)) return undefined;
	return {
		class: 'unclear',
		reason: `The directory mentions ${user.userName} only in a way that proves nothing: as a second address, one that looks alike, or one of several.`,
	};
}

function notReadWhole({ context: { trouble } }: Facts): Classification | undefined {
	if (trouble.length === 0) return undefined;
	return {
		class: 'unclear',
		reason:
			'No entry was found, but the directory was not read as a whole, so it is not known whether there is one.',
	};
}

function unreadableAddresses({ context: { unproven } }: Facts): Classification | undefined {
	if (unproven.length === 0) return undefined;
	return {
		class: 'unclear',
		reason:
			'No entry was found by its address, but the directory has entries whose address cannot be read, and this person may be one of them.',
	};
}

function weakDuplicate({ member, duplicates }: Facts): Classification | undefined {
	return duplicateOf(member, duplicates.weak(member));
}

function foreignDomain({ member: { user }, context }: Facts): Classification | undefined {
	if (!isForeign(context.guards, user.userName)) return undefined;
	return {
		class: 'foreignDomain',
		reason:
			'No directory lists this address, and its domain is none of yours. As a guest, this person would need no seat.',
	};
}

function duplicateOf(
	{ user }: ListedMember,
	duplicate: DuplicateEvidence | undefined,
): Classification | undefined {
	if (!duplicate) return undefined;
	const { other, because } = duplicate;
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

function uncertaintyOf({ source, active, status, statusWord }: Person): string {
	const words = `${source} gives the status "${statusWord ?? status}"`;
	return active === (status === 'inactive')
		? `${words}, and says that the entry is ${active ? '' : 'not '}active. That is a contradiction, and no proof that this person has left.`
		: `${words}, which does not say whether this person has left.`;
}

function whereOf(records: readonly Person[]): string {
	return [...new Set(records.map(({ source }) => source))].join(' and ');
}
