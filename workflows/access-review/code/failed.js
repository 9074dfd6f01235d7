// A person has been told already of what ended red on purpose.
const { execution = {}, trigger } = $('ErrorTrigger').first().json;
if (['Not everything was done', 'Review did not start'].includes(execution.lastNodeExecuted)) return [];
const reason = execution.error?.message ?? trigger?.error?.message ?? 'The reason is not known.';
const node = execution.lastNodeExecuted ? ` at the node ${execution.lastNodeExecuted}` : '';
return [
	{
		json: {
			alarm: {
				key: 'access review: failed',
				text: `An execution of ${$workflow.name} failed${node}: ${reason} Look at execution ${execution.id ?? '(it did not start)'}. What was decided is on record, and EveryDay does what was left undone.`,
			},
		},
	},
];
