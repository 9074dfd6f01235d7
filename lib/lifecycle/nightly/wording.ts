/** The first few of many names, as one text. */
export function someOf(texts: readonly string[], most = 20): string {
	const more = texts.length > most ? `; and ${texts.length - most} more` : '';
	return `${texts.slice(0, most).join('; ')}${more}`;
}
