/** Every change of scheduled_changes that this execution makes, of verdicts and of lockdowns. */
function allRows() {
	const verdicts = $('Verdicts')
		.all()
		.flatMap(({ json }) => (json.verdict === 'removeNow' ? [] : json.rows));
	const done = $('What came of it').isExecuted
		? $('What came of it')
				.all(0, 0)
				.flatMap(({ json }) => json.rows)
		: [];
	return [...verdicts, ...done];
}
