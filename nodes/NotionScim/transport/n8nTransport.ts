import type { ICredentialDataDecryptedObject, IExecuteFunctions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';
import { z } from 'zod';

import type { Connection } from '../../../lib/scim/connection';
import { cancelled } from '../../../lib/scim/requester';
import { ScimError, withoutSecrets } from '../../../lib/scim/scimError';
import type { ScimRequest, ScimResponse, Transport } from '../../../lib/scim/transport';
import { TransportFailure } from '../../../lib/scim/transport';
import { assertMayWriteNow } from '../tool/toolRun';

/** Milliseconds without a byte from the server after which a request is abandoned. */
const IDLE_TIMEOUT = 60_000;

/**
 * Node's codes for failures before a request can have arrived: no connection, no name, an untrusted
 * certificate. An unreachable host is not included, because an open connection reports it, too.
 */
const NEVER_REACHED =
	/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ERR_TLS_CERT|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO)/;

const responseSchema = z.object({
	statusCode: z.number(),
	headers: z.record(z.unknown()).catch({}),
	body: z.string().catch(''),
});

const errorSchema = z.object({
	message: z.string().catch(''),
	cause: z
		.object({ code: z.string().optional().catch(undefined), message: z.string().catch('') })
		.optional()
		.catch(undefined),
	httpCode: z.string().nullish().catch(undefined),
});

/** A credential as n8n gave it out, whose `authenticate` adds the token to a request. */
export interface DecryptedCredential {
	type: 'notionScimApi' | 'notionAdminApi';
	data: ICredentialDataDecryptedObject;
}

/**
 * n8n's request helper as a transport. The helper adds the token, uses n8n's proxy settings and ends with the
 * execution.
 */
export function createTransport(
	context: IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions,
	{ type, data }: DecryptedCredential,
	credential: Connection,
): Transport {
	// Left to itself, n8n decrypts the credential for each request, and makes an isolate for the expressions in it:
	// in a poll, that takes longer than the request.
	const decrypted = { credentialsDecrypted: { id: '', name: '', type, data } };
	return {
		send: async (request) => {
			if (request.method !== 'GET') assertMayWriteNow(context);
			try {
				// Created for each request: the helper writes the token into the options that it is given.
				const answer: unknown = await context.helpers.httpRequestWithAuthentication.call(
					context,
					type,
					requestOptions(credential.baseUrl, request),
					decrypted,
				);
				return hideToken(readResponse(answer), credential.token);
			} catch (error) {
				return Promise.reject(toFailure(error, credential.token));
			}
		},
	};
}

function requestOptions(baseUrl: string, request: ScimRequest) {
	return {
		method: request.method,
		url: `${baseUrl}${request.path}`,
		...(request.query ? { qs: request.query } : {}),
		...(request.body ? { body: JSON.stringify(request.body) } : {}),
		headers: {
			Accept: 'application/scim+json, application/json',
			...(request.body ? { 'Content-Type': 'application/json' } : {}),
		},
		// As text, so that no digit of an id is lost and a cut-off answer can be distinguished from a whole
		// one.
		encoding: 'text' as const,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		sendCredentialsOnCrossOriginRedirect: false,
		timeout: IDLE_TIMEOUT,
	};
}

function readResponse(answer: unknown): ScimResponse {
	const { statusCode, headers, body } = responseSchema.parse(answer);
	const texts = Object.entries(headers).flatMap(([name, value]) =>
		typeof value === 'string' ? [[name.toLowerCase(), value]] : [],
	);
	return { status: statusCode, headers: Object.fromEntries(texts), body };
}

/** A debugging proxy may answer with the request that it received; the token must not leak into an error. */
function hideToken(response: ScimResponse, token: string): ScimResponse {
	const isAccepted = response.status >= 200 && response.status < 300;
	if (isAccepted || !response.body.includes(token)) return response;
	return { ...response, body: response.body.split(token).join('(hidden)') };
}

/** The error is not passed on: it holds the request with the token in its headers. */
function toFailure(error: unknown, token: string): Error {
	if (error instanceof ScimError) return error;
	const { cause, httpCode, message } = errorSchema.parse(error);
	const code = cause?.code ?? httpCode ?? '';
	if (code === 'ERR_CANCELED') return cancelled();
	const words = withoutSecrets((cause?.message || message).split(token).join('(hidden)'));
	return new TransportFailure(NEVER_REACHED.test(code) ? 'never' : 'maybe', words || code);
}
