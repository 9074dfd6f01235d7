import type { ConnectionTest } from './connectionTest';
import { isListPage } from './listResponse';

/** ServiceProviderConfig answers without a token, so only a list of users proves that the token works. */
export const scimConnectionTest: ConnectionTest = {
	api: 'SCIM API',
	usualUrl: 'https://api.notion.com/scim/v2',
	request: { method: 'GET', path: '/Users', query: { startIndex: 1, count: 1 } },
	isExpected: isListPage,
	tokenRejected:
		'Notion rejected the token. It stops working when the owner who created it leaves or changes role; have an owner create a new one.',
	forbidden:
		'Notion does not allow this token to use SCIM. Check that the workspace is on the Enterprise plan and that an organization owner created the token.',
};
