import type { MemberList } from '../../../../lib/lifecycle/lists';
import { readMemberList } from '../../../../lib/lifecycle/lists';
import { ScimError } from '../../../../lib/scim/scimError';
import { isCancellation } from '../../execution/nodeErrors';
import type { Session } from '../../transport/session';

/** Notion's members, or why they could not be read. @throws ScimError `cancelled` */
export async function listMembers(session: Session): Promise<MemberList> {
	try {
		return readMemberList(await session.users.readAll());
	} catch (error) {
		if (isCancellation(error) || !(error instanceof ScimError)) return Promise.reject(error);
		return readMemberList({ error: `${error.message} ${error.remedy}`.trim() });
	}
}
