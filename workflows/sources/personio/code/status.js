/** Whoever has one employment that goes on is not a leaver, whatever became of the others. */
const STRONGEST_FIRST = ['active', 'onLeave', 'notStarted', 'unknown', 'inactive'];

/**
 * Where somebody stands, by all employments.
 *
 * @param lastDay of Settings: `employment` for the end of the contract, `work` for the last working day
 * @returns with `employment`, the one that counts
 */
function standing({ employments, lastDay, ownWords }) {
	const judged = employments.map((employment) => {
		const { termination = {} } = employment;
		const ends = [
			termination?.termination_date,
			employment.employment_end_date,
			termination?.last_working_day,
		];
		if (lastDay === 'work') ends.unshift(termination?.last_working_day);
		return {
			employment,
			meaning: meaningOf(employment.status, PERSONIO_WORDS, ownWords) ?? 'unknown',
			startDate: dateText(employment.employment_start_date),
			endDate: ends.map(dateText).find(Boolean),
			ends,
		};
	});
	judged.sort(
		(a, b) =>
			STRONGEST_FIRST.indexOf(a.meaning) - STRONGEST_FIRST.indexOf(b.meaning) ||
			(b.startDate ?? '').localeCompare(a.startDate ?? ''),
	);
	const [best] = judged;
	if (best === undefined) {
		return {
			status: 'unknown',
			explanation: 'Personio gives no employment of this person. A person must look.',
		};
	}
	const { employment, meaning, startDate, endDate, ends } = best;
	const statusWord = text(employment.status);
	const told = (status, explanation, lastOne = endDate) => {
		const found = { employment, status, statusWord, startDate, endDate: lastOne, explanation };
		return inDoubt(inDoubtOfDates(found, ends));
	};

	if (meaning === 'unknown') {
		return told(
			'unknown',
			`Personio says "${statusWord ?? ''}", a status that this workflow does not know. Settings has a place for it. A person must look.`,
		);
	}
	if (meaning === 'inactive' && endDate === undefined) {
		return told('unknown', 'Inactive in Personio, without a last day. A person must look.');
	}
	const left = judged.find((other) => other.meaning === 'inactive' && other.endDate !== undefined);
	if (meaning === 'notStarted' && left !== undefined) {
		return told(
			'notStarted',
			`Left on ${left.endDate} and will be back on ${startDate ?? 'a day to come'}.`,
			left.endDate,
		);
	}
	return told(meaning);
}
