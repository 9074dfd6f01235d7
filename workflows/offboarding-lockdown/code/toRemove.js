// Who is to be removed now, with what the record will say about why.
return $('Verdicts')
	.all()
	.flatMap(({ json }) => {
		if (json.verdict !== 'removeNow') return [];
		const { event, person, kind, why, effectiveAt, effectiveDate, knownAt, rows, label } = json;
		const { email, displayName, managerEmail, userId } = person;
		return [
			{
				json: {
					claimKey: event.claimKey,
					eventId: event.eventId,
					source: event.source,
					employeeId: event.employeeId,
					companyId: event.companyId,
					kind,
					label,
					email,
					displayName,
					managerEmail,
					userId,
					effectiveAt,
					effectiveDate: effectiveDate ?? '',
					timeZone: json.timeZone ?? '',
					knownAt,
					reason: why,
					reference: event.row?.reference || [event.source, event.eventId].join(' '),
					requestedBy: event.row?.requestedBy || `${event.source}, ${kind}`,
				},
			},
		];
	});
