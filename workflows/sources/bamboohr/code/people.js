// What is asked about people: each one's record and employment statuses, and who else has the same
// address. Requests that do not wait for each other are made together.

const SITE = `https://${company}.bamboohr.com/api/v1/employees`;

const FIELDS = ['status', emailField, ...RECORD_FIELDS];

/** BambooHR cannot filter by `bestEmail`, which is the work address or, where there is none, the other. */
const ADDRESS_FIELDS = emailField === 'bestEmail' ? ['workEmail', 'homeEmail'] : [emailField];

const recordOf = (id) => ({
	about: `employee ${id}`,
	url: `${SITE}/${id}?fields=${FIELDS.join(',')}`,
});
const statusesOf = (id) => ({
	about: `the employment statuses of employee ${id}`,
	url: `${SITE}/${id}/tables/employmentStatus`,
});

function listBy(filter, value, about) {
	const query = { [`filter[${filter}]`]: value, fields: emailField, 'page[limit]': '2500' };
	const parts = Object.entries(query).map((pair) => pair.map(encodeURIComponent).join('='));
	return { about, url: `${SITE}?${parts.join('&')}` };
}

const listWithId = (id) => listBy('ids', id, `the list of employees with the ID ${id}`);

/** BambooHR finds what contains a text, so domains, which have two ways of writing, are compared here. */
function listsWithAddress(key) {
	const beginning = key.slice(0, key.lastIndexOf('@') + 1) || key;
	return ADDRESS_FIELDS.map((field) =>
		listBy(field, beginning, `the list of employees with the address ${key}`),
	);
}

/** An answer with its body read: a page of a proxy must show its status, and be no answer with status 200. */
function readJson(answer) {
	if (typeof answer.data !== 'string') return answer;
	try {
		return { ...answer, body: JSON.parse(answer.data) };
	} catch {
		return answer.statusCode === 200 ? { error: 'It is no JSON' } : answer;
	}
}

/** What came of each request: { body }, or { why, mayPass, status } where it failed. By its address. */
const outcomes = new Map();
function learn(url, answer = {}) {
	const tries = (outcomes.get(url)?.tries ?? 0) + 1;
	outcomes.set(url, { ...outcomeOf(readJson(answer), tries), status: answer.statusCode, tries });
}

/** Of the first question, what is always asked was asked already. */
function learnWhatCameFirst() {
	const id = asked[0].employeeId;
	const record = $('Ask for the record').first().json;
	learn(recordOf(id).url, record);
	learn(statusesOf(id).url, $('Ask for the statuses').first().json);
	const address = text(readJson(record).body?.[emailField]) ?? '';
	const key = emailKey(address);
	const beginning = key.slice(0, key.lastIndexOf('@') + 1);
	// "bestEmail" is two lists. Letters outside ASCII keep their size in a key, and were asked about in small ones.
	if (emailField === 'bestEmail' || beginning === '' || !address.toLowerCase().startsWith(beginning)) return;
	learn(listsWithAddress(key)[0].url, $('Ask who else has the address').first().json);
}

if ($('Ask for the record').isExecuted) learnWhatCameFirst();
for (let run = 0; run < $runIndex; run += 1) {
	const answers = $('Ask about people').all(0, run);
	$('People')
		.all(0, run)
		.forEach(({ json: { url } }, index) => learn(url, answers[index]?.json));
}

const unread = new Map();

/** What BambooHR answered; nothing while it has yet to be asked. */
function bodyOf(request) {
	const outcome = outcomes.get(request.url);
	if (outcome?.body !== undefined) return outcome.body;
	if (outcome && !(outcome.mayPass && outcome.tries < TRIES)) {
		throw new Error(`A request for ${request.about} ${outcome.why}.`);
	}
	unread.set(request.url, { ...request, pause: outcome?.pause ?? 0 });
	return undefined;
}

