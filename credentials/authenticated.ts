import type { IHttpRequestOptions } from 'n8n-workflow';

import type { Connection } from '../lib/scim/connection';
import { ScimError } from '../lib/scim/scimError';

/**
 * A request to the interpreted base URL, with the token.
 * @param parse reads the credential as the node does
 * @throws Error if the credential cannot be used, before anything is sent. The dialog of a credential shows
 * only the message, so the message includes the remedy.
 */
export async function authenticated(
	request: IHttpRequestOptions,
	parse: () => Connection,
	headers: Record<string, string> = {},
): Promise<IHttpRequestOptions> {
	try {
		const { token, baseUrl } = parse();
		return await Promise.resolve({
			...request,
			...(request.baseURL === undefined ? {} : { baseURL: baseUrl }),
			headers: { ...request.headers, ...headers, Authorization: `Bearer ${token}` },
		});
	} catch (error) {
		return await Promise.reject(
			error instanceof ScimError ? new Error(`${error.message} ${error.remedy}`) : error,
		);
	}
}
