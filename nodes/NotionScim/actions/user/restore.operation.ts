import { assertMayWrite } from '../../../../lib/directory/guards/guards';
import { readRecord } from '../../../../lib/directory/lockdown/lockdownRecord';
import { restore as restoreFromRecord } from '../../../../lib/directory/lockdown/restore';
import { allowExternalMember, allowPrivileged } from '../../descriptions/guardOptions';
import { notice } from '../../descriptions/notice';
import { forEachItem } from '../../execution/items';
import { asText, ItemParameters } from '../../execution/parameters';
import { switchOption } from '../../execution/scalarParameters';
import type { ListedOperation } from '../operation';
import { simplifiedUser } from './person';

export const restore: ListedOperation = {
	name: 'Restore',
	value: 'restore',
	writes: 'parameters',
	action: 'Restore a user',
	description:
		'Undo a lockdown from its record: the same account, the same or a lower role, the same groups',
	properties: [
		notice(
			'restoreNotice',
			'user',
			'Gives back what a lockdown took: the account, the role and the groups of its record. Done twice, it changes nothing.',
		),
		{
			displayName: 'Record',
			name: 'record',
			type: 'json',
			required: true,
			default: '={{ $json.record }}',
			hint: 'An expression that returns the record, such as {{ $json.record }}',
			description: 'The field record of an item that Lock Down returned, or its JSON from your audit table',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				allowExternalMember,
				allowPrivileged,
				{
					displayName: 'Role',
					name: 'role',
					type: 'string',
					default: '',
					placeholder: 'e.g. restricted_member',
					description: 'A lower role than the recorded one; empty for the same role',
				},
			],
		},
	],
	execute: async (context, session) =>
		await forEachItem(context, async (itemIndex) => {
			const parameters = new ItemParameters(context, itemIndex);
			const options = parameters.collection('options', 'Options');
			assertMayWrite(session.guards);
			const record = readRecord(parameters.raw('record'));
			const { outcome, user, groupsJoined, note } = await restoreFromRecord(session, record, {
				role: asText(options['role']).trim() || undefined,
				allowPrivileged: switchOption(options, allowPrivileged),
				allowExternalMember: switchOption(options, allowExternalMember),
			});
			session.state.unconfirmedWrites.forget(user.id);
			return {
				...simplifiedUser(user),
				outcome,
				groupsJoined: groupsJoined.map(({ id, displayName }) => ({ id, displayName })),
				...(note ? { note } : {}),
			};
		}),
};
