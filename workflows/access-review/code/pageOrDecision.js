// A link that is not known says nothing about anybody.
const first = (name) =>
	$(name)
		.all()
		.map(({ json }) => json)
		.find(({ id }) => id !== undefined);
const { job, now, key, answer } = $('Job').first().json;
const letter = first('Letter of the link');
const review = first('Review of the link');
if (!letter || !review) {
	return [
		{
			json: {
				job: 'show',
				status: 404,
				html: plainPage(
					'This link is not valid',
					'Open the newest mail about the access review. If that does not help, ask who sent it.',
				),
			},
		},
	];
}
const rows = $('Rows of the link')
	.all()
	.map(({ json }) => json)
	.filter(({ id }) => id !== undefined);
const { reviewer } = letter;
if (job === 'page') {
	return [{ json: { job: 'show', status: 200, html: reviewPage({ review, rows, key, reviewer, now }) } }];
}
const { accepted, refused } = decisionsOf(answer, { review, rows, reviewer, now });
return [{ json: { job: 'decide', review, reviewer, key, accepted, refused } }];
