return $('To close')
	.first()
	.json.pendingIds.map((id) => ({ json: { id } }));
