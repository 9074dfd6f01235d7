/** Notion's ids look like UUIDs, although the newer ones have no version that RFC 9562 defines. */
const UUID_LIKE = /^([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/i;

/** Whether a text can be an id at all, so that a name or an employee number is not mistaken for one. */
export function looksLikeId(text: string): boolean {
	return UUID_LIKE.test(text.trim());
}

/**
 * The canonical spelling of an id: lower case, with hyphens, as the API returns it. Addresses of pages in
 * Notion contain ids without hyphens, and people copy them from there. Any other text is unchanged.
 */
export function resourceId(text: string): string {
	const id = text.trim();
	return UUID_LIKE.test(id) ? id.replace(UUID_LIKE, '$1-$2-$3-$4-$5').toLowerCase() : id;
}
