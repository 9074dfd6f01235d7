// The key stands in the mail only; what is stored is its digest.
const { n8nUrl } = $('Settings').first().json;
const stored = $('Store letter').all();
return $('Key digest')
	.all()
	.map(({ json }, index) => {
		const { kind, people, rowCount, dueAt, askedAs, key } = json;
		const link = `${String(n8nUrl).replace(/\/+$/, '')}/webhook/notion-access-review?key=${key}`;
		const subject = {
			first: `Please decide by the end of ${dueAt.slice(0, 10)} (UTC): who keeps access to Notion?`,
			reminder: `Reminder: who keeps access to Notion? Open to the end of ${dueAt.slice(0, 10)} (UTC)`,
			escalation: `You are asked instead of somebody else: who keeps access to Notion? Open to the end of ${dueAt.slice(0, 10)} (UTC)`,
		}[kind];
		const text = [
			`You are asked as ${askedAs} about ${people === 1 ? 'one person' : `${people} people`} and ${rowCount === 1 ? 'one membership' : `${rowCount} memberships`} in Notion.`,
			'',
			'The page shows what they have, and for each you say whether they keep it. Opening it changes nothing.',
			'',
			link,
			'',
			'The link is for you alone: whoever has it can decide in your name. Do not forward it.',
			`Without an answer nothing is taken away; you are reminded, then somebody else is asked, and the report to the auditor says so.`,
		].join('\n');
		return {
			json: { id: stored[index].json.id, to: json.reviewer, subject, text, reviewer: json.reviewer },
		};
	});
