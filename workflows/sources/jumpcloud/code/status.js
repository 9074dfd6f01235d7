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
	return directoryStanding('JumpCloud', marked(), JUMPCLOUD_WORDS, ownWords);
}
