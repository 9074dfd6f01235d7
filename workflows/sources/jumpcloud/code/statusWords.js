/**
 * What JumpCloud's states mean. It has none for somebody who has left: where a company suspends
 * leavers, it says so in Settings. Who is locked out comes back by themselves.
 * https://jumpcloud.com/support/manage-user-states
 */
const STATUS_WORDS = {
	staged: 'notStarted',
	activated: 'active',
	suspended: 'suspended',
	lockedout: 'active',
	passwordpending: 'active',
};

/**
 * Where somebody stands, by the state of their account and the marks beside it.
 *
 * @param user { state, suspended, activated, account_locked }; older records have no state
 */
function standing({ state, suspended, activated, account_locked: locked }, ownWords) {
	const marked = () => {
		if (suspended === true) return 'SUSPENDED';
		if (text(state) !== undefined && text(state) !== 'ACTIVATED') return text(state);
		if (locked === true) return 'LOCKED OUT';
		if (activated === false) return 'PASSWORD PENDING';
		return text(state) ?? (activated === true ? 'ACTIVATED' : undefined);
	};
	return directoryStanding('JumpCloud', marked(), STATUS_WORDS, ownWords);
}
