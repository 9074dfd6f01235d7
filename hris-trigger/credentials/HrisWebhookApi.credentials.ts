import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

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
			displayName: 'Scheme',
			name: 'scheme',
			type: 'options',
			options: [
				{
					name: 'BambooHR',
					value: 'bamboohr',
					description: 'Secret: the private key that BambooHR shows when the webhook is created',
				},
				{
					name: 'Deel',
					value: 'deel',
					description: 'Secret: the signing key of the webhook',
				},
				{
					name: 'Factorial',
					value: 'factorial',
					description:
						'Secret: the challenge that you enter at Factorial with the webhook. Factorial does not sign deliveries.',
				},
				{
					name: 'Finch',
					value: 'finch',
					description: 'Secret: the webhook secret of the developer dashboard',
				},
				{
					name: 'Gusto',
					value: 'gusto',
					description:
						'Secret: the verification token that Gusto posts to the webhook. The node can show it: see Show Verification Token there.',
				},
				{
					name: 'Header Token',
					value: 'headerToken',
					description:
						'For a sender that can only set a header. Secret: the value that it sends in X-HRIS-Token. Deliveries are not signed.',
				},
				{
					name: 'HiBob',
					value: 'hibob',
					description: 'Secret: the secret that Bob shows with the webhook',
				},
				{
					name: 'Merge',
					value: 'merge',
					description: 'Secret: the signature key of the webhook settings',
				},
				{
					name: 'Personio',
					value: 'personio',
					description:
						'Secret: the complete value that Personio sends in Authorization. Personio does not sign deliveries.',
				},
				{
					name: 'Standard Webhooks',
					value: 'standardWebhooks',
					description: 'For a sender that you control. Secret: whsec_ and at least 16 bytes in base64.',
				},
			],
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
				'What proves that a delivery is genuine. Without it every delivery is refused. Leave it empty only until Gusto has sent its verification token.',
		},
	];
}
