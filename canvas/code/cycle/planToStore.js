// The lines that a person is asked about, whole, as the plan made them.
const { newPlan, proposed, mails } = $('Outcome').first().json;
if (!newPlan) return [];
const items = planItems();
const lines = proposed.map((index) => items[index]);
return [
	{
		json: {
			planDigest: lines[0].planDigest,
			state: 'waiting',
			items: JSON.stringify(lines),
			summary: mails.find(({ to }) => to === 'approvers')?.subject ?? '',
			requestedBy: $('Context').first().json.requestedBy,
			plannedAt: lines[0].plannedAt,
			expiresAt: lines[0].expiresAt,
		},
	},
];
