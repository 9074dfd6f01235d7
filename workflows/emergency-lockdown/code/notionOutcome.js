/**
 * What came of one person in Notion.
 *
 * @param item of the node Notion SCIM, from either output
 * @param wasLockedDown whether an earlier call has removed this person
 */
function outcomeInNotion({ json, error }, wasLockedDown) {
	if (json.entry !== undefined) return { outcome: 'failed', error: COULD_NOT_RUN };
	const record = json.record ?? error?.context?.record;
	const evidence = record ? { record } : {};
	if (json.outcome === 'removed' || json.outcome === 'alreadyGone') {
		if (json.verified !== true) {
			return { outcome: 'notVerified', error: 'Notion did not show that the person is gone.', evidence };
		}
		// Notion does not tell a person who was removed from one who was never there.
		if (record?.foundBy === 'nobody' && !wasLockedDown) return { outcome: 'notFound', evidence };
		return { outcome: json.outcome === 'removed' ? 'lockedDown' : 'alreadyLocked', verified: true, evidence };
	}
	const kinds = { notFound: 'notFound', notVerified: 'notVerified' };
	const reason = text(json.error) || text(error?.message) || 'The node could not run.';
	return { outcome: kinds[error?.context?.kind] ?? 'failed', error: reason, evidence };
}
