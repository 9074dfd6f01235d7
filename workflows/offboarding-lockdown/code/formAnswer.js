// What the page shows in the end: the list, why nothing was done, or what came of the release.
const decided = $('Decide').first().json;
if (decided.decision === 'show') return [{ json: { html: listPage(decided) } }];
if (decided.decision !== 'approved')
	return [{ json: { html: page(`<p>${escaped(decided.sentence)}</p>`) } }];

const rows = $('Read released')
	.all()
	.map(({ json }) => json)
	.filter(({ id }) => id !== undefined && !decided.held.includes(id));
const counts = rows.reduce(
	(sums, { outcome }) => ({ ...sums, [outcome]: (sums[outcome] ?? 0) + 1 }),
	{},
);
const lines = Object.entries(counts).map(
	([outcome, count]) => `<li>${escaped(outcome)}: ${count}</li>`,
);
return [
	{
		json: {
			html: page(
				`<p>${decided.people.length} leavers were released by ${escaped(decided.approvedBy)}.</p><ul>${lines.join('')}</ul>` +
					'<p>What could not be done is told by mail, and stands in the table notion_leaver_audit.</p>',
			),
		},
	},
];
