import type { Failed, FailedKind } from './attempt';
import { isThrottling } from './attempt';
import { ScimError } from './scimError';
import type { ScimRequest } from './transport';

/** The error for a refusal by the server or the network, as long as nothing more is known about it. */
export function failure(request: ScimRequest, failed: Failed & { kind: FailedKind }): ScimError {
	const { kind, status, detail } = failed;
	const said = detail ? ` It said: ${asSentence(detail)}` : '';
	const details = { ...(status === undefined ? {} : { status }), ...(detail ? { detail } : {}) };
	// Gateways report an overload with a web page; waiting helps then, another Base URL does not.
	const isPassing = kind !== 'refused' && status !== undefined && status >= 400;
	if (failed.webPage && !isPassing) {
		return new ScimError(
			'unexpectedAnswer',
			`A web page came back instead of an answer from the SCIM API (status ${status}).`,
			'Check the Base URL of the credential, and whether there is a proxy or a login page between n8n and Notion.',
			details,
		);
	}
	if (status === undefined) return unreachable(detail);
	if (status >= 200 && status < 300) return unreadable(status, said, details);
	if (status >= 300 && status < 400) return redirected(status, details);
	if (status === 407) return proxyRefused(details);
	if (isThrottling(status)) return throttled(status, details);
	if (kind === 'conflict') return inConflict(failed.isDuplicate === true, said, details);
	if (kind !== 'refused') {
		return new ScimError(
			'serverError',
			`Notion failed with status ${status}.${said}`,
			request.method === 'GET'
				? 'Run this again later. If it goes on, check whether Notion reports an outage.'
				: 'Look at the person or group in Notion before running this again: Notion may have made the change.',
			details,
		);
	}
	return refusal(request, status, said, details);
}

type Details = { status?: number; detail?: string };

/** The error for a definite refusal, depending on what it may concern. */
function refusal(request: ScimRequest, status: number, said: string, details: Details): ScimError {
	switch (status) {
		case 401:
			return tokenRejected(details);
		case 403:
			return new ScimError('refused', `Notion does not allow this.${said}`, forbiddenRemedy(request), details);
		case 410:
			return isAboutOne(request) ? unknownId(details) : notAccepted(request, status, said, details);
		case 404:
			return isList(request)
				? new ScimError(
						'unexpectedAnswer',
						`There is no SCIM API at the Base URL of the credential (status 404).${said}`,
						'Set the Base URL of the credential to https://api.notion.com/scim/v2, and check whether a proxy answers in place of Notion.',
						details,
					)
				: unknownId(details);
		case 405:
		case 501:
			return isListOfGroups(request) ? noGroups(details) : notAccepted(request, status, said, details);
		default:
			return notAccepted(request, status, said, details);
	}
}

/** A 410 to a read or a removal means that the person or group existed and is gone. */
function isAboutOne(request: ScimRequest): boolean {
	return !isList(request) && (request.method === 'GET' || request.method === 'DELETE');
}

function unknownId(details: Details): ScimError {
	return new ScimError(
		'notFound',
		'Notion does not know this ID.',
		'Pick the person or group from the list, or look it up by email or name instead of by ID.',
		details,
	);
}

function notAccepted(request: ScimRequest, status: number, said: string, details: Details): ScimError {
	return new ScimError(
		'refused',
		`Notion did not accept the request${status === 400 ? '' : ` (status ${status})`}.${said}`,
		request.method === 'DELETE'
			? forbiddenRemedy(request)
			: 'Check the values of this item. If they look right, Notion does not support this change through SCIM.',
		details,
	);
}

/** Whether a request concerns the list of users or groups rather than one of them. */
export function isList({ path }: ScimRequest): boolean {
	return !path.slice(1).includes('/');
}

/** A 404 to a list, or to a filtered list, right after the same server returned a good list of users. */
export function notOffered(request: ScimRequest, { status, detail }: Failed): ScimError {
	const said = detail ? ` It said: ${asSentence(detail)}` : '';
	const details = { ...(status === undefined ? {} : { status }), ...(detail ? { detail } : {}) };
	if (isListOfGroups(request)) return noGroups(details);
	return new ScimError(
		'unexpectedAnswer',
		`The server answers a plain list of users, but not this request for ${request.path} (status ${status}).${said}`,
		'Notion offers it. Check whether the Base URL of the credential leads to Notion, and what a proxy in between lets through.',
		details,
	);
}

function unreachable(detail: string): ScimError {
	return new ScimError(
		'network',
		`Notion could not be reached: ${detail}`,
		'Check that the n8n server can open connections to the Base URL of the credential, then run the item again.',
	);
}

