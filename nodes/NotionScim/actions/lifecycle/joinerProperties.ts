import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { GroupReference } from '../../../../lib/lifecycle/details';
import { joiners } from '../../../../lib/lifecycle/joiners/joiners';
import type { DepartmentGroup } from '../../../../lib/lifecycle/joiners/joinerSettings';
import { looksLikeId } from '../../../../lib/scim/resourceId';
import { ScimError } from '../../../../lib/scim/scimError';
import { groupLocator } from '../../descriptions/groupLocator';
import type { ItemParameters } from '../../execution/parameters';
import { asText } from '../../execution/parameters';
import type { JobParameters } from './jobs';

const defaultRole: INodeProperties = {
	displayName: 'Default Role',
	name: 'defaultRole',
	type: 'options',
	default: 'member',
	description: 'The role of new members. The role of an existing member is left alone.',
	options: [
		{ name: 'Member', value: 'member', description: 'A seat with access to the workspace' },
		{
			name: 'Restricted Member',
			value: 'restricted_member',
			description: 'A seat that sees only what is shared with it',
		},
	],
};

const createMissingGroups: INodeProperties = {
	displayName: 'Create Missing Groups',
	name: 'createMissingGroups',
	type: 'boolean',
	default: false,
	description: 'Whether to create a group that Notion does not have, if it is given by name',
};

const leadHours: INodeProperties = {
	displayName: 'Lead Time (Hours)',
	name: 'leadHours',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 2 },
	default: 0,
	placeholder: 'e.g. 12',
	description: 'How many hours before the first day begins a new member gets access',
};

const properties: INodeProperties[] = [
	{
		displayName: 'Departments and Groups',
		name: 'departmentGroups',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Department and Group',
		default: {},
		description:
			'Which group the people of a department join. Add one entry for each group. A hire in a department without an entry waits for an admin.',
		options: [
			{
				displayName: 'Department and Group',
				name: 'entries',
				values: [
					{
						displayName: 'Department',
						name: 'department',
						type: 'string',
						required: true,
						default: '',
						placeholder: 'e.g. Sales',
						description: 'As the HRIS writes it. A * stands for every department, and for a missing one.',
					},
					{
						...groupLocator('The group that they join. Leave it empty if they join none.'),
						required: false,
					},
				],
			},
		],
	},
	defaultRole,
	createMissingGroups,
	leadHours,
];

/** The parameters of Plan Changes for joiners. */
export const joinerParameters: JobParameters = {
	properties,
	read: (parameters, timeZone) =>
		joiners({
			timeZone,
			leadHours: parameters.number(leadHours),
			departmentGroups: departmentGroupsIn(parameters),
			defaultRole: parameters.choice(defaultRole, ['member', 'restricted_member']),
			createMissingGroups: parameters.switch(createMissingGroups),
		}),
};

const entrySchema = z.object({ department: z.unknown(), group: z.unknown() });

const listSchema = z.object({ entries: z.array(entrySchema).optional() });

/** @throws ScimError `invalidInput` for anything but a list of departments and groups */
function departmentGroupsIn(parameters: ItemParameters): DepartmentGroup[] {
	const list = listSchema.safeParse(parameters.raw('departmentGroups'));
	if (!list.success) throw unreadable('Departments and Groups');
	return (list.data.entries ?? []).map(({ department, group }, index) => ({
		department: asText(department).trim(),
		group: groupIn(group, `The group of entry ${index + 1} of Departments and Groups`),
	}));
}

function unreadable(what: string): ScimError {
	return new ScimError(
		'invalidInput',
		`${what} cannot be read. Nothing was decided.`,
		'Pick a department and a group for each entry. Where an expression gives them, check what it names.',
	);
}

const locatorSchema = z.object({
	mode: z.string(),
	value: z.unknown(),
	cachedResultName: z.string().optional().catch(undefined),
});

/**
 * The group that was picked; an expression may return a name or an ID.
 * @returns undefined if none was picked from the list
 * @throws ScimError `invalidInput` if a name, an ID or an expression returns nothing
 */
function groupIn(given: unknown, what: string): GroupReference | undefined {
	const locator = locatorSchema.safeParse(given);
	const value = asText(locator.success ? locator.data.value : given).trim();
	if (value === '' && locator.success && locator.data.mode === 'list') return undefined;
	if (value === '') throw unreadable(what);
	const isId = locator.success ? locator.data.mode !== 'name' : looksLikeId(value);
	if (!isId) return { name: value };
	// The list shows how many members a group has.
	const shown = locator.success ? locator.data.cachedResultName?.replace(/ \(\d+ members?\)$/, '') : undefined;
	return { id: value, name: shown ?? value };
}
