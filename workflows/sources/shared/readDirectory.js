import { pagesOf } from './outcome.js';
import { readingOf } from './rounds.js';
import { text } from './text.js';

/**
 * What a directory source gives out: the next requests, or all people and the manifest.
 *
 * @param run { $, runIndex } of n8n
 * @param source {
 *   checkedSettings(settings): Settings in the form that the others take. It throws for one that cannot be meant,
 *   firstRequests(settings), follow(settings, request, body, headers): see readingOf(),
 *   answer(settings, found): see whatWasRead(), and directoryAnswer() for what it gives,
 *   passing: see readingOf() }
 */
export function readDirectory({ $, runIndex }, source) {
	assertAsksForAll($('WhenCalled').all());
	const settings = source.checkedSettings($('Settings').first().json);
	if (runIndex === 0) return source.firstRequests(settings).map((request) => toAsk({ ...request, tries: 1 }, 0));
	const rounds = Array.from({ length: runIndex }, (_, run) => {
		const requests = $('Read people').all(0, run).map(({ json }) => json);
		return { requests, answers: pagesOf($('Ask').all(0, run), requests.length) };
	});
	const follow = (...page) => source.follow(settings, ...page);
	const reading = readingOf(rounds, follow, source.passing);
	const { next, pause } = reading;
	return next.length > 0 ? next.map((request) => toAsk(request, pause)) : source.answer(settings, whatWasRead(reading));
}

/** A request as the node Ask wants it: n8n takes only the path of a next page from an answer, and never the host. */
function toAsk(request, pause) {
	const [, host, target] = /^(https:\/\/[^/]+)(.*)$/.exec(request.url);
	return { json: { ...request, host, target, pause } };
}

/** @throws Error for anything but `everybody` */
export function assertAsksForAll(items) {
	const asks = items.map(({ json }) => text(json.ask));
	if (asks.length === 0 || asks.some((ask) => ask !== 'everybody')) {
		throw new Error(`The input "ask" must be "everybody", not "${asks.join(', ')}".`);
	}
}

/**
 * A reading as a source looks at it. Requests are of these kinds, besides the vendor's own for its people:
 * `groups`, `members` of a group (with its ID in `of`, and its `name`), `assigned` to the Notion app, and
 * `directMembers` of an assigned group.
 *
 * @param reading of readingOf()
 */
export function whatWasRead({ pages, read, problems }) {
	const listed = (...kinds) => read.filter(({ request }) => kinds.includes(request.kind)).flatMap(({ rows }) => rows);
	const hasFailed = (...kinds) => problems.some(({ kind }) => kinds.includes(kind));
	const groupsById = new Map();
	for (const { request, rows } of read.filter((one) => one.request.kind === 'members')) {
		for (const { id } of rows) groupsById.set(text(id), (groupsById.get(text(id)) ?? new Set()).add(request.name));
	}
	const groupsDoubt = doubtAboutGroups(read);
	const groupsComplete = !hasFailed('groups', 'members') && groupsDoubt === undefined;
	return {
		pages,
		read,
		listed,
		hasFailed,
		groupsComplete,
		/** Why the reading is not complete, or its groups are not. */
		reasons: [...problems.map(({ sentence }) => sentence), groupsDoubt].filter(Boolean),
		/** Names of a person's groups; nothing where not all groups could be read. */
		groupsOf: (id) => (groupsComplete ? [...(groupsById.get(id) ?? [])].sort() : undefined),
		/** Whether everything was read that the scope goes by: assignments, and groups where Settings say so. */
		isScopeRead: (attribute) =>
			!hasFailed('assigned', 'directMembers') &&
			(groupsComplete || !['groups', 'roles'].includes(text(attribute))),
		assignment: assignments(listed, hasFailed),
	};
}

/**
 * What inScope() wants to know of an assignment to the Notion app. It is not asked of a person
 * who has left: a directory removes the apps of leavers, and that does not put them out of scope.
 */
function assignments(listed, hasFailed) {
	const assigned = new Set(listed('assigned', 'directMembers').map(({ id }) => text(id)));
	return (app, id, status) => {
		if (app === undefined || status === 'inactive' || assigned.has(id)) return {};
		return hasFailed('assigned', 'directMembers')
			? { unread: 'Not all people who are assigned to the Notion app could be read.' }
			: { isAssigned: false };
	};
}

/**
 * Why it is unknown who is in which group of Notion: several groups have one name, or the list of groups
 * has none, and a word in Settings is wrong or the groups are hidden.
 *
 * @param read of readingOf()
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
