const { decider, assurance, askedBy } = $('Decide').first().json;
const approvedBy = `${decider} (${assurance}); asked by ${askedBy}`;
return $('Picked lines')
	.first()
	.json.lines.map((line) => ({
		json: intentionOf(line, { workflow: $workflow.name, execution: $execution.id, approvedBy, now: Date.now() }),
	}));
