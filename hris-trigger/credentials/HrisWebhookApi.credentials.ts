import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { providers } from '../lib/providers';

/**
 * How deliveries of one HRIS prove their origin. There is no server to send the secret to, so the node tests
 * only its form.
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
			options: providers.map(({ title, name, secretHint }) => ({ name: title, value: name, description: secretHint })),
			default: 'bamboohr',
			description: 'The system that sends the events',
		},
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'Paste the secret as the HRIS shows it',
			description:
				'What proves that a delivery is genuine. Without it every delivery is refused. Leave it empty only until Gusto has sent its verification token.',
		},
	];
}
