// A person has been told already of what ended red on purpose.
const { execution = {}, trigger } = $('ErrorTrigger').first().json;
if (execution.lastNodeExecuted === 'Not everything was done') return [];
const reason = execution.error?.message ?? trigger?.error?.message ?? 'The reason is not known.';
const node = execution.lastNodeExecuted ? ` at the node ${execution.lastNodeExecuted}` : '';
return [
	{
		json: {
			execution: String(execution.id ?? ''),
			alarm: {
				key: 'offboarding: failed',
				text: `An execution of ${$workflow.name} failed${node}: ${reason} Look at execution ${execution.id ?? '(it did not start)'} and at rows that stayed "intended" in notion_leaver_audit. The nightly sweep finds leavers who were missed.`,
			},
		},
	},
];
