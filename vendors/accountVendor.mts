import Fastify, { type FastifyInstance } from 'fastify';

/**
 * The failure of a vendor: a status that it answers with; `hang`, which accepts the request and never
 * answers; `break`, which ends the connection; `html`, a proxy's page with status 200; or `elsewhere`, which
 * redirects to {@link ELSEWHERE}.
 */
export type Outage = 403 | 429 | 500 | 503 | 'hang' | 'break' | 'html' | 'elsewhere';

/** A host that must never receive a token. */
export const ELSEWHERE = 'collector.example.net';

/** A request as the vendor saw it. */
export interface VendorRequest {
	method: string;
	/** Path and query. */
	path: string;
	/** Undefined while it hangs. */
	status: number | undefined;
	/** Milliseconds since 1970 at which it arrived. */
	at: number;
}

/** What every emulated vendor has. */
export interface Vendor {
	/** Base URL, without a slash at the end. */
	readonly url: string;
	/** All requests since the start or the last {@link clearRequests}, oldest first. */
	requests(): readonly VendorRequest[];
	clearRequests(): void;
	/**
	 * From now on, requests of this kind fail; the others continue to work.
	 * @param on a pattern for `METHOD /path`; default: every request
	 * @param times how many requests fail; default: all
	 */
	fail(outage: Outage, on?: RegExp, times?: number): void;
	/** Ends all failures from {@link fail}. Hanging requests keep hanging. */
	recover(): void;
	close(): Promise<void>;
}

const PROXY_PAGE = '<!doctype html><title>Access denied</title><p>Ask your administrator.</p>';

/**
 * A server on 127.0.0.1 that logs its requests and fails on demand. It reads forms and JSON; a JSON body may
 * be empty.
 * @param errorBody the form of the vendor's errors
 */
export async function startVendor(
	routes: (server: FastifyInstance) => void,
	errorBody: (status: number, message: string) => unknown,
): Promise<Vendor> {
	const server = Fastify({ forceCloseConnections: true });
	const requests: VendorRequest[] = [];
	const outages: Array<{ outage: Outage; on: RegExp; left: number }> = [];

	for (const type of ['application/json', 'application/x-www-form-urlencoded']) {
		server.removeContentTypeParser(type);
		server.addContentTypeParser(type, { parseAs: 'string' }, (_request, text, done) => {
			done(null, parsedBody(type, String(text)));
		});
	}

	server.addHook('onRequest', async ({ method, url }, reply) => {
		const seen: VendorRequest = { method, path: url, status: undefined, at: Date.now() };
		requests.push(seen);
		reply.raw.on('finish', () => {
			seen.status = reply.statusCode;
		});
		const failure = outages.find(({ on, left }) => left > 0 && on.test(`${method} ${url}`));
		if (failure) failure.left -= 1;
		const outage = failure?.outage;
		if (outage === 'hang' || outage === 'break') {
			reply.hijack();
			if (outage === 'break') reply.raw.destroy();
			return;
		}
		if (outage === 'html') return await reply.type('text/html').send(PROXY_PAGE);
		if (outage === 'elsewhere') return await reply.redirect(`https://${ELSEWHERE}${url}`);
		if (outage !== undefined) {
			return await reply.code(outage).send(errorBody(outage, 'The vendor is told to fail.'));
		}
	});
	server.setNotFoundHandler(async ({ method, url }, reply) => {
		await reply.code(404).send(errorBody(404, `${method} ${url} is not emulated.`));
	});
	server.setErrorHandler(async (error, _request, reply) => {
		const message = error instanceof Error ? error.message : 'Something went wrong.';
		await reply.code(400).send(errorBody(400, message));
	});
	routes(server);
	const url = await server.listen({ host: '127.0.0.1', port: 0 });

	return {
		url,
		requests: () => requests,
		clearRequests: () => requests.splice(0),
		fail: (outage, on = /^/, times = Infinity) => outages.unshift({ outage, on, left: times }),
		recover: () => outages.splice(0),
		close: async () => {
			await server.close();
		},
	};
}

function parsedBody(type: string, text: string): unknown {
	if (text === '') return undefined;
	if (type === 'application/json') return JSON.parse(text);
	return Object.fromEntries(new URLSearchParams(text));
}
