const MOST_NAMED = 30;

/** The first entries of a list, and how many more there are. */
export function shortList(entries: readonly string[]): string {
	const more = entries.length - MOST_NAMED;
	return `${entries.slice(0, MOST_NAMED).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}
