/** An execution is given this long before it counts as dead. */
const DEAD_AFTER = 2 * 60 * 60 * 1000;

/**
 * Requests that end without anybody: those that nobody has answered in time, and those whose execution
 * died, for example because n8n was killed. Of the latter a person must know.
 *
 * @param rows of license_removals that wait or were approved
 * @returns [{ id, from, state, note, alarm? }]
 */
function requestsToEnd(rows, now) {
	return rows.flatMap(({ id, code, state, expiresAt, updatedAt }) => {
		if (state === 'waiting' && !(Date.parse(expiresAt) > now)) {
			return [{ id, from: state, state: 'expired', note: 'Nobody answered in time.' }];
		}
		if (state !== 'approved' || now - new Date(updatedAt).getTime() < DEAD_AFTER) return [];
		const note =
			'Its execution died. In directory_changes, each seat of it that may or may not have ended has the outcome lost.';
		const text = `The removal of seats with the code ${code} was approved and did not end. ${note} Look in Notion, and pick again whoever is left.`;
		return [{ id, from: state, state: 'failed', note, alarm: { key: `license-reconciliation: ${code}`, text } }];
	});
}
