const at = new Date().toISOString();
return $('Deeds')
	.all()
	.flatMap(({ json }) => json.rowIds)
	.map((id) => ({ json: { id, intendedAt: at } }));
