// The intentions are stored; what was stored in the window, by whomever, says what may be done now.
const settings = $('Settings').first().json;
const execution = String($execution.id);
const now = Date.now();
const rows = $input.all().map(({ json }) => json).filter(({ entry }) => entry);
const { act, copies, waiting } = divided(rows, { execution, limit: settings.limitPeople, now });

return [
	{
		json: {
			order: orderFor(act, settings),
			copies: copies.map(({ entry }) => entry),
			waiting: waiting.map(({ entry, person, request }) => ({ entry, person, request })),
			people: [...new Set(waiting.map(({ person }) => person))].sort(),
			startedAt: now,
		},
	},
];
