const { copies, waiting, people, code } = $input.first().json;
const { confirmWithinHours, limitPeople, limitHours } = $('Settings').first().json;
const expiresAt = new Date(Date.now() + confirmWithinHours * 3600 * 1000).toISOString();

const rows = [
	...copies.map((entry) => ({
		entry,
		outcome: 'copy',
		error: 'Another execution does this, or has done it, for the same call.',
		code: '',
		expiresAt: '',
	})),
	...waiting.map(({ entry }) => ({
		entry,
		outcome: 'waitsForPerson',
		error: `More than ${limitPeople} people in ${limitHours} h: a person must confirm.`,
		code,
		expiresAt,
	})),
];
if (waiting.length > 0) {
	rows[rows.length - 1].alarm = {
		key: `emergency-lockdown: ${code} waits`,
		text: `An emergency call wants more people locked out than ${limitPeople} in ${limitHours} h. To decide, open the form of the workflow emergency-lockdown and enter the code ${code}. Without a decision by ${expiresAt} nobody of them is locked out. Is the call a mistake, or an attack on the tool that sent it? These ${people.length} wait for a person: ${listed(people, `the rows with the code ${code}`, ', ')}`,
	};
}
return rows.map((json) => ({ json }));
