// What people must know, and how the cycle is remembered.
const outcome = $('Outcome').first().json;
const settings = $('Settings').first().json;
const name = $workflow.name;
const base = String(settings.n8nUrl ?? '').replace(/\/+$/, '');
const form = `${base}/form/${PATHS.form}`;
const { wrong } = outcome;
const mails = $('Mails').isExecuted
	? $('Mails')
			.all()
			.map(({ json }) => json)
	: [];
const sent = $('Send mail').isExecuted
	? $('Send mail')
			.all()
			.map(({ json }) => json)
	: [];
const unsent = mails.flatMap(({ toEmail, subject }, index) =>
	sent[index]?.messageId
		? []
		: [
				`"${subject}" to ${toEmail || 'nobody (notifyTo in Settings is empty)'}: ${sent[index]?.error ?? 'it was not sent.'}`,
			],
);
const most = Math.max(1, Number(settings.quarantineAfter) || 3);
const isBad = outcome.rowState !== 'good' && outcome.rowState !== 'approved';
const begins = !outcome.quarantinedSince && isBad && outcome.badBefore + 1 >= most;

const alarms = [
	...(outcome.quarantinedSince || begins
		? [
				{
					key: `${name}: quarantine`,
					text: `${name} is in quarantine${outcome.quarantinedSince ? ` since ${outcome.quarantinedSince}` : ''}: ${most} cycles in a row went wrong. It only reads, once a day, and changes nothing in Notion until a person ends that at ${form}. ${outcome.note}`,
				},
			]
		: isBad
			? [
					{
						key: `${name}: ${outcome.state}`,
						text: `${outcome.note} Nothing was taken away from anybody; the next cycle tries again.`,
						note: outcome.state === 'incomplete',
					},
				]
			: []),
	...(wrong.length > 0 && outcome.isNewWrong
		? [
				{
					key: `${name}: lines went wrong`,
					text: `${wrong.length} changes could not be carried out: ${wrong
						.slice(0, 20)
						.map(({ who, why }) => `${who}: ${why}`)
						.join(' ')} The next cycle compares again.`,
				},
			]
		: []),
	...(outcome.orphans.length > 0
		? [
				{
					key: `${name}: cut off`,
					text: `An execution died before it could store what came of ${outcome.orphans.length} changes: ${outcome.orphans
						.slice(0, 20)
						.map(
							({ action, email, groupName, execution }) =>
								`${action} ${[email, groupName].filter(Boolean).join(' in ')} (execution ${execution})`,
						)
						.join(
							'; ',
						)}. Notion was compared again since. They count for the limits of the day, as if they had been done.`,
				},
			]
		: []),
	...(unsent.length > 0
		? [{ key: `${name}: mail`, text: `What happened could not be mailed: ${unsent.join('; ')}` }]
		: []),
];
const isRed = outcome.state === 'failed' || wrong.length > 0;
return [
	{
		json: {
			isResult: true,
			message: isRed ? `${name}: ${outcome.note}` : '',
			...(alarms[0] ? { alarm: alarms[0] } : {}),
		},
	},
	...alarms.slice(1).map((alarm) => ({ json: { alarm, isResult: false } })),
];
