import type { Clock } from './clock';
import type { MemberRemovalForm, RoleForm } from './patchOperation';

/**
 * What has been found out about the server by trying, because Notion documents none of it. Shared by
 * everything in this process that uses one token, so that it is found out once.
 */
export interface ServerHabits {
	/** How many members one PATCH may add or remove. */
	membersPerRequest: number;
	/** The form of taking a member out that has been seen to work. */
	memberRemovalForm: MemberRemovalForm | undefined;
	/** The form of writing a role that has been seen to work. */
	roleForm: RoleForm | undefined;
}

const MOST_MEMBERS_PER_REQUEST = 100;

/** A hiccup can look like a habit, and servers change: after an hour it is found out anew. */
const BELIEVED_FOR_MILLISECONDS = 60 * 60 * 1000;

/**
 * Nothing is known at first, and whatever is learnt is forgotten after an hour.
 *
 * @param clock without one, time stands still and nothing is forgotten
 */
export function unknownHabits(clock: Pick<Clock, 'now'> = { now: () => 0 }): ServerHabits {
	const membersPerRequest = new Finding<number>(clock);
	const memberRemovalForm = new Finding<MemberRemovalForm>(clock);
	const roleForm = new Finding<RoleForm>(clock);
	return {
		get membersPerRequest() {
			return membersPerRequest.value ?? MOST_MEMBERS_PER_REQUEST;
		},
		set membersPerRequest(value) {
			membersPerRequest.value = value;
		},
		get memberRemovalForm() {
			return memberRemovalForm.value;
		},
		set memberRemovalForm(value) {
			memberRemovalForm.value = value;
		},
		get roleForm() {
			return roleForm.value;
		},
		set roleForm(value) {
			roleForm.value = value;
		},
	};
}

class Finding<T> {
	private found: T | undefined;
	private foundAt = 0;

	constructor(private readonly clock: Pick<Clock, 'now'>) {}

	get value(): T | undefined {
		return this.clock.now() - this.foundAt < BELIEVED_FOR_MILLISECONDS ? this.found : undefined;
	}

	set value(value: T | undefined) {
		this.found = value;
		this.foundAt = this.clock.now();
	}
}
