// What the page shows in the end.
const decision = $('Decision').first().json;
const after = tableRows($('Cycles after').all())
	.filter(({ startedAt, state }) => String(startedAt) >= decision.at && state !== 'acknowledged')
	.sort((one, other) => other.id - one.id)[0];
const status = `${String($('Settings').first().json.n8nUrl ?? '').replace(/\/+$/, '')}/webhook/${PATHS.status}`;
const busy =
	'Nothing was done: another cycle was running at this moment. Try again in a few minutes.';
const sentence = ['apply', 'run'].includes(decision.decision)
	? after
		? after.state === 'running'
			? 'It has begun and has not ended well, or not yet. See the status page.'
			: after.note
		: busy
	: decision.sentence;
return [
	{
		json: {
			title: decision.decision === 'nothing' ? 'Nothing was done' : 'Done',
			sentence,
			status,
		},
	},
];
