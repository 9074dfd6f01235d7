import { ScimError } from './scimError';

/** Where requests go, and the token that authorises them. */
export interface Connection {
	token: string;
	/** Without a trailing slash. */
	baseUrl: string;
}

/** The labels of a credential type, for error messages. */
export interface ConnectionWords {
	/** The label of the token. */
	token: string;
	/** Notion's own base URL. */
	baseUrl: string;
}

/**
 * Reads the token and the base URL of a credential. The credential's test and every request use this
 * function; nothing else sends the token.
 * @throws ScimError `invalidInput` if the token would be sent unencrypted or cannot be used
 */
export function parseConnection(
	fields: { token?: unknown; baseUrl?: unknown },
	words: ConnectionWords,
): Connection {
	const token = typeof fields.token === 'string' ? fields.token.trim() : '';
	if (token === '' || /\s/.test(token)) {
		throw new ScimError(
			'invalidInput',
			token === '' ? `The credential has no ${words.token}.` : `The ${words.token} has white space in it.`,
			'Paste the complete token into the credential again, without line breaks.',
		);
	}
	const baseUrl = typeof fields.baseUrl === 'string' ? fields.baseUrl : '';
	return { token, baseUrl: parseBaseUrl(baseUrl, words.baseUrl) };
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
	// Paths are appended as text, so even an empty query would swallow them.
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
