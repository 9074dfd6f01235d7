// What an execution of this workflow that died had begun is closed by the next one, which looks again anyway.
const dead = orphanedIntentions(tableRows($('Read changes').all()), {
	workflow: $workflow.name,
	execution: $execution.id,
});
return dead
	.filter(({ createdAt }) => Date.now() - new Date(createdAt).getTime() > HOUR)
	.map(({ id }) => ({ json: { id } }));
