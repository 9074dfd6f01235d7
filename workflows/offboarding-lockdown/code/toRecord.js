// The approval goes into the row of everybody who was held, before anything is done.
const { held, approvedBy, reference } = $('Decide').first().json;
return held.map((id) => ({ json: { id, approvedBy, reference } }));
