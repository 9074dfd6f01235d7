import { oneLine } from './alertWords';
import { escapeHtml } from './escape';

/** The check box that stands for all the others. */
export const ALL_OF_THESE = 'All of these';

/** The fields of a page, for n8n's Form node, which takes them as JSON. */
export function formPage(fields: readonly object[]): string {
	// n8n inserts this text into a JSON by a replacement in which a dollar sign has a meaning.
	return JSON.stringify(fields).replaceAll('$', '\\u0024');
}

/** Check boxes of which at least one has to be selected. The form gives an array of their texts. */
export function checkBoxes(fieldLabel: string, options: readonly string[]): object {
	return { fieldLabel, fieldType: 'checkbox', requiredField: true, fieldOptions: { values: options.map((option) => ({ option })) } };
}

/** A text for the HTML of a page. Braces are escaped, too: n8n evaluates text in double braces as an expression. */
export function escapedText(text: string): string {
	return escapeHtml(text).replace(/[{}]/g, (brace) => `&#${brace.charCodeAt(0)};`);
}

/** A text of a check box, as the form returns it: n8n removes markup from the texts of a form. */
export function optionText(text: string): string {
	return oneLine(text.replace(/[<>&"'`${}]/g, ' '));
}

/** The texts of the check boxes that a form gave back; anything else counts as none. */
export function selectedTexts(answer: unknown): string[] {
	const given = [answer].flat().map((text) => (typeof text === 'string' ? text.trim() : ''));
	return [...new Set(given.filter((text) => text !== ''))];
}
