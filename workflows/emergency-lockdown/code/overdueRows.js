/**
 * What the clock finds: requests about which nobody decided in time, and intentions whose execution
 * died, as with a restart of n8n. Those are done once more, and given up after that.
 *
 * @param execution id of the clock's own execution
 * @param patience milliseconds that an execution waits for the apps
 * @returns the rows to change; `again` on those to act on, `alarm` on those a person must know of
 */
function overdueRows(rows, { execution, patience, now }) {
	return rows.flatMap((row) => {
		const { outcome, expiresAt, person, app, code, entry } = row;
		if (outcome === 'waitsForPerson') {
			if (Date.parse(expiresAt) > now) return [];
			const alarm = {
				key: `emergency-lockdown: ${code} expired`,
				text: `Nobody decided about the emergency call with the code ${code}, so ${person} and whoever else waited with it were not locked out. If they should be, send the call again.`,
			};
			return [{ ...row, outcome: 'expired', error: 'Nobody decided in time.', alarm }];
		}
		const begun = Date.parse(row.endedAt || row.decidedAt || row.askedAt);
		if (outcome !== 'intended' || now - begun < patience + DEAD_AFTER) return [];
		if (row.attempts < 2) {
			return [{ ...row, error: '', attempts: row.attempts + 1, execution, again: true }];
		}
		const alarm = {
			key: `emergency-lockdown: ${entry} died`,
			text: `${person} in ${app}: the lockdown was begun twice and did not end. It is not certain that access has ended. End it by hand, now.`,
		};
		return [{ ...row, outcome: 'notVerified', error: 'It was begun twice and did not end.', alarm }];
	});
}
