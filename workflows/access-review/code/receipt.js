// What is on record now. Of two answers at the same moment, the first to be stored is the decision.
const { accepted, refused, review, reviewer, key } = $('Page or decision').first().json;
const rows = $input
	.all()
	.map(({ json }) => json)
	.filter(({ id }) => id !== undefined);
const own = rows.filter(({ decidedIn }) => decidedIn === String($execution.id));
const late = accepted.filter(({ id }) => !own.some((row) => row.id === id)).length;
const notices = [
	...(own.length > 0 ? [`Thank you. ${own.length === 1 ? 'One decision is' : `${own.length} decisions are`} on record.`] : []),
	...(late > 0 ? [`${late} had been decided by somebody else in the same moment.`] : []),
	...refused,
	...(accepted.length === 0 && refused.length === 0 ? ['You have not decided anything. Nothing was stored.'] : []),
];
return [
	{
		json: {
			own: own.map(({ email, groupName, decision }) => ({ email, groupName, decision })),
			status: own.length === 0 && refused.length > 0 ? 409 : 200,
			html: reviewPage({ review, rows, key, reviewer, now: Date.now(), notices }),
		},
	},
];
