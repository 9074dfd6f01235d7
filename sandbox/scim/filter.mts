/** A filter of the one form that Notion documents: `attribute eq "value"`. */
export interface EqualityFilter {
	/** In lower case: attribute names do not depend on case (RFC 7643, section 2.1). */
	attribute: string;
	value: string;
}

/**
 * Reads `attribute eq value`. The value is a JSON string (RFC 7644, section 3.4.2.2); a bare word
 * without quotes and white space is accepted as well.
 *
 * @returns undefined for any other form
 */
export const parseEqualityFilter = (filter: string): EqualityFilter | undefined => {
	const [, attribute, value] =
		/^\s*([\w:.$-]+)\s+eq\s+("(?:[^"\\]|\\.)*"|[^\s"()[\]]+)\s*$/i.exec(filter) ?? [];
	if (attribute === undefined || value === undefined) return undefined;
	const text = value.startsWith('"') ? parseString(value) : value;
	return text === undefined ? undefined : { attribute: attribute.toLowerCase(), value: text };
};

const parseString = (quoted: string): string | undefined => {
	try {
		const text: unknown = JSON.parse(quoted);
		return typeof text === 'string' ? text : undefined;
	} catch {
		return undefined;
	}
};
