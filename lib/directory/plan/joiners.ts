import { emailKey } from '../../scim/emailKey';
import type { PersonAttributes } from '../../scim/personAttributes';
import type { AttributeChange } from '../../scim/patchOperation';
import type { User } from '../../scim/userResource';
import type { PlanInputs, ProposedChange } from './proposedChange';
import { proposedChange, personTarget } from './proposedChange';
import { isForeign, isPrivilegedRole, roleForNewMember, whyPrivileged } from '../guards/guards';
import type { Guard } from '../guards/orderedGuards';
import { firstObjection } from '../guards/orderedGuards';
import { hasLeft } from '../person/hasLeft';
import { counted, inOrder, listed, personName, recordKey, recordName, userLabel } from '../person/naming';
import type { Directory, Person } from '../person/person';
import { isAnotherPerson } from './samePerson';
import type { EmploymentState, Wanted } from './employmentState';
import { employmentStateOf } from './employmentState';
import { unreadableEmail } from '../person/unreadableAddresses';

/** A person who is in scope and is no member. */
export interface Candidate {
	email: string;
	wanted: Wanted;
}

/** A creation, with whom it is for: groups wait for those that can be applied. */
export interface Joiner extends Candidate {
	change: ProposedChange;
}

/**
 * The people the directory lists and who are no members for certain: those who may join, and a
 * entry for each of the others that says why not.
 */
export function candidatesOf(
	directory: Directory,
	inputs: PlanInputs,
): { candidates: Candidate[]; changes: ProposedChange[] } {
	const changes: ProposedChange[] = [];
	const byAddress = new Map<string, Person[]>();
	for (const person of inOrder(directory.persons, recordKey)) {
		const match = inputs.matching.of(person);
		if (match.kind === 'link' || match.kind === 'email') continue;
		const employmentState = employmentStateOf([person], inputs.policy, inputs.managed.has, inputs.now);
		const { email } = person.attributes;
		if (match.kind === 'none' && employmentState.is === 'wanted' && email !== undefined) {
			byAddress.set(emailKey(email), [...(byAddress.get(emailKey(email)) ?? []), person]);
			continue;
		}
		const change =
			match.kind === 'none'
				? whyNot(person, employmentState)
				: unlessPlain(
						person,
						employmentState,
						match.kind === 'secondary' ? secondary(person, match.user) : match,
						inputs,
					);
		if (inputs.isAbout(undefined, [person])) changes.push(change);
	}
	const leavers = leaversByAddress(directory);
	const candidates: Candidate[] = [];
	for (const [key, persons] of [...byAddress].sort(([one], [other]) => (one < other ? -1 : 1))) {
		const reasons = persons.map((person) => whyNotNow(person, inputs.now));
		if (!reasons.includes(undefined)) {
			const plannedChanges = persons.map((person, index) => skipped(person, reasons[index] ?? ''));
			if (inputs.isAbout(undefined, persons)) changes.push(...plannedChanges);
			continue;
		}
		// An entry on leave beside an active one counts as soon as there is an account.
		const found = candidateOf(persons, leavers.get(key) ?? [], inputs);
		if ('wanted' in found) candidates.push(found);
		else if (inputs.isAbout(undefined, persons)) changes.push(found);
	}
	return { candidates, changes };
}

/** Why a person without an account in Notion does not join. */
function whyNot(person: Person, employmentState: EmploymentState): ProposedChange {
	const name = personName(person);
	switch (employmentState.is) {
		case 'left':
			return proposedChange(
				'none',
				personTarget(person),
				'unchanged',
				`${name} has left and is no member of the workspace, so nothing changes.`,
			);
		case 'outOfScope':
			return proposedChange(
				'none',
				personTarget(person),
				'outOfScope',
				`${name} is no member, and is not meant to be one. ${employmentState.note}`,
			);
		case 'unclear':
		case 'conflict':
			return skipped(person, `${name} is no member and does not join now. ${employmentState.explanation}`);
		case 'wanted': {
			const written = unreadableEmail(person);
			return skipped(
				person,
				written === undefined
					? `${name} does not join, because the directory has no email address for them. Enter it there, or choose another attribute in the settings of the directory source.`
					: `${name} does not join, because ${written} is not an email address. Correct it in the directory.`,
			);
		}
	}
}

