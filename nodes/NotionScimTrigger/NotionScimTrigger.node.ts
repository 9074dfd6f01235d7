import type { INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { testScimCredential } from '../NotionScim/methods/credentialTest';
import { loadGroups } from '../NotionScim/methods/listSearch';
import { pollWorkspace } from './poll';
import { triggerProperties } from './properties';

/** Starts a workflow when people, roles or groups of a Notion workspace change, whoever changed them. */
export class NotionScimTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Notion SCIM Trigger',
		name: 'notionScimTrigger',
		icon: { light: 'file:notionScimTrigger.svg', dark: 'file:notionScimTrigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") || "all events" }}',
		description: 'Starts the workflow when people, roles or groups of a Notion workspace change',
		defaults: { name: 'Notion SCIM Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'notionScimApi',
				displayName: 'Notion SCIM Credential',
				required: true,
				testedBy: 'scimTokenWorks',
			},
		],
		properties: triggerProperties,
	};

	methods = {
		credentialTest: { scimTokenWorks: testScimCredential },
		loadOptions: { loadGroups },
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollWorkspace(this);
	}
}
