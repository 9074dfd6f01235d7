// The tables are there: back to the events that are this execution's to do.
return $('Mine to do')
	.all()
	.map(({ json }, index) => ({ json, pairedItem: index }));
