/** The rows whose managers are to be reminded, in the order in which they went through the nodes. */
function rowsToRemind() {
	return rowsOf('Take rows').filter(({ kind }) => kind === 'remind');
}

/** Whether somebody of whose pages a manager would be reminded is an active member again. */
function isBack(row) {
	const place = rowsToRemind().findIndex(({ id }) => id === row.id);
	return ['Back by ID', 'Back by address'].some((name) => {
		const { id, active } = itemsOf(name)[place]?.json ?? {};
		return Boolean(id) && active === true;
	});
}
