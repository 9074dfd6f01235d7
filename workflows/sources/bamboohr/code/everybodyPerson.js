/** Whether the owner of the API key may not see this field of this employee. */
function isHidden(row, field) {
	return (row._restrictedFields ?? []).includes(field);
}

/**
 * Where somebody in the list stands. The list tells the present row of the table employmentStatus only:
 * a last day to come is not in it.
 *
 * @returns { active, status, statusWord, startDate, endDate, explanation }
 */
function listedStanding(row, ownWords) {
	if (isHidden(row, 'status') || text(row.status) === undefined) {
		const explanation = 'The owner of the API key may not see the status. A person must look.';
		return { active: true, status: 'unknown', explanation };
	}
	const found = standing({
		status: row.status,
		rows: [],
		hireDate: row.hireDate,
		terminationDate: row.terminationDate,
		today: utcDate(),
		ownWords,
	});
	const told = (status, explanation) => ({ ...found, status, active: status !== 'inactive', explanation });
	const isOnLeave =
		(found.status === 'unknown' || found.status === 'active') &&
		meaningOfWord(row.employmentStatusName, ownWords) === 'onLeave';
	if (isOnLeave) {
		const statusWord = `${found.statusWord}, ${text(row.employmentStatusName)}`;
		return { ...told('onLeave'), statusWord };
	}
	// BambooHR says Inactive on the last day itself, and that day is worked through everywhere.
	if (found.status === 'inactive' && found.endDate >= utcDate(-1)) {
		return told('active', `The last day is ${found.endDate}.`);
	}
	// A date that is past, of somebody who is active, is of an earlier employment.
	const isPast = found.status === 'active' && found.endDate < utcDate();
	return { ...told(found.status, found.explanation), endDate: isPast ? undefined : found.endDate };
}
