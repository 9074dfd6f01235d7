return allRows().flatMap(({ id, values }) =>
	id === undefined ? [] : [{ json: { id, ...values } }],
);
