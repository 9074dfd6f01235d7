import type { Clock } from '../../scim/clock';
import type { Groups } from '../../scim/groups';
import type { Requester } from '../../scim/requester';
import type { UnconfirmedWrites } from '../../scim/unconfirmedWrites';
import type { Users } from '../../scim/users';
import type { AppliedChanges, EarlierChanges } from './earlierChanges';
import type { FreshReading } from './freshReading';
import type { GroupMembers } from './groupMembers';
import type { Guards } from '../guards/guards';
import type { ApplyLimits, ChangeRunner } from './changeRunner';
import type { PlannedChange } from '../plan/plannedChange';
import type { PlanSigner } from '../plan/planSigner';
import type { ReinstatementBlock } from '../plan/policy';
import type { OwnChanges } from './staleness';

/** What a plan is applied with. */
export interface ApplyWorkspace {
	users: Users;
	groups: Groups;
	requester: Requester;
	guards: Guards;
	signer: PlanSigner;
	unconfirmedWrites: UnconfirmedWrites;
	limits: ApplyLimits;
	/** What this execution has applied before, in all its nodes. */
	applied: AppliedChanges;
	clock: Clock;
}

export interface ApplyOptions {
	/** Of the guards and of the two options below, as they are now. */
	policyDigest: string;
	/** What a person approved; undefined where no approval is asked for. */
	approvedPlan: string | undefined;
	allowPrivileged: boolean;
	allowExternalMember: boolean;
	/** People whom something else has blocked. */
	blocks: readonly ReinstatementBlock[];
}

/** One plan while it is applied. */
export interface Application {
	workspace: ApplyWorkspace;
	options: ApplyOptions;
	/** Those that are applied, whatever their action. */
	changes: PlannedChange[];
	before: EarlierChanges;
	runner: ChangeRunner;
	reading: FreshReading;
	groupMembers: GroupMembers;
	own: OwnChanges;
}
