import { mailboxesIn, readEmail, shownEntry } from '../../../lib/scim/emailAddress';
import { looksLikeId, resourceId } from '../../../lib/scim/resourceId';
import { ScimError } from '../../../lib/scim/scimError';
import { asText, jsonText } from './parameters';

/**
 * The entries of a list from an expression, an AI agent or a person: of an array, of its JSON text, or of a
 * text with separators.
 * @param split separates the entries of a text that is not JSON
 * @throws ScimError `invalidInput` for anything but an array or a text
 */
export function entriesOf(value: unknown, label: string, split: (text: string) => string[]): unknown[] {
	const list = typeof value === 'string' ? (jsonArray(value) ?? split(value)) : value;
	if (Array.isArray(list)) return list;
	if (typeof list === 'number') return [list];
	if (list === null || list === undefined) throw emptyList(label);
	throw new ScimError(
		'invalidInput',
		`${label} is neither a list nor a text.`,
		'Check its expression: it must give an array, or a text with commas between the entries.',
	);
}

/**
 * As {@link entriesOf}, all of them texts.
 * @throws ScimError `invalidInput` for an entry of an array that is not a text: it would be left out
 * unnoticed
 */
export function textsOf(value: unknown, label: string, split: (text: string) => string[]): string[] {
	const entries = entriesOf(value, label, split);
	const gap = entries.findIndex((entry) => asText(entry).trim() === '');
	if (gap >= 0) throw unusable(label, [placeOf(gap)], 'texts');
	return entries.map(asText);
}

/**
 * People in a list: addresses in any form that `readEmail` reads, and ids. An object stands for its `email`,
 * or else its `id`.
 * @returns bare addresses, and ids in the spelling of the API, without duplicates
 * @throws ScimError `invalidInput` that names every entry that is neither
 */
export function peopleIn(value: unknown, label: string): string[] {
	const people: string[] = [];
	const bad: string[] = [];
	entriesOf(value, label, mailboxesIn).forEach((entry, index) => {
		const written = mailboxesIn(asText(personIn(entry)));
		if (written.length === 0) bad.push(placeOf(index));
		for (const one of written) {
			const person = looksLikeId(one) ? resourceId(one) : readEmail(one);
			if (person === undefined) bad.push(`"${shownEntry(one.trim())}"`);
			else people.push(person);
		}
	});
	if (bad.length > 0) throw unusable(label, bad, 'email addresses and IDs');
	return [...new Set(people)];
}

/** The result of an expression that names no one. */
export function emptyList(label: string): ScimError {
	return new ScimError(
		'invalidInput',
		`${label} is empty.`,
		'Check the expression: the incoming item may not have the field that it names.',
	);
}

function personIn(entry: unknown): unknown {
	if (typeof entry !== 'object' || entry === null) return entry;
	const { email, id } = { email: undefined, id: undefined, ...entry };
	return asText(email).trim() === '' ? id : email;
}

function jsonArray(text: string): unknown[] | undefined {
	if (!text.trimStart().startsWith('[')) return undefined;
	const value = jsonText(text);
	return Array.isArray(value) ? value : undefined;
}

function placeOf(index: number): string {
	return `entry ${index}, which is empty or not a text`;
}

/** More entries would hide the sentence. */
const MOST_NAMED = 50;

function unusable(label: string, bad: string[], wanted: string): ScimError {
	const named = bad.slice(0, MOST_NAMED).join(', ');
	const more = bad.length > MOST_NAMED ? ` and ${bad.length - MOST_NAMED} more` : '';
	return new ScimError(
		'invalidInput',
		`${label} must hold ${wanted} only. Not usable: ${named}${more}. Nothing was done.`,
		'Check its expression, or correct the list: give an array, or a text with commas between the entries.',
	);
}
