// What the lockdown stored for this mail. Where Notion could not be asked, one mail too many does no harm.
const settings = $('Settings').first().json;
return rowsToRemind()
	.filter((row) => !isBack(row))
	.map((row) => {
		let about = {};
		try {
			about = JSON.parse(row.about || '{}') ?? {};
		} catch {}
		const line = (text) =>
			String(text ?? '')
				.replace(/\s+/g, ' ')
				.trim();
		const name = line(about.displayName || row.displayName || row.email);
		const until = line(about.transferUntil).slice(0, 10);
		const removed = line(about.removedAt).slice(0, 10);
		return {
			json: {
				id: row.id,
				to: line(about.managerEmail) || settings.reportTo,
				subject: `Until ${until}: private Notion pages of ${name} can be transferred`,
				text: [
					`${name} (${line(about.email || row.email)}) was removed from the Notion workspace on ${removed}.`,
					'',
					`Private pages of this person can still be transferred to somebody else until ${until}. After that they are gone.`,
					'Ask a workspace owner: in Notion, Settings, People, find the person under those who were removed, and choose to transfer their content.',
					'If nothing is needed, nothing is to be done.',
				].join('\n'),
			},
		};
	});
