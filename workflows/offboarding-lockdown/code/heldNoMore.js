// Whoever stays, is gone or waits for another decision is no longer on the list of ReleaseForm.
const outcomes = $('What came of it').isExecuted
	? $('What came of it')
			.all(0, 0)
			.map(({ json }) => json)
	: [];
return $('Verdicts')
	.all()
	.flatMap(({ json: { event, verdict, kind } }) => {
		const result = outcomes.find(({ claimKey }) => claimKey === event.claimKey)?.outcome ?? verdict;
		if (!isHeldNoMore(result, kind)) return [];
		const { source, employeeId, email } = event;
		if (!employeeId && !email) return [];
		return [
			{
				json: {
					source,
					column: employeeId ? 'employeeId' : 'email',
					value: employeeId || email,
				},
			},
		];
	});
