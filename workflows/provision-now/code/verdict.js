// Whether it is done, and by whose word. A page that was left open, and a person about themselves, decide nothing.
const { door, dryRun, requestedBy, assurance } = $('Request').first().json;
const { toDo, refusal } = $('Planned').first().json;
const { policy } = $('Context').first().json;
const answer = $('Ask').isExecuted ? $('Ask').first().json[ANSWER] : undefined;
const isYes = door === 'form' ? answer === YES && refusal === '' : dryRun === false;
const decided =
	toDo.length === 0
		? 'There was nothing to do.'
		: isYes
			? 'It was done.'
			: door === 'form'
				? `Nothing was done. ${answer === YES ? refusal : 'The answer was no.'}`
				: 'Nothing was done: this was a dry run.';
return [
	{
		json: {
			ask: 'cycle',
			approvedPlan: $('Plan').all(1)[0]?.json.planDigest ?? '',
			approvedBy: `${requestedBy || 'nobody named'} (assurance: ${assurance}), ${new Date().toISOString()}`,
			apply: isYes ? toDo : [],
			limits: { removalLimit: policy.removalLimit, createLimit: policy.createLimit },
			decided,
		},
	},
];
