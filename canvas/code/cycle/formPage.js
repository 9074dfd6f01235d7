const form = $('DecideForm').first().json;
const settings = $('Settings').first().json;
const now = Date.now();
const standing = standingOf(tableRows($('Read cycles').all()), settings, now);
// Where the form asks for n8n's own sign-in, that says who it is.
const signedIn = form.user?.email;
const decider = signedIn ?? String(form['Your email address'] ?? '').trim();
const approvers = (
	Array.isArray(settings.approvers)
		? settings.approvers
		: String(settings.approvers ?? '').split(',')
)
	.map((one) => String(one).trim())
	.filter(Boolean);
const shown = decisionPage({
	wish: form['What do you want to do?'],
	decider,
	standing,
	plans: tableRows($('Read plans').all()),
	approvers,
	mode: modeOf(standing, settings),
	now,
});
const assurance = signedIn ? 'signed in to n8n' : 'basic auth of the form + typed address';
return [{ json: { ...shown, decider, assurance, approvers } }];
