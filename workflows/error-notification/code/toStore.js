// The step before read what is known of these kinds of alarms.
const rows = $input.all().map(({ json }) => json);
const alarms = $('New alarms').all().map(({ json }) => json);
return notOpenYet(alarms, rows).map((json) => ({ json }));
