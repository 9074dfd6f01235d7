import type { IExecuteFunctions } from 'n8n-workflow';

import { readEmail } from '../../../../lib/scim/emailAddress';
import { emailKey } from '../../../../lib/scim/emailKey';
import type { ResolvedPeople } from '../../../../lib/scim/people';
import { resolvePeople } from '../../../../lib/scim/people';
import { ScimError } from '../../../../lib/scim/scimError';
import type { User } from '../../../../lib/scim/userResource';
import { ItemParameters } from '../../execution/parameters';
import type { Session } from '../../transport/session';

/** With fewer items, looking up each in turn costs no more. */
const WORTHWHILE = 4;

/** An older reading, in milliseconds, says nothing about the current state. */
const LIFETIME = 60_000;

/** The people of the workspace a moment ago: enough to skip those without any difference. */
export interface ReadAhead {
	/** Returns the person once: after that, an earlier item may have changed them. */
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
		// Each item can still be looked up on its own. Any other failure would affect each of them again.
		const isOnlyTheList = error instanceof ScimError && error.kind === 'listIncomplete';
		return isOnlyTheList ? new Map() : Promise.reject(error);
	}
}
