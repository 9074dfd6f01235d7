import type { Connection } from '../scim/connection';
import { parseConnection } from '../scim/connection';

const ADMIN_API = 'https://api.notion.com/admin';

/** The credential of Notion's Admin API. @throws ScimError `invalidInput` if it cannot be used */
export function parseAdminCredential({ token, baseUrl }: Record<string, unknown>): Connection {
	const isBlank = typeof baseUrl === 'string' && baseUrl.trim() === '';
	return parseConnection(
		{ token, baseUrl: isBlank ? ADMIN_API : baseUrl },
		{ token: 'Admin API token', baseUrl: ADMIN_API },
	);
}