function unreadable(status: number, said: string, details: Details): ScimError {
	return new ScimError(
		'unexpectedAnswer',
		`Notion answered with status ${status}, but the answer could not be read.${said}`,
		'Look at the person or group in Notion before running this again: Notion may have made the change.',
		details,
	);
}

function redirected(status: number, details: Details): ScimError {
	return new ScimError(
		'unexpectedAnswer',
		`The server answered with a redirect (status ${status}), which is not followed because it would carry the token elsewhere.`,
		'Set the Base URL of the credential to the address that the redirect leads to. Notion\'s is https://api.notion.com/scim/v2.',
		details,
	);
}

function proxyRefused(details: Details): ScimError {
	return new ScimError(
		'unexpectedAnswer',
		'A proxy between n8n and Notion asks for a sign-in (status 407).',
		'Give the proxy\'s user name and password in the proxy settings of the n8n server.',
		details,
	);
}

function throttled(status: number, details: Details): ScimError {
	return new ScimError(
		'rateLimited',
		`Notion kept asking to slow down (status ${status}), longer than this node waits.`,
		'Run fewer workflows against Notion at the same time, or set Maximum Requests per Second in the credential, then run the items that failed again.',
		details,
	);
}

function inConflict(isDuplicate: boolean, said: string, details: Details): ScimError {
	return isDuplicate
		? new ScimError(
				'alreadyExists',
				`Notion says that this exists already (status 409).${said}`,
				'Look in Notion for another account with the same address, or another group with the same name.',
				details,
			)
		: new ScimError(
				'conflict',
				`Notion kept saying that it is in conflict with another change (status 409).${said}`,
				'Run the item again in a few minutes.',
				details,
			);
}

/** Names who can revoke a token, because an admin would not suspect them (Notion help, "SCIM"). */
export function tokenRejected(details: { status?: number; detail?: string }): ScimError {
	return new ScimError(
		'tokenRejected',
		`Notion rejected the SCIM token (status ${details.status}).`,
		'A token dies when the owner who created it leaves the workspace or changes role, and SCIM needs the Enterprise plan. Have an organization owner create a new token in Notion, then paste it into the credential.',
		details,
	);
}

/** An earlier answer asked for a pause that is too long for one execution. */
export function pausedTooLong({ pause }: { pause: number }): ScimError {
	return new ScimError(
		'rateLimited',
		`Notion asked for a pause of another ${Math.ceil(pause / 1_000)} seconds, longer than this node waits.`,
		'Run the items that failed again after that time.',
	);
}

/** A list with a filter may be refused because of the filter, and a creation because of its content. */
function isListOfGroups({ method, path, query }: ScimRequest): boolean {
	return method === 'GET' && path === '/Groups' && query?.['filter'] === undefined;
}

/** The server answers about users, but not about groups. */
function noGroups(details: Details): ScimError {
	return new ScimError(
		'unexpectedAnswer',
		'This server offers users, but no groups.',
		'Leave groups out of this workflow. If the workspace has groups, check the Base URL of the credential, and whether a proxy lets only users pass.',
		{ ...details, evidence: { groupsAvailable: false } },
	);
}

/** Whether a failure means that the server offers no groups at all. */
export function isWithoutGroups(error: unknown): boolean {
	return error instanceof ScimError && error.evidence?.['groupsAvailable'] === false;
}

/** The server's 404 is not credible, because no other request gets a good answer either. */
export function answersNothing(failed: { status?: number | undefined }): ScimError {
	return new ScimError(
		'unexpectedAnswer',
		'The server says that this does not exist, but it does not answer a plain list of users either. So nothing is known about the person or group.',
		'Check the Base URL of the credential, and whether a proxy answers in place of Notion.',
		failed.status === undefined ? {} : { status: failed.status },
	);
}

function forbiddenRemedy({ method, path }: ScimRequest): string {
	if (method === 'DELETE' && path.startsWith('/Groups/')) {
		return 'Notion refuses to delete a group where that would leave pages that no one has full access to. Give another person full access to those pages first.';
	}
	if (method === 'DELETE') {
		return 'The owner who created the token and the last owner cannot be removed through SCIM. Let another owner do it in Notion.';
	}
	if (method === 'PATCH' && path.startsWith('/Users/')) {
		return 'A name or an email can be changed only for people whose email domain the organization has verified in Notion.';
	}
	return 'Check in Notion whether this is possible by hand; SCIM allows no more than that.';
}

function asSentence(text: string): string {
	return /[.!?…]$/.test(text) ? text : `${text}.`;
}
