const APPS = ['Notion', 'Entra', 'Okta', 'Google'];

const text = (value) =>
	typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';

/** The key of an address in the ASCII form that all four apps know; nothing for anything else. */
function addressOf(value) {
	const key = emailKey(readEmail(text(value)));
	return /^[\x21-\x7e]+$/.test(key) ? key : undefined;
}

/**
 * What one delivery asks for: who, and who says so. The signed door gives events of the node HRIS
 * Trigger; the second door a body, which holds one person, a list of them, or such events.
 */
function callsIn(door, items) {
	if (door === 'HrisEvents') {
		const real = items.filter(({ simulation }) => simulation !== true);
		return real.map((event) => ({ ...event.raw, ...event, ...calledBy(event.raw ?? {}) }));
	}
	return items.flatMap(({ body }) => {
		const common = typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {};
		const list = Array.isArray(body) ? body : (common.events ?? common.people ?? [body]);
		const calls = Array.isArray(list) && list.length > 0 ? list : [{}];
		return calls.map((call) => ({
			...calledBy(common),
			eventId: text(common.eventId),
			source: text(common.source),
			authenticity: 'token',
			...(typeof call === 'object' && call !== null
				? { ...call, ...calledBy(call, common) }
				: { email: text(call) }),
		}));
	});
}

function calledBy(call, otherwise = {}) {
	const said = (name) => text(call[name]) || text(otherwise[name]);
	return { requestedBy: said('requestedBy'), reason: said('reason'), reference: said('reference') };
}

/** The HRIS Trigger adds the position in the delivery, and the employee, to the id of the delivery. */
const deliveryOf = ({ eventId }) => text(eventId).replace(/\/\d+\/[^/]*$/, '');

/**
 * One row for each person and app; a call that cannot be followed is one row for no app.
 *
 * @param protectedResponders addresses that are never locked out
 * @param apps those that the company has; a name that is not known is a row for no app, too
 */
function rowsFor(calls, { protectedResponders = [], apps = APPS, door, execution, now }) {
	const { keys: protectedKeys, trouble } = protectedAddresses(protectedResponders);
	const appKeys = apps.map((app) => text(app).toLowerCase());
	const existing = APPS.filter((app) => appKeys.includes(app.toLowerCase()));
	const unknown = appKeys.filter((key) => !APPS.some((app) => app.toLowerCase() === key));
	const seen = new Set();
	const rows = calls.flatMap((call) => {
		const named = text(call.person?.email) || text(call.email);
		const address = addressOf(named);
		const person = address ?? emailKey(named);
		const kind = text(call.kind);
		const common = {
			request: `${text(call.source) || door}|${deliveryOf(call) || `execution ${execution}`}`,
			door,
			source: text(call.source) || door,
			authenticity: text(call.authenticity),
			requestedBy: text(call.requestedBy),
			reason: text(call.reason).slice(0, 500),
			reference: text(call.reference).slice(0, 200),
			askedAt: new Date(now).toISOString(),
		};
		const refused = (error) => [
			{ ...common, person: person.slice(0, 200), app: 'none', outcome: 'failed', error },
		];
		if (kind !== '' && kind !== 'accessRevoked') {
			return refused(`"${kind.slice(0, 40)}" is no emergency, so nobody was locked out. ${text(call.alarm)}`.trim());
		}
		if (person === '') return refused('The call names no email address, so nobody was locked out.');
		if (address === undefined) return refused('The call names something that is no email address, so nobody was locked out.');
		if (trouble !== undefined) return refused(trouble);
		if (seen.has(person)) return [];
		seen.add(person);
		const verdictIn = (app) => {
			if (protectedKeys.includes(person)) {
				return { outcome: 'protected', error: 'A protected responder of Settings is never locked out.' };
			}
			if (existing.includes(app)) return { outcome: 'intended', error: '' };
			return { outcome: 'notSetUp', error: 'This app is not among the apps of Settings.' };
		};
		return [
			...APPS.map((app) => ({ ...common, person, app, ...verdictIn(app) })),
			...unknown.flatMap((name) => refused(`"${name}" in the apps of Settings is none of ${APPS.join(', ')}.`)),
		];
	});
	return rows.map((row, index) => ({ ...row, execution: String(execution), entry: `${execution}/${index + 1}` }));
}
