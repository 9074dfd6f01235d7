import type { MemberRemovalForm, RoleForm } from './patchOperation';

/**
 * What has been found out about the server by trying, because Notion documents none of it. Shared by
 * everything in this process that uses one token, so that it is found out once.
 */
export interface ServerHabits {
	/** How many members one PATCH may add or remove. */
	membersPerRequest: number;
	/** The form of taking a member out that has been seen to work. */
	memberRemovalForm?: MemberRemovalForm;
	/** The form of writing a role that has been seen to work. */
	roleForm?: RoleForm;
}

export function unknownHabits(): ServerHabits {
	return { membersPerRequest: 100 };
}
