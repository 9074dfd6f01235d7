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

/** What the trigger found odd about an event is told to a person, whatever the HRIS says. */
function told(event, { alarm, label }) {
	const { trouble, unknownEvent } = event;
	if (!trouble || alarm?.text.includes(trouble)) return {};
	const key = unknownEvent ?? `${event.source} ${event.employeeId || event.email}`;
	return {
		alarm: {
			key: alarm?.key ?? `offboarding: ${key}`,
			text: `${alarm?.text ?? `${label}:`} ${trouble}`,
		},
	};
}

return $('People')
	.all()
	.map(({ json }) => {
		const asked = questions.filter(({ claimKey }) => claimKey === json.claimKey);
		const answersTo = ({ employeeId, email }) =>
			answers.filter(
				(answer) => answer.asked.employeeId === employeeId && answer.asked.email === email,
			);
		const answered = asked.flatMap(answersTo);
		const found = answered.filter((answer) => answer.found).map(withBareAddresses);
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
		return { json: { event, ...verdict, ...told(event, verdict) } };
	});
