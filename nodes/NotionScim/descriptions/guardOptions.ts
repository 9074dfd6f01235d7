import type { INodeProperties } from 'n8n-workflow';

export const allowPrivileged: INodeProperties = {
	displayName: 'Allow Privileged People',
	name: 'allowPrivileged',
	type: 'boolean',
	default: false,
	description:
		'Whether owners, membership admins and the protected people of the credential may be changed. The person who created the token is never removed.',
};

export const allowExternalMember: INodeProperties = {
	displayName: 'Allow External Members',
	name: 'allowExternalMember',
	type: 'boolean',
	default: false,
	description:
		'Whether people outside the owned domains of the credential may be more than restricted members',
};

export const removalLimit: INodeProperties = {
	displayName: 'Removal Limit',
	name: 'removalLimit',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description:
		'How much one execution may remove: a person, a membership, a role or an address counts 1, a group counts its members. With 0 it is 2% of the members, at least 2 and at most 10.',
};

export const alreadyUsed: INodeProperties = {
	displayName: 'Already Used',
	name: 'alreadyUsed',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description:
		'How much of Removal Limit other executions have used in the last 24 hours according to your audit table. This execution counts its own removals.',
};
