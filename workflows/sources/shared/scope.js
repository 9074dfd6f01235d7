import { settingsList, text } from './text.js';

/**
 * Whether Notion is meant for a person, by Settings.
 *
 * @param found the person as it is given out, with groups where they were read
 * @param scope {
 *   isAssigned: false for a person who is not assigned to the Notion app; undefined where that is not asked,
 *   app: where one is assigned, for the note, as in `the Notion app in Okta`,
 *   attribute: name of an attribute of the person, or `groups`, or empty for all people,
 *   values: what it may be, whatever its capitals; an entry that ends in * is a beginning,
 *   value: the attribute's value, where it is not one of the person as given out,
 *   unread: a sentence, where what decides could not be read; say then that the reading is not complete }
 * @returns { inScope, scopeNote }
 */
export function inScope(found, { isAssigned, app = 'the Notion app', attribute, values, value, unread }) {
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

export function listValues(value) {
	return (Array.isArray(value) ? value : [value]).map(text).filter((entry) => entry !== undefined);
}

/** Whether a text is the one wanted, or begins as it does before its *. */
export function fits(entry, pattern) {
	const [plain, wanted] = [entry, pattern].map((one) => one.normalize('NFC').toLowerCase());
	return wanted.endsWith('*') ? plain.startsWith(wanted.slice(0, -1)) : plain === wanted;
}
