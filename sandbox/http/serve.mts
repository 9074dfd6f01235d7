import { setTimeout as delay } from 'node:timers/promises';

import type { FastifyReply, FastifyRequest } from 'fastify';

import type { Answer } from '../scim/answer.mts';
import type { Faults, Strike } from './faults.mts';
import type { RequestLog } from './requestLog.mts';

/** A request that could not be parsed still has to pass authentication first. */
export type Body = { isJson: true; content: unknown } | { isJson: false; content: string };

export interface ServeParts {
	faults: Faults;
	log: RequestLog;
	/** The answer of a fault without its own answer: an error in this API's form. */
	errorFor: (status: number, message: string) => Answer;
	/** Content type of a fault's answer that is JSON. */
	jsonType: () => string;
}

/**
 * The steps of every request, for both APIs: the faults first, then the result of `carryOut`; finally the
 * request log.
 * @param template the route, as it is counted
 */
export const serve =
	(
		parts: ServeParts,
		template: string,
		carryOut: (request: FastifyRequest, body: Body | undefined) => Answer,
	) =>
	async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
		const { faults, log } = parts;
		const time = Date.now();
		const started = performance.now();
		const [path = '', query = ''] = splitUrl(request.url);
		const body = readBody(request.body);
		const record = (status: number | null) => {
			log.add({
				time,
				method: request.method,
				path,
				template,
				query,
				status,
				durationMs: Math.round((performance.now() - started) * 100) / 100,
				...(body ? { body: body.content } : {}),
			});
		};

		const strike = faults.strike({ method: request.method, path, query });
		if (strike.delayMs > 0) {
			// The open connection would keep the process alive after the sandbox was closed.
			await delay(strike.delayMs, undefined, { ref: false });
		}
		if (strike.cutConnection === 'before') return cut(reply, record);
		const answer = struckAnswer(strike, parts) ?? carryOut(request, body);
		if (strike.cutConnection === 'after') return cut(reply, record);
		if (strike.truncateBody !== undefined) {
			return truncate(reply, answer, strike.truncateBody, record);
		}
		record(answer.status);
		return reply.code(answer.status).headers(answer.headers).send(answer.body);
	};

/** The path, and the query without its question mark. */
export const splitUrl = (url: string): string[] => {
	const mark = url.indexOf('?');
	return mark < 0 ? [url] : [url.slice(0, mark), url.slice(mark + 1)];
};

/** The token of a bearer authorization (RFC 6750). */
export const bearerOf = (request: FastifyRequest): string | undefined =>
	/^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];

const readBody = (text: unknown): Body | undefined => {
	if (typeof text !== 'string' || text === '') return undefined;
	try {
		const content: unknown = JSON.parse(text);
		return { isJson: true, content };
	} catch {
		return { isJson: false, content: text };
	}
};

const struckAnswer = ({ answer }: Strike, parts: ServeParts): Answer | undefined => {
	if (!answer) return undefined;
	const { status, body, headers } = answer;
	const usual = parts.errorFor(status, 'A fault was asked for');
	if (body === undefined) return { ...usual, headers: { ...usual.headers, ...headers } };
	return {
		status,
		headers: {
			'content-type': typeof body === 'string' ? 'text/plain; charset=utf-8' : parts.jsonType(),
			...headers,
		},
		body: typeof body === 'string' ? body : JSON.stringify(body),
	};
};

const cut = (reply: FastifyReply, record: (status: null) => void): FastifyReply => {
	record(null);
	reply.hijack();
	reply.raw.destroy();
	return reply;
};

/** Announces the whole body, sends the beginning of it, and closes the connection. */
const truncate = (
	reply: FastifyReply,
	answer: Answer,
	kept: true | number,
	record: (status: number) => void,
): FastifyReply => {
	record(answer.status);
	const body = Buffer.from(answer.body ?? '');
	const length = kept === true ? Math.floor(body.length / 2) : Math.min(kept, body.length);
	reply.hijack();
	reply.raw.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
	reply.raw.write(body.subarray(0, length), () => reply.raw.destroy());
	return reply;
};
