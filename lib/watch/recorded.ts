import type { Group } from '../scim/groupResource';
import { Groups } from '../scim/groups';
import type { MembershipChange, MembershipResult } from '../scim/membership';
import type { AttributeChange } from '../scim/patchOperation';
import type { PersonAttributes } from '../scim/personAttributes';
import type { Requester } from '../scim/requester';
import type { ServerCapabilities } from '../scim/serverCapabilities';
import type { User } from '../scim/userResource';
import type { UserUpdate } from '../scim/users';
import { Users } from '../scim/users';
import type { OwnWrites } from './ownWrites';

/** Users whose writes are remembered, so that a trigger can leave them out. */
export class RecordedUsers extends Users {
	constructor(
		requester: Requester,
		capabilities: ServerCapabilities,
		private readonly own: OwnWrites,
	) {
		super(requester, capabilities);
	}

	override async create(
		attributes: PersonAttributes & { email: string },
		role: string | undefined,
	): Promise<{ user: User; created: boolean }> {
		const result = await super.create(attributes, role);
		if (result.created) {
			this.own.created(result.user.id);
			if (role !== undefined) this.own.wrote(result.user.id, 'role', role);
		}
		return result;
	}

	override async update(user: User, changes: AttributeChange[]): Promise<UserUpdate> {
		const result = await super.update(user, changes);
		const { id, role, attributes } = result.user;
		for (const { attribute } of changes) {
			// As Notion shows it now: it may have brought the value into another form.
			this.own.wrote(id, attribute, attribute === 'role' ? (role ?? 'member') : (attributes[attribute] ?? null));
		}
		return result;
	}

	override async requestRemoval(user: User): Promise<boolean> {
		const wasThere = await super.requestRemoval(user);
		if (wasThere) this.own.removed(user.id);
		return wasThere;
	}
}

/** Groups whose writes are remembered, so that a trigger can leave them out. */
export class RecordedGroups extends Groups {
	constructor(
		requester: Requester,
		capabilities: ServerCapabilities,
		private readonly own: OwnWrites,
	) {
		super(requester, capabilities);
	}

	override async create(displayName: string): Promise<{ group: Group; created: boolean }> {
		const result = await super.create(displayName);
		if (result.created) this.own.created(result.group.id);
		return result;
	}

	override async rename(group: Group, displayName: string): Promise<Group> {
		const renamed = await super.rename(group, displayName);
		this.own.wrote(group.id, 'displayName', renamed.displayName);
		return renamed;
	}

	override async delete(group: Group): Promise<boolean> {
		const wasThere = await super.delete(group);
		if (wasThere) this.own.removed(group.id);
		return wasThere;
	}

	override async changeMembers(
		group: Group,
		change: MembershipChange,
		ids: string[],
		options: { isFresh?: boolean } = {},
	): Promise<Map<string, MembershipResult>> {
		const results = await super.changeMembers(group, change, ids, options);
		for (const [id, result] of results) {
			if (result === 'changed' || result === 'unconfirmed') this.own.changedMember(group.id, id, change === 'add');
		}
		return results;
	}
}
