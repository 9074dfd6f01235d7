import type { Sandbox, SandboxOptions } from '../../sandbox/server.mts';
import { startSandbox } from '../../sandbox/server.mts';

/**
 * The parts of a body that tests look at. Which of them are there depends on the answer; an
 * expectation on one that is not there fails.
 */
export interface Body {
	[attribute: string]: unknown;
	id: string;
	meta: { created: string };
	name: { formatted: string };
	userName: string;
	members: Array<{ value: string }>;
	Resources: Body[];
	totalResults: number;
}

/** An answer with its body as text and, where it is JSON, parsed. */
export interface Reply {
	status: number;
	headers: Headers;
	text: string;
	body: Body;
}

/** Plain requests to one sandbox, as a client without any knowledge would send them. */
export interface Calls {
	sandbox: Sandbox;
	send: (
		method: string,
		path: string,
		body?: unknown,
		headers?: Record<string, string>,
	) => Promise<Reply>;
	get: (path: string) => Promise<Reply>;
	post: (path: string, body: unknown) => Promise<Reply>;
	patch: (path: string, ...operations: unknown[]) => Promise<Reply>;
	put: (path: string, body: unknown) => Promise<Reply>;
	remove: (path: string) => Promise<Reply>;
	/** A call to the administration API. */
	administer: (method: string, path: string, body?: unknown) => Promise<Reply>;
}

/** An empty object where the text is no JSON. */
const parsed = (text: string): Body => {
	try {
		return JSON.parse(text);
	} catch {
		return JSON.parse('{}');
	}
};

const call = async (
	url: string,
	method: string,
	body: unknown,
	headers: Record<string, string>,
): Promise<Reply> => {
	const answer = await fetch(url, {
		method,
		headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
		...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
	});
	const text = await answer.text();
	return { status: answer.status, headers: answer.headers, text, body: parsed(text) };
};

const open: Sandbox[] = [];

/** Starts a sandbox that `closeAll` stops. */
export const start = async (options?: SandboxOptions): Promise<Calls> => {
	const sandbox = await startSandbox(options);
	open.push(sandbox);
	const send: Calls['send'] = (method, path, body, headers) =>
		call(
			sandbox.scimUrl + path,
			method,
			body,
			headers ?? { authorization: `Bearer ${sandbox.token}` },
		);
	return {
		sandbox,
		send,
		get: (path) => send('GET', path),
		post: (path, body) => send('POST', path, body),
		patch: (path, ...Operations) =>
			send('PATCH', path, {
				schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
				Operations,
			}),
		put: (path, body) => send('PUT', path, body),
		remove: (path) => send('DELETE', path),
		administer: (method, path, body) =>
			call(`${sandbox.url}/sandbox/api${path}`, method, body, {}),
	};
};

export const closeAll = async (): Promise<void> => {
	await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
};

/** The id of a person the test takes for granted. */
export const idOf = ({ sandbox }: Calls, email: string): string => {
	const account = sandbox.workspace.userByEmail(email);
	if (!account) throw new Error(`No one has the address ${email}`);
	return account.id;
};

/** The id of a group that the test takes for granted. */
export const groupIdOf = ({ sandbox }: Calls, name: string): string => {
	const group = sandbox.workspace.groupByName(name);
	if (!group) throw new Error(`There is no group ${name}`);
	return group.id;
};

export const urn = {
	user: 'urn:ietf:params:scim:schemas:core:2.0:User',
	group: 'urn:ietf:params:scim:schemas:core:2.0:Group',
	enterprise: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
	notion: 'urn:ietf:params:scim:schemas:extension:notion:2.0:User',
	error: 'urn:ietf:params:scim:api:messages:2.0:Error',
};

/** A user body with nothing but the address, and what is given. */
export const newUser = (userName: string, more: Record<string, unknown> = {}) => ({
	schemas: [urn.user],
	userName,
	...more,
});
