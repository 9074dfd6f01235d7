import { withKnownNames } from './attributeNames';
import type { ScimResponse } from './transport';
import { withoutSecrets } from './scimError';

/**
 * What one try came to.
 *
 * - `success`: a 2xx with a body that could be read, or without one
 * - `notDone`: it is certain that nothing was done; a repetition is harmless
 * - `unclear`: nobody knows whether it was done; a write is looked at before it is repeated
 * - `refused`: the server's last word; a repetition would not help
 */
export type Attempt =
	| { kind: 'success'; status: number; body: unknown }
	| (Failed & { kind: 'notDone' | 'unclear' | 'refused' });

export interface Failed {
	/** Undefined where there was no answer. */
	status: number | undefined;
	/** What the server or the network said. */
	detail: string;
	/** Where there was no answer: whether the request can have arrived. */
	reached?: 'never' | 'maybe';
	/** How long the server asked to wait, in milliseconds. */
	pause?: number | undefined;
	/** A web page instead of an API's answer: a proxy or a login page is in between. */
	webPage?: boolean;
}

/** The server asks for a slower pace: 429 (RFC 6585) and Notion's 529 when it is overloaded. */
export function isThrottling(status: number | undefined): boolean {
	return status === 429 || status === 529;
}

/** Sorts an answer. `now` is needed for a Retry-After that is a date (RFC 9110 section 10.2.3). */
export function classify(response: ScimResponse, now: number): Attempt {
	const { status, body } = response;
	const pause = retryAfter(response.headers['retry-after'], now);
	if (status >= 200 && status < 300) return classifyAccepted(response);
	const failed: Failed = { status, detail: errorDetail(body), pause, webPage: isWebPage(response) };
	if (status === 429 || (status === 503 && pause !== undefined)) return { kind: 'notDone', ...failed };
	if ([502, 503, 504, 529].includes(status)) return { kind: 'unclear', ...failed };
	return { kind: 'refused', ...failed };
}

function classifyAccepted(response: ScimResponse): Attempt {
	const { status, body } = response;
	if (body.trim() === '') return { kind: 'success', status, body: undefined };
	const parsed = parseJson(body);
	if (parsed) return { kind: 'success', status, body: parsed.value };
	const detail = 'The answer was cut off or is not JSON.';
	return isWebPage(response)
		? { kind: 'refused', status, detail: '', webPage: true }
		: { kind: 'unclear', status, detail, webPage: false };
}

/** Seconds or a date, as milliseconds from now; undefined where absent or unreadable. */
export function retryAfter(header: string | undefined, now: number): number | undefined {
	const value = header?.trim();
	if (!value) return undefined;
	if (/^\d+$/.test(value)) return Number(value) * 1_000;
	// Date.parse takes "1.5" and "-1" for days in 2001; a date of HTTP begins with a weekday.
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
