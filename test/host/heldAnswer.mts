import type { FormPage } from './formBrowser.mts';

/** What a person puts into the page of a held list; with several people on it, that is all of them by default. */
export function heldAnswer({ html }: FormPage, answer: string, chosen: string[] = ['All of these']): Record<string, string> {
	const hasChoice = html.includes('Who is your answer about?');
	return hasChoice ? { 'field-1': JSON.stringify(chosen), 'field-2': answer } : { 'field-1': answer };
}

/** The hidden code of such a page, under the name of its field. */
export function codeOf({ hidden }: FormPage): Record<string, string> {
	return Object.fromEntries(Object.entries(hidden).filter(([, value]) => /^[\w-]{32}$/.test(value)));
}
