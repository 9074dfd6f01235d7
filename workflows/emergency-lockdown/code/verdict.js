const SUCCESSES = ['lockedDown', 'alreadyLocked'];
const NO_TROUBLE = [...SUCCESSES, 'notSetUp', 'copy', 'waitsForPerson', 'declined', 'expired'];

/**
 * What a person has to know about the rows of one execution.
 *
 * @returns one sentence for each row in which access may not have ended
 */
function troublesIn(rows, { notFoundIsTrouble }) {
	const isTrouble = (row) => {
		if (SUCCESSES.includes(row.outcome)) return !row.verified;
		if (row.outcome === 'notFound') return notFoundIsTrouble || !isDoneSomewhere(row.person);
		return !NO_TROUBLE.includes(row.outcome);
	};
	const isDoneSomewhere = (person) =>
		rows.some((row) => row.person === person && SUCCESSES.includes(row.outcome) && row.verified);
	const nowhere = [...new Set(rows.map(({ person }) => person))].filter((person) => {
		const own = rows.filter((row) => row.person === person);
		return own.every(({ outcome }) => outcome === 'notSetUp');
	});
	const words = {
		notFound: 'nobody of this address was found',
		notVerified: 'it is not certain that access has ended',
		failed: 'access has not been ended',
		protected: 'was named, but is protected',
		intended: 'no result came in time',
	};
	return [
		...rows.filter(isTrouble).map(({ person, app, outcome, error }) => {
			const where = app === 'none' ? '' : ` in ${app}`;
			return `${person || 'Somebody'}${where}: ${words[outcome] ?? outcome}. ${error ?? ''}`.trim();
		}),
		...nowhere.map((person) => `${person}: no app is set up, so nothing was done.`),
	];
}
