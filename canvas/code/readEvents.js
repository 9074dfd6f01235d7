// Whichever door an event came through, it becomes one form here: that of the node HRIS Trigger.
const doors = ['HrisEvents', 'HrisWebhook', 'WhenCalled'];
const door = doors.find((name) => {
	try {
		return $(name).isExecuted;
	} catch {
		// Whoever cannot install the trigger has deleted that door.
		return false;
	}
});
const settings = $('Settings').first().json;
const text = (value) => (typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '');

/** Words that systems use for what the HRIS Trigger calls a kind. */
const KINDS = {
	created: 'hired',
	hired: 'hired',
	rehired: 'rehired',
	hirecancelled: 'hireCancelled',
	updated: 'changed',
	changed: 'changed',
	leaverscheduled: 'leaverScheduled',
	left: 'left',
	terminated: 'left',
	leavercancelled: 'leaverCancelled',
	onleave: 'onLeave',
	returned: 'returned',
	accessrevoked: 'accessRevoked',
};

/** A short text for a long one, with which copies of a delivery are known. */
function hashOf(long) {
	let [a, b] = [0xdeadbeef, 0x41c6ce57];
	for (let index = 0; index < long.length; index += 1) {
		a = Math.imul(a ^ long.charCodeAt(index), 2654435761);
		b = Math.imul(b ^ long.charCodeAt(index), 1597334677);
	}
	return ((a ^ (b >>> 15)) >>> 0).toString(16) + ((b ^ (a >>> 13)) >>> 0).toString(16);
}

/** The plain webhook knows no ids of events: what is equal within a minute is a copy. */
function idByContent(entry) {
	return `content:${hashOf(JSON.stringify(entry) ?? '')}:${Math.floor(Date.now() / 60000)}`;
}

/** A delivery to the plain Webhook node: events in our own form, or BambooHR's `employees`. */
function fromWebhook({ body = {} }) {
	const list = Array.isArray(body) ? body : (body.events ?? body.employees ?? [body]);
	return list.map((entry) => {
		const word = text(entry?.kind) || text(entry?.action) || text(entry?.type);
		const known = KINDS[word.toLowerCase().replace(/^employee\./, '').replace(/[^a-z]/g, '')];
		return {
			kind: known ?? 'other',
			source: text(entry?.source) || settings.source,
			eventId: text(entry?.eventId) || idByContent(entry),
			employeeId: text(entry?.employeeId) || text(entry?.data?.employeeId) || text(entry?.id),
			companyId: text(entry?.companyId) || text(entry?.data?.companyId),
			timeZone: text(entry?.timeZone),
			authenticity: 'token',
			person: entry?.person ?? {},
			// A word for the end of an employment that is not known must not be passed by.
			...(known || (word && !/termin|left|leav|fire|dismiss|resign/i.test(word))
				? {}
				: { unknownWord: `"${word.slice(0, 80)}" is no event that this workflow knows.` }),
		};
	});
}

const events = $(door)
	.all()
	.flatMap(({ json }) => (door === 'HrisWebhook' ? fromWebhook(json) : [json]));

return events.map((event) => {
	const employeeId = text(event.employeeId);
	const email = text(event.email) || text(event.person?.email);
	const eventId = text(event.eventId) || `${$execution.id}`;
	return {
		json: {
			door,
			kind: text(event.kind),
			source: text(event.source),
			eventId,
			employeeId,
			companyId: text(event.companyId),
			email,
			timeZone: text(event.timeZone),
			person: event.person ?? {},
			authenticity: text(event.authenticity),
			trouble: text(event.alarm) || text(event.unknownWord),
			...(door === 'WhenCalled' ? { row: event } : {}),
			claimKey: [$workflow.name, text(event.source), text(event.companyId), eventId, employeeId || email].join('|'),
		},
	};
});
