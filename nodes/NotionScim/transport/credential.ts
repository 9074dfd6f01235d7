import { z } from 'zod';

import type { Guards } from '../../../lib/directory/guards';
import { domainKey, emailKey } from '../../../lib/scim/emailKey';
import { splitList } from '../../../lib/scim/personAttributes';
import { ScimError } from '../../../lib/scim/scimError';

/** The credential, parsed once. */
export interface NotionCredential {
	token: string;
	/** Without a slash at the end. */
	baseUrl: string;
	guards: Guards;
	/** Undefined for no hard limit. */
	maxRequestsPerSecond: number | undefined;
}

const ADMIN_API = 'https://api.notion.com/admin';

const text = z.string().catch('');

const credentialSchema = z.object({
	token: text,
	baseUrl: text,
	// Something unknown here must not open the door wider than "may only read".
	access: z.enum(['readOnly', 'noRemovals', 'full']).catch('readOnly'),
	ownedDomains: text,
	protectedEmails: text,
	tokenCreatorEmail: text,
	maxRequestsPerSecond: z.number().positive().optional().catch(undefined),
});

/** @throws ScimError `invalidInput` where the token or the base URL cannot be used */
export function parseCredential(data: unknown): NotionCredential {
	const fields = credentialSchema.parse(data);
	return {
		...parseConnection(fields, 'SCIM token', 'https://api.notion.com/scim/v2'),
		guards: {
			access: fields.access,
			ownedDomains: new Set(splitList(fields.ownedDomains).map(domainKey)),
			protectedEmails: new Set(splitList(fields.protectedEmails).map(emailKey)),
			tokenCreatorEmail: fields.tokenCreatorEmail.trim()
				? emailKey(fields.tokenCreatorEmail)
				: undefined,
		},
		maxRequestsPerSecond: fields.maxRequestsPerSecond,
	};
}

/** The credential of Notion's Admin API. @throws ScimError `invalidInput` where it cannot be used */
export function parseAdminCredential(data: unknown): Pick<NotionCredential, 'baseUrl' | 'token'> {
	const fields = credentialSchema.parse(data);
	const baseUrl = fields.baseUrl.trim() || ADMIN_API;
	return parseConnection({ ...fields, baseUrl }, 'Admin API token', ADMIN_API);
}

function parseConnection(
	fields: { token: string; baseUrl: string },
	what: string,
	usualBaseUrl: string,
): Pick<NotionCredential, 'baseUrl' | 'token'> {
	const token = fields.token.trim();
	if (token === '' || /\s/.test(token)) {
		throw new ScimError(
			'invalidInput',
			token === '' ? `The credential has no ${what}.` : `The ${what} has white space in it.`,
			'Paste the token into the credential again, whole and in one line.',
		);
	}
	return { token, baseUrl: parseBaseUrl(fields.baseUrl, usualBaseUrl) };
}

function parseBaseUrl(entered: string, usual: string): string {
	const baseUrl = entered.trim().replace(/\/+$/, '');
	const url = parseUrl(baseUrl);
	if (!url || !/^https?:$/.test(url.protocol)) {
		throw new ScimError(
			'invalidInput',
			'The Base URL of the credential is not a web address.',
			`Notion's is ${usual}.`,
		);
	}
	// Paths are put behind it as text, so even an empty query would swallow them.
	if (/[?#]/.test(baseUrl) || url.username || url.password) {
		throw new ScimError(
			'invalidInput',
			'The Base URL of the credential has more in it than an address: a query, a fragment or a user name.',
			`Notion's is ${usual}.`,
		);
	}
	if (url.protocol === 'http:' && !isNearby(url.hostname)) {
		throw new ScimError(
			'invalidInput',
			'The Base URL begins with http, which would send the token unencrypted.',
			'Use https. Plain http is for a sandbox on this machine or in its own network only.',
		);
	}
	return baseUrl;
}

/** This machine, a container's name, or a name that never leaves a private network. */
function isNearby(hostname: string): boolean {
	return (
		/^(127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname) ||
		!/[.:[]/.test(hostname) ||
		/\.(internal|local|localhost)$/.test(hostname)
	);
}

function parseUrl(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}
