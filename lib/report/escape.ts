const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
	'`': '&#96;',
	'=': '&#61;',
};

/**
 * A text as the content of an element or as an attribute's value, quoted or not. Invisible and
 * direction-changing characters are shown by their number, so that a name cannot alter the text around it.
 */
export function escapeHtml(text: string): string {
	return text
		.replace(/[&<>"'`=]/g, (letter) => ENTITIES[letter] ?? letter)
		.replace(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (letter) =>
			letter === '\n' || letter === '\t' ? ' ' : `[U+${codeOf(letter)}]`,
		)
		// Half a surrogate pair would be written as another character.
		.replace(/\p{Cs}/gu, '\uFFFD');
}

function codeOf(letter: string): string {
	return (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}
