import type { Failure } from '../../../../lib/lifecycle/applied';
import type { FoundMember, LookUp } from '../../../../lib/lifecycle/decision';
import { ScimError } from '../../../../lib/scim/scimError';
import type { User } from '../../../../lib/scim/userResource';
import { isCancellation } from '../../execution/nodeErrors';
import type { Session } from '../../transport/session';
import type { PersonLocator } from '../user/person';
import { findPerson, personLocator } from '../user/person';

/**
 * The member of an ID, otherwise of an address. A failure is an answer, on which the rules decide.
 *
 * @throws ScimError `cancelled`, and what is no failure of the look-up
 */
export async function findMember(session: Session, { userId, email }: LookUp): Promise<FoundMember> {
	try {
		const locator: PersonLocator = userId === '' ? personLocator({ mode: 'email', value: email }) : { by: 'id', value: userId };
		const look = async (): Promise<User | undefined> => await findPerson(session, locator);
		// A link names an account that may be new, and reads may not show it yet.
		const user = userId === '' ? await look() : await session.requester.lookPatiently(look, (found) => found !== undefined);
		if (!user) return { member: undefined };
		return { member: { id: user.id, email: user.userName, role: user.role ?? 'member' } };
	} catch (error) {
		if (isCancellation(error) || !(error instanceof ScimError)) return Promise.reject(error);
		const { kind, text } = failureOf(error);
		return { failure: { kind: kind ?? 'network', text } };
	}
}

/** A failure as the journal and the alerts tell it. */
export function failureOf(error: unknown): Failure {
	if (error instanceof ScimError) {
		// Nothing in these workflows loosens a guard, so what the remedy advises does not help here.
		const remedy = error.kind === 'protectedPerson' ? 'Decide by hand.' : error.remedy;
		return { kind: error.kind, text: `${error.message} ${remedy}`.trim() };
	}
	const message = error instanceof Error ? error.message : 'Something unexpected happened.';
	return { kind: undefined, text: message };
}
