const settings = $('Settings').first().json;
const cycles = tableRows($('Read cycles').all()).sort((one, other) => other.id - one.id);
const now = Date.now();
const standing = standingOf(cycles, settings, now);
const html = statusPage({
	name: $workflow.name,
	standing,
	cycles,
	plans: tableRows($('Read plans').all()),
	query: String($('StatusPage').first().json.query?.q ?? '').slice(0, 200),
	everyMinutes: settings.everyMinutes,
	...modeOf(standing, settings),
	formUrl: `${String(settings.n8nUrl ?? '').replace(/\/+$/, '')}/form/${PATHS.form}`,
	zone: $now.zoneName,
	now,
});
return [{ json: { html } }];
