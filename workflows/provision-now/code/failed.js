// A person has been told already of what ended red on purpose.
const { execution = {}, trigger } = $('ErrorTrigger').first().json;
if (execution.lastNodeExecuted === 'It went wrong') return [];
const reason = execution.error?.message ?? trigger?.error?.message ?? 'The reason is not known.';
const node = execution.lastNodeExecuted ? ` at the node ${execution.lastNodeExecuted}` : '';
return [
	{
		json: {
			alarm: {
				key: 'Provision now: failed',
				text: `An execution of ${$workflow.name} failed${node}: ${reason} Look at execution ${execution.id ?? '(it did not start)'}, and at rows that stayed "intended" in directory_changes.`,
			},
		},
	},
];
