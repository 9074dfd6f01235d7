// The review is stored behind its rows: without it, rows of an execution that died are nobody's.
const { dueInDays } = $('Settings').first().json;
const population = $('Snapshot')
	.all()
	.map(({ json }) => json)
	.find((item) => item.population === true);
const { now } = $('Job').first().json;
const DAY = 24 * 60 * 60 * 1000;
return [
	{
		json: {
			reviewId: $('Who reviews whom').first().json.reviewId,
			state: 'open',
			startedAt: new Date(now).toISOString(),
			// To the end of that day, because the mails and the page name the day.
			dueAt: new Date(Math.ceil((now + dueInDays * DAY) / DAY) * DAY - 1).toISOString(),
			snapshotId: population.snapshotId,
			population: JSON.stringify(population),
		},
	},
];
