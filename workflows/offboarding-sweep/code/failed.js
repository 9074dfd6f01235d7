// A person has been told already of what ended red on purpose.
const { execution = {}, trigger } = $('ErrorTrigger').first().json;
if (['Rows failed', 'Night failed'].includes(execution.lastNodeExecuted)) return [];
const reason = execution.error?.message ?? trigger?.error?.message ?? 'The reason is not known.';
const node = execution.lastNodeExecuted ? ` at the node ${execution.lastNodeExecuted}` : '';
return [
	{
		json: {
			execution: String(execution.id ?? ''),
			alarm: {
				key: 'sweep: failed',
				text: `An execution of ${$workflow.name} failed${node}: ${reason} Look at execution ${execution.id ?? '(it did not start)'}. Rows of scheduled_changes that it worked on are waiting again.`,
			},
		},
	},
];
