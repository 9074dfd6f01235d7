// The intention of every line is stored before anything is done.
const { approvedBy } = $('Verdict').first().json;
const about = { workflow: $workflow.name, execution: $execution.id, approvedBy, now: Date.now() };
return itemsToApply().map((item) => ({ json: intentionOf(item, about) }));
