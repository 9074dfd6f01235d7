// Everything is stored and sent. What does a person have to know?
const rowsOf = (name) =>
	$(name).isExecuted
		? $(name)
				.all()
				.map(({ json }) => json)
				.filter(({ id }) => id !== undefined)
		: [];
const alarms = [];
const alarm = (key, text) => alarms.push({ key: `access review: ${key}`, text });
const named = (entries) => `${entries.slice(0, 30).join('; ')}${entries.length > 30 ? `; and ${entries.length - 30} more` : ''}`;

const begun = $('Who reviews whom').isExecuted ? $('Who reviews whom').all().map(({ json }) => json) : [];
const nobody = begun.filter(({ decision }) => decision === 'withoutReviewer');
if (nobody.length > 0) {
	alarm(
		'nobody to ask',
		`For these there is nobody who could be asked, so nobody decides about them: ${named(nobody.map(({ email, groupName, passedOver }) => `${email}${groupName ? ` (${groupName})` : ''}: ${passedOver}`))} Nothing is taken away from them. Name another fallbackReviewer or securityReviewer in Settings.`,
	);
}
const withFallback = begun.filter(({ reviewerAs }) => reviewerAs === 'fallback');
if (2 * withFallback.length > begun.length) {
	alarm(
		'managers missing',
		`For ${withFallback.length} of ${begun.length} rows there is no manager who can be asked, so the fallback reviewer is. If people have managers in your directory, its source did not give them: mend it, and decide with the people who know. The rows say why in passedOver.`,
	);
}
const unanswered = $('Due').isExecuted
	? $('Due').first().json.changes.filter(({ decision }) => decision === 'unanswered')
	: [];
if (unanswered.length > 0) {
	const count = unanswered.reduce((sum, { rowIds }) => sum + rowIds.length, 0);
	const reviewers = [...new Set(unanswered.map(({ reviewer }) => reviewer))];
	alarm(
		'not answered',
		`The time is over, and ${count} rows were not decided. Asked at last: ${named(reviewers)}. Nothing was taken away. The evidence says so.`,
	);
}
const gone = ($('Due').isExecuted ? ($('Due').first().json.letters ?? []) : []).filter((letter) => letter.gone);
if (gone.length > 0) {
	alarm(
		'reviewer gone',
		`The directory says of these reviewers that they cannot answer, and nobody comes after them: ${named(gone.map(({ reviewer, gone: why }) => `${reviewer} ${why}`))}. See that somebody reads their mail, and name others in Settings before the next review.`,
	);
}
const unsent = $('Letters sent').isExecuted
	? $('Letters sent').all().map(({ json }) => json).filter(({ isSent }) => !isSent)
	: [];
if (unsent.length > 0) {
	alarm(
		'mail',
		`These reviewers could not be asked by mail: ${named(unsent.map(({ reviewer, error }) => `${reviewer} (${error})`))}. It is tried again tomorrow.`,
	);
}
if ($('Send receipt').isExecuted && $('Send receipt').first().json.messageId === undefined) {
	alarm(
		'receipt',
		`${$('Mail of receipt').first().json.to} could not be mailed what was put on record in their name: ${$('Send receipt').first().json.error ?? 'the reason is not known'}. It is on record all the same.`,
	);
}
const HINTS = {
	held: 'the limit of a day holds it back; it is done on the next day',
	refused: 'a person must act in Notion',
	failed: 'it is tried again tomorrow',
	notVerified: 'sent, but nobody could see that it worked; it is tried again tomorrow',
};
const closed = $('To close').isExecuted ? $('To close').all()[0]?.json : undefined;
const statement = $('Statement').isExecuted ? $('Statement').first().json : {};
const open = closed ? [] : rowsOf('What was done').filter(({ outcome }) => HINTS[outcome] || outcome === 'intended');
if (open.length > 0) {
	alarm(
		'revocation',
		`Not carried out: ${named(open.map(({ email, groupName, outcome, note }) => `${email}${groupName ? ` in ${groupName}` : ''}: ${HINTS[outcome] ?? 'begun, no result'}. ${note}`))}`,
	);
}
// The snapshot counts, not what was said of the deed: an identity provider may have added somebody again.
if (closed?.stillThere.length > 0) {
	alarm(
		'closed',
		`The review is closed, and in the second snapshot these are still there, although it was decided otherwise: ${named(closed.stillThere.map(({ email, group, note }) => `${email}${group ? ` in ${group}` : ''}${note ? ` (${note})` : ''}`))}. Nobody tries them again: act in Notion, and find out what adds people again.`,
	);
}
if (statement.missing > 0) {
	alarm('rows missing', `${statement.missing} rows of the first snapshot are not in access_review_rows any more. The evidence is not whole and says so: find out who deleted them.`);
}
if (statement.notClosed) {
	const [item] = $('Second snapshot').all(1);
	const reason = statement.isOther
		? 'it is of another workspace than the first one. Check the credential of the node Second snapshot'
		: (item?.json.error ?? 'the reason is not known');
	alarm('not closed', `The review is over, but the second snapshot failed: ${reason}. It is tried again tomorrow.`);
}
if ($('Send report').isExecuted && $('Send report').first().json.messageId === undefined) {
	alarm('auditor', `The auditor could not be mailed: ${$('Send report').first().json.error ?? 'the reason is not known'}. It is tried again tomorrow; until then the head of the chain is in n8n only.`);
}
return alarms.map((entry) => ({ json: { alarm: entry } }));
