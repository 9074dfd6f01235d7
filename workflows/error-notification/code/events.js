// Claims are taken on events: an event is a group of alarms that is to be mailed now.
const settings = $('Settings').first().json;
const addresses = /^[^\s@,]+@[^\s@,]+(\s*,\s*[^\s@,]+@[^\s@,]+)*$/;
if (!addresses.test(String(settings.notifyTo).trim())) {
	throw new Error('Settings: notifyTo has to hold one or more email addresses, with commas between them.');
}
if (!addresses.test(String(settings.mailFrom).trim())) {
	throw new Error('Settings: mailFrom has to hold the email address that the mails come from.');
}
if (!(settings.repeatHours > 0)) {
	throw new Error('Settings: repeatHours has to be more than 0.');
}

const rows = $input.all().map(({ json }) => json).filter(({ id }) => id !== undefined);
return groupsToTell(rows, Date.now(), settings.repeatHours).map((json) => ({ json }));
