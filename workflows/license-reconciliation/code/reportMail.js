/** The mail that the report is attached to. */
function reportMail(report, settings) {
	const { totals, terms, classes, whyNot, changes, notes } = report;
	const year = moneyText(totals.removablePerYear, terms.currency);
	const lines = classes
		.filter(({ seats }) => seats > 0)
		.map(({ class: name, seats, perMonth }) => {
			const cost = moneyText(perMonth, terms.currency);
			return `  ${CLASSES[name] ?? name}: ${seatsText(seats)}${cost ? `, ${cost} a month` : ''}`;
		});
	const since =
		changes === null
			? 'This is the first report.'
			: changes.added + changes.gone.length + changes.changedClass === 0
				? `Nothing has changed since ${changes.since}.`
				: `Since ${changes.since}: ${seatsText(changes.added)} new, ${changes.gone.length} gone, ${changes.changedClass} in another class.`;
	const contract =
		totals.beyondContract > 0
			? `${seatsText(totals.beyondContract)} more than the contract has.`
			: totals.free > 0
				? `${totals.free} contracted seats are taken by nobody.`
				: '';
	return {
		subject: `Notion seats: ${totals.seats}, of which ${totals.removable} may be ended${year ? ` (${year} a year)` : ''}${whyNot.length > 0 ? ': the directory was not read as a whole' : ''}`,
		text: [
			...(whyNot.length > 0
				? ['No seat may be ended on this report, and none is called orphaned:', ...whyNot.map((why) => `  ${why}`), '']
				: []),
			`${seatsText(totals.seats)} in all. ${contract}`.trim(),
			...lines,
			'',
			since,
			'',
			...notes,
			'',
			'The report and the list are attached. They are also here, behind a password:',
			pageOf(settings, 'webhook/notion-license-report'),
			...(totals.removable > 0
				? ['To have seats ended, pick them here; somebody else then has to approve it:', pageOf(settings, 'form/notion-license-pick')]
				: []),
		].join('\n'),
	};
}
