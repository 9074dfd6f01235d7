// Only who has changed the row from waiting to approved may go on: nobody else has decided in between.
return tableRows($('Record approval').all()).map(({ id }) => ({
	json: { planId: String(id), requestedBy: $('Decision').first().json.by },
}));
