import { declarationOf } from '../../scim/attributeDeclarations';
import { emailKey } from '../../scim/emailKey';
import { groupNameKey } from '../../scim/groupResource';
import type { PersonAttribute, PersonAttributes } from '../../scim/personAttributes';
import { PERSON_ATTRIBUTES, splitList } from '../../scim/personAttributes';
import { hasLeft } from '../person/hasLeft';
import { inOrder, listed, personName, recordKey, recordName } from '../person/naming';
import type { Person } from '../person/person';
import { desiredRole } from './desiredRole';
import type { Policy } from './policy';

/** The entries of one person are explained up to this many; more of them are a fault of the directory. */
const MOST_EXPLAINED = 5;

/** What the directory says of a person who is in scope, from one or several entries. */
export interface Wanted {
	/** The entries, at least one. */
	records: [Person, ...Person[]];
	attributes: PersonAttributes;
	/** Undefined where groups were not read. */
	groups: string[] | undefined;
	role: string | undefined;
	/** False for a person on leave: a leave of absence changes nothing. */
	mayLoseGroups: boolean;
}

/** What all entries of one person or member come to. */
export type EmploymentState =
	| { is: 'wanted'; wanted: Wanted }
	/** Every entry says that they have left: positive evidence. */
	| { is: 'left'; records: Person[] }
	/** Listed and active, but Notion is not meant for them. */
	| { is: 'outOfScope'; records: Person[]; note: string }
	/** Suspended, not started, or of an unknown status: nothing is given or removed. */
	| { is: 'unclear'; records: Person[]; explanation: string }
	/** Two active entries contradict each other. */
	| { is: 'conflict'; records: Person[]; explanation: string };

/** @param records at least one; their order does not matter */
export function employmentStateOf(
	records: readonly Person[],
	policy: Pick<Policy, 'syncAttributes' | 'roleMap'>,
	isManaged: (group: string) => boolean,
	now: number,
): EmploymentState {
	const sorted = inOrder(records, recordKey);
	// Many directories have a newcomer as disabled until the first day.
	const present = sorted.filter((person) => !hasLeft(person) || startsLater(person, now));
	if (present.length === 0) return { is: 'left', records: sorted };
	const [first, ...others] = present.filter((person) => person.inScope && isThere(person, now));
	if (first) {
		const explanation = contradiction([first, ...others], policy, isManaged);
		return explanation === undefined
			? { is: 'wanted', wanted: merged([first, ...others], policy.roleMap) }
			: { is: 'conflict', records: sorted, explanation };
	}
	const unclear = present.filter((person) => !isThere(person, now));
	const [outside] = present;
	if (unclear.length === 0 && outside) {
		const note = outside.scopeNote ?? 'The directory source says that Notion is not meant for them.';
		return { is: 'outOfScope', records: sorted, note };
	}
	return {
		is: 'unclear',
		records: sorted,
		explanation: unclear
			.slice(0, MOST_EXPLAINED)
			.map((one) => whyUnclear(one, now))
			.join(' '),
	};
}

/** Written so that a start that is no instant never comes. */
function startsLater({ startAt }: Person, now: number): boolean {
	return startAt !== undefined && !(startAt <= now);
}

function isThere(person: Person, now: number): boolean {
	if (!person.active || startsLater(person, now)) return false;
	if (person.status === 'notStarted') return person.startAt !== undefined;
	return person.status === 'active' || person.status === 'onLeave';
}

function whyUnclear(person: Person, now: number): string {
	const name = personName(person);
	const words = person.statusWord ? ` (the directory says "${person.statusWord}")` : '';
	const note = person.explanation ? ` ${person.explanation}` : '';
	if (person.startAt !== undefined && startsLater(person, now)) {
		return `${name} starts at ${new Date(person.startAt).toISOString()}${words}. Access begins then, and not before.${note}`;
	}
	if (person.active && person.status === 'notStarted') {
		return `${name} has not started${words}, and the directory gives no date. Enter the start date there.${note}`;
	}
	if (person.status === 'suspended') {
		return `${name} is suspended${words}. Nothing is given to them or taken from them until the directory says that they are active or have left.${note}`;
	}
	if (person.status === 'unknown') {
		return `${name} has a status without a meaning${words}. Add the word to the settings of the directory source.${note}`;
	}
	return `${name} is ${person.active ? 'active' : 'not active'} and yet ${person.status}${words}, which contradicts itself. Correct the entry or the words of the directory source.${note}`;
}

function merged(records: [Person, ...Person[]], roleMap: ReadonlyMap<string, string>): Wanted {
	const attributes: PersonAttributes = {};
	for (const attribute of PERSON_ATTRIBUTES) {
		const value = records.map(({ attributes: stated }) => stated[attribute]).find((stated) => stated);
		if (value) attributes[attribute] = value;
	}
	const read = records.flatMap(({ groups }) => (groups ? [groups] : []));
	return {
		records,
		attributes,
		groups: read.length === 0 ? undefined : [...new Set(read.flat().map(groupNameKey))].sort(),
		role: desiredRole(records, roleMap),
		mayLoseGroups: records.every(({ status }) => status !== 'onLeave'),
	};
}

/** What makes two active entries of one person impossible to follow; undefined where they agree. */
function contradiction(
	records: [Person, ...Person[]],
	{ syncAttributes, roleMap }: Pick<Policy, 'syncAttributes' | 'roleMap'>,
	isManaged: (group: string) => boolean,
): string | undefined {
	if (records.length === 1) return undefined;
	const compared: PersonAttribute[] = ['email', ...syncAttributes];
	const different: string[] = compared.filter((attribute) =>
		differ(records.flatMap(({ attributes }) => comparable(attribute, attributes[attribute]) ?? [])),
	);
	if (differ(records.flatMap(({ groups }) => (groups ? [managedKey(groups, isManaged)] : [])))) {
		different.push('groups');
	}
	if (differ(records.flatMap((record) => desiredRole([record], roleMap) ?? []))) different.push('role');
	if (different.length === 0) return undefined;
	const [first] = records;
	return `The directory has ${records.length} active entries for ${personName(first)} (${listed(records.map(recordName))}), and they contradict each other about ${listed([...new Set(different)])}. Correct or end one of them; until then nothing is changed.`;
}

function comparable(attribute: PersonAttribute, value: string | undefined): string | undefined {
	if (value === undefined) return undefined;
	switch (declarationOf(attribute).holds) {
		case 'address':
			return emailKey(value);
		case 'addresses':
			return splitList(value).map(emailKey).sort().join(' ');
		case 'text':
			return value;
	}
}

function managedKey(groups: string[], isManaged: (group: string) => boolean): string {
	return [...new Set(groups.filter(isManaged).map(groupNameKey))].sort().join('\n');
}

function differ(values: string[]): boolean {
	return new Set(values).size > 1;
}
