import type { INodeProperties } from 'n8n-workflow';

import { removalLimit } from '../../descriptions/guardOptions';

export const createLimit: INodeProperties = {
	displayName: 'Create Limit',
	name: 'createLimit',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description:
		'How many seats may be added in 24 hours. With 0 it is 10% of the members, at least 10 and at most 100.',
};

/** The parameter of each limit of a plan; with 0, it is as usual. See lib/directory/plan/planLimits.ts. */
export const PLAN_LIMITS: readonly INodeProperties[] = [createLimit, removalLimit];

export const alreadyUsedInPlans: INodeProperties = {
	displayName: 'Already Used',
	name: 'alreadyUsed',
	type: 'json',
	default: '0',
	hint: 'Such as 3, or {"removals": 3, "creations": 10}',
	description:
		'How much of the limits other executions have used in the last 24 hours according to your record of changes: a number of removals, or an object with removals and creations. If it cannot be read, nothing is removed or created. This execution counts its own changes; each call of a sub-workflow is a separate execution.',
};
