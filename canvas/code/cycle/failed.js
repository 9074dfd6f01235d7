// A person has been told already of what ended red on purpose.
const { execution = {}, trigger } = $('ErrorTrigger').first().json;
if (execution.lastNodeExecuted === 'Not everything was done') return [];
const reason = execution.error?.message ?? trigger?.error?.message ?? 'The reason is not known.';
const node = execution.lastNodeExecuted ? ` at the node ${execution.lastNodeExecuted}` : '';
return [
	{
		json: {
			execution: String(execution.id ?? ''),
			note: `The execution failed${node}: ${reason}`,
			alarm: {
				key: `${$workflow.name}: failed`,
				text: `An execution of ${$workflow.name} failed${node}: ${reason} Look at execution ${execution.id ?? '(it did not start)'}. What it had begun stays "intended" in directory_changes; the next cycle compares again and tells.`,
			},
		},
	},
];
