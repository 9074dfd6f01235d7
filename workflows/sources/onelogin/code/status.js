/**
 * OneLogin's numbers, and what OneLogin itself calls them.
 * https://developers.onelogin.com/api-docs/2/users/user-resource
 */
const STATUSES = {
	0: 'Unactivated',
	1: 'Active',
	2: 'Suspended',
	3: 'Locked',
	4: 'Password expired',
	5: 'Awaiting password reset',
	7: 'Password pending',
	8: 'Security questions required',
};
const STATES = { 0: 'Unapproved', 1: 'Approved', 2: 'Rejected', 3: 'Unlicensed' };

/**
 * Where somebody stands, by the two numbers of their account. Who is not approved cannot use it,
 * whatever its status.
 */
function standing({ status, state }, ownWords) {
	const wordOf = (words, number) => words[text(number) ?? ''] ?? `number ${text(number) ?? 'missing'}`;
	const byStatus = directoryStanding('OneLogin', wordOf(STATUSES, status), ONELOGIN_WORDS, ownWords);
	const isApproved = text(state) === undefined || text(state) === '1';
	// A suspension, or what a company takes for leaving, says more than a state.
	if (isApproved || byStatus.status === 'inactive') return byStatus;
	const byState = directoryStanding('OneLogin', wordOf(STATES, state), ONELOGIN_WORDS, ownWords);
	const isKept = byStatus.status === 'suspended' && byState.status !== 'inactive';
	return { ...(isKept ? byStatus : byState), statusWord: `${byStatus.statusWord}, ${byState.statusWord}` };
}
