import type { INodeProperties } from 'n8n-workflow';

/**
 * The person that an operation is about.
 *
 * The modes have no `validation` on purpose: n8n runs its pattern again before each execution and
 * fails the execution where that takes longer than 250 ms, which a busy machine manages. What is no
 * address or no id is said when the item is looked at.
 *
 * @param description what happens to them
 * @param options `required` is false where a link can stand in for a person whose address is gone
 */
export function userLocator(description: string, { required = true } = {}): INodeProperties {
	return {
		displayName: 'User',
		name: 'user',
		type: 'resourceLocator',
		...(required ? { required } : {}),
		default: { mode: 'list', value: '' },
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a user...',
				typeOptions: { searchListMethod: 'searchUsers', searchable: true },
			},
			{
				displayName: 'By Email',
				name: 'email',
				type: 'string',
				placeholder: 'e.g. ada@example.com',
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 24bd872b-594c-8191-ad2a-0002d5e040a0',
			},
		],
	};
}
