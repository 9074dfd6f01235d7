// What the HRIS and Notion say, side by side.
const settings = $('Settings').first().json;
const found = compare({
	reading: hrisReading(itemsOf('HRIS leavers').map(({ json }) => json)),
	members: memberReading(itemsOf('Members').map(({ json }) => json)),
	links: rowsOf('Read links'),
	audit: rowsOf('Read audit'),
	rows: rowsOf('Read rows'),
	settings,
	now: Date.now(),
});
return [{ json: { ...found, isNight: $('Nightly').isExecuted } }];