/** Rows of a list; nothing while it has yet to be read. */
function rowsOf(request) {
	const body = bodyOf(request);
	if (body === undefined) return undefined;
	const problem = (sentence) => new Error(`The answer about ${request.about} cannot be used: ${sentence}.`);
	if (!Array.isArray(body.data) || typeof body.meta?.total !== 'number') {
		throw problem('it does not have the documented form');
	}
	if (body.meta.page?.nextCursor || body.meta.total !== body.data.length) {
		throw problem('it is not whole');
	}
	const isHidden = (name) => body.data.some((row) => (row._restrictedFields ?? []).includes(name));
	const hidden = ['status', emailField].filter(isHidden);
	if (hidden.length > 0) {
		throw problem(`the owner of the API key may not see ${hidden.join(' and ')} of every employee`);
	}
	return body.data;
}

/** Somebody's record as BambooHR gives it; null where BambooHR says that there is none. */
function readRecord(id) {
	const request = recordOf(id);
	const isMissing = outcomes.get(request.url)?.status === 404;
	if (!isMissing) {
		const [employee, rows] = [bodyOf(request), bodyOf(statusesOf(id))];
		return employee === undefined || rows === undefined ? undefined : person(id, employee, rows);
	}
	// A proxy answers 404, too, so BambooHR's list has to say that there is nobody.
	const listed = rowsOf(listWithId(id));
	if (listed?.some(({ employeeId }) => text(employeeId) === id)) {
		throw new Error(`BambooHR lists employee ${id}, but answered a request for the record with status 404.`);
	}
	return listed === undefined ? undefined : null;
}

// BambooHR leaves out what the key may not see, so a missing status is no answer.
function person(id, employee, rows) {
	if (text(employee?.id) !== id || !('status' in employee) || !(emailField in employee)) {
		throw new Error(
			`BambooHR did not give status and ${emailField} of employee ${id}. Who owns the API key must be allowed to see them.`,
		);
	}
	if (!Array.isArray(rows)) {
		throw new Error(
			`BambooHR's employment statuses of employee ${id} do not have the documented form.`,
		);
	}
	const found = standing({
		status: employee.status,
		rows,
		hireDate: employee.hireDate,
		terminationDate: employee.terminationDate,
		today: utcDate(),
		ownWords,
	});
	return given({
		found: true,
		source: 'bamboohr',
		sourceId: id,
		...found,
		active: isActive(found.status),
		email: text(employee[emailField]),
		displayName: text(employee.displayName),
		givenName: text(employee.firstName),
		familyName: text(employee.lastName),
		title: text(employee.jobTitle),
		department: text(employee.department),
		division: text(employee.division),
		employeeNumber: text(employee.employeeNumber),
		managerEmail: text(employee.supervisorEmail),
	});
}

/** IDs of those who have one of these addresses. */
function idsWithAddress(emails) {
	const keys = new Set(emails.map(emailKey).filter(Boolean));
	return [...keys]
		.flatMap((key) => listsWithAddress(key).flatMap((list) => rowsOf(list) ?? []))
		.filter((row) => keys.has(emailKey(row[emailField])))
		.map(({ employeeId }) => text(employeeId));
}

/** The person with the ID, and all who have the same address. */
function recordsFor({ employeeId, email }) {
	const own = employeeId === '' ? null : readRecord(employeeId);
	const ids = new Set(idsWithAddress([email, own?.email ?? '']));
	ids.delete(employeeId);
	return [own, ...[...ids].map(readRecord)].filter((record) => record);
}

/** What is said of one question. An answer that cannot be used stops no other one. */
function answersTo(question) {
	const { employeeId, email } = question;
	try {
		return { items: answerTo({ employeeId, email }, 'bamboohr', recordsFor(question)) };
	} catch (error) {
		return { items: [unreadableAnswer('bamboohr', question, error.message)], error };
	}
}

const answers = askable.map(answersTo);
if (unread.size === 0) {
	if (answers.every(({ error }) => error !== undefined)) throw answers[0].error;
	return [...answers.flatMap(({ items }) => items), ...answersToTheRest('bamboohr')];
}
const pause = Math.max(...[...unread.values()].map((request) => request.pause));
return [...unread.values()].map((request) => ({ json: { ...request, pause } }));
