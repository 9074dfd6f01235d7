// Called with what is known; everything is checked again there before anybody is removed.
const { missed, unfinished, isNight } = $('Comparison').first().json;
if (!isNight) return [];
return [...missed, ...unfinished].map(({ record, member }) => ({
	json: {
		kind: 'left',
		source: record.source,
		employeeId: record.sourceId,
		companyId: record.companyId ?? '',
		email: record.email ?? member?.email ?? '',
		eventId: `nightly:${new Date().toISOString().slice(0, 10)}`,
		timeZone: record.timeZone ?? '',
		rowId: '',
		requestedBy: 'Nightly sweep',
		reference: member
			? `Last day ${record.endDate}, missed until the nightly comparison`
			: `Last day ${record.endDate}, removal begun and not finished until the nightly comparison`,
		name: nameOf(record),
	},
}));
