// A review begins only if everybody can be asked, and one at a time.
const settings = $('Settings').first().json;
for (const name of ['fallbackReviewer', 'securityReviewer', 'auditorEmail', 'mailFrom']) {
	if (readEmail(String(settings[name])) === undefined) {
		throw new Error(`Settings: ${name} has to be an email address. The review was not started.`);
	}
}
for (const name of ['dueInDays', 'remindAfterDays', 'escalateAfterDays']) {
	if (!(settings[name] > 0)) throw new Error(`Settings: ${name} has to be more than 0. The review was not started.`);
}
if (settings.escalateAfterDays >= settings.dueInDays) {
	throw new Error(
		'Settings: escalateAfterDays has to be less than dueInDays, or nobody would be asked instead of who does not answer. The review was not started.',
	);
}
const [open] = $input
	.all()
	.map(({ json }) => json)
	.filter(({ id }) => id !== undefined);
if (open) {
	throw new Error(
		`The review ${open.reviewId} is still open, until ${String(open.dueAt).slice(0, 10)}. A second one was not started.`,
	);
}
return [{ json: { ask: 'everybody' } }];
