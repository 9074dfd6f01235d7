import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { z } from 'zod';

import { ADMIN_API_VERSION } from '../../../lib/admin/adminAccess';
import { adminConnectionTest } from '../../../lib/admin/adminConnectionTest';
import { parseAdminCredential } from '../../../lib/admin/adminCredential';
import { parseCredential } from '../../../lib/directory/guards/credential';
import type { Connection } from '../../../lib/scim/connection';
import type { ConnectionTest } from '../../../lib/scim/connectionTest';
import { problemOfAnswer, problemOfFailure } from '../../../lib/scim/connectionTest';
import { scimConnectionTest } from '../../../lib/scim/scimConnectionTest';
import { ScimError } from '../../../lib/scim/scimError';
import type { ScimResponse } from '../../../lib/scim/transport';

/** Milliseconds that a server has for its answer: a person waits for it. */
const PATIENCE = 20_000;

/** The test button of the SCIM credential. */
export async function testScimCredential(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	return await tested(this, { parse: () => parseCredential(data), test: scimConnectionTest });
}

/** The test button of the Admin API credential. */
export async function testAdminCredential(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const headers = { 'Notion-Version': ADMIN_API_VERSION };
	return await tested(this, { parse: () => parseAdminCredential(data), test: adminConnectionTest, headers });
}

interface Tested {
	/** Reads the credential as the node does. */
	parse: () => Connection;
	test: ConnectionTest;
	headers?: Record<string, string>;
}

/**
 * n8n shows the bare code of a failed connection, such as ECONNREFUSED, if a credential describes its test as
 * a request. So the test is a function. A credential that the node would refuse is never sent.
 */
async function tested(
	context: ICredentialTestFunctions,
	{ parse, test, headers = {} }: Tested,
): Promise<INodeCredentialTestResult> {
	const connection = usable(parse);
	if (connection instanceof ScimError) {
		return { status: 'Error', message: `${connection.message} ${connection.remedy}` };
	}
	const answer = await asked(context, connection, { test, headers });
	const problem =
		'code' in answer ? problemOfFailure(answer.code, connection, test) : problemOfAnswer(answer, test);
	return problem === undefined
		? { status: 'OK', message: 'Notion accepts the token.' }
		: { status: 'Error', message: problem };
}

function usable(parse: () => Connection): Connection | ScimError {
	try {
		return parse();
	} catch (error) {
		if (error instanceof ScimError) return error;
		return new ScimError('invalidInput', 'The credential cannot be read.', 'Enter it again.');
	}
}

const answerSchema = z.object({
	statusCode: z.number(),
	headers: z.record(z.unknown()).catch({}),
	body: z.string().catch(''),
});

const failureSchema = z.object({
	code: z.string().optional().catch(undefined),
	cause: z.object({ code: z.string().optional().catch(undefined) }).optional().catch(undefined),
});

/** @returns the answer, or the code of the failure; the failure itself holds the token in its headers */
async function asked(
	context: ICredentialTestFunctions,
	{ baseUrl, token }: Connection,
	{ test: { request }, headers }: { test: ConnectionTest; headers: Record<string, string> },
): Promise<ScimResponse | { code: string }> {
	try {
		const answer: unknown = await context.helpers.request({
			method: request.method,
			uri: `${baseUrl}${request.path}`,
			qs: request.query,
			headers: { Accept: 'application/json', ...headers, Authorization: `Bearer ${token}` },
			followRedirect: false,
			sendCredentialsOnCrossOriginRedirect: false,
			simple: false,
			resolveWithFullResponse: true,
			timeout: PATIENCE,
		});
		return responseOf(answer);
	} catch (error) {
		const { code, cause } = failureSchema.catch({}).parse(error);
		return { code: code ?? cause?.code ?? '' };
	}
}

function responseOf(answer: unknown): ScimResponse {
	const { statusCode, headers, body } = answerSchema.parse(answer);
	const texts = Object.entries(headers).flatMap(([name, value]) =>
		typeof value === 'string' ? [[name.toLowerCase(), value]] : [],
	);
	return { status: statusCode, headers: Object.fromEntries(texts), body };
}
