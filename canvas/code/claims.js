/** How long a claim keeps others off its event that nobody has ended: its execution may have died. */
const CLAIM_LIVES = 15 * 60 * 1000;

/** Until when a claim keeps others off its event, in epoch milliseconds. */
function claimEnds({ state, createdAt, updatedAt }) {
	if (state === 'done') return Infinity;
	const death = new Date(createdAt).getTime() + CLAIM_LIVES;
	return state === 'released' ? Math.min(new Date(updatedAt).getTime(), death) : death;
}

/**
 * The claims that have, or had, their event: those that were stored while no lower one of their key
 * had it. The others hold nothing, whatever becomes of them: a copy that came while an execution was at
 * work must not keep the next try off when that execution fails. It goes by when a row was stored and
 * not by what it saw, so that everybody who reads later comes to the same answer.
 *
 * @param rows of hris_event_claims; of each key all up to the highest that is asked about
 */
function heldClaims(rows) {
	const unique = [...new Map(rows.map((row) => [row.id, row])).values()];
	const endByKey = new Map();
	return unique
		.sort((one, other) => one.id - other.id)
		.filter((row) => {
			const end = endByKey.get(row.key) ?? -Infinity;
			if (new Date(row.createdAt).getTime() < end) return false;
			endByKey.set(row.key, Math.max(end, claimEnds(row)));
			return true;
		});
}
