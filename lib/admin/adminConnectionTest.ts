import type { ConnectionTest } from '../scim/connectionTest';
import { readPage } from './adminAnswers';

export const adminConnectionTest: ConnectionTest = {
	api: 'Admin API',
	usualUrl: 'https://api.notion.com/admin',
	request: { method: 'GET', path: '/v1/spaces', query: { page_size: 1 } },
	isExpected: (body) => readPage(body) !== undefined,
	tokenRejected:
		'Notion rejected the token. It must be an organization-level admin API token; a SCIM token or the token of a connection does not work.',
	forbidden:
		'The token may not list workspaces. Give it the scope workspace:read and the others that the documentation lists.',
};
