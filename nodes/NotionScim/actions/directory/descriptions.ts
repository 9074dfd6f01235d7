import type { INodeProperties } from 'n8n-workflow';

export const createLimit: INodeProperties = {
	displayName: 'Create Limit',
	name: 'createLimit',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description:
		'How many seats may be added in 24 hours. With 0 it is 10% of the members, at least 10 and at most 100.',
};

export const alreadyUsedInPlans: INodeProperties = {
	displayName: 'Already Used',
	name: 'alreadyUsed',
	type: 'json',
	default: '0',
	description:
		'How much of the limits other executions have used in the last 24 hours, as your record of changes says: a number of removals, or an object with removals and creations. Where it cannot be read, nothing is removed or created. What this execution does is counted by itself; a sub-workflow is an execution of its own each time it is called.',
};
