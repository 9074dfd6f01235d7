import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
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
			description:
				'An organization owner creates it in Notion under Manage Organization, General, organization-level admin API tokens. It needs the scopes that the documentation lists.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.notion.com/admin',
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
	 * Every request uses this function, including the test: the token is never sent to an address that the
	 * node refuses.
	 */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> =>
		await authenticated(request, () => parseAdminCredential(credentials), { 'Notion-Version': ADMIN_API_VERSION });

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl }}',
			url: '/v1/spaces',
			qs: { page_size: 1 },
			headers: { Accept: 'application/json' },
			disableFollowRedirect: true,
			sendCredentialsOnCrossOriginRedirect: false,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Notion rejected the token. It must be an organization-level admin API token; a SCIM token or the token of a connection does not work.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'The token may not list workspaces. Give it the scope workspace:read and the others that the documentation lists.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'There is no Admin API at this Base URL. Notion\'s is https://api.notion.com/admin.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 429,
					message: 'Notion asks to slow down. The token may be fine; test it again in a minute.',
				},
			},
		],
	};
}
