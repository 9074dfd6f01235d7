// A person has been told already of what ended red on purpose.
const { execution = {}, trigger } = $('ErrorTrigger').first().json;
if (['Report needs a person', 'Not everything ended'].includes(execution.lastNodeExecuted)) return [];
const reason = execution.error?.message ?? trigger?.error?.message ?? 'The reason is not known.';
const node = execution.lastNodeExecuted ? ` at the node ${execution.lastNodeExecuted}` : '';
const id = String(execution.id ?? '');
return [
	{
		json: {
			execution: id || 'none',
			alarm: {
				key: 'license-reconciliation: failed',
				text: `An execution of ${$workflow.name} failed${node}: ${reason} Look at execution ${id || '(it did not start)'}. If seats were being ended, directory_changes says which, and whoever is left has to be picked again.`,
			},
		},
	},
];
