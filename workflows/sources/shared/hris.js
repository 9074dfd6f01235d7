import { dateText } from './dates.js';
import { emailKey } from './emailKey.js';
import { onceEach } from './manifest.js';
import { outcomeOf, pagesOf, TRIES } from './outcome.js';
import { given, text } from './text.js';

/** Thrown where an answer needs something that has yet to be read. */
const NOT_YET = new Error('Not everything has been read yet.');

/**
 * What the source of an HRIS gives out: the requests that come next, or the answers.
 *
 * The source is run again after each round of requests. It takes every answer from `read`, and stops
 * there where it has yet to come.
 *
 * @param run { $, runIndex } of n8n
 * @param source (settings) => {
 *   problemOf(question): why the HRIS cannot be asked it; nothing where it can,
 *   people(questions, read): the items that answer questions about people,
 *   leavers(since, read): the items that say who has left }; see reader()
 */
export function readHris({ $, runIndex }, source) {
	const asked = questionsIn($('WhenCalled').all());
	const { name, problemOf, people, leavers } = source($('Settings').first().json);
	// A question that cannot be asked stops no other one. Where none can be asked, the workflow fails.
	const askable = asked.filter((question) => problemOf(question) === undefined);
	if (askable.length === 0) throw new Error(problemOf(asked[0]));
	const refused = asked.filter((question) => problemOf(question) !== undefined);
	const { read, unread } = reader(
		Array.from({ length: runIndex }, (_, run) => {
			const requests = $('Read people').all(0, run).map(({ json }) => json);
			return { requests, answers: pagesOf($('Ask').all(0, run), requests.length) };
		}),
	);
	const answers = whereRead(() =>
		askable[0].ask === 'leavers' ? leavers(askable[0].since, read) : people(askable, read),
	);
	if (unread.size === 0) return [...answers, ...refused.map((question) => unreadableAnswer(name, question, problemOf(question)))];
	const pause = Math.max(...[...unread.values()].map((request) => request.pause));
	return [...unread.values()].map((request) => ({ json: { ...request, pause } }));
}

/**
 * What is asked. A question that cannot be answered must fail, and never look like "no such person".
 *
 * @throws Error for a question that is not known
 */
export function questionsIn(items) {
	const asked = items.map(({ json }) => ({
		ask: text(json.ask) ?? 'person',
		employeeId: text(json.employeeId) ?? '',
		companyId: text(json.companyId) ?? '',
		email: text(json.email) ?? '',
		since: text(json.since) ?? '',
	}));
	const kinds = new Set(asked.map(({ ask }) => ask));
	if (kinds.size !== 1 || !['person', 'leavers'].some((ask) => kinds.has(ask))) {
		throw new Error('The input "ask" must be "person" or "leavers", and the same for all items.');
	}
	for (const { ask, employeeId, email, since } of asked) {
		if (ask === 'person' && employeeId === '' && email === '') {
			throw new Error('To ask for a person, an employee ID or an email address is needed.');
		}
		if (ask === 'leavers' && dateText(since) !== since) {
			throw new Error(`To ask for leavers, "since" must be a date such as 2026-01-31, not "${since}".`);
		}
	}
	return asked;
}

/**
 * Reads what the HRIS has answered so far.
 *
 * @param rounds [{ requests, answers }], as in readingOf(). A request is { about, url, body, pause } with
 * `mayBeMissing` where status 404 is an answer
 * @returns {
 *   read(...requests): an answer { status, body } for each. It stops the source where one has yet to come.
 *     It throws an Error where a request has failed for good,
 *   unread: Map of the requests that come next }
 */
export function reader(rounds) {
	const outcomes = new Map();
	const unread = new Map();
	const keyOf = ({ url, body }) => JSON.stringify([url, body]);
	for (const { requests, answers } of rounds) {
		requests.forEach((request, index) => {
			const answer = answers[index]?.[0] ?? {};
			const tries = (outcomes.get(keyOf(request))?.tries ?? 0) + 1;
			outcomes.set(keyOf(request), { ...outcomeOf(answer, tries), answer, tries });
		});
	}
	const answerOf = (request) => {
		const { answer, why, mayPass, tries, pause } = outcomes.get(keyOf(request)) ?? { mayPass: true, tries: 0, pause: request.pause ?? 0 };
		const isMissing = answer?.statusCode === 404 && request.mayBeMissing === true;
		if (answer !== undefined && (why === undefined || isMissing)) return { status: answer.statusCode, body: answer.body };
		if (!mayPass || tries >= TRIES) throw new Error(`A request for ${request.about} ${why}.`);
		unread.set(keyOf(request), { ...request, pause });
		throw NOT_YET;
	};
	return { unread, read: (...requests) => together(requests.map((request) => () => answerOf(request))) };
}

/** What several functions give that each read something: what they have yet to read is asked for together. */
export function together(functions) {
	const results = functions.map((one) => whereRead(() => ({ value: one() })));
	if (results.includes(undefined)) throw NOT_YET;
	return results.map(({ value }) => value);
}

/** What a function gives; nothing where it has yet to read something. */
function whereRead(one) {
	try {
		return one();
	} catch (error) {
		if (error !== NOT_YET) throw error;
		return undefined;
	}
}

/**
 * The answers to questions that do not depend on each other: one that fails stops no other one, unless all
 * of them fail.
 *
 * @param recordsFor (question) => records of the person
 */
export function answersToEach(source, questions, recordsFor) {
	const answers = questions.map((question) => {
		try {
			const records = whereRead(() => recordsFor(question));
			return { items: records === undefined ? [] : answerTo(question, source, records) };
		} catch (error) {
			return { items: [unreadableAnswer(source, question, error.message)], error };
		}
	});
	if (answers.every(({ error }) => error !== undefined)) throw answers[0].error;
	return answers.flatMap(({ items }) => items);
}

/** The answers to questions whose people were all read: each one's own records, and those with the same address. */
export function answersFrom(source, questions, records) {
	return questions.flatMap((question) => {
		const own = records.filter(({ sourceId }) => sourceId === question.employeeId);
		const keys = [question.email, ...own.map(({ email }) => email)].map(emailKey).filter(Boolean);
		const others = records.filter(({ email }) => keys.includes(emailKey(email)));
		return answerTo(question, source, [...own, ...others]);
	});
}

/** The items that answer one question: every record that was found, or that there is none. */
export function answerTo({ employeeId, email }, source, records) {
	const asked = { employeeId, email };
	if (records.length > 0) return onceEach(records).map((record) => ({ json: { ...record, asked } }));
	return [{ json: given({ found: false, source, sourceId: employeeId || undefined, asked }) }];
}

/** The answer to a question that could not be asked, or whose answer cannot be used. */
function unreadableAnswer(source, { employeeId, email }, why) {
	return { json: { found: false, source, asked: { employeeId, email }, unreadable: why } };
}

/** Leavers since a day, and people an admin must look at; then how the reading went. */
export function leaversAnswer(source, records, since, { pages, complete, explanation }) {
	const left = onceEach(records).filter(
		({ active, status, endDate }) => status === 'unknown' || (!active && endDate !== undefined && endDate >= since),
	);
	const readAt = new Date().toISOString();
	const manifest = { manifest: true, source, readAt, pages, count: left.length, complete, explanation };
	return [...left.map((json) => ({ json })), { json: given(manifest) }];
}
