/**
 * What the clock finds: requests about which nobody decided in time, and intentions whose execution
 * died, as with a restart of n8n. Those go through the limit, since nobody knows whether they ever did,
 * are done once more, and given up after that.
 *
 * @param rows the open ones, and those of the window of the limit
 * @param execution id of the clock's own execution
 * @param patience milliseconds that an execution waits for the apps
 * @returns the rows to change. `next` is `again` on those to act on, `copy` and `wait` on those to set
 * aside; `alarm` is what a person must know, once for all rows that it is about
 */
function overdueRows(rows, { execution, patience, limit, now }) {
	const begun = (row) => Date.parse(row.endedAt || row.decidedAt || row.askedAt);
	const isDead = (row) => row.outcome === 'intended' && now - begun(row) >= patience + DEAD_AFTER;
	const isMine = (row) => isDead(row) && row.attempts < 2;
	const { act, copies, waiting } = divided(rows, { isMine, limit, now });

	const expired = rows.filter(({ outcome, expiresAt }) => outcome === 'waitsForPerson' && Date.parse(expiresAt) <= now);
	const codes = [...new Set(expired.map(({ code }) => code))];
	const died = rows.filter((row) => isDead(row) && !isMine(row));

	return [
		...codes.flatMap((code) => {
			const ofCode = expired.filter((row) => row.code === code);
			const people = [...new Set(ofCode.map(({ person }) => person))];
			return ended(ofCode, 'expired', 'Nobody decided in time.', {
				key: `emergency-lockdown: ${code} expired`,
				text: `Nobody decided about the emergency call with the code ${code}. If these people should be locked out, send the call again. They were not: ${listed(people, `the rows with the code ${code}`, ', ')}`,
			});
		}),
		...ended(died, 'notVerified', 'It was begun twice and did not end.', {
			key: `emergency-lockdown: ${execution} died`,
			text: `A lockdown was begun twice and did not end. It is not certain that access has ended. End it by hand, now:\n${listed(
				died.map(({ person, app }) => `${person} in ${app}`),
				'the rows whose error says "begun twice"',
			)}`,
		}),
		...act.map((row) => ({ ...row, error: '', attempts: row.attempts + 1, execution, next: 'again' })),
		...copies.map((row) => ({ ...row, next: 'copy' })),
		...waiting.map((row) => ({ ...row, next: 'wait' })),
	];
}

/** The rows with what came of them; the first one carries the alarm about all. */
function ended(rows, outcome, error, alarm) {
	return rows.map((row, index) => ({ ...row, outcome, error, ...(index === 0 ? { alarm } : {}) }));
}
