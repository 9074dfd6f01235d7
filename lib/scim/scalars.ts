/**
 * A switch that may come as text, for example from an expression, a table or a proxy.
 * @returns undefined for anything but true and false in any case; the caller decides what that means, and it
 * never means "the default"
 */
export function readBoolean(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	const word = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
	return word === 'true' ? true : word === 'false' ? false : undefined;
}

/**
 * A number that may come as text: digits, with an optional sign and decimal point.
 * @returns undefined for anything else, including blanks, exponents, thousands separators and numbers that
 * are not finite
 */
export function readNumber(value: unknown): number | undefined {
	if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
	const digits = typeof value === 'string' ? value.trim() : '';
	return /^[+-]?\d+(?:\.\d+)?$/.test(digits) ? Number(digits) : undefined;
}
