// How each event ends: its claim, what people must know, and whether the execution ends red.
const RED = ['refused', 'held', 'notVerified', 'failed', 'ask', 'unread'];
const outcomes = $('What came of it').isExecuted
	? $('What came of it')
			.all(0, 0)
			.map(({ json }) => json)
	: [];

const mails = $('Mails').isExecuted
	? $('Mails')
			.all()
			.map(({ json }) => json)
	: [];
const sent = $('Tell manager').isExecuted
	? $('Tell manager')
			.all()
			.map(({ json }) => json)
	: [];
const unsent = mails.flatMap((mail, index) =>
	sent[index]?.messageId
		? []
		: [`${mail.toEmail} (${mail.subject}): ${sent[index]?.error ?? 'Tell manager could not run.'}`],
);

const events = $('Verdicts')
	.all()
	.map(({ json }) => {
		const outcome = outcomes.find(({ claimKey }) => claimKey === json.event.claimKey);
		const result = outcome?.outcome ?? (json.verdict === 'removeNow' ? 'failed' : json.verdict);
		const isRow = json.event.eventId.startsWith('scheduled:');
		const alarm = outcome?.alarm ?? json.alarm;
		return {
			json: {
				claimKey: json.event.claimKey,
				// A scheduled row is called again until its state says that it is over; an event that failed may come again.
				state: isRow || ['unread', 'failed'].includes(result) ? 'released' : 'done',
				outcome: result,
				person: json.label,
				why: outcome?.audit.error || json.why,
				red: RED.includes(result),
				...(alarm ? { alarm } : {}),
			},
		};
	});
const mailAlarm = {
	key: 'offboarding: mail',
	text: `The lockdown is done, but these people could not be told by mail: ${unsent.join('; ')}. Tell them that private pages can be transferred for 30 days.`,
};
return unsent.length > 0
	? [...events, { json: { alarm: mailAlarm, outcome: 'mail', red: false } }]
	: events;
