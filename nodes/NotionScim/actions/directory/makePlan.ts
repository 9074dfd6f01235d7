import type { Directory } from '../../../../lib/directory/person/person';
import { plan as planChanges } from '../../../../lib/directory/plan/plan';
import { policyDigestOf, signPlan } from '../../../../lib/directory/plan/signPlan';
import type { PlanContext, Policy } from '../../../../lib/directory/plan/policy';
import { readWorkspace } from '../../../../lib/directory/workspace/readWorkspace';
import { systemClock } from '../../transport/clock';
import type { Session } from '../../transport/session';

/** Reads the workspace and compares it with a directory. @throws ScimError */
export async function makePlan(
	{ signer, state, users, groups }: Session,
	directory: Directory,
	policy: Policy,
	inputs: Omit<PlanContext, 'now'>,
): Promise<ReturnType<typeof signPlan>> {
	const workspace = await readWorkspace(signer.workspace, users, groups, () => systemClock.now(), {
		needsGroups: policy.managedGroups.length > 0,
	});
	const now = systemClock.now();
	const shown = {
		...workspace,
		users: workspace.users.map((user) => state.unconfirmedWrites.completed(user, now)),
	};
	const found = planChanges(directory, shown, policy, { ...inputs, now });
	return signPlan(found, signer, policyDigestOf(policy), now);
}
