import { withKnownNames } from './attributeNames';
import type { ScimResponse } from './transport';
import { withoutSecrets } from './scimError';

/**
 * The outcome of one attempt.
 * - `success`: a 2xx with a readable body, or without a body
 * - `notDone`: the server certainly did nothing; repeating is harmless
 * - `unclear`: a read is repeated; a write may have been carried out, so its effect is checked before it is
 *   repeated
 * - `doubtful`: as `unclear`, but the write was probably carried out, so it is checked and never repeated
 * - `conflict`: the server is saving another change, or what the write asks for exists already
 * - `failed`: nothing is repeated, and a write is checked
 * - `refused`: the server rejected this content for good; it did nothing
 */
export type Attempt =
	| { kind: 'success'; status: number; body: unknown }
	| (Failed & { kind: FailedKind });

export type FailedKind = 'notDone' | 'unclear' | 'doubtful' | 'conflict' | 'failed' | 'refused';

interface Answer {
	status: number;
	/** See {@link Failed.pause}. */
	pause: number | undefined;
}

/**
 * How each status other than a 2xx is classified. The first matching row applies.
 * - 425: the server did not process the request because of how it arrived (RFC 8470 section 5.2).
 * - 408: the request arrived incomplete (RFC 9110 section 15.5.9), or a gateway reports a slow server, which
 *   may have acted.
 * - 500: Notion's answer to an address of another account (observed), so it is never repeated.
 * - 501: the server does not support the operation (RFC 7644 section 3.12).
 * - 505 and above: gateways, such as Cloudflare's 520 to 527 and 530.
 */
const ANSWERS: ReadonlyArray<{ fits: (answer: Answer) => boolean; kind: FailedKind }> = [
	{ fits: ({ status }) => status === 425 || status === 429, kind: 'notDone' },
	{ fits: ({ status, pause }) => status === 503 && pause !== undefined, kind: 'notDone' },
	{ fits: ({ status }) => [408, 502, 503, 504, 529].includes(status), kind: 'unclear' },
	{ fits: ({ status }) => status === 409, kind: 'conflict' },
	{ fits: ({ status }) => status === 500, kind: 'failed' },
	{ fits: ({ status }) => status > 501, kind: 'doubtful' },
	{ fits: () => true, kind: 'refused' },
];

export interface Failed {
	/** Undefined without an answer. */
	status: number | undefined;
	/** What the server or the network said. */
	detail: string;
	/** Without an answer: whether the request may have reached the server. */
	reached?: 'never' | 'maybe';
	/** How long the server asked the client to wait, in milliseconds. */
	pause?: number | undefined;
	/** A web page in place of an API answer: a proxy or a login page intercepted the request. */
	webPage?: boolean;
	/**
	 * A 409 because the value is taken (`scimType` of RFC 7644 section 3.12); waiting does not resolve it.
	 */
	isDuplicate?: boolean;
}

/** Whether repeating a repeatable request may give another outcome. */
export function isWorthRepeating(kind: FailedKind): boolean {
	return kind !== 'failed' && kind !== 'refused';
}

/** The server asks for fewer requests: 429 (RFC 6585), or Notion's 529 when it is overloaded. */
export function isThrottling(status: number | undefined): boolean {
	return status === 429 || status === 529;
}

/** Classifies an answer. `now` resolves a Retry-After that is a date (RFC 9110 section 10.2.3). */
export function classify(response: ScimResponse, now: number): Attempt {
	const { status, body } = response;
	const pause = retryAfter(response.headers['retry-after'], now);
	if (status >= 200 && status < 300) return classifyAccepted(response);
	const kind = ANSWERS.find(({ fits }) => fits({ status, pause }))?.kind ?? 'refused';
	const failed: Failed = { status, detail: errorDetail(body), pause, webPage: isWebPage(response) };
	return { kind, ...failed, ...(kind === 'conflict' ? { isDuplicate: isDuplicate(body) } : {}) };
}

function classifyAccepted(response: ScimResponse): Attempt {
	const { status, body } = response;
	if (body.trim() === '') return { kind: 'success', status, body: undefined };
	const parsed = parseJson(body);
	if (parsed) return { kind: 'success', status, body: parsed.value };
	const detail = 'The answer was cut off or is not JSON.';
	return isWebPage(response)
		? { kind: 'failed', status, detail: '', webPage: true }
		: { kind: 'doubtful', status, detail, webPage: false };
}

/** Reads seconds or a date as milliseconds from now; undefined if absent or unreadable. */
export function retryAfter(header: string | undefined, now: number): number | undefined {
	const value = header?.trim();
	if (!value) return undefined;
	if (/^\d+$/.test(value)) return Number(value) * 1_000;
	// Date.parse reads "1.5" and "-1" as days in 2001; an HTTP date begins with a weekday.
	const date = /^[A-Za-z]/.test(value) ? Date.parse(value) : Number.NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** SCIM's `detail` (RFC 7644 section 3.12), else Notion's `message`, else the text itself. */
function errorDetail(body: string): string {
	const value = withKnownNames(parseJson(body)?.value, 1);
	if (typeof value === 'object' && value !== null) {
		if ('detail' in value && typeof value.detail === 'string') return withoutSecrets(value.detail);
		if ('message' in value && typeof value.message === 'string') return withoutSecrets(value.message);
	}
	return body.trimStart().startsWith('<') ? '' : withoutSecrets(body);
}

function isDuplicate(body: string): boolean {
	const value = parseJson(body)?.value;
	return typeof value === 'object' && value !== null && 'scimType' in value && value.scimType === 'uniqueness';
}

function isWebPage({ headers, body }: ScimResponse): boolean {
	return /html/i.test(headers['content-type'] ?? '') || body.trimStart().startsWith('<');
}

function parseJson(text: string): { value: unknown } | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return { value };
	} catch {
		return undefined;
	}
}
