// Claims are taken on events: an event is a group of alarms that is to be mailed now.
const settings = $('Settings').first().json;
/** What is wrong with addresses of Settings: an entry that is none, or that there is none at all. */
function troubleIn(setting) {
	const { entries, unreadable } = readEmails(String(setting ?? ''));
	if (unreadable.length > 0) return `"${unreadable[0]}" is none.`;
	return entries.length === 0 ? 'It is empty.' : undefined;
}

const troubleOfRecipients = troubleIn(settings.notifyTo);
if (troubleOfRecipients) {
	throw new Error(
		`Settings: notifyTo has to hold one or more email addresses, with commas between them. ${troubleOfRecipients}`,
	);
}
const troubleOfSender = troubleIn(settings.mailFrom);
if (troubleOfSender) {
	throw new Error(
		`Settings: mailFrom has to hold the email address that the mails come from. ${troubleOfSender}`,
	);
}
if (!(settings.repeatHours > 0)) {
	throw new Error('Settings: repeatHours has to be more than 0.');
}

const rows = $input.all().map(({ json }) => json).filter(({ id }) => id !== undefined);
return groupsToTell(rows, Date.now(), settings.repeatHours).map((json) => ({ json }));
