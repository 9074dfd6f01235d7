import { classify } from './attempt';
import type { Connection } from './connection';
import type { ScimRequest, ScimResponse } from './transport';

/** What the test of a credential asks an API for, and its sentences. */
export interface ConnectionTest {
	/** The name of the API, as in "There is no SCIM API at this Base URL". */
	api: string;
	/** Notion's own base URL. */
	usualUrl: string;
	/** A request that only a token of this API can make, and that reads almost nothing. */
	request: ScimRequest;
	/** Whether this is the list that was asked for. */
	isExpected(body: unknown): boolean;
	/** What a refused token means, and what to do. */
	tokenRejected: string;
	/** What a forbidden request means, and what to do. */
	forbidden: string;
}

/** @returns what an answer says about the credential, as a sentence; undefined if the credential works */
export function problemOfAnswer(
	response: ScimResponse,
	test: Pick<ConnectionTest, 'api' | 'usualUrl' | 'isExpected' | 'tokenRejected' | 'forbidden'>,
): string | undefined {
	const { status } = response;
	const attempt = classify(response, 0);
	if (attempt.kind === 'success' && test.isExpected(attempt.body)) return undefined;
	const usual = `Notion's is ${test.usualUrl}.`;
	if (status >= 200 && status < 300) {
		return `Something answers at this Base URL, but it is not the ${test.api}. ${usual} A proxy or a login page may also have answered.`;
	}
	if (status >= 300 && status < 400) {
		return `This Base URL leads on to another address (status ${status}), and the token is not sent there. ${usual}`;
	}
	switch (status) {
		case 401:
			return test.tokenRejected;
		case 403:
			return test.forbidden;
		case 404:
			return `There is no ${test.api} at this Base URL. ${usual}`;
		case 407:
			return 'The proxy between n8n and Notion wants a sign-in. Set it up in the environment of n8n.';
		case 429:
		case 529:
			return 'Notion asks to slow down. The token may be fine; test it again in a minute.';
		default:
			return status >= 500
				? `Notion failed with status ${status}. The token may be fine; test it again in a minute.`
				: `The server refused the test with status ${status}. Check the Base URL. ${usual}`;
	}
}

const REFUSED = /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/;
const UNKNOWN_NAME = /^(ENOTFOUND|EAI_\w+)$/;
const TIMED_OUT = /^(ETIMEDOUT|ECONNABORTED|ESOCKETTIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/;
const CUT_OFF = /^(ECONNRESET|EPIPE)$/;
const TLS = /TLS|CERT|SSL|SELF_SIGNED|UNABLE_TO|^EPROTO$/;

/**
 * What the absence of an answer says, as sentences.
 * @param code Node's code of the failure; empty for none
 */
export function problemOfFailure(code: string, { baseUrl }: Connection, { usualUrl }: Pick<ConnectionTest, 'usualUrl'>): string {
	const { host, hostname } = new URL(baseUrl);
	const check = baseUrl === usualUrl ? 'Check the network of the n8n server.' : `Check the Base URL. Notion's is ${usualUrl}.`;
	if (REFUSED.test(code)) {
		return `Nothing answers at ${host}: the connection was refused (${code}). ${check} A firewall may also keep n8n from it.`;
	}
	if (UNKNOWN_NAME.test(code)) return `n8n cannot find a server with the name ${hostname} (${code}). ${check}`;
	if (TIMED_OUT.test(code)) return `${host} did not answer in time (${code}). ${check} A firewall may also keep n8n from it.`;
	if (CUT_OFF.test(code)) return `${host} cut the connection (${code}). ${check} A firewall may also have cut it.`;
	if (TLS.test(code)) {
		return `n8n does not trust the certificate of ${host}, or it speaks no TLS (${code}). ${check} Behind a proxy that inspects traffic, n8n needs its certificate: NODE_EXTRA_CA_CERTS.`;
	}
	return `n8n could not reach ${host}${code === '' ? '' : ` (${code})`}. ${check}`;
}