/** What keeps a person with a usable address from joining now, as the ends of sentences. */
const JOINER_GUARDS: ReadonlyArray<Guard<{ person: Person; now: number }>> = [
	{
		name: 'isPerson',
		objection: ({ person: { kind } }) =>
			kind === 'person'
				? undefined
				: `does not join, because the directory says that it is ${kind === 'service' ? 'a service account' : 'a shared mailbox'} and no person. Invite it by hand if it needs a paid seat.`,
	},
	{
		name: 'onLeave',
		objection: ({ person: { status } }) =>
			status === 'onLeave'
				? 'does not join while on leave. An account is created when the directory says that they are back.'
				: undefined,
	},
	{
		name: 'lastDay',
		objection: ({ person: { endDate }, now }) => {
			if (endDate === undefined || endDate > dateAt(now, FIRST_ZONE)) return undefined;
			const isOver = endDate < dateAt(now, LAST_ZONE);
			return `does not join, because their last day ${isOver ? 'was' : 'is'} ${endDate}. If they stay, correct that date in the directory.`;
		},
	},
];

/** Why a person with a usable address does not join now; undefined where they may. */
function whyNotNow(person: Person, now: number): string | undefined {
	const objection = firstObjection(JOINER_GUARDS, { person, now });
	return objection && `${personName(person)} ${objection}`;
}

/** Hours between UTC and the places where each day begins first and ends last. */
const FIRST_ZONE = 14;
const LAST_ZONE = -12;

function dateAt(now: number, hours: number): string {
	return new Date(now + hours * 3_600_000).toISOString().slice(0, 10);
}

function skipped(person: Person, explanation: string): ProposedChange {
	return proposedChange('none', personTarget(person), 'skipped', explanation);
}

/** For a person who may be a member: because of that they neither join nor leave. */
function unlessPlain(
	person: Person,
	employmentState: EmploymentState,
	{ users, explanation }: { users: User[]; explanation: string },
	{ policy }: PlanInputs,
): ProposedChange {
	if (employmentState.is === 'wanted') {
		return proposedChange(
			'user.create',
			personTarget(person),
			'ambiguous',
			`${personName(person)} is active, but it is not certain whether they are a member already, so no account is created.`,
			{ blocked: explanation, precondition: { absent: true } },
		);
	}
	const mayBeMember = users.some(({ active }) => active);
	const hasGone =
		employmentState.is === 'left' || (employmentState.is === 'outOfScope' && policy.onOutOfScope !== 'report');
	if (mayBeMember && hasGone) {
		return proposedChange(
			'none',
			personTarget(person),
			'ambiguous',
			`${personName(person)} ${employmentState.is === 'left' ? 'has left' : 'is out of scope'}, but it is not certain which member they are, so no one loses anything.`,
			{ blocked: explanation },
		);
	}
	return whyNot(person, employmentState);
}

function secondary(person: Person, user: User): { users: User[]; explanation: string } {
	return {
		users: [user],
		explanation: `${personName(person)} shares an address with ${userLabel(user)}, as a secondary one. People set those themselves, so nothing is done because of one. If both are one person, link ${recordName(person)} to the account ${user.id}.`,
	};
}

/** A person who left may have had an address that another person has now. */
function leaversByAddress({ persons }: Directory): Map<string, Person[]> {
	const leavers = new Map<string, Person[]>();
	for (const person of inOrder(persons.filter(hasLeft), recordKey)) {
		const { email } = person.attributes;
		if (email === undefined) continue;
		const key = emailKey(email);
		leavers.set(key, [...(leavers.get(key) ?? []), person]);
	}
	return leavers;
}

