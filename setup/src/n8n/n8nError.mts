/** A failure that the admin can act on: what happened, then how to get unstuck. */
export class N8nError extends Error {
	/** Of n8n's answer; undefined if there was none. */
	readonly status: number | undefined;

	constructor(message: string, status?: number) {
		super(message);
		this.name = 'N8nError';
		this.status = status;
	}
}

const UNAUTHORIZED = 401;
const FORBIDDEN = 403;
const NOT_FOUND = 404;

/** @param code of the failed connection, such as `ECONNREFUSED` */
export function connectionProblem(url: string, code: string | undefined): string {
	if (code === 'ECONNREFUSED') return `Nothing answers at ${url}. Check that n8n runs, and that the address has its port.`;
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `No server has the name in ${url}. Check the address.`;
	if (code !== undefined && /CERT|SIGNATURE|ISSUER/.test(code)) {
		return `The certificate of ${url} is not trusted here (${code}). Set NODE_EXTRA_CA_CERTS to the file of your company's certificate authority.`;
	}
	return `The connection to ${url} failed${code === undefined ? '' : ` (${code})`}. Check the address and the network, then try again.`;
}

/** @param said n8n's own message */
export function answerProblem(status: number, what: string, said: string): string {
	if (status === UNAUTHORIZED) return 'n8n does not accept the API key. Make a new one in n8n under Settings → n8n API, and set N8N_API_KEY to it.';
	if (status === FORBIDDEN) return `The API key may not do this: ${what}. Give it the missing scope in n8n under Settings → n8n API. n8n said: ${said}`;
	if (status === NOT_FOUND) return `n8n does not know this: ${what}. n8n said: ${said}`;
	return `n8n answered ${status} to ${what}: ${said}`;
}
