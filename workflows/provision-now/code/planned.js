// What would be done, and the page that asks.
const { only, requestedBy } = $('Request').first().json;
const { policy } = $('Context').first().json;
const summary = $('Plan').all(1)[0]?.json;
const isPlanned = Boolean(summary?.planDigest);
const failure = $('Plan').all(2)[0];
const planError = isPlanned
	? undefined
	: (failure?.error?.message ??
		failure?.json.error?.message ??
		failure?.json.error ??
		'The plan gave no answer.');
const items = isPlanned
	? $('Plan')
			.all(0)
			.map(({ json }) => json)
	: [];
const people = $('People')
	.all()
	.map(({ json }) => json);
const facts = { only, people, items, summary, planError, links: JSON.parse(policy.links) };
const steps = stepsOf(facts);
const toDo = items.flatMap(({ action, guard }, index) =>
	action !== 'none' && guard === 'ok' ? [index] : [],
);
const refusal = mayNotProvision(requestedBy, items);
const html = `${stepsHtml(steps)}${refusal && toDo.length > 0 ? `<p>${escaped(refusal)}</p>` : ''}`;
const page = [
	{ fieldType: 'html', elementName: 'steps', html },
	{
		fieldLabel: ANSWER,
		fieldType: 'dropdown',
		requiredField: true,
		fieldOptions: {
			values: [{ option: NO }, ...(refusal || toDo.length === 0 ? [] : [{ option: YES }])],
		},
	},
];
return [
	{
		json: {
			toDo,
			refusal: refusal ?? '',
			planError: planError ? String(planError) : '',
			// n8n puts this text into a JSON by a replacement in which a dollar sign has a meaning.
			page: JSON.stringify(page).replaceAll('$', '\\u0024'),
		},
	},
];
