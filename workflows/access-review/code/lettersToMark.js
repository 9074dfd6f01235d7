const at = new Date($('Due').first().json.now).toISOString();
return $('Letters sent')
	.all()
	.filter(({ json }) => json.isSent)
	.map(({ json }) => ({ json: { id: json.id, sentAt: at } }));
