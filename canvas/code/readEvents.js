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
	other: 'other',
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

/** It may be a beginning as well as an end, so it is never passed by. */
function unknownWord(word) {
	if (word === '') return 'A delivery does not say what happened. A person must look.';
	return `"${word.slice(0, 80)}" is no event that this workflow knows. A person must look.`;
}

/**
 * A delivery to the plain Webhook node: events in our own form, or BambooHR's `employees`, which do not
 * always say an action: then something about them has changed.
 */
function fromWebhook({ body }) {
	const whole = body ?? {};
	const list = [whole, whole.events, whole.employees].find(Array.isArray) ?? [whole];
	const isBambooHr = list === whole.employees;
	return list.map((entry) => {
		const word = text(entry?.kind) || text(entry?.action) || text(entry?.type);
		const plain = word.toLowerCase().replace(/^employee\./, '').replace(/[^a-z]/g, '');
		const known = Object.hasOwn(KINDS, plain) ? KINDS[plain] : undefined;
		const isWordless = word === '' && isBambooHr;
		const employeeId = text(entry?.employeeId) || text(entry?.data?.employeeId) || text(entry?.id);
		return {
			kind: known ?? (isBambooHr ? 'changed' : 'other'),
			type: word,
			source: text(entry?.source) || settings.source,
			eventId: text(entry?.eventId) || idByContent(entry),
			employeeId,
			// Anyone who knows the secret can write an address, so it only finds whom no ID names.
			email: employeeId === '' ? text(entry?.email) : '',
			companyId: text(entry?.companyId) || text(entry?.data?.companyId),
			timeZone: text(entry?.timeZone),
			authenticity: 'token',
			person: entry?.person ?? {},
			...(known || isWordless
				? {}
				: { unmapped: true, alarm: unknownWord(word) }),
		};
	});
}

/** Nothing has happened to the person whom an admin names while trying the connection. */
const events = $(door)
	.all()
	.flatMap(({ json }) => (door === 'HrisWebhook' ? fromWebhook(json) : [json]))
	.filter(({ simulation }) => simulation !== true);

return events.map((event) => {
	const employeeId = text(event.employeeId);
	const email = bareAddress(text(event.email) || text(event.person?.email));
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
			trouble: text(event.alarm),
			// One key for every delivery of the same word, whoever it is about.
			...(event.unmapped === true
				? { unknownEvent: `unknown event "${text(event.type).slice(0, 80)}" of ${text(event.source)}` }
				: {}),
			...(door === 'WhenCalled' ? { row: event } : {}),
			claimKey: [$workflow.name, text(event.source), text(event.companyId), eventId, employeeId || email].join('|'),
		},
	};
});
