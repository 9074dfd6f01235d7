const COULD_NOT_RUN =
	'The node did not run: it is deactivated, or its credential is missing or broken. An app that you do not have is taken out of "apps" in Settings.';

/** What an HTTP Request node gave out for one item: an answer, an error, or its input if it did not run. */
function answerOf(json) {
	if (json.entry !== undefined) return { didNotRun: true, problem: COULD_NOT_RUN };
	if (json.statusCode !== undefined) {
		const { statusCode: status, body } = json;
		return status < 300 ? { status, body } : { status, body, problem: `${status}: ${reasonIn(body)}` };
	}
	const { details, error } = json;
	const status = Number(details?.httpCode) || undefined;
	const body = typeof details?.body === 'object' && details.body !== null ? details.body : {};
	const reason = status === undefined ? text(details?.message) || text(error?.message) || 'no answer' : reasonIn(body);
	return { status, body, problem: `${status ?? 'No answer'}: ${reason}` };
}

/** The vendors' own words: Microsoft and Google have `error.message`, Okta has `errorSummary`. */
function reasonIn(body) {
	const said = text(body?.error?.message) || text(body?.errorSummary) || text(body?.error) || 'no reason was given';
	return said.slice(0, 300);
}

const text = (value) => (typeof value === 'string' ? value.trim() : '');

/**
 * What is known of a person after looking for an account.
 *
 * @param accounts undefined where the answer is not the vendor's
 */
function found(person, answer, accounts, protectedResponders) {
	if (answer.didNotRun) return { outcome: 'failed', error: COULD_NOT_RUN };
	if (accounts === undefined) {
		return { outcome: 'failed', error: answer.problem ?? 'The answer is not what this app sends.' };
	}
	if (accounts.length === 0) return { outcome: 'notFound', error: '' };
	if (accounts.length > 1) {
		return { outcome: 'failed', error: 'Several accounts have this address. Find out which one is meant.' };
	}
	const [account] = accounts;
	const protectedNames = protectedResponders.map(emailKey);
	if (account.names.some((name) => protectedNames.includes(emailKey(name)))) {
		return { outcome: 'protected', error: 'This address leads to the account of a protected responder.' };
	}
	return { account: account.id, wasLocked: account.isLocked, before: account.before };
}

/**
 * The end of one person in one app.
 *
 * @param isLocked what the last reading said; undefined if it said nothing
 * @param open what is not done, as sentences
 */
function ended(person, { isLocked, open, evidence }) {
	const verified = isLocked === true && open.length === 0;
	const success = person.wasLocked ? 'alreadyLocked' : 'lockedDown';
	const failure = isLocked === false ? 'failed' : 'notVerified';
	return { outcome: verified ? success : failure, verified, error: open.join(' '), evidence };
}

/** The row of a person, with the time since the call arrived. */
function resultOf(person, { outcome, verified = false, error = '', evidence = {} }) {
	const { entry, account = '', askedAt } = person;
	const now = Date.now();
	return {
		entry,
		outcome,
		verified,
		error,
		account,
		evidence: JSON.stringify(evidence),
		endedAt: new Date(now).toISOString(),
		ms: now - Date.parse(askedAt),
	};
}
