// Everything of this day is done; is the review over?
const rows = $input
	.all()
	.map(({ json }) => json)
	.filter(({ id }) => id !== undefined);
const { review } = $('Due').first().json;
return [{ json: { isOver: isOver(review, rows, $('Settings').first().json, Date.now()) } }];
