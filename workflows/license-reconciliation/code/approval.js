const YES = 'Yes, end these seats';

/**
 * What an answer in the approval form means.
 *
 * @param rows of license_removals with the code
 * @param form { decider, answer } as the form gives them
 * @returns { decision, sentence, row }, where decision is `approved`, `declined`, `expired` or `refused`
 */
function decisionOn(rows, { decider, answer }, { approvers, now }) {
	const who = emailKey(decider);
	const [row] = rows;
	const refused = (sentence) => ({ decision: 'refused', sentence: `${sentence} Nothing was done.`, row });
	if (!isEmail(who)) return refused('Put in your own email address: the record names who decided.');
	if (row === undefined) return refused('Nothing that waits has this code.');
	if (row.state !== 'waiting') return refused(`This was decided before: it is ${row.state}.`);
	if (!(Date.parse(row.expiresAt) > now)) {
		return { decision: 'expired', sentence: 'This request has expired. Nothing was done.', row };
	}
	if (who === emailKey(row.askedBy)) return refused('Whoever asked for it cannot approve it.');
	if (JSON.parse(row.seats).some(({ email }) => emailKey(email) === who)) return refused('Your own seat is on the list, so somebody else has to decide.');
	if (approvers.length > 0 && !approvers.map(emailKey).includes(who)) return refused('You are not among the approvers of Settings.');
	if (answer !== YES) return { decision: 'declined', sentence: 'You said no. Nothing was done.', row };
	return { decision: 'approved', sentence: '', row };
}
