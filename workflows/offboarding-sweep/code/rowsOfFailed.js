// The claims of the execution that failed say which rows it had taken.
const ids = rowsOf('Claims of failed').map(({ key }) =>
	Number(/\|scheduled:(\d+)\|/.exec(String(key))?.[1]),
);
return rowsOf('Rows in work')
	.filter(({ id }) => ids.includes(id))
	.map((row) => {
		const { values, alarm } = afterFailure(
			row,
			'The execution that worked on it failed.',
			Date.now(),
		);
		return { json: { id: row.id, ...values, ...(alarm ? { alarm } : {}) } };
	});
