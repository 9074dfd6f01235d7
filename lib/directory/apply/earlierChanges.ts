import { emailKey } from '../../scim/emailKey';
import { groupNameKey } from '../../scim/groupResource';
import { resourceId } from '../../scim/resourceId';
import type { ChangeResult } from './applyResult';
import type { PlannedChange } from '../plan/plannedChange';

/** A change that was applied, and its outcome. */
export interface AppliedChange {
	change: PlannedChange;
	result: ChangeResult;
}

/**
 * What one execution has applied of its plans so far, whatever nodes, batches or loops it came from:
 * only changes on which others depend.
 */
export class AppliedChanges {
	private readonly byPlan = new Map<string, Map<string, AppliedChange>>();

	of(planDigest: string): AppliedChange[] {
		return [...(this.byPlan.get(planDigest)?.values() ?? [])];
	}

	add(change: PlannedChange, result: ChangeResult): void {
		if (!isDependedOn(change)) return;
		const ofPlan = this.byPlan.get(change.planDigest) ?? new Map<string, AppliedChange>();
		this.byPlan.set(change.planDigest, ofPlan.set(change.signature, { change, result }));
	}
}

function isDependedOn({ action, changes }: PlannedChange): boolean {
	if (action === 'user.update') return changes.some(({ attribute }) => attribute === 'role');
	return ['group.create', 'group.adopt', 'group.rename', 'user.rename', 'user.create'].includes(action);
}

/** The changes of a plan on which others depend. */
export class EarlierChanges {
	private readonly creations = new Map<string, PlannedChange>();
	private readonly groupCreations = new Map<string, PlannedChange>();
	private readonly adoptions = new Map<string, PlannedChange>();
	private readonly renames = new Map<string, PlannedChange>();
	private readonly results: Map<PlannedChange, ChangeResult>;

	/**
	 * @param changes also those that the plan blocks: what depends on them has to wait, too
	 * @param before what this execution has applied of the same plan already
	 */
	constructor(changes: readonly PlannedChange[], before: readonly AppliedChange[] = []) {
		this.results = new Map(before.map(({ change, result }) => [change, result]));
		for (const change of [...before.map((applied) => applied.change), ...changes]) {
			const { action, target } = change;
			if (action === 'user.create' && target.type === 'user') {
				this.creations.set(emailKey(target.email ?? ''), change);
			}
			if (action === 'group.create') this.groupCreations.set(groupNameKey(target.displayName ?? ''), change);
			if (action === 'group.adopt') this.adoptions.set(resourceId(target.id ?? ''), change);
			if (action === 'user.rename') this.renames.set(resourceId(target.id ?? ''), change);
		}
	}

	creationOf(email: string): PlannedChange | undefined {
		return this.creations.get(emailKey(email));
	}

	creationOfGroup(name: string): PlannedChange | undefined {
		return this.groupCreations.get(groupNameKey(name));
	}

	adoptionOf(groupId: string): PlannedChange | undefined {
		return this.adoptions.get(resourceId(groupId));
	}

	/** That of the address of a person. */
	renameOf(userId: string): PlannedChange | undefined {
		return this.renames.get(resourceId(userId));
	}

	/** The outcome of a change that this execution has applied before. */
	resultOf(change: PlannedChange): ChangeResult | undefined {
		return this.results.get(change);
	}
}
