/** What the requests brought, and what went wrong. */
const reading = readingOf(
	Array.from({ length: $input.first().json.rounds }, (_, run) => ({
		requests: $('To read')
			.all(0, run)
			.map(({ json }) => json),
		answers: $('Ask')
			.all(0, run)
			.map(({ json }) => json),
	})),
	follow,
);

/** What all pages of lists of these kinds held. */
function listed(...kinds) {
	return reading.read.filter(({ request }) => kinds.includes(request.kind)).flatMap(({ rows }) => rows);
}

function hasFailed(...kinds) {
	return reading.problems.some(({ kind }) => kinds.includes(kind));
}

/** Names of groups by the id of a member. */
const groupsById = new Map();
for (const { request, rows } of reading.read) {
	if (request.kind !== 'members') continue;
	for (const { id } of rows) {
		groupsById.set(text(id), (groupsById.get(text(id)) ?? new Set()).add(request.name));
	}
}
const groupsDoubt = doubtAboutGroups(reading.read);
const groupsComplete = !hasFailed('groups', 'members') && groupsDoubt === undefined;
/** Why the reading is not complete, or its groups are not. */
const reasons = [...reading.problems.map(({ sentence }) => sentence), groupsDoubt].filter(Boolean);

/** Names of somebody's groups; nothing where not all groups could be read. */
function groupsOf(id) {
	return groupsComplete ? [...(groupsById.get(id) ?? [])].sort() : undefined;
}

/** Whether everything was read that the scope goes by: assignments, and groups where Settings say so. */
function isScopeRead(attribute) {
	const goesByGroups = ['groups', 'roles'].includes(text(attribute));
	return !hasFailed('assigned', 'directMembers') && (groupsComplete || !goesByGroups);
}

const assigned = new Set(listed('assigned').map(({ id }) => text(id)));

/**
 * What inScope() wants to know of an assignment to the Notion app. It is not asked of somebody who has
 * left: a directory takes the apps of leavers away, and that does not make them out of scope.
 *
 * @param app the ID of the app, or nothing where there is none in Settings
 */
function assignment(app, id, status) {
	if (app === undefined || status === 'inactive' || assigned.has(id)) return {};
	return hasFailed('assigned')
		? { unread: 'Not everybody who is assigned to the Notion app could be read.' }
		: { isAssigned: false };
}

const isAddress = (value) => text(value)?.includes('@') === true && !isGuestName(value);
