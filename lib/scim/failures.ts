import type { Failed } from './attempt';
import { ScimError } from './scimError';
import type { ScimRequest } from './transport';

/** The error for what the server or the network refused, before anything more is known about it. */
export function failure(request: ScimRequest, failed: Failed): ScimError {
	const { status, detail } = failed;
	const said = detail ? ` It said: ${asSentence(detail)}` : '';
	const details = { ...(status === undefined ? {} : { status }), ...(detail ? { detail } : {}) };
	// Gateways dress an overload as a web page; what helps then is waiting, not another Base URL.
	const isOverload = status !== undefined && (status === 429 || status >= 500);
	if (failed.webPage && !isOverload) {
		return new ScimError(
			'unexpectedAnswer',
			`A web page came back instead of an answer from the SCIM API (status ${status}).`,
			'Check the Base URL of the credential, and whether a proxy or a login page stands between n8n and Notion.',
			details,
		);
	}
	if (status === undefined) {
		return new ScimError(
			'network',
			`Notion could not be reached: ${detail}`,
			'Check that the n8n server can open connections to the Base URL of the credential, then run the item again.',
		);
	}
	if (status >= 200 && status < 300) {
		return new ScimError(
			'unexpectedAnswer',
			`Notion answered with status ${status}, but the answer could not be read.${said}`,
			'Look at the person or group in Notion before running this again: what was asked for may have been done.',
			details,
		);
	}
	if (status === 401) return tokenRejected(details);
	if (status >= 300 && status < 400) {
		return new ScimError(
			'unexpectedAnswer',
			`The server answered with a redirect (status ${status}), which is not followed because it would carry the token elsewhere.`,
			'Set the Base URL of the credential to the address that answers itself. Notion\'s is https://api.notion.com/scim/v2.',
			details,
		);
	}
	if (isListOfGroups(request) && NOT_OFFERED.includes(status)) return noGroups(details);
	switch (status) {
		case 400:
			return new ScimError(
				'refused',
				`Notion did not accept the request.${said}`,
				request.method === 'DELETE'
					? forbiddenRemedy(request)
					: 'Check the values of this item. If they look right, Notion does not support this change through SCIM.',
				details,
			);
		case 403:
			return new ScimError(
				'refused',
				`Notion does not allow this.${said}`,
				forbiddenRemedy(request),
				details,
			);
		case 404:
			// The lists always exist, so a server that does not know them is not the one that is meant.
			if (!request.path.slice(1).includes('/')) {
				return new ScimError(
					'unexpectedAnswer',
					`There is no SCIM API at the Base URL of the credential (status 404).${said}`,
					'Set the Base URL of the credential to https://api.notion.com/scim/v2, and check whether a proxy answers in place of Notion.',
					details,
				);
			}
			return new ScimError(
				'notFound',
				'Notion does not know this ID.',
				'Pick the person or group from the list, or look it up by email or name instead of by ID.',
				details,
			);
		case 409:
			return new ScimError(
				'alreadyExists',
				`Notion says that it exists already.${said}`,
				'Use the operation Create or Update instead of Create.',
				details,
			);
		case 429:
		case 529:
			return new ScimError(
				'rateLimited',
				`Notion kept asking to slow down (status ${status}), longer than this node waits.`,
				'Run fewer workflows against Notion at the same time, or set Maximum Requests per Second in the credential, then run the items that failed again.',
				details,
			);
		default:
			return new ScimError(
				'serverError',
				`Notion failed with status ${status}.${said}`,
				'Look at the person or group in Notion before running this again: it is not certain that nothing was done.',
				details,
			);
	}
}

/** Revokers of tokens are listed because they are what an admin would not think of (Notion help, "SCIM"). */
export function tokenRejected(details: { status?: number; detail?: string }): ScimError {
	return new ScimError(
		'tokenRejected',
		`Notion rejected the SCIM token (status ${details.status}).`,
		'A token dies when the owner who created it leaves the workspace or changes role, and SCIM needs the Enterprise plan. Have an organization owner create a new token in Notion, then paste it into the credential.',
		details,
	);
}

/** An earlier answer named a pause that one execution should not sit out. */
export function pausedTooLong({ pause }: { pause: number }): ScimError {
	return new ScimError(
		'rateLimited',
		`Notion asked to be left alone for another ${Math.ceil(pause / 1_000)} seconds, longer than this node waits.`,
		'Run the items that failed again after that time.',
	);
}

/** What a server answers for an endpoint that it does not have. */
const NOT_OFFERED = [404, 405, 501];

/** Also the creation of a group; a filter may be refused for its own sake. */
function isListOfGroups({ path, query }: ScimRequest): boolean {
	return path === '/Groups' && query?.['filter'] === undefined;
}

/** The server answers about users, and not about groups. */
function noGroups(details: { status?: number; detail?: string }): ScimError {
	return new ScimError(
		'unexpectedAnswer',
		'This server has no groups: it knows users, and offers nothing about groups.',
		'Leave groups out of this workflow. If the workspace has groups, check the Base URL of the credential, and whether a proxy lets only users pass.',
		{ ...details, evidence: { groupsAvailable: false } },
	);
}

/** Whether a failure says that the server offers no groups at all. */
export function isWithoutGroups(error: unknown): boolean {
	return error instanceof ScimError && error.evidence?.['groupsAvailable'] === false;
}

/** The server's 404 cannot be believed, because it gives no good answer to anything else either. */
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
		return 'Notion refuses to delete a group where that would leave pages with nobody who has full access. Give somebody else full access to those pages first.';
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
