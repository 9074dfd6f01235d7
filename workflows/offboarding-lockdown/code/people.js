// The tables are there: back to the events that are this execution's to do.
const settings = $('Settings').first().json;
return $('Mine to do')
	.all()
	.map(({ json }, index) => ({
		json: { ...json, source: sourceOf(json, settings) },
		pairedItem: index,
	}));
