/** The row of license_removals that waits for somebody else. Its code is made of what is stored. */
function requestRow(seats, { asker, expireHours, now }) {
	return {
		state: 'waiting',
		seats: JSON.stringify(seats),
		askedBy: asker,
		askedAt: new Date(now).toISOString(),
		expiresAt: new Date(now + expireHours * 3_600_000).toISOString(),
		execution: '',
		decidedBy: '',
		assurance: '',
		decidedAt: '',
		note: '',
	};
}

/** The mail to those who may approve. Nothing in it does anything when it is opened. */
function requestMail({ code, askedBy, expiresAt, seats }, settings) {
	const list = JSON.parse(seats);
	// Nobody hears of the end of their own seat from here, and who asked cannot approve.
	const isAsked = (approver) => ![askedBy, ...list.map(({ email }) => email)].some((one) => emailKey(one) === emailKey(approver));
	const asked = settings.approvers.filter(isAsked);
	return {
		to: asked.join(', ') || settings.reportTo,
		subject: `Approve? ${askedBy} asks to end ${seatsText(list.length)} in Notion`,
		text: [
			`${askedBy} asks that these ${seatsText(list.length)} end. Whoever has one of them loses access at once; private pages are lost after 30 days.`,
			'',
			...list.map(({ email, displayName, class: name, reason }) => `  ${oneLine(`${displayName ? `${displayName}, ` : ''}${email}: ${CLASSES[name] ?? name}. ${reason}`)}`),
			'',
			`To decide, open this form and enter the code ${code}:`,
			pageOf(settings, 'form/notion-license-approve'),
			'',
			...(asked.length === 0 && settings.approvers.length > 0
				? ['None of the approvers of Settings may decide this: each of them asked for it or is on the list. Add another one.', '']
				: []),
			`Neither ${askedBy} nor anybody on the list can approve it. Without an answer by ${expiresAt} nothing happens.`,
		].join('\n'),
	};
}
