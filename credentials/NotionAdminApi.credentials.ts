import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { ADMIN_API_VERSION } from '../lib/admin/adminAccess';
import { parseAdminCredential } from '../lib/admin/adminCredential';
import { authenticated } from './authenticated';

/**
 * An organization bot token for Notion's Admin API. With it, a lockdown also ends what SCIM cannot: sessions,
 * personal access tokens and MCP connections. Such a token can do irreversible things to every account of the
 * organization, so it is restricted to this package's nodes, in the same two ways as the SCIM token.
 */
export class NotionAdminApi implements ICredentialType {
	name = 'notionAdminApi';

	displayName = 'Notion Admin API';

	documentationUrl =
		'https://github.com/n8n-nodes-notion-scim/n8n-nodes-notion-scim/blob/main/docs/credential.md';

	icon: Icon = {
		light: 'file:../nodes/NotionScim/notionScim.svg',
		dark: 'file:../nodes/NotionScim/notionScim.dark.svg',
	};

	restrictToSupportedNodes = true as const;

	httpRequestNode = {
		name: 'Notion Admin',
		docsUrl: this.documentationUrl,
		apiBaseUrlPlaceholder: 'https://api.notion.com/admin/v1/',
		hidden: true,
	};

	properties: INodeProperties[] = [
		{
			displayName: 'Admin API Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'Paste the token that Notion shows once',
			description:
				'An organization owner creates it in Notion under Manage Organization, General, organization-level admin API tokens. It needs the scopes that the documentation lists.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.notion.com/admin',
			placeholder: 'e.g. https://api.notion.com/admin',
			description: 'Change it only to test against a sandbox',
		},
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
		await authenticated(request, () => parseAdminCredential(credentials), { 'Notion-Version': ADMIN_API_VERSION });
}
