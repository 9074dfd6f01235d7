// The mail to the auditor. Its copy of the head is what makes the chain worth something.
const said = $('Digest').first().json;
const link = $('Head').first().json;
const lines = [
	`Head of the chain: ${link.head}`,
	`Link ${link.seq}, ${link.at}; SHA-256 of what it is about: ${link.digest}`,
	`Link before: ${link.previous || '(none)'}`,
	'',
	'Keep this mail: with it, nobody can alter what was stored up to now without being noticed. What was hashed is in the file with it.',
];
const file = (text, fileName, mimeType, fileExtension) => ({
	data: Buffer.from(text, 'utf8').toString('base64'),
	mimeType,
	fileName,
	fileExtension,
});
if (said.what !== 'evidence') {
	return [
		{
			json: {
				what: said.what,
				subject: `Access review ${said.reviewId}: ${said.decided} decided, ${said.open} open`,
				files: 'json',
				fileName: `${said.reviewId}-${link.at.slice(0, 10)}.zip`,
				text: [`${said.decided} rows are decided, ${said.open} are open, ${said.pending} revocations are to be carried out.`, '', ...lines].join('\n'),
			},
			binary: { json: file(said.text, 'state.json', 'application/json', 'json') },
		},
	];
}
const evidence = JSON.parse(said.text);
const { totals } = evidence;
return [
	{
		json: {
			what: said.what,
			subject: `Access review ${said.reviewId} is closed: evidence`,
			text: [
				`${totals.people} people, ${totals.rows} rows: ${totals.kept} kept, ${totals.revoked} revoked, ${totals.unanswered} not answered, ${totals.withoutReviewer} with nobody to ask.`,
				`Of the revocations, ${totals.carriedOut} are gone in the second snapshot, ${totals.notCarriedOut} are not.`,
				'',
				...lines,
			].join('\n'),
			files: 'html,json',
			fileName: `${said.reviewId}.zip`,
		},
		binary: {
			html: file(evidenceHtml(evidence, link), `${said.reviewId}.html`, 'text/html', 'html'),
			json: file(said.text, 'review.json', 'application/json', 'json'),
		},
	},
];
