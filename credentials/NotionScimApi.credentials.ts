import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { parseCredential } from '../lib/directory/guards/credential';
import { authenticated } from './authenticated';

/** Shown in plain text: an admin must be able to read what the credential allows. */
const guards: INodeProperties[] = [
	{
		displayName: 'Access',
		name: 'access',
		type: 'options',
		options: [
			{
				name: 'Full',
				value: 'full',
				description: 'Also remove people, delete groups, remove people from groups, lower roles and change addresses',
			},
			{
				name: 'No Removals',
				value: 'noRemovals',
				description: 'Read, create, update and add. No one loses any access.',
			},
			{
				name: 'Read Only',
				value: 'readOnly',
				description: 'Nothing is written',
			},
		],
		default: 'noRemovals',
		description:
			'What nodes may do with this credential. Use a separate credential for removals, shared with few people.',
	},
	{
		displayName: 'Token Creator Email',
		name: 'tokenCreatorEmail',
		type: 'string',
		default: '',
		placeholder: 'e.g. owner@example.com',
		description:
			'The owner who created the token: exactly one address. Nodes never remove this person or change their role, because that would revoke the token. SCIM does not tell who it is.',
	},
	{
		displayName: 'Owned Domains',
		name: 'ownedDomains',
		type: 'string',
		default: '',
		placeholder: 'e.g. example.com, *.example.org',
		hint: 'An entry that is not a domain makes the credential unusable',
		description:
			'Email domains of your company, comma-separated; *.example.org means its subdomains as well. New people of other domains become restricted members. Leave it empty to treat all domains alike.',
	},
	{
		displayName: 'Protected Emails',
		name: 'protectedEmails',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. ceo@example.com, breakglass@example.com',
		hint: 'An entry that is not an email address makes the credential unusable',
		description:
			'People nodes change only if an option allows it explicitly. Separate addresses with commas, semicolons or new lines; write them bare or as in Ada Lovelace &lt;ada@example.com&gt;. Owners and membership admins are always protected in this way.',
	},
	{
		displayName: 'Maximum Requests per Second',
		name: 'maxRequestsPerSecond',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		placeholder: 'e.g. 10',
		description:
			'A hard limit for each n8n process. With 0 the rate adapts automatically, and always obeys requests to slow down.',
	},
];

/**
 * A SCIM token and the guards that apply to everything done with it. A token has no scopes: it can remove
 * every member. So the HTTP Request node, which would bypass every guard, may not use this credential:
 * `restrictToSupportedNodes` restricts it to this package's nodes, and an older n8n without that setting
 * refuses it at run time because `allowedHttpRequestDomains` is "none".
 */
export class NotionScimApi implements ICredentialType {
	name = 'notionScimApi';

	displayName = 'Notion SCIM API';

	documentationUrl =
		'https://github.com/n8n-nodes-notion-scim/n8n-nodes-notion-scim/blob/main/docs/credential.md';

	icon: Icon = {
		light: 'file:../nodes/NotionScim/notionScim.svg',
		dark: 'file:../nodes/NotionScim/notionScim.dark.svg',
	};

	restrictToSupportedNodes = true as const;

	httpRequestNode = {
		name: 'Notion SCIM',
		docsUrl: this.documentationUrl,
		apiBaseUrlPlaceholder: 'https://api.notion.com/scim/v2/',
		hidden: true,
	};

	properties: INodeProperties[] = [
		{
			displayName: 'SCIM Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'Paste the token that Notion shows once',
			description:
				'An organization owner creates it in Notion under Settings, Identity. It stops working when that owner leaves or changes role.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.notion.com/scim/v2',
			placeholder: 'e.g. https://api.notion.com/scim/v2',
			description: 'Change it only to test against a sandbox',
		},
		...guards,
		{
			displayName: 'Allowed HTTP Request Domains',
			name: 'allowedHttpRequestDomains',
			type: 'hidden',
			default: 'none',
		},
	];

	/**
	 * Every request of the node uses this function, and the credential's test reads the credential in the same
	 * way: the token is never sent to an address that the node refuses.
	 */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> =>
		await authenticated(request, () => parseCredential(credentials));
}
