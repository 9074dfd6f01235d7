// The apps work in executions of their own; what they found stands in their rows.
const starts = ['Decide', 'Act on confirmed', 'Act again'];
const { startedAt } = $(starts.find((name) => $(name).isExecuted)).first().json;
const rows = $input.all().map(({ json }) => json).filter(({ entry }) => entry);
const patience = $('Settings').first().json.patienceSeconds * 1000;
const isOver = rows.every(({ outcome }) => outcome !== 'intended') || Date.now() - startedAt > patience;

return [{ json: { isOver, rows } }];
