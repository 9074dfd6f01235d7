const LOCK = 'Lock these people out';

/**
 * Whether a decision counts.
 *
 * @param rows that have the code
 * @param user of n8n who sent the form
 * @returns what is wrong with it, as a sentence, or undefined
 */
function refusalOf(rows, { user, confirmers, now }) {
	const who = emailKey(user?.email);
	const waiting = rows.filter(({ outcome }) => outcome === 'waitsForPerson');
	if (who === '') return 'Nobody is signed in to n8n, so it is not known who decides.';
	if (rows.length === 0) return 'No request has this code.';
	if (waiting.length === 0) return 'This request was decided already, or is too old.';
	if (waiting.some(({ expiresAt }) => Date.parse(expiresAt) <= now)) {
		return 'This request has expired: nobody was locked out. Send the emergency call again.';
	}
	if (rows.some(({ person }) => emailKey(person) === who)) return 'Nobody decides about themselves.';
	if (rows.some(({ requestedBy, source }) => [emailKey(requestedBy), emailKey(source)].includes(who))) {
		return 'Whoever asked for it cannot confirm it.';
	}
	if (confirmers.length > 0 && !confirmers.map(emailKey).includes(who)) {
		return `${who} is not among the confirmers of Settings.`;
	}
	return undefined;
}
