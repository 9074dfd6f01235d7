if (!$('What came of it').isExecuted) return [];
return $('What came of it')
	.all(0, 0)
	.flatMap(({ json: { mail } }) => (mail ? [{ json: mail }] : []));
