// A mail that could not be sent is written anew the next day; until then its reader counts as not asked.
const sent = $('Send letter').all();
const letters = $('Letters')
	.all()
	.map(({ json }, index) => ({
		id: json.id,
		reviewer: json.reviewer,
		isSent: sent[index]?.json.messageId !== undefined,
		error: sent[index]?.json.error ?? '',
	}));
return letters.map((json) => ({ json }));
