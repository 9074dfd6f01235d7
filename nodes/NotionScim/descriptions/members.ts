import type { INodeProperties } from 'n8n-workflow';

/** Who is added or removed. @param description what happens to them */
export function members(description: string): INodeProperties {
	return {
		displayName: 'Members',
		name: 'members',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. ada@example.com, grace@example.com',
		description,
	};
}
