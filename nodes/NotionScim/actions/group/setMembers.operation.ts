import type { INodeProperties } from 'n8n-workflow';

import { assertMayWrite } from '../../../../lib/directory/guards/guards';
import type { Group } from '../../../../lib/scim/groupResource';
import { ScimError } from '../../../../lib/scim/scimError';
import { groupLocator } from '../../descriptions/groupLocator';
import { allowPrivileged, removalLimit } from '../../descriptions/guardOptions';
import { members } from '../../descriptions/members';
import { notice } from '../../descriptions/notice';
import { toItems } from '../../execution/items';
import type { ItemParameters } from '../../execution/parameters';
import { switchOption } from '../../execution/scalarParameters';
import type { ListedOperation } from '../operation';
import { removalBudgetIn } from '../removalBudget';
import { groupNow } from './group';
import { eachGroup } from './membershipChanges';
import { peopleOf, requestsByGroup } from './membershipItems';
import type { SettingOptions } from './setGroup';
import { setGroup } from './setGroup';

const allowEmpty: INodeProperties = {
	displayName: 'Allow Empty',
	name: 'allowEmpty',
	type: 'boolean',
	default: false,
	description: 'Whether an empty list may empty the group',
};

const allowCutList: INodeProperties = {
	displayName: 'Allow Partial Member List',
	name: 'allowCutList',
	type: 'boolean',
	default: false,
	description:
		'Whether to continue if Notion shows exactly 100 members of the group, which may be only some of them. Members it does not show then stay in the group.',
};

const ignoreUnknown: INodeProperties = {
	displayName: 'Ignore Unknown',
	name: 'ignoreUnknown',
	type: 'boolean',
	default: false,
	description:
		'Whether to leave out people who cannot be found. Otherwise they are an error and the group stays unchanged.',
};

export const setMembers: ListedOperation = {
	name: 'Set Members',
	value: 'setMembers',
	writes: 'parameters',
	action: 'Set the members of a group',
	description:
		'Make exactly these people the members of a group. All items about one group are combined.',
	properties: [
		notice(
			'setMembersNotice',
			'group',
			'People who are not in the list are removed from the group. All items about one group are combined into one list.',
		),
		groupLocator('The group to set the members of'),
		members('The people to have in the group: emails or IDs, comma-separated or as an array'),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				allowEmpty,
				allowCutList,
				allowPrivileged,
				ignoreUnknown,
				removalLimit,
			],
		},
	],
	execute: async (context, session) => {
		assertMayWrite(session.guards);
		const sorted = await requestsByGroup(context, session, readOptions, { allowEmpty: true });
		const people = await peopleOf(session, sorted, { includeIds: true });
		const outcomes = await eachGroup(context, sorted, async (requests) => {
			assertNoGaps(requests.group, sorted.failures);
			const group = await groupNow(session, requests.group);
			return await setGroup(session, { ...requests, group }, people);
		});
		return toItems(context, outcomes);
	},
};

function readOptions(parameters: ItemParameters): SettingOptions {
	const options = parameters.collection('options', 'Options');
	return {
		allowEmpty: switchOption(options, allowEmpty),
		allowPrivileged: switchOption(options, allowPrivileged),
		allowCutList: switchOption(options, allowCutList),
		ignoreUnknown: switchOption(options, ignoreUnknown),
		budget: removalBudgetIn(options),
	};
}

/**
 * An unreadable item may belong to any group, so each list may have a gap.
 * @throws ScimError `invalidInput` that names the first such item
 */
function assertNoGaps({ displayName }: Group, failures: Map<number, unknown>): void {
	const [first] = failures;
	if (!first) return;
	const [itemIndex, error] = first;
	const reason = error instanceof Error ? ` ${error.message}` : '';
	throw new ScimError(
		'invalidInput',
		`The members of the group "${displayName}" were not set, because item ${itemIndex} could not be read and may have belonged to it.${reason}`,
		'Correct the item that failed, then run all of them again.',
	);
}
