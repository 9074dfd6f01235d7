// For whoever called.
const { person, title, steps, outcomes, verified } = $('Outcome').first().json;
return [{ json: { person, title, steps, outcomes, verified } }];
