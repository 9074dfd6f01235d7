import type { AdminRevocations } from '../../admin/revocations';
import type { ScimError } from '../../scim/scimError';
import type { User } from '../../scim/userResource';
import type { Absence } from '../../scim/users';
import type { FoundBy } from './lockdownRecord';

/** The person to lock out, and why. */
export interface LockdownRequest {
	/** Empty where the directory no longer has it. */
	email: string;
	/** Notion's id as a person picked it; empty for none. */
	id: string;
	/** Notion's id as a link to the directory's record says it; empty for none. */
	linkedId: string;
	reason: string;
	reference: string;
	requestedBy: string;
	allowPrivileged: boolean;
	/** What an address means that no account has: a person who is already gone, or a failure. */
	ifNotFound: 'report' | 'fail';
}

/** One request on its way through the steps. */
export interface Case {
	request: LockdownRequest;
	foundBy: FoundBy;
	user?: User;
	error?: ScimError;
	/** When a request for the removal went out that may have been carried out. */
	sentAt?: number;
	/** Absent where Notion answered that there was no one left to remove. */
	removedAt?: number;
	gone?: Absence;
	/** They were seen to be a member after the removal. */
	isStillMember?: boolean;
	/** Beside the removal, and once more after it. */
	revocations: Promise<AdminRevocations>;
}
