// How a directory is read in rounds: the requests of a round are made together, and what they bring
// says which requests the next round has. It stands behind values.js; in front of what uses it stands
// firstRequests() and follow() of the vendor.

/** So often a request is made before it counts as failed. */
const TRIES = 3;

/** More than any directory needs: one that never ends is left then. */
const MOST_REQUESTS = 20_000;

/** The longest pause, in seconds, that a vendor who wants fewer requests is given. */
const LONGEST_PAUSE = 60;

/** Google's word for too many requests, which it answers with status 403. */
const isTooMuch = (body) => /rateLimitExceeded|quotaExceeded/i.test(body?.error?.errors?.[0]?.reason ?? '');

/**
 * What came of a request.
 *
 * @param answer of the HTTP Request node: { statusCode, headers, body }, or { error, details: { httpCode, body } }
 * @returns { body, headers }, or { why, mayPass, pause } where it failed
 */
function outcomeOf(answer, tries) {
	const { headers = {}, details } = answer ?? {};
	const status = answer?.statusCode ?? (Number(details?.httpCode) || undefined);
	const body = answer?.body ?? details?.body;
	if (status === 200) return { body, headers };
	if (status === undefined) {
		const error = text(answer?.error?.message) ?? text(answer?.error);
		const why = `got no answer that can be read${error === undefined ? '' : ` ("${error.slice(0, 300)}")`}`;
		return { why, mayPass: true, pause: 2 * tries };
	}
	const untilReset = Number(headers['x-rate-limit-reset']) - Date.now() / 1000;
	const asked = [Number(headers['retry-after']), untilReset].filter((seconds) => seconds > 0);
	// Whoever wants fewer requests, and does not say for how long, is given a while.
	const pause = status === 429 && asked.length === 0 ? 15 * tries : 2 * tries;
	const said = text(body?.error?.message) ?? text(body?.errorSummary) ?? text(details?.description);
	const reason = said?.slice(0, 300);
	return {
		why: `was answered with status ${status}${reason === undefined ? '' : ` ("${reason}")`}`,
		mayPass: status === 408 || status === 429 || status >= 500 || isTooMuch(body),
		pause: Math.min(LONGEST_PAUSE, Math.ceil(Math.max(pause, ...asked))),
	};
}

/**
 * What a round brought, and what is to be asked next.
 *
 * @param requests of the round: { kind, url, about, tries } and what else follow() wants to know
 * @param answers in the same order
 * @param asked addresses that were asked so far, these ones among them
 * @param follow (request, body, headers) => { rows, total, requests } of a page: what it lists, how long
 * the vendor says the whole list is, where it says so, and the requests that it leads to; or { problem },
 * half a sentence, where the answer cannot be used
 * @returns { read: [{ request, rows, total }], next, pause in seconds, problems: [{ kind, of, sentence }] }
 */
function roundOf(requests, answers, asked, follow) {
	const known = new Set(asked);
	const found = { read: [], next: [], pause: 0, problems: [] };
	requests.forEach((request, index) => {
		const failed = (sentence) => found.problems.push({ kind: request.kind, of: request.of, sentence });
		const { body, headers, why, mayPass, pause } = outcomeOf(answers[index], request.tries);
		if (why !== undefined) {
			if (mayPass && request.tries < TRIES) {
				found.next.push({ ...request, tries: request.tries + 1 });
				found.pause = Math.max(found.pause, pause);
			} else {
				failed(`A request for ${request.about} ${why}.`);
			}
			return;
		}
		const { rows, total, requests: more, problem } = follow(request, body, headers);
		if (problem !== undefined) {
			failed(`An answer about ${request.about} cannot be used: ${problem}.`);
			return;
		}
		found.read.push({ request, rows, total });
		for (const one of more) {
			if (known.has(one.url)) {
				// What two answers lead to is asked once; a page must never lead to an earlier one.
				if (one.kind === request.kind) failed(`The pages of ${one.about} go in a circle.`);
			} else if (known.size >= MOST_REQUESTS) {
				failed(`There were more than ${MOST_REQUESTS} requests.`);
			} else {
				known.add(one.url);
				found.next.push({ ...one, tries: 1 });
			}
		}
	});
	return found;
}

/** Lists of which other rows came than the vendor says there are: it changed while it was read. */
function changedLists(read) {
	const lists = new Map();
	for (const { request, rows, total } of read) {
		const key = JSON.stringify([request.kind, request.of]);
		const list = lists.get(key) ?? { request, count: 0, totals: new Set() };
		list.count += rows.length;
		if (total !== undefined) list.totals.add(total);
		lists.set(key, list);
	}
	return [...lists.values()]
		.filter(({ count, totals }) => [...totals].some((total) => total !== count))
		.map(({ request, count, totals }) => ({
			kind: request.kind,
			of: request.of,
			sentence: `It was said that ${request.about} has ${[...totals].join(', then ')} entries, and ${count} came.`,
		}));
}

/**
 * Everything that the rounds brought.
 *
 * @param rounds [{ requests, answers }] in their order
 * @returns { pages: requests made, read: [{ request, rows }], problems: [{ kind, of, sentence }] }
 */
function readingOf(rounds, follow) {
	const asked = new Set();
	const whole = { pages: 0, read: [], problems: [] };
	for (const { requests, answers } of rounds) {
		for (const { url } of requests) asked.add(url);
		const { read, problems } = roundOf(requests, answers, asked, follow);
		whole.pages += requests.length;
		whole.read.push(...read);
		whole.problems.push(...problems);
	}
	const isBroken = ({ kind, of }) =>
		whole.problems.some((problem) => problem.kind === kind && problem.of === of);
	const changed = changedLists(whole.read).filter((list) => !isBroken(list));
	return { ...whole, problems: [...whole.problems, ...changed] };
}

/**
 * Why nobody can tell who is in which group of Notion: several groups have one name, or the list of groups
 * has none, and a word in Settings is wrong or the groups are hidden.
 *
 * @param read of readingOf(), with the group of each reading of members in `of` and `name`
 * @returns a sentence, or nothing where there are groups and each has a name of its own
 */
function doubtAboutGroups(read) {
	const idsByName = new Map();
	for (const { request } of read.filter((one) => one.request.kind === 'members')) {
		const name = request.name.normalize('NFC');
		idsByName.set(name, (idsByName.get(name) ?? new Set()).add(request.of));
	}
	const isListed = read.some(({ request }) => request.kind === 'groups');
	if (isListed && idsByName.size === 0) return 'No group was found: see what Settings say of groups.';
	const names = [...idsByName].filter(([, ids]) => ids.size > 1).map(([name]) => `"${name}"`);
	if (names.length === 0) return undefined;
	const others = names.splice(10).length;
	const more = others > 0 ? `, and ${others} more` : '';
	return `Several groups are called ${names.join(', ')}${more}: give each a name of its own.`;
}
