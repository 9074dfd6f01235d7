const { others } = $('Picked lines').first().json;
const results = $('Results').isExecuted ? $('Results').all().map(({ json }) => json) : [];
const request = $('Decide').first().json;
const came = outcomeOf([...results, ...others], request, $('Settings').first().json);
const alarm = came.isRed
	? { alarm: { key: `license-reconciliation: ${request.code}`, text: `${came.subject}. ${came.note}`.slice(0, 3500) } }
	: {};
return [{ json: { ...came, id: request.id, ...alarm } }];
