import type { Group } from '../../../../lib/scim/groupResource';
import { completeRows } from '../../../../lib/scim/users';
import { allowIncomplete, limit, returnAll, simplify } from '../../descriptions/lists';
import { toolOutputOf } from '../../descriptions/toolOutput';
import { INCOMPLETE_LIST, showHints } from '../../execution/executionHints';
import { isForModel, itemForm, selected } from '../../execution/itemForm';
import { forEachItem } from '../../execution/items';
import { asText, ItemParameters } from '../../execution/parameters';
import { switchOption } from '../../execution/scalarParameters';
import type { Session } from '../../transport/session';
import type { ListedOperation } from '../operation';
import { GROUP_FIELDS, groupItem, groupWithoutMembers } from './group';

export const getAll: ListedOperation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many groups',
	description: 'Retrieve the groups of the workspace with the IDs of their members',
	sufficientAccess: 'readOnly',
	properties: [
		returnAll,
		limit,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Name',
					name: 'displayName',
					type: 'string',
					default: '',
					placeholder: 'e.g. Engineering',
					description: 'Only groups with exactly this name; several groups can share one',
				},
			],
		},
		simplify,
		...toolOutputOf(GROUP_FIELDS),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [allowIncomplete],
		},
	],
	execute: async (context, session) =>
		await forEachItem(context, async (itemIndex) => {
			const parameters = new ItemParameters(context, itemIndex);
			const most = parameters.switch(returnAll) ? Infinity : parameters.number(limit);
			const name = asText(parameters.collection('filters', 'Filters')['displayName']).trim();
			const tolerant = switchOption(parameters.collection('options', 'Options'), allowIncomplete);
			const { groups, complete } = await readGroups(session, name, most, tolerant);
			const form = itemForm(context, parameters);
			if (!complete) showHints(context, [INCOMPLETE_LIST]);
			return groups.map((group) => ({
				...(isForModel(context, form) ? selected(form, groupWithoutMembers(group)) : groupItem(group, form)),
				...(complete ? {} : { listComplete: false }),
			}));
		}),
};

async function readGroups(
	session: Session,
	name: string,
	most: number,
	tolerant: boolean,
): Promise<{ groups: Group[]; complete: boolean }> {
	if (name !== '') {
		const groups = await session.groups.findByName(name);
		return { groups: groups.slice(0, most), complete: true };
	}
	const reading =
		most === Infinity ? await session.groups.readAll() : await session.groups.readFirst(most);
	return {
		groups: tolerant ? reading.rows : completeRows(reading, 'groups'),
		complete: reading.complete,
	};
}
