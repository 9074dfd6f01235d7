// What every directory source shares. It stands behind values.js.

/**
 * What a directory's words may mean. Only `inactive` is evidence that somebody has left: an account
 * that is suspended, locked or unknown may be used again tomorrow.
 */
const DIRECTORY_MEANINGS = ['active', 'notStarted', 'onLeave', 'suspended', 'inactive', 'unknown'];

/** A value of a record by its path, as in `employeeOrgData.division`; nothing where there is none. */
function valueAt(record, path) {
	return String(path)
		.split('.')
		.reduce((found, name) => (Object.hasOwn(Object(found), name) ? found[name] : undefined), record);
}

/** What was asked. @throws Error for anything but `everybody` */
function everybodyAsked(items) {
	const asks = items.map(({ json }) => text(json.ask));
	if (asks.length === 0 || asks.some((ask) => ask !== 'everybody')) {
		throw new Error(`The input "ask" must be "everybody", not "${asks.join(', ')}".`);
	}
}

/** A list in Settings: an array, or a text with commas. */
function settingsList(value) {
	const entries = Array.isArray(value) ? value : String(value ?? '').split(',');
	return entries.map(text).filter((entry) => entry !== undefined);
}

/**
 * Where somebody stands, by the directory's own word.
 *
 * @param vendor as admins call it, for the explanation
 * @param table meanings by word, without capitals, spaces and lines (see meaningOf)
 * @param ownWords of Settings: { word: meaning }; they win
 * @returns { active, status, statusWord, explanation }
 */
function directoryStanding(vendor, word, table, ownWords = {}) {
	const statusWord = text(word);
	const status = meaningOf(word, table, ownWords, DIRECTORY_MEANINGS) ?? 'unknown';
	const explanations = {
		suspended: `${vendor} says "${statusWord}", which may end again: nothing is taken away.`,
		unknown: `${vendor} says "${statusWord ?? ''}", which this workflow does not know. A person must look.`,
	};
	return { active: status !== 'inactive', status, statusWord, explanation: explanations[status] };
}

/**
 * Whether Notion is meant for somebody, by Settings.
 *
 * @param found the person as it is given out, with groups where they were read
 * @param scope {
 *   isAssigned: false for whoever is not assigned to the Notion app; undefined where that is not asked,
 *   app: where one is assigned, for the note, as in `the Notion app in Okta`,
 *   attribute: name of an attribute of the person, or `groups`, or empty for everybody,
 *   values: what it may be, whatever its capitals; an entry that ends in * is a beginning,
 *   value: the attribute's value, where it is not one of the person as given out,
 *   unread: a sentence, where what decides could not be read; say then that the reading is not complete }
 * @returns { inScope, scopeNote }
 */
function inScope(found, { isAssigned, app = 'the Notion app', attribute, values, value, unread }) {
	if (unread !== undefined) return { inScope: false, scopeNote: unread };
	if (isAssigned === false) return { inScope: false, scopeNote: `Not assigned to ${app}.` };
	const name = text(attribute);
	const wanted = settingsList(values);
	if (name === undefined || wanted.length === 0) return { inScope: true };
	if (name === 'groups' && found.groups === undefined) {
		return { inScope: false, scopeNote: 'The scope goes by groups, which could not be read.' };
	}
	const own = listValues(value ?? found[name]);
	if (own.some((entry) => wanted.some((pattern) => fits(entry, pattern)))) return { inScope: true };
	const said = own.length === 0 ? 'not given' : `"${own.join(', ')}"`;
	const scopeNote = `Out of scope: ${name} is ${said}, and Settings want ${wanted.join(' or ')}.`;
	return { inScope: false, scopeNote };
}

function listValues(value) {
	return (Array.isArray(value) ? value : [value]).map(text).filter((entry) => entry !== undefined);
}

/** Whether a text is the one wanted, or begins as it does before its *. */
function fits(entry, pattern) {
	const [plain, wanted] = [entry, pattern].map((one) => one.normalize('NFC').toLowerCase());
	return wanted.endsWith('*') ? plain.startsWith(wanted.slice(0, -1)) : plain === wanted;
}

