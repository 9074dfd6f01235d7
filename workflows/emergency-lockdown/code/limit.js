/** Milliseconds after which an intention of another execution counts for dead. */
const DEAD_AFTER = 2 * 60 * 1000;

const SUCCESSES = ['lockedDown', 'alreadyLocked'];
const NOT_COUNTED = ['protected', 'waitsForPerson', 'declined', 'expired', 'copy', 'notSetUp'];

/**
 * Divides an execution's own rows into what is done now and what is set aside.
 *
 * A copy is a person and app that an earlier row of the same call has done or is doing. The limit
 * counts people, in the order in which their rows were stored, so that calls at the same time cannot
 * both take the last place; whoever a person has confirmed does not count.
 *
 * @param rows of the window, of all executions
 * @returns `act` (rows), `copies` (rows) and `waiting` (rows)
 */
function divided(rows, { execution, limit, now }) {
	const sorted = [...rows].sort((one, other) => one.id - other.id);
	const mine = sorted.filter((row) => row.execution === execution && row.outcome === 'intended');
	const isCopy = (row) =>
		sorted.some(
			(earlier) =>
				earlier.id < row.id &&
				earlier.execution !== execution &&
				earlier.request === row.request &&
				earlier.person === row.person &&
				earlier.app === row.app &&
				(SUCCESSES.includes(earlier.outcome) ||
					earlier.outcome === 'waitsForPerson' ||
					(earlier.outcome === 'intended' && now - Date.parse(earlier.askedAt) < DEAD_AFTER)),
		);
	const copies = mine.filter(isCopy);
	const counted = sorted.filter(
		({ app, outcome, decidedBy }) => app !== 'none' && !NOT_COUNTED.includes(outcome) && !decidedBy,
	);
	const first = new Set([...new Set(counted.map(({ person }) => person))].slice(0, limit));
	const rest = mine.filter((row) => !copies.includes(row));
	return {
		act: rest.filter(({ person }) => first.has(person)),
		copies,
		waiting: rest.filter(({ person }) => !first.has(person)),
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
		protectedResponders: settings.protectedResponders,
		oktaUrl: settings.oktaUrl,
	};
}
