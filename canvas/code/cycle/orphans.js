// Whoever died in the middle left intentions behind. The plan of this cycle has compared everything again.
const { orphans } = $('Outcome').first().json;
return orphans.map(({ id }) => ({ json: { id } }));
