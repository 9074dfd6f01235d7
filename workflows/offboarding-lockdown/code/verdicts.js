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
	.map(({ json }) => {
		const asked = questions.filter(({ claimKey }) => claimKey === json.claimKey);
		const answersTo = ({ employeeId, email }) =>
			answers.filter(
				(answer) => answer.asked.employeeId === employeeId && answer.asked.email === email,
			);
		const answered = asked.flatMap(answersTo);
		const found = answered.filter((answer) => answer.found);
		const records = [...new Map(found.map((record) => [record.sourceId, record])).values()];
		const event = identified(json, answered, records);
		const { links, userIds, others } = linksOf(
			{ ...event, employeeId: json.employeeId },
			$('Read links').all(),
			$('Read account links').all(),
		);
		const wasAskedAbout = (link) =>
			isAskable(link, event) && asked.some(({ employeeId }) => employeeId === link.employeeId);
		const verdict = verdictOn({
			event,
			records,
			isRead: asked.length > 0 && asked.every((question) => answersTo(question).length > 0),
			userIds,
			linkedEmail: links.at(-1)?.email ?? '',
			foreignLinks: others.filter((link) => !wasAskedAbout(link)),
			rows: leaves.filter(
				(row) => isOfEmployee(row, event) || event.eventId === `scheduled:${row.id}`,
			),
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
