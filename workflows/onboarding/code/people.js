// Each event with what the HRIS said about its person. No answer is never "nobody": then the HRIS could
// not be read.
const questions = $('Questions').isExecuted ? $('Questions').all().map(({ json }) => json) : [];
const answers = $('Ask the HRIS').isExecuted ? $('Ask the HRIS').all() : [];

function questionNumber({ pairedItem }) {
	const paired = Array.isArray(pairedItem) ? pairedItem[0] : pairedItem;
	return typeof paired === 'object' ? paired?.item : paired;
}

/** The row of scheduled_changes that an event from the sweep stands for. */
function rowIdOf({ door, row, eventId }) {
	if (door !== 'WhenCalled') return 0;
	return Number(row?.rowId || /^scheduled:(\d+)$/.exec(eventId)?.[1]) || 0;
}

return $('Mine to do').all().map(({ json: event }, index) => {
	const asked = questions.findIndex((question) => question.event === index);
	const own = answers.filter((answer) => asked >= 0 && questionNumber(answer) === asked).map(({ json }) => json);
	const failure = own.find((answer) => typeof answer.found !== 'boolean');
	const unreadable = failure?.error ?? (failure || own.length === 0 ? 'the source gave no answer.' : undefined);
	const records = own.filter(({ found }) => found === true).map(withBareAddresses);
	const record = records.find(({ sourceId }) => sourceId === event.employeeId) ?? records[0];
	return {
		json: {
			event: { ...event, rowId: rowIdOf(event) },
			records,
			...(asked >= 0 && unreadable ? { unreadable: String(unreadable) } : {}),
			// Keys to look rows up by, which must not be empty.
			rowId: rowIdOf(event),
			employeeId: event.employeeId || record?.sourceId || '-',
			email: record?.email || event.email || '(none)',
		},
		pairedItem: index,
	};
});
