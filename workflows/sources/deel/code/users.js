const { emailType, ownWords } = $('Settings').first().json;
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const DEEL = 'urn:ietf:params:scim:schemas:extension:2.0:User';
const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

function recordOf(user) {
	const sourceId = text(user?.id);
	if (sourceId === undefined) throw new Error('Deel gave a person without an ID.');
	const more = user[DEEL] ?? {};
	const enterprise = user[ENTERPRISE] ?? {};
	const found = standing({
		hiringStatus: more.hiringStatus,
		active: user.active,
		startDate: dayOf(more.startDate),
		endDate: dayOf(more.endDate),
		ownWords,
	});
	const address = (user.emails ?? []).find(({ type, value }) => type === emailType && text(value));
	return given({
		found: true,
		source: 'deel',
		sourceId,
		...found,
		active: isActive(found.status),
		email: text(address?.value) ?? (emailType === 'work' ? text(user.userName) : undefined),
		displayName: text(user.displayName) ?? text(more.preferredName),
		givenName: text(user.name?.givenName),
		familyName: text(user.name?.familyName),
		title: text(user.title),
		department: text(enterprise.department),
		costCenter: text(enterprise.costCenter),
		employeeNumber: text(more.workerId),
		managerEmail: text(enterprise.manager?.email),
	});
}

/** Deel writes a date as such, or as the instant at which that day begins or ends where the person is. */
function dayOf(written) {
	return dateByDayEdge(text(written) ?? '') ?? written;
}

/** The person of an answer, or nothing for Deel's own "not found". @throws Error for anything else */
function personOf({ statusCode, body }) {
	if (statusCode === 200 && text(body?.id) !== undefined) return recordOf(body);
	if (statusCode === 404 && body?.schemas?.includes(ERROR)) return undefined;
	throw new Error("Deel's answer does not have the documented form.");
}

/** Everybody in the pages of a list. @throws Error where a page is not Deel's */
function listOf(pages) {
	for (const { statusCode, body } of pages) {
		if (
			statusCode !== 200 ||
			!Array.isArray(body?.Resources) ||
			typeof body.totalResults !== 'number'
		) {
			throw new Error("A page of Deel's list does not have the documented form.");
		}
	}
	const users = pages.flatMap(({ body }) => body.Resources);
	const records = users.map(recordOf);
	const isWhole =
		onceEach(records).length === users.length &&
		pages.every(({ body }) => body.totalResults === users.length);
	return { records, isWhole };
}
