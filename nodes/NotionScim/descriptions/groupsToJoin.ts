import type { INodeProperties } from 'n8n-workflow';

/** Groups for a person to join, besides the current ones. */
export const groupsToJoin: INodeProperties = {
	displayName: 'Groups to Join Names or IDs',
	name: 'groupsToJoin',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'loadGroups' },
	default: [],
	description:
		'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	hint: 'Other memberships stay. An expression may return names, too. Owners and protected people join none, unless Allow Privileged People is on.',
};
