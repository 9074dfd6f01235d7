const form = $('ConfirmForm').first().json;
const { confirmers } = $('Settings').first().json;
const rows = $input.all().map(({ json }) => json).filter(({ entry }) => entry);
const now = Date.now();
const refusal = refusalOf(rows, { user: form.user, confirmers, now });
const waiting = rows.filter(({ outcome }) => outcome === 'waitsForPerson');

return [
	{
		json: {
			isAccepted: refusal === undefined,
			refusal: refusal ?? '',
			rows: waiting,
			isYes: form.decision === LOCK,
			decidedBy: form.user?.email ?? '',
			assurance: 'signed in to n8n',
			decidedAt: new Date(now).toISOString(),
		},
	},
];