/** @param persons all with one address */
function candidateOf(persons: Person[], leavers: Person[], inputs: PlanInputs): Candidate | ProposedChange {
	const [person, ...others] = persons;
	if (!person) throw new RangeError('A candidate has at least one entry.');
	const email = person.attributes.email ?? '';
	const refused = (blocked: string): ProposedChange =>
		proposedChange(
			'user.create',
			personTarget(person),
			'conflict',
			`${personName(person)} is active and no member, but no account is created.`,
			{
				blocked,
				precondition: { absent: true },
			},
		);
	if (new Set(persons.map(({ source }) => source)).size < persons.length) {
		return refused(
			`${counted(persons.length, 'active entry', 'active entries')} of the directory have the address ${email} (${listed(persons.map(recordName))}). Correct or end one of them.`,
		);
	}
	const namesake = leavers.find((leaver) => persons.some((one) => isAnotherPerson(one, leaver)));
	if (namesake) {
		return refused(
			`${email} is also the address of ${recordName(namesake)}, who has left and has another name or employee number, and Notion may bring back their account with its pages. If both are one person, link ${recordName(person)} to their account. If not, give one of them another address.`,
		);
	}
	const employmentState = employmentStateOf([person, ...others], inputs.policy, inputs.managed.has, inputs.now);
	if (employmentState.is === 'wanted') return { email, wanted: employmentState.wanted };
	return refused(
		employmentState.is === 'conflict' ? employmentState.explanation : 'Its entries contradict each other.',
	);
}

/**
 * The creation of an account, with an entry that says what it costs.
 *
 * @param obstacle why it cannot be, as whole sentences
 */
export function creation(
	{ email, wanted }: Candidate,
	inputs: PlanInputs,
	obstacle: string | undefined,
): ProposedChange {
	const { policy } = inputs;
	const { guards } = policy;
	const [person] = wanted.records;
	const name = personName(person);
	if (!policy.createMissing) {
		return proposedChange(
			'none',
			personTarget(person),
			'skipped',
			`${name} is active and no member. No account is created, because Create Missing is off.`,
		);
	}
	if (policy.removeWithoutManagedGroup && inputs.managed.any && !wanted.groups?.some(inputs.managed.has)) {
		return proposedChange(
			'none',
			personTarget(person),
			'skipped',
			wanted.groups
				? `${name} is active and no member. No account is created, because they are in no managed group and Remove Without Managed Group is on.`
				: `${name} is active and no member. No account is created, because their groups were not read and Remove Without Managed Group is on.`,
		);
	}
	const { role, note } = roleForNewMember(guards, email, wanted.role, policy.allowExternalMember);
	const sentences = [
		`${name} is active in ${person.source} and no member, so an account is created; its seat is billed at once.`,
	];
	if (note) sentences.push(note);
	if (isForeign(guards, email))
		sentences.push('If it is the address of a guest, the guest becomes a paid seat.');
	const privileged =
		role !== undefined && isPrivilegedRole(role) && !policy.allowPrivileged
			? `${name} would get the role ${role}, ${whyPrivileged(role)}. Correct the role, or turn on Allow Privileged People.`
			: undefined;
	return proposedChange('user.create', personTarget(person), 'joiner', sentences.join(' '), {
		changes: beginning(email, wanted.attributes, policy.syncAttributes, role),
		blocked: obstacle ?? privileged,
		precondition: { absent: true },
	});
}

/** What an account begins with: its name, and what follows the directory afterwards. */
function beginning(
	email: string,
	attributes: PersonAttributes,
	syncAttributes: PlanInputs['policy']['syncAttributes'],
	role: string | undefined,
): AttributeChange[] {
	const names = new Set([...(['displayName', 'givenName', 'familyName'] as const), ...syncAttributes]);
	names.delete('email');
	return [
		{ attribute: 'email', from: null, to: email.trim() },
		...[...names].sort().flatMap((attribute): AttributeChange[] => {
			const value = attributes[attribute];
			return value ? [{ attribute, from: null, to: value }] : [];
		}),
		...(role === undefined ? [] : [{ attribute: 'role' as const, from: null, to: role }]),
	];
}
