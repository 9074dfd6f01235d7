import type { User } from '../../scim/userResource';
import { inOrder, userLabel } from '../person/naming';

/** Which member of the workspace an entry of a directory is. */
export type PersonMatch =
	/** A link says so. */
	| { kind: 'link'; user: User }
	/** The primary address says so. */
	| { kind: 'email'; user: User }
	/**
	 * An address of one is a secondary address of the other. People set those themselves, so this
	 * only prevents a creation or a removal.
	 */
	| { kind: 'secondary'; user: User }
	/** Nothing is done to any of them; the explanation is one or more whole sentences. */
	| { kind: 'ambiguous'; users: User[]; explanation: string }
	| { kind: 'none' };

export function ambiguous(users: User[], what: string, remedy: string): PersonMatch {
	return { kind: 'ambiguous', users: inOrder(users, ({ id }) => id), explanation: `${what} ${remedy}` };
}

/** The names of accounts for a sentence; two accounts may have the same one. */
export function distinctLabels(users: User[]): string[] {
	return [...new Set(users.map(userLabel))].sort();
}
