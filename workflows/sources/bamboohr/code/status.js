function meaningOfWord(word, ownWords) {
	return meaningOf(word, BAMBOOHR_WORDS, ownWords);
}

/**
 * Where somebody stands.
 *
 * @param status field `status`
 * @param rows of the table employmentStatus: { date, employmentStatus }, in any order, also of the future;
 * where only the present row is known, that one
 * @param hireDate BambooHR moves it to the day of a rehire
 * @param terminationDate field of that name, which may be of an earlier employment
 * @param today in UTC
 * @param ownWords of Settings: { word: meaning }
 * @returns { status, statusWord, startDate, endDate, explanation }
 */
function standing({ status, rows, hireDate, terminationDate, today, ownWords }) {
	const statusWord = text(status);
	const byDate = rows
		.flatMap((row) => (dateText(row.date) ? [{ ...row, date: dateText(row.date) }] : []))
		.sort((a, b) => a.date.localeCompare(b.date) || Number(a.id) - Number(b.id));
	const isEnd = (row) =>
		row !== undefined && meaningOfWord(row.employmentStatus, ownWords) === 'inactive';
	const current = byDate.findLast(({ date }) => date <= today);
	const last = byDate.at(-1);

	let startDate = dateText(hireDate);
	// A termination that another row follows is of an earlier employment.
	let endDate = isEnd(last) ? last.date : undefined;
	const endsBeforeItStarts = (date) =>
		date !== undefined && startDate !== undefined && date < startDate;
	if (byDate.length === 0 && !endsBeforeItStarts(dateText(terminationDate))) {
		endDate = dateText(terminationDate);
	}
	const told = (meaning, explanation) => {
		const ends = rows.length > 0 ? rows.map(({ date }) => date) : [terminationDate];
		const found = inDoubtOfDates({ status: meaning, statusWord, startDate, endDate, explanation }, ends);
		// The list gives no rows, and there a date may be of an earlier employment.
		return byDate.length > 0 ? inDoubt(found) : found;
	};

	const meaning = meaningOfWord(status, ownWords);
	if (meaning === 'active') {
		return told(
			meaningOfWord(current?.employmentStatus, ownWords) === 'onLeave' ? 'onLeave' : 'active',
		);
	}
	if (meaning !== 'inactive') {
		return told(
			'unknown',
			`BambooHR says "${statusWord ?? ''}", a status that this workflow does not know. A person must look.`,
		);
	}
	if (endDate !== undefined) return told('inactive');

	// Somebody who is hired for a later day is inactive until then; a day more, for all time zones.
	const beginsLater = (date) => date !== undefined && date >= utcDate(-1);
	if (isEnd(current) && last !== current) {
		startDate = byDate.find(({ date }) => date > current.date).date;
		endDate = current.date;
		return told('notStarted', `Left on ${endDate} and will be back on ${startDate}.`);
	}
	if (beginsLater(startDate)) return told('notStarted');
	if (meaningOfWord(current?.employmentStatus, ownWords) === 'onLeave') return told('onLeave');
	return told(
		'unknown',
		'Inactive in BambooHR, without a date of termination. A person must look.',
	);
}
