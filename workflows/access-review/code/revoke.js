/** Milliseconds after which an execution that was at work has ended, or is dead. */
const ENDED_BY_THEN = 16 * 60 * 1000;

/**
 * The deeds that decisions ask for. Whoever is removed needs not be taken out of groups.
 *
 * @param rows of the review, whoever decided them
 * @param own whether a row is this execution's to carry out
 * @returns one deed for each person, or person and group, with the ids of the rows that it settles
 */
function deedsOf(rows, own) {
	const pending = rows.filter((row) => isPending(row) && own(row));
	const leaving = new Set(
		rows.filter(({ decision }) => decision === 'revokeAccess').map(({ userId }) => userId),
	);
	const deeds = new Map();
	for (const row of pending) {
		const isRemoval = row.decision === 'revokeAccess';
		if (!isRemoval && leaving.has(row.userId)) continue;
		const key = isRemoval ? row.userId : `${row.userId}|${row.groupId}`;
		const deed = deeds.get(key) ?? {
			action: isRemoval ? 'user.remove' : 'group.removeMembers',
			reviewId: row.reviewId,
			userId: row.userId,
			email: row.email,
			groupId: isRemoval ? '' : row.groupId,
			groupName: isRemoval ? '' : row.groupName,
			decidedBy: row.decidedBy,
			assurance: row.assurance,
			rowIds: [],
			wasBegun: false,
		};
		deed.rowIds.push(row.id);
		deed.wasBegun ||= row.outcome === 'intended' || row.outcome === 'notVerified';
		deeds.set(key, deed);
	}
	for (const deed of deeds.values()) {
		if (deed.action !== 'user.remove') continue;
		// Who is removed leaves the groups as well, so these decisions are settled by it.
		deed.rowIds = pending.filter(({ userId }) => userId === deed.userId).map(({ id }) => id);
	}
	return [...deeds.values()];
}

/** Whether nobody else is at work on a row: what is fresh belongs to the execution that decided it. */
function isFree(row, now) {
	return now - (Date.parse(row.intendedAt || row.decidedAt) || 0) > ENDED_BY_THEN || row.outcome === 'held';
}

const REFUSED = ['protectedPerson', 'accessDenied', 'refused', 'ambiguous', 'invalidInput'];

/**
 * What came of one deed.
 *
 * @param result json of the node, if it succeeded
 * @param failure { kind, message, record } if it did not
 * @returns { outcome, verified, impact, note, record }
 */
function resultOf(deed, result, failure) {
	if (failure) {
		// The group, or the membership in the workspace, is not there any more: that was proven.
		const isGone = failure.kind === 'notFound';
		const outcome = isGone
			? 'unchanged'
			: failure.kind === 'limitReached'
				? 'held'
				: failure.kind === 'notVerified'
					? 'notVerified'
					: REFUSED.includes(failure.kind)
						? 'refused'
						: 'failed';
		const mayBeDone = ['notVerified', 'failed'].includes(outcome);
		return {
			outcome,
			verified: isGone,
			impact: mayBeDone ? 1 : 0,
			note: failure.message,
			record: failure.record ? JSON.stringify(failure.record) : '',
		};
	}
	const isChange = ['removed', 'updated'].includes(result.outcome);
	// An execution that died may have done it; then it counts, and is ours.
	const isDone = isChange || deed.wasBegun;
	return {
		outcome: isDone ? 'done' : 'unchanged',
		verified: result.verified === undefined || result.verified === true,
		impact: isDone ? 1 : 0,
		note: isChange ? '' : deed.wasBegun ? 'An earlier execution had done it without seeing it.' : 'Was so already.',
		record: result.record ? JSON.stringify(result.record) : JSON.stringify(result),
	};
}
