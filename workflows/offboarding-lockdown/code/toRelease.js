// Each comes back as an event: the HRIS is read again before anybody is removed.
const { people, approvedBy, reference } = $('Decide').first().json;
return people.map(({ id, source, employeeId, companyId, email }) => ({
	json: {
		kind: 'release',
		source: source ?? '',
		employeeId: employeeId ?? '',
		companyId: companyId ?? '',
		email: email ?? '',
		eventId: `release:${id}`,
		timeZone: '',
		requestedBy: approvedBy,
		reference,
	},
}));
