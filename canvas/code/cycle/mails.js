const { notifyTo, approvers } = $('Settings').first().json;
const addresses = (value) =>
	(Array.isArray(value) ? value : String(value ?? '').split(','))
		.map((one) => String(one).trim())
		.filter(Boolean);
const own = addresses(notifyTo).join(', ');
return $('Outcome')
	.first()
	.json.mails.map(({ to, subject, text }) => ({
		json: {
			toEmail: to === 'approvers' ? addresses(approvers).join(', ') || own : own,
			subject,
			text,
		},
	}));
