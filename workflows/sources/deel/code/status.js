/**
 * Where somebody stands.
 *
 * @param hiringStatus Deel's word
 * @param active attribute of SCIM, which goes by itself only where there is no word
 */
function standing({ hiringStatus, active, startDate, endDate: lastDay, ownWords }) {
	const statusWord =
		text(hiringStatus) ?? (typeof active === 'boolean' ? `active: ${active}` : undefined);
	const begun = dateText(startDate);
	const ends = dateText(lastDay);
	// What ended before the present contract began is of an earlier one.
	const endDate = ends !== undefined && begun !== undefined && ends < begun ? undefined : ends;
	const told = (status, explanation) => {
		const found = { status, statusWord, startDate: begun, endDate, explanation };
		return inDoubt(inDoubtOfDates(found, [lastDay]));
	};

	let meaning = meaningOf(hiringStatus, DEEL_WORDS, ownWords);
	if (text(hiringStatus) === undefined && typeof active === 'boolean')
		meaning = active ? 'active' : 'inactive';
	if (meaning === undefined) {
		return told(
			'unknown',
			`Deel says "${statusWord ?? ''}", a status that this workflow does not know. Settings has a place for it. A person must look.`,
		);
	}
	// Papers can be missing long after the first day.
	if (meaning === 'notStarted' && active === true && begun !== undefined && begun < utcDate(-1)) {
		meaning = 'active';
	}
	if (meaning === 'active' && active === false) {
		return told(
			'unknown',
			`Deel says "${statusWord}", and at the same time that the account is not active. A person must look.`,
		);
	}
	if (meaning === 'inactive' && endDate === undefined) {
		return told('unknown', `Deel says "${statusWord}" without a last day. A person must look.`);
	}
	return told(meaning);
}
