const { rows, isYes, decidedBy, assurance, decidedAt } = $input.first().json;
return rows.map(({ entry, code }) => ({
	json: {
		entry,
		outcome: isYes ? 'intended' : 'declined',
		error: isYes ? '' : `${decidedBy} decided that nobody is locked out.`,
		decidedBy,
		assurance,
		decidedAt,
		code,
	},
}));
