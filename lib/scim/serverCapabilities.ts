import type { Clock } from './clock';
import type { MemberRemovalForm, RoleForm } from './patchOperation';

/**
 * Server capabilities learned by trying, because Notion documents none of them. All requests of this process
 * that use one token share them, so that each is learned once.
 */
export interface ServerCapabilities {
	/** How many members one PATCH may add or remove. */
	membersPerRequest: number;
	/** The form of a member removal that is known to work. */
	memberRemovalForm: MemberRemovalForm | undefined;
	/** The form of a role change that is known to work. */
	roleForm: RoleForm | undefined;
}

const MOST_MEMBERS_PER_REQUEST = 100;

/**
 * Capabilities are learned anew after an hour: a transient failure can look like a capability, and servers
 * change.
 */
const BELIEVED_FOR_MILLISECONDS = 60 * 60 * 1000;

/**
 * Knows nothing at first, and forgets what it has learned after an hour.
 * @param clock if left out, time stands still and nothing is forgotten
 */
export function unknownCapabilities(clock: Pick<Clock, 'now'> = { now: () => 0 }): ServerCapabilities {
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
