// What was shown may have been decided meanwhile: the rows are read again. A page that was left open decides nothing.
const shown = $('Page').first().json;
const answer = $('Ask').isExecuted ? $('Ask').first().json[ANSWER] : undefined;
const settings = $('Settings').first().json;
const now = Date.now();
const standing = standingOf(tableRows($('Cycles now').all()), settings, now);
const plans = tableRows($('Plans now').all());
const decided = decisionOf({
	shown,
	answer,
	decider: shown.decider,
	standing,
	plans,
	approvers: shown.approvers,
	now,
});
return [
	{
		json: {
			memory: '',
			...decided,
			planId: shown.planId ?? 0,
			by: shown.decider,
			assurance: shown.assurance,
			at: new Date(now).toISOString(),
		},
	},
];
