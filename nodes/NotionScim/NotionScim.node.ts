import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import {
	credentialFreeOperations,
	nodeOutputs,
	operationProperties,
	resourceOptions,
	withoutAdminApi,
} from './actions/resources';
import { router } from './actions/router';
import { testAdminCredential, testScimCredential } from './methods/credentialTest';
import { loadGroups, searchGroups, searchTimeZones, searchUsers } from './methods/listSearch';

/** Users and groups of a Notion Enterprise workspace, through Notion's SCIM API. */
export class NotionScim implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Notion SCIM',
		name: 'notionScim',
		icon: { light: 'file:notionScim.svg', dark: 'file:notionScim.dark.svg' },
		group: ['transform'],
		// As a list, so that n8n adds no "Custom API Call" to resources and operations: it would lead to the HTTP
		// Request node, which may not use the credential.
		version: [1],
		defaultVersion: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Provision, update and deprovision people and groups of a Notion workspace',
		defaults: { name: 'Notion SCIM' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: nodeOutputs(),
		credentials: [
			{
				name: 'notionScimApi',
				displayName: 'Notion SCIM Credential',
				required: true,
				testedBy: 'scimTokenWorks',
				displayOptions: { hide: { operation: credentialFreeOperations } },
			},
			{
				name: 'notionAdminApi',
				displayName: 'Notion Admin API Credential (Optional)',
				required: false,
				testedBy: 'adminTokenWorks',
				displayOptions: { hide: withoutAdminApi },
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

	methods = {
		credentialTest: { scimTokenWorks: testScimCredential, adminTokenWorks: testAdminCredential },
		listSearch: { searchUsers, searchGroups, searchTimeZones },
		loadOptions: { loadGroups },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router(this);
	}
}
