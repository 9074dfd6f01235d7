return $('Nightly').isExecuted
	? deadClaims(rowsOf('Read claims of nights'), Date.now()).map(({ id }) => ({ json: { id } }))
	: [];
