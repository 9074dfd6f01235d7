// Leavers who stay, and those about whom a person has to decide, are on record as well.
const OUTCOMES = { stays: 'stays', ask: 'failed' };
return $('Verdicts')
	.all()
	.flatMap(({ json }) => {
		const { event, verdict, person, why, effectiveAt, knownAt } = json;
		const outcome = OUTCOMES[verdict];
		if (!outcome) return [];
		return [
			{
				json: {
					...person,
					source: event.source,
					employeeId: event.employeeId,
					companyId: event.companyId,
					email: person.email || event.email,
					reason: why,
					reference: event.row?.reference || [event.source, event.eventId].join(' '),
					requestedBy: event.row?.requestedBy || `${event.source}, ${event.kind}`,
					effectiveAt: effectiveAt ?? '',
					knownAt,
					outcome,
					needsPerson: verdict === 'ask',
				},
			},
		];
	});
