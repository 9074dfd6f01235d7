// Whoever has to be found in Notion before anything is decided: by the link, otherwise by the address.
return $('Verdict').all().flatMap(({ json: { look, link, record, event } }, index) => {
	const email = record?.email || event.email;
	if (!look || !(link?.userId || email)) return [];
	return [{ json: { verdict: index, user: link?.userId || email }, pairedItem: index }];
});
