// What goes into the chain: every day how things stand, at the end the evidence.
const rows = $('Rows at last')
	.all()
	.map(({ json }) => json)
	.filter(({ id }) => id !== undefined);
const { review } = $('Due').first().json;
const now = Date.now();
const after = $('Second snapshot').isExecuted ? $('Second snapshot').all(0).map(({ json }) => json) : [];
const isWhole = after.some(({ population }) => population === true);
const isOther = isWhole && !isSameWorkspace(review, rows, after);
const open = rows.filter(({ decision }) => !decision).length;
const pending = rows.filter((row) => isPending(row)).length;
if (!isWhole || isOther) {
	const state = {
		what: 'state of an access review',
		reviewId: review.reviewId,
		at: new Date(now).toISOString(),
		entries: [...rows].sort((one, other) => one.id - other.id).map(evidenceRow),
	};
	return [
		{
			json: {
				what: 'day',
				reviewId: review.reviewId,
				now,
				open,
				pending,
				decided: rows.length - open,
				text: JSON.stringify(state),
				notClosed: $('Second snapshot').isExecuted,
				isOther,
			},
		},
	];
}
const letters = $('Letters at last')
	.all()
	.map(({ json }) => json)
	.filter(({ id }) => id !== undefined);
const evidence = evidenceOf({
	review,
	rows: rows.map((row) => (isPending(row) ? { ...row, outcome: 'notCarriedOut' } : row)),
	letters,
	after,
	now,
	workflow: $workflow.name,
	execution: String($execution.id),
});
return [
	{
		json: {
			what: 'evidence',
			reviewId: review.reviewId,
			now,
			open,
			pending,
			decided: rows.length - open,
			text: JSON.stringify(evidence, null, '\t'),
			missing: evidence.totals.missing,
			stillThere: evidence.entries
				.filter((row) => isRevocation(row) && !row.goneInSecondSnapshot)
				.map(({ email, group, note }) => ({ email, group, note })),
			pendingIds: rows.filter((row) => isPending(row)).map(({ id }) => id),
		},
	},
];
