import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

const HOST = '127.0.0.1';

/** One request as an HRIS saw it. Never holds a header, so that no secret can be in it. */
export interface HrisCall {
	/** Epoch milliseconds at which it arrived. */
	time: number;
	method: string;
	/** With the query. */
	path: string;
	status: number;
}

/** What an HRIS does instead of answering as documented. */
export interface HrisFailure {
	/** Matched against method, path and query, as in `GET /v1/employees?page=2`. Default: every request. */
	on?: RegExp;
	/** Answers with this status and the HRIS's own form of an error. */
	status?: number;
	/** Redirects to this address. */
	redirect?: string;
	/** Answers with a foreign page, as a company's proxy does. */
	html?: boolean;
	/** Answers 200 with JSON that breaks off in the middle. */
	brokenJson?: boolean;
	/** Answers 200 with an empty list to every request. */
	emptyList?: boolean;
	/** Answers as documented, but this many milliseconds later. */
	delay?: number;
	/** How many requests fail; after that the HRIS answers again. Default: all. */
	times?: number;
}

/** What every emulated HRIS has. */
export interface HrisServer {
	/** Where it listens; n8n reaches it at the true host names, see {@link hosts}. */
	readonly url: string;
	/** For `vendors` of `startHost`: the HRIS's true host names, all leading here. */
	readonly hosts: Record<string, string>;
	/** Adds a failure; the latest one that matches a request applies. */
	fail(failure: HrisFailure): void;
	/** From now on every request is answered as documented. */
	heal(): void;
	/** Answered requests, oldest first. */
	requests(): readonly HrisCall[];
	/** Forgets the requests so far. */
	clearRequests(): void;
	close(): Promise<void>;
}

export interface HrisDescription {
	/** Host names that the HRIS answers at. */
	hostNames: string[];
	/** Default 0: any free port. */
	port?: number;
	routes(server: FastifyInstance): void;
	/** The HRIS's own form of an error. */
	errorBody(status: number): { body: unknown; contentType?: string };
}

const PROXY_PAGE =
	'<!DOCTYPE html><html><body><h1>Web filter</h1><p>This page is not available.</p></body></html>';

/** Starts an emulated HRIS on 127.0.0.1, with a log of its requests and failures on demand. */
export async function startHrisServer(description: HrisDescription): Promise<HrisServer> {
	const server = fastify({
		forceCloseConnections: true,
		routerOptions: { ignoreTrailingSlash: true },
	});
	const calls: HrisCall[] = [];
	let failures: Array<HrisFailure & { times: number }> = [];

	server.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string' },
		(_request, body, done) => {
			done(null, Object.fromEntries(new URLSearchParams(String(body))));
		},
	);
	server.addHook('onRequest', async (request, reply) => {
		const named = `${request.method} ${decodeURIComponent(request.url)}`;
		const failure = failures.findLast(({ on, times }) => times > 0 && (on?.test(named) ?? true));
		if (!failure) return undefined;
		failure.times -= 1;
		return await failAs(failure, reply, description);
	});
	server.addHook('onResponse', async (request, reply) => {
		calls.push({
			time: Date.now() - Math.round(reply.elapsedTime),
			method: request.method,
			path: request.url,
			status: reply.statusCode,
		});
	});
	server.setNotFoundHandler(async (_request, reply) => await refuse(reply, description, 404));
	description.routes(server);

	await server.listen({ host: HOST, port: description.port ?? 0 });
	const address = server.server.address();
	const port = typeof address === 'object' && address ? address.port : description.port;
	const url = `http://${HOST}:${port}`;
	return {
		url,
		hosts: Object.fromEntries(description.hostNames.map((name) => [name, url])),
		fail: (failure) => {
			failures.push({ ...failure, times: failure.times ?? Infinity });
		},
		heal: () => {
			failures = [];
		},
		requests: () => calls,
		clearRequests: () => {
			calls.length = 0;
		},
		close: async () => {
			await server.close();
		},
	};
}

async function failAs(failure: HrisFailure, reply: FastifyReply, description: HrisDescription) {
	if (failure.delay !== undefined) {
		await new Promise((resolve) => setTimeout(resolve, failure.delay));
	}
	if (failure.redirect !== undefined) return await reply.redirect(failure.redirect);
	if (failure.html) {
		return await reply
			.code(failure.status ?? 404)
			.type('text/html')
			.send(PROXY_PAGE);
	}
	if (failure.brokenJson) {
		return await reply.code(200).type('application/json').send('{"data":[{"id":"1","sta');
	}
	if (failure.emptyList) return await reply.code(200).type('application/json').send('[]');
	if (failure.status === undefined) return undefined;
	return await refuse(reply, description, failure.status);
}

/** Answers with the HRIS's own form of an error. */
export async function refuse(
	reply: FastifyReply,
	{ errorBody }: Pick<HrisDescription, 'errorBody'>,
	status: number,
): Promise<FastifyReply> {
	const { body, contentType = 'application/json' } = errorBody(status);
	return await reply.code(status).type(contentType).send(JSON.stringify(body));
}

/** Whether the request carries this `Authorization` header, exactly. */
export function isAuthorized(request: FastifyRequest, expected: string): boolean {
	return request.headers.authorization === expected;
}

/** The value of a Basic `Authorization` header. */
export function basic(user: string, password: string): string {
	return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** A parameter of a query or a form, where it is there once. */
export function parameter(fields: unknown, name: string): string | undefined {
	if (typeof fields !== 'object' || fields === null) return undefined;
	const value: unknown = Object.entries(fields).find(([key]) => key === name)?.[1];
	return typeof value === 'string' ? value : undefined;
}
