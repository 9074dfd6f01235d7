import type { Directory } from '../../../../lib/directory/person/person';
import { plan as planChanges } from '../../../../lib/directory/plan/plan';
import { policyDigestOf, sealPlan } from '../../../../lib/directory/plan/sealPlan';
import type { PlanContext, Policy } from '../../../../lib/directory/plan/policy';
import { readWorkspace } from '../../../../lib/directory/workspace/readWorkspace';
import { systemClock } from '../../transport/clock';
import type { Session } from '../../transport/session';

/** Reads the workspace and compares it with a directory. @throws ScimError */
export async function makePlan(
	{ sealer, state, users, groups }: Session,
	directory: Directory,
	policy: Policy,
	inputs: Omit<PlanContext, 'now'>,
): Promise<ReturnType<typeof sealPlan>> {
	const workspace = await readWorkspace(sealer.workspace, users, groups, () => systemClock.now(), {
		needsGroups: policy.managedGroups.length > 0,
	});
	const now = systemClock.now();
	const shown = {
		...workspace,
		users: workspace.users.map((user) => state.sentValues.completed(user, now)),
	};
	const found = planChanges(directory, shown, policy, { ...inputs, now });
	return sealPlan(found, sealer, policyDigestOf(policy), now);
}
