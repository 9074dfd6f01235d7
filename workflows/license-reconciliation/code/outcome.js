const DONE = ['done', 'unchanged'];

/**
 * What came of an approved request, for the mail, the form and the row.
 *
 * @param results one entry { email, outcome, note } for each picked seat
 */
function outcomeOf(results, { code, decider, askedBy }, settings) {
	const ended = results.filter(({ outcome }) => DONE.includes(outcome));
	const open = results.filter(({ outcome }) => !DONE.includes(outcome) && outcome !== 'stays');
	const lines = results.map(({ email, outcome, note }) => `  ${oneLine(`${email}: ${outcome}. ${note ?? ''}`)}`);
	return {
		state: open.length > 0 ? 'incomplete' : 'done',
		isRed: open.length > 0,
		to: [...new Set([settings.reportTo, askedBy, decider].filter(Boolean))].join(', '),
		subject: `Notion: ${ended.length} of ${seatsText(results.length)} ended${open.length > 0 ? `, ${open.length} not` : ''}`,
		text: [
			`Code ${code}: asked by ${askedBy}, approved by ${decider}.`,
			'',
			...lines,
			'',
			'Money is saved from the renewal of the contract on. The Data Table directory_changes has the record.',
			...(open.length > 0 ? ['What was not ended is a member still, or nobody can tell. Pick it again once the reason is gone.'] : []),
		].join('\n'),
		note: lines.join('\n').trim().slice(0, 4000),
		html: escaped(`${ended.length} of ${seatsText(results.length)} ended. ${results.map(({ email, outcome }) => oneLine(`${email}: ${outcome}`)).join('; ')}`),
	};
}
