import type { IExecuteFunctions } from 'n8n-workflow';

import { readEmail } from '../../../../lib/scim/emailAddress';
import { emailKey } from '../../../../lib/scim/emailKey';
import type { ResolvedPeople } from '../../../../lib/scim/people';
import { resolvePeople } from '../../../../lib/scim/people';
import { ScimError } from '../../../../lib/scim/scimError';
import type { User } from '../../../../lib/scim/userResource';
import { ItemParameters } from '../../execution/parameters';
import type { Session } from '../../transport/session';

/** With fewer items, each may as well be looked up when its turn comes. */
const WORTHWHILE = 4;

/** What was read longer ago than this, in milliseconds, says nothing about now. */
const LIFETIME = 60_000;

/** Who was in the workspace a moment ago: enough to leave alone those about whom nothing differs. */
export interface ReadAhead {
	/** The person, once: after that the item before may have changed them. */
	take(email: string): User | undefined;
}

/** Finds the people of all items with few requests. */
export async function readAhead(
	context: IExecuteFunctions,
	session: Session,
): Promise<ReadAhead> {
	const emails = new Set(emailsOfItems(context).map(emailKey));
	const readAt = Date.now();
	const people = emails.size < WORTHWHILE ? new Map() : await lookUp(session, [...emails]);
	return {
		take: (email) => {
			const key = emailKey(email);
			const person = people.get(key);
			people.delete(key);
			const isUsable = !(person instanceof ScimError) && Date.now() - readAt < LIFETIME;
			return isUsable ? person : undefined;
		},
	};
}

function emailsOfItems(context: IExecuteFunctions): string[] {
	return context.getInputData().flatMap((_item, itemIndex) => {
		try {
			return readEmail(new ItemParameters(context, itemIndex).text('email')) ?? [];
		} catch {
			return [];
		}
	});
}

async function lookUp({ users, requester }: Session, emails: string[]): Promise<ResolvedPeople> {
	try {
		return await resolvePeople(users, () => requester.control(), emails);
	} catch (error) {
		// Each item can still be looked up on its own. Anything else would fail for each of them again.
		const isOnlyTheList = error instanceof ScimError && error.kind === 'listIncomplete';
		return isOnlyTheList ? new Map() : Promise.reject(error);
	}
}
