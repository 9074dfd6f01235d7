/** The list of all employees, put together from its pages. @throws Error where it is not whole */
function listOf(pages) {
	const problem = (sentence) =>
		new Error(`BambooHR's list of employees cannot be used: ${sentence}`);
	for (const { statusCode, body } of pages) {
		if (statusCode !== 200) throw problem(`a page was answered with status ${statusCode}.`);
		if (!Array.isArray(body?.data) || typeof body.meta?.total !== 'number') {
			throw problem('an answer does not have the documented form.');
		}
	}
	const rows = pages.flatMap(({ body }) => body.data);
	for (const row of rows) {
		const hidden = ['status', emailField].filter((name) =>
			(row._restrictedFields ?? []).includes(name),
		);
		if (hidden.length > 0) {
			throw problem(
				`the owner of the API key may not see ${hidden.join(' and ')} of every employee.`,
			);
		}
		if (text(row.employeeId) === undefined || text(row.status) === undefined) {
			throw problem('an employee has no ID or no status.');
		}
	}
	const ids = new Set(rows.map(({ employeeId }) => text(employeeId)));
	const isWhole =
		ids.size === rows.length && pages.every(({ body }) => body.meta.total === rows.length);
	return { rows, isWhole };
}

const { emailField, ownWords } = $('Settings').first().json;
const list = listOf(
	$('All employees')
		.all()
		.map(({ json }) => json),
);
const rowsById = new Map(list.rows.map((row) => [text(row.employeeId), row]));

/** The address of the manager that a row of the list names. */
function managerEmailOf(row) {
	return text(rowsById.get(text(row.reportsToId))?.[emailField]);
}
