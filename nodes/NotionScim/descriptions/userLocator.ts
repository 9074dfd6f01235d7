import type { INodeProperties } from 'n8n-workflow';

/** The person that an operation is about. @param description what happens to them */
export function userLocator(description: string): INodeProperties {
	return {
		displayName: 'User',
		name: 'user',
		type: 'resourceLocator',
		required: true,
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
				validation: [
					{
						type: 'regex',
						properties: {
							regex: '^\\s*[^\\s@]+@[^\\s@]+\\s*$',
							errorMessage: 'This is not an email address',
						},
					},
				],
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 24bd872b-594c-8191-ad2a-0002d5e040a0',
				validation: [
					{
						type: 'regex',
						properties: {
							regex: '^\\s*[^\\s@]+\\s*$',
							errorMessage: 'This is not an ID. For an email address, choose By Email.',
						},
					},
				],
			},
		],
	};
}
