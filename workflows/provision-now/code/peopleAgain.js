// After something was done, the plan is made once more: it must find nothing left.
const results = $('Results').isExecuted ? $('Results').all() : [];
return results.length > 0
	? $('People')
			.all()
			.map(({ json }) => ({ json }))
	: [];
