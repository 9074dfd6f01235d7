const ids = [
	...new Set(
		$('Questions')
			.all()
			.map(({ json }) => json.employeeId)
			.filter(Boolean),
	),
];
if (ids.length === 0) return [{ json: { nobody: true } }];
return ids.map((employeeId) => ({ json: { nobody: false, employeeId } }));
