// One mail for everything that is this execution's to tell.
const groups = $input.all().map(({ json }) => json);
if (groups.length === 0) return [];
const settings = { ...$('Settings').first().json, timeZone: $now.zoneName };
return [{ json: { ...digestOf(groups, settings), groups } }];
