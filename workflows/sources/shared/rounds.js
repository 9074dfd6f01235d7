import { outcomeOf, TRIES } from './outcome.js';

/** More than any directory needs: one that never ends is left then. */
export const MOST_REQUESTS = 20_000;

/**
 * Everything that the requests of a directory brought, and what to ask next. A request is tried
 * again where it may yet succeed; a list that breaks off keeps what was read of it.
 *
 * @param rounds [{ requests, answers }] in their order. A request is { kind, url, about, tries } and what
 * else follow() wants to know; its answers are the pages that n8n fetched for it, one behind the other
 * @param follow (request, body, headers) => { rows, total, requests } of a page: what it lists, how long
 * the vendor says the whole list is, where it says so, and the requests that it leads to, the next page
 * among them; or { problem }, half a sentence, where the answer cannot be used
 * @param passing see outcomeOf()
 * @returns { pages: how many were asked for, read: [{ request, rows, total }], next: requests, pause in
 * seconds before them, problems: [{ kind, of, sentence }] }
 */
export function readingOf(rounds, follow, passing = []) {
	const known = new Set();
	const whole = { pages: 0, read: [], problems: [], next: [], pause: 0 };
	for (const { requests, answers } of rounds) {
		for (const { url } of requests) known.add(url);
		whole.next = [];
		whole.pause = 0;
		requests.forEach((request, index) => readPages(whole, known, request, { pages: answers[index] ?? [undefined], follow, passing }));
	}
	const isBroken = ({ kind, of }) => whole.problems.some((problem) => problem.kind === kind && problem.of === of);
	if (whole.next.length === 0) whole.problems.push(...changedLists(whole.read).filter((list) => !isBroken(list)));
	return whole;
}

/** Takes in the pages that one request brought. */
function readPages(whole, known, first, { pages, follow, passing }) {
	let request = first;
	for (const page of pages) {
		whole.pages += 1;
		const more = readPage(whole, request, page, { follow, passing });
		const isNext = ({ kind, of }) => kind === request.kind && of === request.of;
		const isLast = page === pages.at(-1);
		let following;
		for (const one of more) {
			if (known.has(one.url)) {
				// What two answers lead to is asked once; a page must never lead to an earlier one.
				if (one.kind === request.kind) whole.problems.push(problem(one, `The pages of ${one.about} go in a circle.`));
			} else if (known.size >= MOST_REQUESTS) {
				whole.problems.push(problem(request, `There were more than ${MOST_REQUESTS} requests.`));
			} else {
				known.add(one.url);
				if (isNext(one) && !isLast) following = one;
				else whole.next.push({ ...one, tries: 1 });
			}
		}
		if (following === undefined) return;
		request = { ...following, tries: 1 };
	}
}

/** Takes in one page. @returns the requests that it leads to */
function readPage(whole, request, page, { follow, passing }) {
	const { body, headers, why, mayPass, pause } = outcomeOf(page, request.tries, passing);
	if (why !== undefined) {
		if (mayPass && request.tries < TRIES) {
			whole.next.push({ ...request, tries: request.tries + 1 });
			whole.pause = Math.max(whole.pause, pause);
		} else {
			whole.problems.push(problem(request, `A request for ${request.about} ${why}.`));
		}
		return [];
	}
	const { rows, total, requests, problem: sentence } = follow(request, body, headers);
	if (sentence !== undefined) {
		whole.problems.push(problem(request, `An answer about ${request.about} cannot be used: ${sentence}.`));
		return [];
	}
	whole.read.push({ request, rows, total });
	return requests;
}

function problem({ kind, of }, sentence) {
	return { kind, of, sentence };
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
		.map(({ request, count, totals }) =>
			problem(request, `It was said that ${request.about} has ${[...totals].join(', then ')} entries, and ${count} came.`),
		);
}
