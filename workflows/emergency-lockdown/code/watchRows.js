/**
 * The rows by which offboarding-sweep looks whether somebody who was removed from Notion is a member
 * again: at the instants that the record of the lockdown names.
 *
 * @param results rows of emergency_results
 */
function watchRows(results) {
	return results.flatMap(({ app, person, account, reference, evidence }) => {
		if (app !== 'Notion') return [];
		const { record } = JSON.parse(evidence || '{}');
		return (record?.watchAt ?? []).map((dueAt) => ({
			kind: 'watch',
			state: 'waiting',
			dueAt,
			source: 'emergency',
			email: record.person?.email || person,
			displayName: record.person?.displayName ?? '',
			userId: account || record.person?.id || '',
			about: JSON.stringify({ removedAt: record.removedAt, reference }),
			attempts: 0,
			note: 'Has this person come back after an emergency?',
		}));
	});
}
