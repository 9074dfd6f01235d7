import { text } from './text.js';

/** So often a request is made before it counts as failed. */
export const TRIES = 3;

/** The longest pause, in seconds, that a vendor who wants fewer requests is given. */
export const LONGEST_PAUSE = 60;

/** Google's word for too many requests, which it answers with status 403. */
export const isTooMuch = (body) => /rateLimitExceeded|quotaExceeded/i.test(body?.error?.errors?.[0]?.reason ?? '');

/**
 * What came of a request.
 *
 * @param answer of the HTTP Request node: { statusCode, headers, body }, or { error, details: { httpCode, body } }
 * @param passing status codes that may pass with this vendor, besides those that may everywhere
 * @returns { body, headers }, or { why, mayPass, pause } where it failed
 */
export function outcomeOf(answer, tries, passing = []) {
	const { headers = {}, details } = answer ?? {};
	const status = answer?.statusCode ?? (Number(details?.httpCode) || undefined);
	const body = answer?.body ?? details?.body;
	if (status === 200) return { body, headers };
	if (status === undefined) {
		const error = text(answer?.error?.message) ?? text(answer?.error);
		// n8n's words for it, where it fetches pages one behind the other.
		if (/response was identical/i.test(error ?? '')) return { why: 'brought the same page again and again: its pages go in a circle' };
		const why = `got no answer that can be read${error === undefined ? '' : ` ("${error.slice(0, 300)}")`}`;
		return { why, mayPass: true, pause: 2 * tries };
	}
	const untilReset = Number(headers['x-rate-limit-reset']) - Date.now() / 1000;
	const asked = [Number(headers['retry-after']), untilReset].filter((seconds) => seconds > 0);
	// A vendor that wants fewer requests, and does not say for how long, gets a pause.
	const pause = status === 429 && asked.length === 0 ? 15 * tries : 2 * tries;
	const said = text(body?.error?.message) ?? text(body?.errorSummary) ?? text(details?.description);
	const reason = said?.slice(0, 300);
	return {
		why: `was answered with status ${status}${reason === undefined ? '' : ` ("${reason}")`}`,
		mayPass: status === 408 || status === 429 || status >= 500 || isTooMuch(body) || passing.includes(status),
		pause: Math.min(LONGEST_PAUSE, Math.ceil(Math.max(pause, ...asked))),
	};
}

/** The answers by request: each has one for every page that n8n fetched. */
export function pagesOf(items, count) {
	const pages = Array.from({ length: count }, () => []);
	items.forEach(({ json, pairedItem }, index) => {
		const of = [pairedItem].flat()[0];
		pages[(typeof of === 'number' ? of : of?.item) ?? index]?.push(withJson(json));
	});
	return pages;
}

/** An answer with its body read: a page of a proxy must show its status, and be no answer with status 200. */
function withJson(answer) {
	if (typeof answer.data !== 'string') return answer;
	try {
		return { ...answer, body: JSON.parse(answer.data) };
	} catch {
		return answer.statusCode === 200 ? { error: 'It is no JSON' } : answer;
	}
}
