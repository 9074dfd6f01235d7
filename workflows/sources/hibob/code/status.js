/**
 * Where somebody stands.
 *
 * @param lifecycle the lifecycle status as people read it, and as machines do
 * @param access field `internal.status`: whether somebody can use Bob, which says little by itself
 */
function standing({ lifecycle, access, startDate, lastDayOfWork, terminationDate, ownWords }) {
	const statusWord = text(lifecycle[0]) ?? text(lifecycle[1]) ?? text(access);
	const endDates = [dateText(lastDayOfWork), dateText(terminationDate)].filter(Boolean).sort();
	const begun = dateText(startDate);
	// What ended before the present employment began is of an earlier one.
	const [endDate] = endDates.filter((date) => begun === undefined || date >= begun);
	const told = (status, explanation) => {
		const found = { status, statusWord, startDate: begun, endDate, explanation };
		return inDoubt(inDoubtOfDates(found, [lastDayOfWork, terminationDate]));
	};

	const hasLifecycle = text(lifecycle[0]) !== undefined || text(lifecycle[1]) !== undefined;
	if (!hasLifecycle) {
		if (text(access)?.toLowerCase() === 'active') return told('active');
		if (endDate !== undefined) return told('inactive');
		return told(
			'unknown',
			`Bob says "${statusWord ?? ''}" and gives no lifecycle status. A person must look.`,
		);
	}
	const meaning =
		meaningOf(lifecycle[0], HIBOB_WORDS, ownWords) ??
		meaningOf(lifecycle[1], HIBOB_WORDS, ownWords);
	if (meaning === undefined) {
		return told(
			'unknown',
			`Bob says "${statusWord}", a status that this workflow does not know. Settings has a place for it. A person must look.`,
		);
	}
	if (meaning === 'inactive' && endDate === undefined) {
		return told('unknown', `Bob says "${statusWord}" without a last day. A person must look.`);
	}
	return told(meaning);
}
