import { emailKey } from '../../scim/emailKey';
import { resourceId } from '../../scim/resourceId';
import { append } from '../append';
import { inOrder, recordKey } from '../person/naming';
import type { Person } from '../person/person';
import type { PersonLink } from '../plan/policy';

/** What is stored about who is who. */
export class Links {
	private readonly byRecord = new Map<string, PersonLink[]>();
	private readonly byAccount = new Map<string, PersonLink[]>();
	private readonly byEmail = new Map<string, PersonLink[]>();

	constructor(links: PersonLink[]) {
		for (const link of inOrder(links, recordKey)) {
			append(this.byRecord, recordKey(link), link);
			append(this.byAccount, resourceId(link.userId), link);
			if (link.email) append(this.byEmail, emailKey(link.email), link);
		}
	}

	of(person: Person): PersonLink[] {
		return this.byRecord.get(recordKey(person)) ?? [];
	}

	/** @param userId in any spelling */
	toAccount(userId: string): PersonLink[] {
		return this.byAccount.get(resourceId(userId)) ?? [];
	}

	withEmail(email: string): PersonLink[] {
		return this.byEmail.get(emailKey(email)) ?? [];
	}

	/** The accounts that the entry is, or was, by its links: their ids. */
	accountsOf(person: Person): Set<string> {
		return new Set(this.of(person).map(({ userId }) => resourceId(userId)));
	}
}
