/** One request as it arrived, before anything in it is believed. */
export interface Delivery {
	/**
	 * Names and values in turn, as Node's `rawHeaders` has them. Node's `headers` would hide that a
	 * header was sent twice: of several `Authorization` headers it keeps the first.
	 */
	rawHeaders: readonly string[];
	/** The bytes of the body, exactly as they were sent. */
	body: Buffer;
	/**
	 * Value of `?event=` in the address that was called. Nothing protects it; it is read only where
	 * the body does not say what happened.
	 */
	eventInAddress?: string;
}

/**
 * The value of a header that was sent exactly once.
 *
 * @param name in any case
 * @returns undefined where the header is missing, empty, or repeated: of two values, the one that is
 *   checked might not be the one that somebody else goes by
 */
export function onlyHeader({ rawHeaders }: Delivery, name: string): string | undefined {
	const wanted = name.toLowerCase();
	const values: string[] = [];
	for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
		const value = rawHeaders[index + 1];
		if (rawHeaders[index]?.toLowerCase() === wanted && value !== undefined) values.push(value);
	}
	const [value] = values;
	return values.length === 1 && value !== '' ? value : undefined;
}
