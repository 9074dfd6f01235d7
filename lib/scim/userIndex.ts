import { emailKey, confusableKey } from './emailKey';
import { resourceId } from './resourceId';
import { ScimError } from './scimError';
import type { User } from './userResource';
import { secondaryEmailKeys } from './userResource';

/** The result of looking up an address. */
export type EmailMatch =
	| { match: 'primary'; user: User }
	/** The address is a secondary one of that person, who set it: too weak for acting on them. */
	| { match: 'secondary'; user: User }
	| { match: 'none' };

/** An index of users, built once for many lookups: comparing every pair would block n8n. */
export class UserIndex {
	private readonly byEmail = new Map<string, User[]>();
	private readonly byConfusableKey = new Map<string, User[]>();
	private readonly bySecondaryEmail = new Map<string, User[]>();
	private readonly byId = new Map<string, User>();

	constructor(users: readonly User[]) {
		for (const user of users) this.add(user);
	}

	/** Adds a user as they are after a write, or replaces what was known of them. */
	put(user: User): void {
		this.drop(user.id);
		this.add(user);
	}

	/** @param id in any spelling; has no effect if no user has it */
	drop(id: string): void {
		const known = this.byId.get(resourceId(id));
		if (!known) return;
		this.byId.delete(resourceId(id));
		take(this.byEmail, emailKey(known.userName), known);
		take(this.byConfusableKey, confusableKey(known.userName), known);
		for (const key of secondaryEmailKeys(known)) take(this.bySecondaryEmail, key, known);
	}

	private add(user: User): void {
		append(this.byEmail, emailKey(user.userName), user);
		append(this.byConfusableKey, confusableKey(user.userName), user);
		this.byId.set(resourceId(user.id), user);
		if (!user.active) return;
		for (const key of secondaryEmailKeys(user)) append(this.bySecondaryEmail, key, user);
	}

	/** @throws ScimError `ambiguous` for several users, or for an address that only looks the same */
	findByEmail(email: string): EmailMatch {
		const key = emailKey(email);
		const primary = this.byEmail.get(key) ?? [];
		const active = primary.filter((user) => user.active);
		const [user, another] = active.length > 0 ? active : primary;
		if (another) throw ambiguous(email, primary, 'Several people in the workspace have');
		if (user) return { match: 'primary', user };
		const lookalikes = this.byConfusableKey.get(confusableKey(email)) ?? [];
		if (lookalikes.length > 0) {
			throw ambiguous(email, lookalikes, 'A person in the workspace has an address that looks like');
		}
		const owner = this.bySecondaryEmail.get(key)?.at(-1);
		return owner ? { match: 'secondary', user: owner } : { match: 'none' };
	}

	/** All users who have the address, a confusable one, or have it as a secondary address. */
	holdersOf(email: string): User[] {
		const holders = [
			...(this.byConfusableKey.get(confusableKey(email)) ?? []),
			...(this.bySecondaryEmail.get(emailKey(email)) ?? []),
		];
		return [...new Set(holders)];
	}

	/** @param id in any spelling */
	findById(id: string): User | undefined {
		return this.byId.get(resourceId(id));
	}
}

export function isSecondaryAddress(email: string, user: User): ScimError {
	return new ScimError(
		'ambiguous',
		`${email} is a secondary address of ${user.userName}. People set those themselves, so no one is changed because of one.`,
		`If ${user.userName} is meant, use that address or the ID ${user.id}.`,
		{ evidence: { matches: [{ id: user.id, email: user.userName }] } },
	);
}

function ambiguous(email: string, users: User[], sentence: string): ScimError {
	return new ScimError(
		'ambiguous',
		`${sentence} ${email}: ${users.map((user) => `${user.userName} (${user.id})`).join(', ')}.`,
		'Pick the person by ID.',
		{ evidence: { matches: users.map((user) => ({ id: user.id, email: user.userName })) } },
	);
}

function append(map: Map<string, User[]>, key: string, user: User): void {
	const users = map.get(key);
	if (users) users.push(user);
	else map.set(key, [user]);
}

function take(map: Map<string, User[]>, key: string, user: User): void {
	const left = map.get(key)?.filter((other) => other !== user) ?? [];
	if (left.length > 0) map.set(key, left);
	else map.delete(key);
}
