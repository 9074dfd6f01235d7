// Their executions died, with n8n or without it.
const now = Date.now();
return stuckRows(rowsOf('Read open rows'), now).map((row) => {
	const { id, values, alarm } = afterFailure(row, 'The execution that worked on it died.', now);
	return { json: { id, ...values, ...(alarm ? { alarm } : {}) } };
});
