// An answer that nobody needs any more. Lines that were refused or never answered stay, so that they are not forgotten.
const keepsLines = ['expired', 'declined'];
const plans = tableRows($('Read plans').all());
return $('Outcome')
	.first()
	.json.endPlans.map(({ id, state }) => ({
		json: {
			id,
			state,
			items: keepsLines.includes(state) ? (plans.find((plan) => plan.id === id)?.items ?? '') : '',
		},
	}));
