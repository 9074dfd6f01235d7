const { accepted, reviewer } = $('Page or decision').first().json;
const { assurance } = $('Settings').first().json;
return accepted.map((decision) => ({
	json: {
		...decision,
		decidedBy: reviewer,
		assurance,
		decidedAt: new Date().toISOString(),
		decidedIn: String($execution.id),
	},
}));
