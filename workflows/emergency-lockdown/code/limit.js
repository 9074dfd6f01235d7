/** Milliseconds after which an intention of another execution counts for dead. */
const DEAD_AFTER = 2 * 60 * 1000;

const SUCCESSES = ['lockedDown', 'alreadyLocked'];
const NOT_COUNTED = ['protected', 'waitsForPerson', 'declined', 'expired', 'copy', 'notSetUp'];

/**
 * Divides intentions into what is done now and what is set aside.
 *
 * A copy is a person and app that an earlier row of the same call has done or is doing. The limit
 * counts people, in the order in which their rows were stored, so that calls at the same time cannot
 * both take the last place; whoever a person has confirmed does not count, and goes on.
 *
 * @param rows of the window, of all executions
 * @param isMine whether a row is an intention that this execution is to act on
 * @returns `act` (rows), `copies` (rows) and `waiting` (rows)
 */
function divided(rows, { isMine, limit, now }) {
	const sorted = [...rows].sort((one, other) => one.id - other.id);
	const mine = sorted.filter(isMine);
	const isCopy = (row) =>
		sorted.some(
			(earlier) =>
				earlier.id < row.id &&
				earlier.request === row.request &&
				earlier.person === row.person &&
				earlier.app === row.app &&
				(SUCCESSES.includes(earlier.outcome) ||
					earlier.outcome === 'waitsForPerson' ||
					(earlier.outcome === 'intended' &&
						(isMine(earlier) || now - Date.parse(earlier.askedAt) < DEAD_AFTER))),
		);
	const copies = mine.filter(isCopy);
	const counted = sorted.filter(
		({ app, outcome, decidedBy }) => app !== 'none' && !NOT_COUNTED.includes(outcome) && !decidedBy,
	);
	const first = new Set([...new Set(counted.map(({ person }) => person))].slice(0, limit));
	const rest = mine.filter((row) => !copies.includes(row));
	const mayPass = ({ person, decidedBy }) => Boolean(decidedBy) || first.has(person);
	return { act: rest.filter(mayPass), copies, waiting: rest.filter((row) => !mayPass(row)) };
}

/** What is set aside, as the step that stores it takes it. */
function setAside({ copies, waiting }) {
	return {
		copies: copies.map(({ entry }) => entry),
		waiting: waiting.map(({ entry, person, request }) => ({ entry, person, request })),
		people: [...new Set(waiting.map(({ person }) => person))].sort(),
	};
}

/** What the executions of the apps need to know. */
function orderFor(rows, settings) {
	return {
		people: rows.map(({ entry, person, app, askedAt, reason, reference, requestedBy, request }) => ({
			entry,
			person,
			app,
			askedAt,
			reason,
			reference: reference || request,
			requestedBy,
		})),
		protectedResponders: protectedAddresses(settings.protectedResponders).keys,
		oktaUrl: settings.oktaUrl,
	};
}
