/** One request as it arrived, before anything in it is trusted. */
export interface Delivery {
	/**
	 * Names and values in turn, as in Node's `rawHeaders`. Node's `headers` would hide a repeated header: of
	 * several `Authorization` headers it keeps the first.
	 */
	rawHeaders: readonly string[];
	/** The bytes of the body, exactly as they were sent. */
	body: Buffer;
	/**
	 * Value of `?event=` in the request's address. It is not authenticated, and is read only if the body does
	 * not say what happened.
	 */
	eventInAddress?: string;
}

/**
 * The value of a header that was sent exactly once.
 * @param name in any case
 * @returns undefined if the header is missing, empty, or repeated: of two values, another program might use
 * the one that was not verified
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
