// Who is asked about, by whom, and whether anything is to be done. Without an answer nothing is.
const settings = $('Settings').first().json;
const text = (value) => String(value ?? '').trim();
const isRun = (name) => $(name).isExecuted;
if (isRun('ProvisionForm')) {
	const form = $('ProvisionForm').first().json;
	const signedIn = text(form.user?.email);
	return [
		{
			json: {
				door: 'form',
				only: text(form['Address or ID of the person']),
				requestedBy: signedIn || text(form['Your email address']),
				assurance: signedIn ? 'signed in to n8n' : 'basic auth of the form + typed address',
				dryRun: true,
			},
		},
	];
}
const called = isRun('WhenCalled') ? $('WhenCalled').first().json : undefined;
const only = text(called ? called.person : settings.person);
if (only === '') {
	throw new Error(
		called
			? 'The input "person" is empty: give an email address or an ID.'
			: 'Enter the address or ID of the person as "person" in Settings.',
	);
}
return [
	{
		json: {
			door: called ? 'call' : 'manual',
			only,
			requestedBy: called ? text(called.requestedBy) : '',
			assurance: called ? 'said by the workflow that called' : 'ran by hand in n8n',
			// Only a clear no makes it act.
			dryRun: text(called ? called.dryRun : settings.dryRun).toLowerCase() !== 'false',
		},
	},
];
