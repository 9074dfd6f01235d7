/** An execution of which nothing was heard for so long is dead; until then it is at work. */
const DEAD_AFTER = 15 * 60 * 1000;
/** Private pages can be transferred for so long, and the nightly sweep looks so far back. */
const RECENT = 30 * 24 * 60 * 60 * 1000;

/**
 * What has become of somebody so far.
 *
 * @param rows of this person in notion_leaver_audit, oldest first, without the own one
 * @param now epoch milliseconds
 * @returns {
 *   wasKnown: whether they were seen in Notion, or to be gone: nobody having their address is no riddle,
 *   isHeld: whether they are on the list of ReleaseForm,
 *   wasDeclined: whether a person has refused to release them, and nothing was heard since,
 *   isUnderWay: whether another execution is at work on them,
 *   attempt: { id, removedAt, record }, the try that may have removed them without knowing it, if any,
 *   dead: rows whose execution died,
 * }
 */
function historyOf(rows, now) {
	const age = ({ createdAt }) => now - new Date(createdAt).getTime();
	const isDead = (row) => row.outcome === 'intended' && age(row) > DEAD_AFTER;
	const mayHaveRemoved = (row) =>
		isDead(row) ||
		row.outcome === 'notVerified' ||
		(['failed', 'refused'].includes(row.outcome) && Number(row.impact) > 0);
	const settled = rows.findLastIndex(({ outcome }) => ['removed', 'stays'].includes(outcome));
	const attempts = rows
		.slice(settled + 1)
		.filter((row) => age(row) < RECENT && mayHaveRemoved(row));
	const attempt = attempts.find(({ removedAt }) => removedAt) ?? attempts[0];
	return {
		wasKnown: rows.some(
			(row) => ['removed', 'alreadyGone'].includes(row.outcome) || recordOf(row).person,
		),
		isHeld: rows.some(({ outcome, needsPerson }) => outcome === 'held' && needsPerson === true),
		wasDeclined: rows.at(-1)?.outcome === 'declined',
		isUnderWay: rows.some((row) => row.outcome === 'intended' && !isDead(row)),
		...(attempt
			? {
					attempt: {
						id: attempt.id,
						removedAt: attempt.removedAt || new Date(attempt.createdAt).toISOString(),
						record: recordOf(attempt),
					},
				}
			: {}),
		dead: rows.filter(isDead),
	};
}

/**
 * How much of the limit others have used: each person once, however often it was tried. Tries of the
 * same person cost nothing more.
 *
 * @param rows of notion_leaver_audit of the last 24 hours with an impact
 */
function usedByOthers(rows, person) {
	const used = new Map();
	for (const row of rows.filter((one) => !isOfEmployee(one, person))) {
		const key = [row.source, row.companyId, row.employeeId || emailKey(row.email)].join('|');
		used.set(key, Math.max(used.get(key) ?? 0, Number(row.impact ?? 0)));
	}
	return [...used.values()].reduce((sum, impact) => sum + impact, 0);
}

/** The evidence in a row; nothing where it is none. */
function recordOf({ record }) {
	try {
		return JSON.parse(record || '{}') ?? {};
	} catch {
		return {};
	}
}
