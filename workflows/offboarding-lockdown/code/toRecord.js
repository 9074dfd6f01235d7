// The approval goes into the row of everybody who was held, before anything is done. They stay on the list
// until the release has come to them, so that nobody is forgotten if it dies.
const { held, approvedBy, reference } = $('Decide').first().json;
return held.map((id) => ({ json: { id, approvedBy, reference } }));
