// Whoever forwarded the link, or lost it, learns from this that somebody else has decided in their name.
const { own } = $('Receipt').first().json;
if (own.length === 0) return [];
const { reviewer } = $('Page or decision').first().json;
const WORDS = { keep: 'keep', revokeGroup: 'take out of the group', revokeAccess: 'remove from Notion' };
const lines = own.map(({ email, groupName, decision }) => `- ${email}${groupName ? `, ${groupName}` : ''}: ${WORDS[decision] ?? decision}`);
return [
	{
		json: {
			to: reviewer,
			subject: `On record in your name: ${own.length === 1 ? 'one decision' : `${own.length} decisions`} about access to Notion`,
			text: [
				`This was put on record in your name at ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC:`,
				'',
				...lines,
				'',
				'If this was not you, tell your administrator at once: somebody else has the link of your mail. What was taken away can be given back.',
			].join('\n'),
		},
	},
];
