import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { UPDATABLE_ATTRIBUTES } from '../../../../lib/scim/attributeDeclarations';
import { allowExternalMember, allowPrivileged } from '../../descriptions/guardOptions';
import { alreadyUsedInPlans, PLAN_LIMITS } from './descriptions';
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
	description: 'Report it in the plan, and change nothing',
};

/** A rule by its name. @throws RangeError for an unknown name */
export function rule(name: string): INodeProperties {
	const found = policyOptions.find((one) => one.name === name);
	if (!found) throw new RangeError(`The policy has no rule "${name}".`);
	return found;
}

/** The rules of a comparison, sorted by display name, then its limits; `policyProperties.ts` orders them for the user. */
const policyOptions: INodeProperties[] = [
	{
		displayName: 'Adopt Groups',
		name: 'adoptGroups',
		type: 'options',
		default: 'off',
		description: 'What happens to a group in Notion that already has the name of a managed one',
		options: [
			{
				name: 'Exact',
				value: 'exact',
				description: 'Adopt it; from the next plan on it has exactly the members that the directory names',
			},
			{ name: 'Off', value: 'off', description: 'Leave it alone, and report it' },
			{
				name: 'Union',
				value: 'union',
				description: 'Adopt it, and keep its members',
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
			'How many hours must lie between the two complete readings after which a missing person counts as unlisted. Requires Memory to be passed on from plan to plan.',
	},
	{
		displayName: 'Create Empty Groups',
		name: 'createEmptyGroups',
		type: 'boolean',
		default: false,
		description: 'Whether managed groups without any member are created',
	},
	{
		displayName: 'Create Missing People',
		name: 'createMissing',
		type: 'boolean',
		default: true,
		description: 'Whether people in the directory who are not in Notion become members',
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
		hint: 'Such as [{"name": "Engineering", "groupId": "0b3f5c1e-…"}]',
		description:
			'Which managed group belongs to which group in Notion: an array of objects with name (in the directory), groupId (in Notion) and, for adopted groups, adoptedAt; or rows of the table notion_scim_links',
	},
	groupRules,
	{
		displayName: 'Include Unchanged',
		name: 'includeUnchanged',
		type: 'boolean',
		default: false,
		description: 'Whether the plan also has an entry for each person without any difference',
	},
	{
		displayName: 'Keep Other Groups',
		name: 'keepOtherGroups',
		type: 'boolean',
		default: true,
		description:
			'Whether people stay in the groups of the directory that no group rule names. Without group rules, the groups of the directory apply as they are.',
	},
	{
		displayName: 'Managed Groups',
		name: 'managedGroups',
		type: 'string',
		default: '',
		placeholder: 'e.g. All Staff, eng-*',
		description:
			'Groups that follow the directory: comma-separated names, each of which may end in *. Other groups are never changed. An expression may return an array.',
	},
	{
		displayName: 'Max Source Shrink',
		name: 'maxSourceShrink',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100, numberPrecision: 2 },
		default: 5,
		description:
			'By how many percent the directory may have shrunk since the last time, or an attribute be missing, before removals stop',
	},
	{
		displayName: 'Memory',
		name: 'memory',
		type: 'json',
		default: '{}',
		hint: 'An expression that returns what the last run has stored',
		description:
			'The field memory of the last summary. Without it, no one who is merely missing from the directory is removed, and nothing at all is removed if Person Links contain people of a source.',
	},
	{
		displayName: 'On Inactive',
		name: 'onInactive',
		type: 'options',
		default: 'remove',
		description: 'What happens to people the directory lists as having left',
		options: [remove, report],
	},
	{
		displayName: 'On Out of Scope',
		name: 'onOutOfScope',
		type: 'options',
		default: 'report',
		description: 'What happens to people who are in the directory, but are not assigned to Notion (any more)',
		options: [
			{ name: 'Remove', value: 'remove', description: 'Remove them from the workspace' },
			{
				name: 'Remove From Groups',
				value: 'removeFromGroups',
				description: 'Remove them from the managed groups; they stay members',
			},
			{ name: 'Report', value: 'report', description: 'Report it in the plan, and change nothing' },
		],
	},
	{
		displayName: 'On Unlisted',
		name: 'onUnlisted',
		type: 'options',
		default: 'report',
		description: 'What happens to members no directory lists',
		options: [remove, report],
	},
	{
		displayName: 'Only This Person',
		name: 'only',
		type: 'string',
		default: '',
		placeholder: 'e.g. nathan@example.com',
		description:
			'Email, ID in the directory or ID in Notion of the one person that the plan is about. An empty value is an error: without this rule the plan is about all people.',
	},
	{
		displayName: 'Person Links',
		name: 'links',
		type: 'json',
		default: '[]',
		hint: 'Such as [{"source": "entra", "sourceId": "42", "userId": "24bd872b-…", "email": "ada@example.com"}]',
		description:
			'Which directory entry belongs to which member: an array of objects with source, sourceId (or employeeId), userId and email, as in the table notion_scim_links',
	},
	{
		displayName: 'Pilot Group',
		name: 'pilotGroup',
		type: 'string',
		default: '',
		placeholder: 'e.g. Notion Pilot',
		description:
			'A group of the directory. People outside it get nothing and lose nothing. Empty for all people.',
	},
	{
		displayName: 'Recent Changes',
		name: 'recentChanges',
		type: 'json',
		default: '[]',
		hint: 'Such as [{"action": "group.addMembers", "groupId": "0b3f5c1e-…", "userId": "24bd872b-…", "at": "2027-01-31T09:00:00Z"}]',
		description:
			'Memberships that earlier runs changed in the last 24 hours: an array of objects with action, groupId, userId and at. With it, the plan notices two systems that revert each other.',
	},
	{
		displayName: 'Reinstatement Blocks',
		name: 'blocks',
		type: 'json',
		default: '[]',
		hint: 'Such as [{"email": "eve@example.com", "why": "Locked out by security.", "until": "2027-02-01T00:00:00Z"}]',
		description:
			'People another process has locked out, and to whom this plan gives no account and no email: an array of objects with email or userId (in Notion), why (a sentence) and, unless the block is permanent, until (an instant)',
	},
	{
		displayName: 'Remove Without Managed Group',
		name: 'removeWithoutManagedGroup',
		type: 'boolean',
		default: false,
		description:
			'Whether a person who leaves the last managed group is removed from the workspace. The first reading removes the memberships, and the account is removed only after another reading that is later by Confirm After.',
	},
	{
		displayName: 'Role Map',
		name: 'roleMap',
		type: 'json',
		default: '{}',
		hint: 'The roles are owner, membership_admin, member and restricted_member',
		description:
			'Workspace roles by directory group, such as {"notion-admins": "membership_admin"}. Of several roles, the highest applies.',
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
		description: 'Whether differing attributes are updated, and changed emails renamed',
	},
	...PLAN_LIMITS,
];
