import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { nodeOutputs, operationProperties, resourceOptions } from './actions/resources';
import { router } from './actions/router';
import { loadGroups, searchGroups, searchTimeZones, searchUsers } from './methods/listSearch';

/** Users and groups of a Notion Enterprise workspace, through Notion's SCIM API. */
export class NotionScim implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Notion SCIM',
		name: 'notionScim',
		icon: { light: 'file:notionScim.svg', dark: 'file:notionScim.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Provision, update and deprovision people and groups of a Notion workspace',
		defaults: { name: 'Notion SCIM' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: nodeOutputs(),
		credentials: [
			{
				name: 'notionScimApi',
				required: true,
				displayOptions: {
					hide: {
						operation: ['alerts', 'choose', 'due', 'endQuarantine', 'overdue', 'pick', 'results', 'showSteps'],
					},
				},
			},
			{
				name: 'notionAdminApi',
				required: false,
				displayOptions: { show: { resource: ['user', 'lifecycle'], operation: ['lockDown', 'apply'] } },
			},
		],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: resourceOptions,
				default: 'user',
			},
			...operationProperties,
		],
	};

	methods = { listSearch: { searchUsers, searchGroups, searchTimeZones }, loadOptions: { loadGroups } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router(this);
	}
}
