const { lastDay, ownWords } = $('Settings').first().json;

/** What stands in the pages of a list. @throws Error where a page is not Personio's */
function entriesOf(name) {
	return $(name)
		.all()
		.flatMap(({ json: { statusCode, body } }) => {
			if (statusCode !== 200 || !Array.isArray(body?._data)) {
				throw new Error(`Personio's answer to "${name}" does not have the documented form.`);
			}
			return body._data;
		});
}

/** The people of an answer. @throws Error where one has no ID */
function peopleOf(name) {
	return entriesOf(name).map((person) => {
		if (text(person.id) === undefined) throw new Error('Personio gave a person without an ID.');
		return person;
	});
}

/** One item for each request: many values would make an address too long. */
function searchesFor(filter, values) {
	const once = [...new Set(values)];
	const starts = Array.from({ length: Math.ceil(once.length / 50) }, (_, index) => index * 50);
	return starts.map((start) => {
		const query = { limit: '50', [filter]: once.slice(start, start + 50).join(',') };
		return { json: { query } };
	});
}

function custom(person, id) {
	return text((person.custom_attributes ?? []).find((attribute) => attribute.id === id)?.value);
}

/** @param employments of all people */
function recordOf(person, employments, { managers = [], departments = [] } = {}) {
	const id = text(person.id);
	const own = employments.filter((employment) => text(employment.person?.id) === id);
	// Personio leaves out what the credentials may not read.
	if (
		own.length < (person.employments ?? []).length ||
		own.some(({ status }) => text(status) === undefined)
	) {
		throw new Error(
			`Personio did not give all employments of ${id}, or not their status. The API credentials must be allowed to read them.`,
		);
	}
	const { employment, ...found } = standing({ employments: own, lastDay, ownWords });
	const unit = (employment?.org_units ?? []).find(({ type }) => type === 'department');
	const manager = managers.find((other) => text(other.id) === text(employment?.supervisor?.id));
	const name = [text(person.preferred_name) ?? text(person.first_name), text(person.last_name)]
		.filter(Boolean)
		.join(' ');
	return given({
		found: true,
		source: 'personio',
		sourceId: id,
		...found,
		active: isActive(found.status),
		email: text(person.email),
		displayName: text(name),
		givenName: text(person.first_name),
		familyName: text(person.last_name),
		title: text(employment?.position?.title),
		department: text(
			departments.find((department) => text(department.id) === text(unit?.id))?.name,
		),
		employeeNumber: custom(person, 'employee_number'),
		managerEmail: text(manager?.email),
	});
}
