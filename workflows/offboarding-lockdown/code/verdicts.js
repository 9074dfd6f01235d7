// Both outputs of the HRIS lead here: what it answered, and that it could not be read.
if ($runIndex > 0) return [];
const settings = $('Settings').first().json;
const now = Date.now();
const answers = $('HRIS source')
	.all(0)
	.map(({ json }) => json)
	.filter(({ asked }) => asked);
const questions = $('Questions')
	.all()
	.map(({ json }) => json);
const leaves = rowsOf($('Read leaves').all());

return $('People')
	.all()
	.map(({ json: event }) => {
		const { links, userIds, others } = linksOf(
			event,
			$('Read links').all(),
			$('Read account links').all(),
		);
		const asked = questions.filter(({ claimKey }) => claimKey === event.claimKey);
		const answersTo = ({ employeeId, email }) =>
			answers.filter(
				(answer) => answer.asked.employeeId === employeeId && answer.asked.email === email,
			);
		const found = asked.flatMap(answersTo).filter((answer) => answer.found);
		const records = [...new Map(found.map((record) => [record.sourceId, record])).values()];
		const isSameEmployee = (row) =>
			isAskable(row, event) &&
			(event.employeeId
				? sameText(row.employeeId, event.employeeId)
				: sameText(row.email, event.email));
		const verdict = verdictOn({
			event,
			records,
			isRead: asked.length > 0 && asked.every((question) => answersTo(question).length > 0),
			userIds,
			linkedEmail: links.at(-1)?.email ?? '',
			foreignLinks: others.filter((link) => !isAskable(link, event)),
			rows: leaves.filter((row) => isSameEmployee(row) || event.eventId === `scheduled:${row.id}`),
			settings,
			now,
		});
		// A word that nobody knows is told to a person, whatever the HRIS says.
		const trouble =
			event.trouble && !verdict.alarm
				? {
						key: `offboarding: ${event.source} ${event.employeeId || event.email}`,
						text: `${verdict.label}: ${event.trouble}`,
					}
				: undefined;
		return { json: { event, ...verdict, ...(trouble ? { alarm: trouble } : {}) } };
	});
