import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { schemes } from '../lib/schemes';

/**
 * How deliveries of one HRIS prove where they come from. There is nothing to send it to, so it is tested
 * for its form only, by the node.
 */
export class HrisWebhookApi implements ICredentialType {
	name = 'hrisWebhookApi';

	displayName = 'HRIS Webhook API';

	documentationUrl =
		'https://github.com/n8n-nodes-notion-scim/n8n-nodes-notion-scim/blob/main/hris-trigger/README.md';

	icon: Icon = {
		light: 'file:../nodes/HrisTrigger/hrisTrigger.svg',
		dark: 'file:../nodes/HrisTrigger/hrisTrigger.dark.svg',
	};

	properties: INodeProperties[] = [
		{
			displayName: 'Provider',
			name: 'scheme',
			type: 'options',
			options: schemes.map(({ title, name, secretHint }) => ({ name: title, value: name, description: secretHint })),
			default: 'bamboohr',
			description: 'The system that sends the events',
		},
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'What proves that a delivery is genuine. Without it every delivery is refused. It stays empty only until Gusto has sent its verification token.',
		},
	];
}
