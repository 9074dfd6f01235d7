import type { Switches } from '../switches.mts';

/** An answer before it is written to the wire. No body means none at all. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	body?: string;
}

/** Schema URNs of RFC 7643 and RFC 7644, and Notion's own extension. */
export const urn = {
	user: 'urn:ietf:params:scim:schemas:core:2.0:User',
	group: 'urn:ietf:params:scim:schemas:core:2.0:Group',
	enterprise: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
	notion: 'urn:ietf:params:scim:schemas:extension:notion:2.0:User',
	serviceProviderConfig: 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig',
	resourceType: 'urn:ietf:params:scim:schemas:core:2.0:ResourceType',
	listResponse: 'urn:ietf:params:scim:api:messages:2.0:ListResponse',
	patchOp: 'urn:ietf:params:scim:api:messages:2.0:PatchOp',
	error: 'urn:ietf:params:scim:api:messages:2.0:Error',
} as const;

/** A refusal with its status. Thrown by route handlers, written by the pipeline. */
export class ScimError extends Error {
	readonly status: number;
	/** Keyword of RFC 7644, section 3.12. */
	readonly scimType: string | undefined;

	constructor(status: number, detail: string, scimType?: string) {
		super(detail);
		this.name = 'ScimError';
		this.status = status;
		this.scimType = scimType;
	}
}

export const json = (status: number, content: unknown, switches: Switches): Answer => ({
	status,
	headers: { 'content-type': `${switches.contentType}; charset=utf-8` },
	body: JSON.stringify(switches.extensionCase === 'documented' ? content : inOtherCase(content)),
});

/** `Resources` as `resources`, `id` as `Id`, `…:notion:2.0:User` as `…:Notion:2.0:User`. */
const inOtherCase = (content: unknown): unknown => {
	if (Array.isArray(content)) return content.map(inOtherCase);
	if (typeof content !== 'object' || content === null) return content;
	return Object.fromEntries(
		Object.entries(content).map(([name, value]) => [nameInOtherCase(name), inOtherCase(value)]),
	);
};

const nameInOtherCase = (name: string): string => {
	if (name.startsWith('urn:')) {
		return name.replace(/:(notion|enterprise):/, (part) => `:${part.charAt(1).toUpperCase()}${part.slice(2)}`);
	}
	const first = name.charAt(0);
	return (first === first.toUpperCase() ? first.toLowerCase() : first.toUpperCase()) + name.slice(1);
};

export const noContent = (): Answer => ({ status: 204, headers: {} });

/** Codes of Notion's public API, for the `notion` shape of an error. */
const notionCodes: Record<number, string> = {
	400: 'validation_error',
	401: 'unauthorized',
	403: 'restricted_resource',
	404: 'object_not_found',
	409: 'conflict_error',
	429: 'rate_limited',
	500: 'internal_server_error',
	529: 'service_overload',
};

/** An error in the shape that the switch `errorBody` asks for. */
export const errorAnswer = (error: ScimError, switches: Switches): Answer => {
	const { status, message, scimType } = error;
	switch (switches.errorBody) {
		case 'scim':
			return json(
				status,
				{
					schemas: [urn.error],
					status: String(status),
					...(scimType === undefined ? {} : { scimType }),
					detail: message,
				},
				switches,
			);
		case 'notion':
			return {
				status,
				headers: { 'content-type': 'application/json; charset=utf-8' },
				body: JSON.stringify({
					object: 'error',
					status,
					code: notionCodes[status] ?? 'validation_error',
					message,
				}),
			};
		case 'text':
			return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: message };
		case 'empty':
			return { status, headers: { 'content-length': '0' } };
	}
};

/** The answer of Notion's public API while it saves another change; it is transient. */
export const passingConflict = (): Answer => ({
	status: 409,
	headers: { 'content-type': 'application/json; charset=utf-8' },
	body: JSON.stringify({
		object: 'error',
		status: 409,
		code: 'conflict_error',
		message: 'Conflict occurred while saving. Please try again.',
	}),
});

/** The answer to a successful write, with the body that the switch `writeAnswer` asks for. */
export const writeAnswer = (answer: Answer, { writeAnswer: form }: Switches): Answer => {
	const { body } = answer;
	if (body === undefined || form === 'resource') return answer;
	const resource: unknown = JSON.parse(body);
	const id = typeof resource === 'object' && resource !== null && 'id' in resource ? resource.id : undefined;
	const bodies = {
		emptyObject: {},
		null: null,
		idOnly: { id },
		list: { schemas: [urn.listResponse], totalResults: 1, Resources: [resource] },
	};
	return { ...answer, body: JSON.stringify(bodies[form]) };
};

/** The answer of a proxy that has lost the server behind it. */
export const gatewayNotFound = (): Answer => ({
	status: 404,
	headers: { 'content-type': 'text/html; charset=utf-8' },
	body: [
		'<!doctype html>',
		'<html><head><title>404 Not Found</title></head>',
		'<body><center><h1>404 Not Found</h1></center><hr><center>gateway</center></body></html>',
		'',
	].join('\n'),
});
