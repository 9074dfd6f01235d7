import { emailKey } from '../scim/emailKey';
import { groupNameKey } from '../scim/groupResource';
import { resourceId } from '../scim/resourceId';
import type { PlanItem } from './planItem';

/** The lines of a plan on which others depend. */
export class EarlierLines {
	private readonly creations = new Map<string, PlanItem>();
	private readonly groupCreations = new Map<string, PlanItem>();
	private readonly adoptions = new Map<string, PlanItem>();

	constructor(lines: readonly PlanItem[]) {
		for (const line of lines) {
			const { action, target } = line;
			if (action === 'user.create' && target.type === 'user') {
				this.creations.set(emailKey(target.email ?? ''), line);
			}
			if (action === 'group.create') this.groupCreations.set(groupNameKey(target.displayName ?? ''), line);
			if (action === 'group.adopt') this.adoptions.set(resourceId(target.id ?? ''), line);
		}
	}

	creationOf(email: string): PlanItem | undefined {
		return this.creations.get(emailKey(email));
	}

	creationOfGroup(name: string): PlanItem | undefined {
		return this.groupCreations.get(groupNameKey(name));
	}

	adoptionOf(groupId: string): PlanItem | undefined {
		return this.adoptions.get(resourceId(groupId));
	}
}
