/** A page of a form becomes slow beyond this; the rest is there once these are gone. */
const MOST_SHOWN = 200;

/** As a person reads it, and as the form gives it back: n8n takes markup out of the texts of a form. */
function labelOf({ email, displayName, class: name, department }, number) {
	const text = [email, displayName, CLASSES[name] ?? name, department].filter(Boolean).join(', ');
	return `${number}. ${oneLine(text.replace(/[<>&"'`$]/g, ' '))}`;
}

/**
 * The page on which seats are picked.
 *
 * @param row the newest row of license_reports, or undefined
 * @returns { shown, page, refusal }: seats with their labels and the form's fields, or why there is nothing
 */
function pickPage(row, { asker, maxAgeDays, now }) {
	const refused = (refusal) => ({ shown: [], page: '[]', refusal });
	if (!isEmail(asker)) return refused('Put in your own email address: the record names who asked.');
	if (row === undefined) return refused('There is no report yet.');
	if (row.mayTakeAway !== true) return refused(`No seat may be ended on the newest report. ${row.whyNot}`);
	const age = (now - Date.parse(row.reportedAt)) / 86_400_000;
	if (!(age <= maxAgeDays)) return refused('The newest report is too old. Make a new one first.');
	const seats = JSON.parse(row.removableSeats || '[]');
	if (seats.length === 0) return refused('On the newest report there is no seat that may be ended.');
	const shown = seats.slice(0, MOST_SHOWN).map((seat, index) => ({ ...seat, label: labelOf(seat, index + 1) }));
	const more = seats.length - shown.length;
	const fields = [
		{
			fieldType: 'html',
			elementName: 'about',
			html: `<p>From the report of ${escaped(String(row.reportedAt).slice(0, 16).replace('T', ' '))} UTC. Nothing is ended when you send this: somebody else has to approve it, and the directory is read again first. Money is saved from the renewal on only.</p>${more > 0 ? `<p>And ${more} more, once these are decided.</p>` : ''}`,
		},
		{
			fieldLabel: 'Seats to end',
			fieldType: 'checkbox',
			requiredField: true,
			fieldOptions: { values: shown.map(({ label }) => ({ option: label })) },
		},
	];
	// n8n puts this text into a JSON by a replacement in which a dollar sign has a meaning.
	return { shown, page: JSON.stringify(fields).replaceAll('$', '\\u0024'), refusal: '' };
}

/** The seats whose labels were ticked. @throws Error where one cannot be told: then nothing is asked for */
function pickedSeats(shown, form) {
	const answer = form['Seats to end'];
	const labels = [...new Set((Array.isArray(answer) ? answer : [answer]).filter(Boolean))];
	return labels.map((label) => {
		const seat = shown.find((one) => one.label === label);
		if (!seat) throw new Error(`The form gave back a seat that it did not show: ${label}. Nothing was asked for.`);
		const { userId, email, displayName, class: name, reason } = seat;
		return { userId, email, displayName, class: name, reason };
	});
}
