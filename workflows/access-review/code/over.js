/** Whether everything has been decided and carried out, or cannot be any more. */
function isOver(review, rows, { finishWithinDays }, now) {
	if (rows.some(({ decision }) => !decision)) return false;
	const isWaiting = rows.some((row) => isPending(row) && row.outcome !== 'refused');
	return !isWaiting || now >= (Date.parse(review.dueAt) || 0) + finishWithinDays * 24 * 60 * 60 * 1000;
}

/** Whether a revocation was decided on and has not been carried out. */
function isPending({ decision, outcome }) {
	return ['revokeGroup', 'revokeAccess'].includes(decision) && !['done', 'unchanged'].includes(outcome);
}
