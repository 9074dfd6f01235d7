// A person has seen the list and said "No". That stands in the row of everybody on it.
const { decision, held, approvedBy, reference } = $('Decide').first().json;
/** No row has this ID: the page is shown all the same. */
const NO_ROW = 0;
const ids = decision === 'declined' ? held : [NO_ROW];
return ids.map((id) => ({ json: { id, approvedBy, reference } }));
