// The result of each intention, and of those whose execution died before it could store one.
if (!$('What came of it').isExecuted) return [];
return $('What came of it')
	.all(0, 0)
	.flatMap(({ json: { id, audit, dead } }) => [...dead, { id, audit }])
	.map((json) => ({ json }));
