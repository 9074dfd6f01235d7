const searches = $('To look up').isExecuted ? $('To look up').all().map(({ json }) => json) : [];
const found = $('Look in Notion').isExecuted ? $('Look in Notion').all() : [];

/** Who was found for a verdict. The node gives one item for each search, in their order. */
function memberFor(index) {
	const position = searches.findIndex(({ verdict }) => verdict === index);
	// Without an address nobody can be meant.
	if (position < 0) return {};
	const { json = {}, error } = found[position] ?? {};
	if (json.id) return { member: json };
	const kind = error?.context?.kind;
	if (kind === 'notFound') return {};
	return { failure: { text: json.error ?? 'The node "Look in Notion" could not run.', kind } };
}

return $('Verdict').all().map(({ json }, index) => {
	const verdict = json.look ? withMember(json, memberFor(index), Date.now()) : json;
	const { record, event } = verdict;
	const person = record ? personFrom(record, event) : {};
	const { trouble, unknownEvent } = event;
	const who = nameOf(event, record);
	return {
		json: {
			...verdict,
			// What the door found odd about the event is told, whatever came of it.
			...(trouble ? { alarm: { key: `onboarding: ${unknownEvent ?? who}`, text: [`${who}:`, trouble, verdict.alarm && verdict.note].filter(Boolean).join(' ') } } : {}),
			groups: verdict.act === 'create' ? verdict.groups : [],
			person,
			email: record?.email ?? event.email ?? '',
			employeeId: record?.sourceId ?? event.employeeId ?? '',
			source: record?.source || event.source || $('Settings').first().json.source,
			companyId: record?.companyId ?? event.companyId ?? '',
		},
		pairedItem: index,
	};
});
