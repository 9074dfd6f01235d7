return $input.all().flatMap(({ json: { rowIds, outcome, verified, note, record, at } }) =>
	rowIds.map((id) => ({ json: { id, outcome, verified, note, record, endedAt: at } })),
);