/** Entra's principal name of a guest, as in `ada_example.com#EXT#@contoso.onmicrosoft.com`: no one's address. */
function isGuestName(value) {
	return /#EXT#@/i.test(text(value) ?? '');
}

/**
 * One person as a directory source gives them out: texts without the space around them, and what has
 * no value left out. The name of a guest account is no address of anyone, and is left out as well.
 *
 * @param fields of the person; `secondaryEmails` may be an array, which becomes a text with commas,
 * without the primary address and without repetitions
 */
function person(fields) {
	const [email, managerEmail] = [fields.email, fields.managerEmail].map((one) => (isGuestName(one) ? undefined : one));
	const addresses = settingsList(fields.secondaryEmails).filter((address) => !isGuestName(address));
	const secondary = new Map(addresses.map((address) => [emailKey(address), address]));
	secondary.delete(emailKey(email));
	const secondaryEmails = [...secondary.values()].join(', ');
	const note = isGuestName(fields.email)
		? `"${text(fields.email)}" is the name of a guest account in Microsoft Entra ID and no address, so no address is known.`
		: undefined;
	const explanation = text([fields.explanation, note].map(text).filter(Boolean).join(' '));
	const whole = { ...fields, email, managerEmail, secondaryEmails, explanation };
	const tidied = Object.entries(whole).map(([name, value]) => [
		name,
		typeof value === 'string' || typeof value === 'number' ? text(value) : (value ?? undefined),
	]);
	return given(Object.fromEntries(tidied));
}

/** Of a thousand groups that cannot be read, each has a reason of its own. */
const MOST_REASONS = 10;

/**
 * The last item of a source: how the reading went.
 *
 * @param pages how many requests for pages were made
 * @param count how many persons are given out
 * @param attributesRead names of the attributes that were asked for and may be read, also where
 * nobody has a value
 * @param reasons sentences that say why it is not complete, or its groups are not; repeated ones once, and
 * of many the first ones
 */
function manifestItem({ source, pages, count, complete, groupsComplete, attributesRead, reasons = [] }) {
	const told = [...new Set(reasons)];
	const others = told.splice(MOST_REASONS).length;
	const explanation = text([...told, ...(others > 0 ? [`And ${others} more.`] : [])].join(' '));
	const readAt = new Date().toISOString();
	const manifest = { manifest: true, source, readAt, pages, count, complete, groupsComplete };
	return given({ ...manifest, attributesRead, explanation });
}

const SILENCE = 'The directory does not tell the status of anyone: see what the credential may read.';

/**
 * All items of a source: each person once, and the manifest. An id that comes twice means that the
 * directory changed while it was read, so somebody else may be missing. A directory without anybody who
 * is active and in scope is no complete one: a word in Settings is wrong then, or something is not given.
 *
 * @param persons from person()
 * @param reading as for manifestItem, without count; and `total`: how many people the vendor says
 * there are, where it says so; `silence`: why it may tell the status of no one
 */
function directoryAnswer(source, persons, { total, silence = SILENCE, ...reading }) {
	const once = onceEach(persons);
	const reasons = [...(reading.reasons ?? [])];
	if (once.length !== persons.length) {
		reasons.push('Somebody came twice, so the directory changed while it was read.');
	}
	if (total !== undefined && total !== once.length) {
		reasons.push(`The directory says that there are ${total} people, and ${once.length} came.`);
	}
	const isDeserted = once.every((one) => one.active === false || one.inScope === false);
	// A credential that may not read it gets an answer without it, and no error.
	const isSilent = once.length > 0 && once.every((one) => one.status === 'unknown' && one.statusWord === undefined);
	if (isSilent) reasons.push(silence);
	if (once.length === 0 && reasons.length === 0) reasons.push('The directory lists nobody.');
	if (once.length > 0 && isDeserted) {
		reasons.push('Nobody is active and in scope: see Settings for the scope, the Notion app and words.');
	}
	const isWhole =
		once.length === persons.length &&
		(total === undefined || total === once.length) &&
		!isDeserted &&
		!isSilent;
	const complete = reading.complete && isWhole;
	const manifest = manifestItem({ ...reading, source, count: once.length, complete, reasons });
	return [...once.map((json) => ({ json })), { json: manifest }];
}
