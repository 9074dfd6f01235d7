import { confusableKey, emailKey } from '../../scim/emailKey';
import { resourceId } from '../../scim/resourceId';
import type { User } from '../../scim/userResource';
import { secondaryEmailKeys } from '../../scim/userResource';
import { append } from '../append';
import { inOrder } from '../person/naming';
import type { PersonLink } from '../plan/policy';

/** The accounts of a workspace, found by id or address in any spelling; those that have left are no members. */
export class Accounts {
	private readonly members = new Map<string, User>();
	private readonly byEmail = new Map<string, User[]>();
	private readonly byConfusableKey = new Map<string, User[]>();
	private readonly bySecondary = new Map<string, User[]>();
	private readonly left = new Map<string, User>();
	private readonly leftByEmail = new Map<string, User[]>();

	constructor(users: User[]) {
		for (const user of inOrder(users, ({ id }) => id)) this.add(user);
	}

	/** Members with this primary address. */
	withEmail(email: string | undefined): User[] {
		return (email && this.byEmail.get(emailKey(email))) || [];
	}

	/** Members with this primary address, or one that looks like it. */
	withConfusable(email: string): User[] {
		return this.byConfusableKey.get(confusableKey(email)) ?? [];
	}

	/** Accounts that have left are among them: an account comes back with all its addresses. */
	withSecondary(email: string): User[] {
		return this.bySecondary.get(emailKey(email)) ?? [];
	}

	/** Accounts that have left, with this primary address. */
	leftWithEmail(email: string): User[] {
		return this.leftByEmail.get(emailKey(email)) ?? [];
	}

	leftWithId(userId: string): User | undefined {
		return this.left.get(resourceId(userId));
	}

	/** The members that links name. */
	membersOf(links: PersonLink[]): User[] {
		const users = links.flatMap(({ userId }) => this.members.get(resourceId(userId)) ?? []);
		return [...new Set(users)];
	}

	private add(user: User): void {
		for (const key of new Set(secondaryEmailKeys(user))) append(this.bySecondary, key, user);
		if (!user.active) {
			append(this.leftByEmail, emailKey(user.userName), user);
			this.left.set(resourceId(user.id), user);
			return;
		}
		this.members.set(resourceId(user.id), user);
		append(this.byEmail, emailKey(user.userName), user);
		append(this.byConfusableKey, confusableKey(user.userName), user);
	}
}
