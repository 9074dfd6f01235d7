import { emailKey } from '../../scim/emailKey';
import { groupNameKey } from '../../scim/groupResource';
import { resourceId } from '../../scim/resourceId';
import type { LineResult } from './applyResult';
import type { PlanItem } from '../plan/planItem';

/** A line that was applied, and what came of it. */
export interface AppliedLine {
	line: PlanItem;
	result: LineResult;
}

/**
 * What one execution has applied of its plans so far, whatever nodes, batches or loops it came from:
 * only lines on which others depend.
 */
export class AppliedLines {
	private readonly byPlan = new Map<string, Map<string, AppliedLine>>();

	of(planDigest: string): AppliedLine[] {
		return [...(this.byPlan.get(planDigest)?.values() ?? [])];
	}

	add(line: PlanItem, result: LineResult): void {
		if (!isDependedOn(line)) return;
		const ofPlan = this.byPlan.get(line.planDigest) ?? new Map<string, AppliedLine>();
		this.byPlan.set(line.planDigest, ofPlan.set(line.seal, { line, result }));
	}
}

function isDependedOn({ action, changes }: PlanItem): boolean {
	if (action === 'user.update') return changes.some(({ attribute }) => attribute === 'role');
	return ['group.create', 'group.adopt', 'group.rename', 'user.rename', 'user.create'].includes(action);
}

/** The lines of a plan on which others depend. */
export class EarlierLines {
	private readonly creations = new Map<string, PlanItem>();
	private readonly groupCreations = new Map<string, PlanItem>();
	private readonly adoptions = new Map<string, PlanItem>();
	private readonly renames = new Map<string, PlanItem>();
	private readonly results: Map<PlanItem, LineResult>;

	/**
	 * @param lines also those that the plan blocks: what depends on them has to wait, too
	 * @param before what this execution has applied of the same plan already
	 */
	constructor(lines: readonly PlanItem[], before: readonly AppliedLine[] = []) {
		this.results = new Map(before.map(({ line, result }) => [line, result]));
		for (const line of [...before.map((applied) => applied.line), ...lines]) {
			const { action, target } = line;
			if (action === 'user.create' && target.type === 'user') {
				this.creations.set(emailKey(target.email ?? ''), line);
			}
			if (action === 'group.create') this.groupCreations.set(groupNameKey(target.displayName ?? ''), line);
			if (action === 'group.adopt') this.adoptions.set(resourceId(target.id ?? ''), line);
			if (action === 'user.rename') this.renames.set(resourceId(target.id ?? ''), line);
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

	/** That of the address of a person. */
	renameOf(userId: string): PlanItem | undefined {
		return this.renames.get(resourceId(userId));
	}

	/** What came of a line that this execution has applied before. */
	resultOf(line: PlanItem): LineResult | undefined {
		return this.results.get(line);
	}
}
