import type { Failure } from '../../../../lib/lifecycle/applied';
import type { FoundMember, LookUp } from '../../../../lib/lifecycle/decision';
import { ScimError } from '../../../../lib/scim/scimError';
import type { User } from '../../../../lib/scim/userResource';
import { isCancellation } from '../../execution/nodeErrors';
import type { Session } from '../../transport/session';
import type { PersonLocator } from '../user/person';
import { findPerson, personLocator } from '../user/person';

/**
 * The member with an ID, otherwise with an address. A failure is returned, and the rules decide on it.
 * @throws ScimError `cancelled`, and any error that is not a failure of the lookup
 */
export async function findMember(session: Session, { userId, email }: LookUp): Promise<FoundMember> {
	try {
		const locator: PersonLocator = userId === '' ? personLocator({ mode: 'email', value: email }) : { by: 'id', value: userId };
		const look = async (): Promise<User | undefined> => await findPerson(session, locator);
		// A link may name a new account that reads do not show yet.
		const user = userId === '' ? await look() : await session.requester.lookPatiently(look, (found) => found !== undefined);
		if (!user) return { member: undefined };
		return { member: { id: user.id, email: user.userName, role: user.role ?? 'member' } };
	} catch (error) {
		if (isCancellation(error) || !(error instanceof ScimError)) return Promise.reject(error);
		const { kind, text } = failureOf(error);
		return { failure: { kind: kind ?? 'network', text } };
	}
}

/** A failure in the form of the journal and the alerts. */
export function failureOf(error: unknown): Failure {
	if (error instanceof ScimError) {
		// These workflows cannot loosen a guard, so the remedy's advice does not help here.
		const remedy = error.kind === 'protectedPerson' ? 'Decide by hand.' : error.remedy;
		return { kind: error.kind, text: `${error.message} ${remedy}`.trim() };
	}
	const message = error instanceof Error ? error.message : 'Something unexpected happened.';
	return { kind: undefined, text: message };
}
