import { shownEntry } from '../../scim/emailAddress';
import type { Group } from '../../scim/groupResource';
import { ScimError } from '../../scim/scimError';
import type { User } from '../../scim/userResource';
import { digest } from '../plan/planSigner';

/** A longer statement would be approved unread. In characters. */
const MOST_CHARACTERS = 2_000;

/** More people would be approved unread. */
const MOST_PEOPLE = 25;

/** A name cannot push the rest of a statement out of sight. In characters. */
const LONGEST_NAME = 80;

/** An answer that comes later is not about what the person saw. In milliseconds. */
const VALID_FOR = 24 * 3_600_000;

/** What a person reads of a part of a change, with the ids behind the words. */
export interface Fact {
	text: string;
	ids: string[];
}

/**
 * The words that a person approves, and the code that binds them to the workspace, the accounts and every
 * parameter: two changes that read the same have different codes.
 *
 * @param facts in the order in which they are read
 * @param about everything that the change depends on besides the facts
 * @param plannedAt as {@link momentOf} or {@link plannedAt} give it
 * @throws ScimError `limitReached` if it is too long to be read
 */
export function changeStatement(
	action: string,
	facts: readonly Fact[],
	about: { workspace: string; operation: string; parameters: unknown },
	plannedAt: string,
): string {
	const words = [`${action}.`, ...facts.map(({ text }) => `${text}.`)].join(' ');
	if (words.length > MOST_CHARACTERS) {
		throw new ScimError(
			'limitReached',
			`This change takes ${words.length} characters to describe, and no one would read them all before approving it.`,
			'Split it into smaller changes.',
		);
	}
	const code = digest({ ...about, words, plannedAt, ids: facts.map(({ ids }) => ids) }).slice(0, 16);
	return `${words} Planned at ${plannedAt} UTC. [${code}]`;
}

/** @param now milliseconds since the epoch @returns the minute, such as `2026-12-01 09:30` */
export function momentOf(now: number): string {
	return new Date(now).toISOString().slice(0, 16).replace('T', ' ');
}

/**
 * When a statement was planned.
 *
 * @param now milliseconds since the epoch
 * @returns undefined if that is more than a day ago, lies ahead, or is not said
 */
export function plannedAt(statement: string, now: number): string | undefined {
	const [, moment] = / Planned at (\d{4}-\d\d-\d\d \d\d:\d\d) UTC\. \[[0-9a-f]{16}\]$/.exec(statement) ?? [];
	if (moment === undefined) return undefined;
	const age = now - Date.parse(`${moment.replace(' ', 'T')}Z`);
	return age >= 0 && age <= VALID_FOR ? moment : undefined;
}

/** An address comes first: Notion's names are whatever their owners write. */
export function personWords({ userName, role, attributes }: User): string {
	return `${shownEntry(userName)} (${quoted(attributes.displayName ?? '')}, ${shownEntry(role ?? 'member')})`;
}

export function groupWords({ displayName, memberIds }: Group): string {
	const { length } = memberIds;
	return `${quoted(displayName)} (${length === 1 ? '1 member' : `${length} members`})`;
}

/** People who are named one by one. @throws ScimError `limitReached` if they are too many to be read */
export function peopleFact(label: string, people: readonly User[]): Fact {
	if (people.length > MOST_PEOPLE) {
		throw new ScimError(
			'limitReached',
			`This change concerns ${people.length} people, and no one would read more than ${MOST_PEOPLE} names before approving it.`,
			'Split it into smaller changes, or use Directory → Plan and Apply in a workflow of its own.',
		);
	}
	const names = people.map(personWords).join(', ');
	return { text: `${label}: ${names === '' ? 'no one' : names}`, ids: people.map(({ id }) => id) };
}

/** A value as text that no one can take for more than a value. */
export function quoted(text: string): string {
	const shown = shownEntry(text).replaceAll('"', "'");
	return `"${shown.length > LONGEST_NAME ? `${shown.slice(0, LONGEST_NAME)}…` : shown}"`;
}
