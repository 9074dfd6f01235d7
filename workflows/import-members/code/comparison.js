const settings = $('Settings').first().json;
checkImportSettings(settings);
const stored = (node) =>
	$(node)
		.all()
		.map(({ json }) => json)
		.filter(({ id }) => id !== undefined);

return comparedMembers({
	members: stored('Members'),
	groups: stored('Groups'),
	rows: stored('Rows'),
	links: stored('Links'),
	settings,
}).map((json) => ({ json }));
