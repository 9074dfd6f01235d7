/** Leavers whom the called workflow could not deal with. It has told why; here it is only counted. */
function missedFailures() {
	const calls = $('Missed').isExecuted
		? $('Missed')
				.all()
				.map(({ json }) => json)
		: [];
	if (calls.length === 0) return [];
	const reasons = itemsOf('Lock out missed', 1).map(({ json }) => String(json.error));
	// A node that is switched off gives out what it was given.
	const isSwitchedOff = itemsOf('Lock out missed').some(
		({ json }) => json.eventId === calls[0].eventId && json.name === calls[0].name,
	);
	const failed = isSwitchedOff ? calls.length : reasons.length;
	if (failed === 0) return [];
	const why = isSwitchedOff
		? 'The node Lock out missed is switched off.'
		: someOf([...new Set(reasons)], 5);
	return [
		{
			key: 'sweep: missed',
			text: `Of ${calls.length} leavers who were still members or whose removal was not finished (${someOf(calls.map(({ name }) => name))}), ${failed} could not be dealt with: ${why} It is tried again next night.`,
		},
	];
}
