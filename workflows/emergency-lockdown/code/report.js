const { rows } = $input.first().json;
const { notFoundIsTrouble } = $('Settings').first().json;
const troubles = troublesIn(rows, { notFoundIsTrouble });
const isRed = troubles.length > 0;

return [
	{
		json: {
			isRed,
			rows: rows.map(({ person, app, outcome, verified, ms, error }) => ({ person, app, outcome, verified, ms, error })),
			unanswered: rows.filter(({ outcome }) => outcome === 'intended').map(({ entry }) => entry),
			text: troubles.join('\n'),
			...(isRed
				? {
						alarm: {
							key: `emergency-lockdown: ${rows[0].request}`,
							text: `Not everything of an emergency call could be done. End this access by hand, now:\n${listed(troubles, `the rows of execution ${$execution.id}`)}`,
						},
					}
				: {}),
		},
	},
];
