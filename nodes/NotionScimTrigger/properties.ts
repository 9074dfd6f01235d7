import type { INodeProperties } from 'n8n-workflow';

const domains = {
	displayName: 'Domains',
	name: 'domains',
	type: 'string',
	default: '',
	placeholder: 'e.g. example.com, *.example.org',
	description:
		'Comma-separated email domains. Only changes of people with such an address start the workflow, before or after the change.',
} satisfies INodeProperties;

export const emitExisting = {
	displayName: 'Emit Existing',
	name: 'emitExisting',
	type: 'boolean',
	default: false,
	description:
		'Whether the first poll emits everyone and every group that is there. If it is off, the first poll only remembers them.',
} satisfies INodeProperties;

export const leaveOutOwnChanges = {
	displayName: 'Leave Out Own Changes',
	name: 'leaveOutOwnChanges',
	type: 'boolean',
	default: false,
	description:
		'Whether to leave out what a Notion SCIM node of this n8n has just written, if Notion shows exactly that. n8n remembers it until its next restart, and not in queue mode: then the change is emitted.',
} satisfies INodeProperties;

const groups = {
	displayName: 'Group Names or IDs',
	name: 'groups',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'loadGroups' },
	default: [],
	description:
		'Only changes of these groups, and of people who are or were in one of them. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
} satisfies INodeProperties;

export const triggerProperties: INodeProperties[] = [
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: [
			{ name: 'Group Created', value: 'groupCreated', description: 'A group exists, with its members' },
			{ name: 'Group Deleted', value: 'groupDeleted', description: 'A group is gone' },
			{ name: 'Group Renamed', value: 'groupRenamed', description: 'A group has another name' },
			{ name: 'Membership Changed', value: 'membershipChanged', description: 'People joined or left a group' },
			{ name: 'Person Added', value: 'personAdded', description: 'Someone became a member of the workspace' },
			{ name: 'Person Changed', value: 'personChanged', description: 'An attribute changed, or a role was lowered' },
			{ name: 'Person Removed', value: 'personRemoved', description: 'Someone left the workspace' },
			{ name: 'Role Raised', value: 'roleRaised', description: 'Someone became an owner or got another higher role' },
		],
		default: [],
		description: 'Which events start the workflow. If none is chosen, all do.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [domains, emitExisting, groups, leaveOutOwnChanges],
	},
];
