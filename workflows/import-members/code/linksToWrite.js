return $('Preview')
	.first()
	.json.toWrite.links.map((json) => ({ json }));
