import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { UPDATABLE_ATTRIBUTES } from '../../../../lib/scim/attributeDeclarations';
import { allowExternalMember, allowPrivileged, removalLimit } from '../../descriptions/guardOptions';
import { alreadyUsedInPlans, createLimit } from './descriptions';
import { groupRules } from './groupRules';

const SYNCED_ATTRIBUTES: INodePropertyOptions[] = UPDATABLE_ATTRIBUTES.filter(
	({ name }) => name !== 'email',
)
	.map(({ label, name }) => ({ name: label, value: name }))
	.sort((one, other) => one.name.localeCompare(other.name, 'en'));

const remove: INodePropertyOptions = {
	name: 'Remove',
	value: 'remove',
	description: 'Remove them from the workspace',
};

const report: INodePropertyOptions = {
	name: 'Report',
	value: 'report',
	description: 'Say so in the plan, and change nothing',
};

/** A rule by its name. @throws RangeError for a name that no rule has */
export function rule(name: string): INodeProperties {
	const found = policyOptions.find((one) => one.name === name);
	if (!found) throw new RangeError(`The policy has no rule "${name}".`);
	return found;
}

/** The rules of a comparison, alphabetical by what they are called; `policyProperties.ts` orders them. */
const policyOptions: INodeProperties[] = [
	{
		displayName: 'Adopt Groups',
		name: 'adoptGroups',
		type: 'options',
		default: 'off',
		description: 'What becomes of a group in Notion that already has the name of a managed one',
		options: [
			{
				name: 'Exact',
				value: 'exact',
				description: 'Take it over; from the next plan on it has exactly the members that the directory names',
			},
			{ name: 'Off', value: 'off', description: 'Leave it alone, and say so' },
			{
				name: 'Union',
				value: 'union',
				description: 'Take it over, and keep whoever is in it',
			},
		],
	},
	allowExternalMember,
	allowPrivileged,
	alreadyUsedInPlans,
	{
		displayName: 'Confirm After',
		name: 'confirmAfter',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 2 },
		default: 24,
		description:
			'How many hours lie between the two complete readings after which somebody who is missing counts as unlisted. Memory has to be handed on from plan to plan.',
	},
	{
		displayName: 'Create Empty Groups',
		name: 'createEmptyGroups',
		type: 'boolean',
		default: false,
		description: 'Whether managed groups in which nobody would be are created',
	},
	createLimit,
	{
		displayName: 'Create Missing People',
		name: 'createMissing',
		type: 'boolean',
		default: true,
		description: 'Whether people who are in the directory and not in Notion become members',
	},
	{
		displayName: 'Delete Unlisted Groups',
		name: 'deleteUnlistedGroups',
		type: 'boolean',
		default: false,
		description:
			'Whether managed groups that the directory no longer names are deleted, after two complete readings as far apart as Confirm After says. Until then, they are emptied.',
	},
	{
		displayName: 'Group Links',
		name: 'groupLinks',
		type: 'json',
		default: '[]',
		description:
			'Which managed group is which group in Notion: an array of objects with name (in the directory), groupId (in Notion) and, for groups that were taken over, adoptedAt; or rows of the table notion_scim_links',
	},
	groupRules,
	{
		displayName: 'Include Unchanged',
		name: 'includeUnchanged',
		type: 'boolean',
		default: false,
		description: 'Whether the plan also has a line for everybody about whom nothing differs',
	},
	{
		displayName: 'Keep Other Groups',
		name: 'keepOtherGroups',
		type: 'boolean',
		default: true,
		description:
			'Whether people stay in the groups of the directory that no group rule names. Without group rules, the groups of the directory count as they are.',
	},
	{
		displayName: 'Keep Out',
		name: 'keepOut',
		type: 'json',
		default: '[]',
		description:
			'People whom something else has locked out, and who get no account and no email from this plan: an array of objects with email or userId (in Notion), why (a sentence) and, unless it is for ever, until (an instant)',
	},
	{
		displayName: 'Managed Groups',
		name: 'managedGroups',
		type: 'string',
		default: '',
		placeholder: 'e.g. All Staff, eng-*',
		description:
			'Groups that follow the directory: comma-separated names, each of which may end in *. Other groups are never touched. An expression may give an array.',
	},
	{
		displayName: 'Max Source Shrink',
		name: 'maxSourceShrink',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100, numberPrecision: 2 },
		default: 5,
		description:
			'By how many percent the directory may be smaller than the last time, or an attribute be missing, before nothing is taken away',
	},
	{
		displayName: 'Memory',
		name: 'memory',
		type: 'json',
		default: '{}',
		description:
			'The field memory of the last summary. Without it, nobody who is merely missing in the directory is removed, and nothing at all is taken away where Person Links know people of a source.',
	},
	{
		displayName: 'On Inactive',
		name: 'onInactive',
		type: 'options',
		default: 'remove',
		description: 'What becomes of people whom the directory lists as having left',
		options: [remove, report],
	},
	{
		displayName: 'On Out of Scope',
		name: 'onOutOfScope',
		type: 'options',
		default: 'report',
		description: 'What becomes of people who are in the directory, and for whom Notion is not meant (any more)',
		options: [
			{ name: 'Remove', value: 'remove', description: 'Remove them from the workspace' },
			{
				name: 'Remove From Groups',
				value: 'removeFromGroups',
				description: 'Take them out of the managed groups; they stay members',
			},
			{ name: 'Report', value: 'report', description: 'Say so in the plan, and change nothing' },
		],
	},
	{
		displayName: 'On Unlisted',
		name: 'onUnlisted',
		type: 'options',
		default: 'report',
		description: 'What becomes of members whom no directory lists',
		options: [remove, report],
	},
	{
		displayName: 'Only This Person',
		name: 'only',
		type: 'string',
		default: '',
		placeholder: 'e.g. nathan@example.com',
		description:
			'Email, ID in the directory or ID in Notion of the one person that the plan is about. Empty is an error: without this rule the plan is about everybody.',
	},
	{
		displayName: 'Person Links',
		name: 'links',
		type: 'json',
		default: '[]',
		description:
			'Which entry of the directory is which member: an array of objects with source, sourceId (or employeeId), userId and email, as in the table notion_scim_links',
	},
	{
		displayName: 'Pilot Group',
		name: 'pilotGroup',
		type: 'string',
		default: '',
		placeholder: 'e.g. Notion Pilot',
		description:
			'A group of the directory. Nothing is given to people outside it, and nothing is taken from them. Empty for all people.',
	},
	{
		displayName: 'Recent Changes',
		name: 'recentChanges',
		type: 'json',
		default: '[]',
		description:
			'Memberships that earlier runs changed in the last 24 hours: an array of objects with action, groupId, userId and at. With it, two systems that undo each other are noticed.',
	},
	removalLimit,
	{
		displayName: 'Remove Without Managed Group',
		name: 'removeWithoutManagedGroup',
		type: 'boolean',
		default: false,
		description:
			'Whether somebody who leaves the last managed group is removed from the workspace. One reading takes the memberships, and the account goes only after another one that is later by Confirm After.',
	},
	{
		displayName: 'Role Map',
		name: 'roleMap',
		type: 'json',
		default: '{}',
		description:
			'Workspace roles by the name of a group of the directory, such as {"notion-admins": "membership_admin"}. The highest of several counts.',
	},
	{
		displayName: 'Sync Attributes',
		name: 'syncAttributes',
		type: 'multiOptions',
		default: [],
		description:
			'Attributes that follow the directory. A new email is a rename and needs no entry here.',
		options: SYNCED_ATTRIBUTES,
	},
	{
		displayName: 'Sync Role',
		name: 'syncRole',
		type: 'boolean',
		default: false,
		description: 'Whether roles follow the directory. Without this a role is used at creation only.',
	},
	{
		displayName: 'Update Drift',
		name: 'updateDrift',
		type: 'boolean',
		default: true,
		description: 'Whether attributes that differ are written, and changed emails renamed',
	},
];
