import type { INodeProperties } from 'n8n-workflow';

/**
 * The person that an operation is about. The modes have no `validation` on purpose: n8n runs its pattern
 * again before each execution and fails the execution if that takes longer than 250 ms, which happens on a
 * busy machine. A text that is neither an address nor an id is reported when the item is read.
 * @param description what happens to them
 * @param options `required` is false if a link can replace the address of a person
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
