// Two doors lead here: a failed execution, and a workflow of your own that calls this one.
const alarms = $('ErrorTrigger').isExecuted
	? [failureAlarm($('ErrorTrigger').first().json, $workflow.id)]
	: $('WhenCalled').all().map(({ json }) => ({
			key: String(json.key ?? '').trim() || 'An alarm without a key',
			text: String(json.text ?? '').trim() || 'No text was given.',
			workflow: String(json.workflow ?? ''),
			workflowId: '',
			execution: '',
		}));
return alarms.map((json) => ({ json }));
