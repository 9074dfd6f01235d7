/** Ids of Notion look like UUIDs, though the newer ones are of no version that RFC 9562 knows. */
const UUID_LIKE = /^([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/i;

/** Whether a text can be an id at all, so that a name or an employee number is not taken for one. */
export function looksLikeId(text: string): boolean {
	return UUID_LIKE.test(text.trim());
}

/**
 * The one spelling of an id: lower case, with hyphens, as the API gives it. Addresses of pages in
 * Notion show ids without hyphens, and people copy them from there. Anything else stays as it is.
 */
export function resourceId(text: string): string {
	const id = text.trim();
	return UUID_LIKE.test(id) ? id.replace(UUID_LIKE, '$1-$2-$3-$4-$5').toLowerCase() : id;
}
