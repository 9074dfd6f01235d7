import type { INodeProperties } from 'n8n-workflow';

export const groupName: INodeProperties = {
	displayName: 'Name',
	name: 'displayName',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Engineering',
	description: 'The name that Notion shows',
};
