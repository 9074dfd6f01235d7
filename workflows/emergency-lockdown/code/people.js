const door = ['HrisEvents', 'HrisWebhook'].find((name) => $(name).isExecuted);
const { protectedResponders, apps } = $('Settings').first().json;
const calls = callsIn(door, $(door).all().map(({ json }) => json));

return rowsFor(calls, { protectedResponders, apps, door, execution: $execution.id, now: Date.now() }).map(
	(json) => ({ json }),
);
