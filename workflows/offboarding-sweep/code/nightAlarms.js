// What people must know of this night; a report made by hand raises no alarms.
const comparison = $('Comparison').first().json;
if (!comparison.isNight) return [];
const checks = alarmsOfChecks({
	audit: rowsOf('Read audit again'),
	ended: comparison.ended,
	claims: rowsOf('Read claims of nights'),
	rows: rowsOf('Read rows again'),
	settings: $('Settings').first().json,
	now: Date.now(),
});
return [
	...alarmsOfComparison(comparison, rowsOf('Read unmatched')),
	...missedFailures(),
	...checks,
].map((alarm) => ({ json: { alarm } }));
