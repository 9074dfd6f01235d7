// An execution that ended red because not everything could be done has stored its own alarm.
return $input.all().flatMap(({ json }) => {
	const { id = '?', lastNodeExecuted = 'its start', error } = json.execution ?? {};
	if (lastNodeExecuted === 'Not everything done') return [];
	const reason = error?.message ?? 'No reason was given.';
	const text =
		lastNodeExecuted === 'Decision refused'
			? `A decision about a waiting emergency call did not count (execution ${id}): ${reason}`
			: `The workflow emergency-lockdown failed at "${lastNodeExecuted}": ${reason} Look at execution ${id}, and end the access of whomever it was about by hand.`;
	return [{ json: { alarm: { key: 'emergency-lockdown: failed', text } } }];
});
