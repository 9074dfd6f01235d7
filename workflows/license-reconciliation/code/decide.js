const form = $('ApproveForm').first().json;
const { approvers } = $('Settings').first().json;
const decider = String(form['Your email address'] ?? '').trim();
const { decision, sentence, row } = decisionOn(
	rowsIn($input.all()),
	{ decider, answer: form['Are these seats to end?'] },
	{ approvers, now: Date.now() },
);
return [
	{
		json: {
			decision,
			sentence,
			id: row?.id ?? 0,
			code: row?.code ?? '',
			askedBy: row?.askedBy ?? '',
			picks: row ? JSON.parse(row.seats) : [],
			decider,
			assurance: 'typed in, behind the password of the approval form',
			decidedAt: new Date().toISOString(),
		},
	},
];
