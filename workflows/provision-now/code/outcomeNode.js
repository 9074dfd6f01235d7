// Everything that happened, in one item: for the page, the mail and whoever called.
const { only, requestedBy, door } = $('Request').first().json;
const { policy } = $('Context').first().json;
const { planError } = $('Planned').first().json;
const verdict = $('Verdict').first().json;
const summary = $('Plan').all(1)[0]?.json;
const items = planError
	? []
	: $('Plan')
			.all(0)
			.map(({ json }) => json);
const stored = $('Results').isExecuted
	? $('Results')
			.all()
			.map(({ json }) => json)
	: [];
const results = new Map(stored.map((result, position) => [verdict.apply[position], result]));
const again = againOf();
const steps = stepsOf({
	only,
	people: $('People')
		.all()
		.map(({ json }) => json),
	items,
	summary,
	planError: planError || undefined,
	links: JSON.parse(policy.links),
	results,
	decided: verdict.decided,
	again,
});
const wrong = stored.filter(
	({ outcome }) => !['done', 'unchanged', 'blocked', 'held'].includes(outcome),
);
const outcomes = stored.reduce(
	(sums, { outcome }) => ({ ...sums, [outcome]: (sums[outcome] ?? 0) + 1 }),
	{},
);
const said = Object.entries(outcomes)
	.map(([outcome, count]) => `${count} ${outcome}`)
	.join(', ');
const title = planError
	? 'It could not be planned'
	: stored.length > 0
		? `Provision now: ${said}`
		: 'Provision now: nothing was done';
const isWrong = Boolean(planError) || wrong.length > 0;
return [
	{
		json: {
			person: only,
			requestedBy,
			door,
			title,
			steps,
			outcomes,
			verified: again === undefined ? null : again.startsWith('Planned again'),
			html: stepsHtml(steps),
			text: `${requestedBy ? `Asked by ${requestedBy}.\n\n` : ''}${stepsText(steps)}\n`,
			changed: stored.length > 0,
			message: isWrong
				? `Provision now for ${only}: ${planError || wrong.map(({ note }) => note).join(' ')}`
				: '',
			...(isWrong
				? {
						alarm: {
							key: 'Provision now: went wrong',
							text: `${only}: ${planError || wrong.map(({ outcome, note }) => `${outcome}: ${note}`).join(' ')}`,
						},
					}
				: {}),
		},
	},
];

/** How a second plan saw it; undefined where nothing was done. */
function againOf() {
	if (!$('Plan again').isExecuted) return undefined;
	const second = $('Plan again').all(1)[0]?.json;
	if (!second?.planDigest) return 'It could not be looked at again.';
	const left = $('Plan again')
		.all(0)
		.map(({ json }) => json)
		.filter(({ action, guard }) => action !== 'none' && guard === 'ok');
	return left.length === 0
		? 'Planned again: nothing is left to do.'
		: `Still to do: ${left.map(({ explanation }) => explanation).join(' ')}`;
}
