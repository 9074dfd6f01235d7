// What an execution that ended unexpectedly is told as. One that ended itself has told everything.
const { execution } = $input.first().json;
const node = execution?.lastNodeExecuted ?? 'before its first node';
if (node === 'Say so') return [];
const error = `${node}: ${execution?.error?.message ?? 'no message'}`;
return [
	{
		json: {
			error,
			alarm: {
				key: 'onboarding: failed',
				text: `An onboarding ended unexpectedly at ${error}. Look at execution ${execution?.id}, and into the HRIS whom it was about, mend the cause, and have these people looked at again: the README says how.`,
			},
		},
	},
];
