import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { operationProperties, resourceOptions } from './actions/resources';
import { router } from './actions/router';
import { searchGroups, searchUsers } from './methods/listSearch';

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
		// A plan has its lines and its summary; every other operation has one output.
		outputs:
			'={{ $parameter["resource"] === "directory" && $parameter["operation"] === "plan" ? [{ type: "main", displayName: "Plan" }, { type: "main", displayName: "Summary" }] : ["main"] }}',
		credentials: [
			{ name: 'notionScimApi', required: true },
			{
				name: 'notionAdminApi',
				required: false,
				displayOptions: { show: { resource: ['user'], operation: ['lockDown'] } },
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

	methods = { listSearch: { searchUsers, searchGroups } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router(this);
	}
}
