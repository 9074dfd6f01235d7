/**
 * A switch that may have come as text, as from an expression, a table or a proxy.
 *
 * @returns undefined for anything but true and false in any case; what that means is up to whoever asks,
 *   and is never "the default"
 */
export function readBoolean(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	const word = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
	return word === 'true' ? true : word === 'false' ? false : undefined;
}

/**
 * A number that may have come as text: digits, with a sign and a decimal point where there are any.
 *
 * @returns undefined for anything else, among it blanks, exponents, separators of thousands and
 *   numbers that are not finite
 */
export function readNumber(value: unknown): number | undefined {
	if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
	const digits = typeof value === 'string' ? value.trim() : '';
	return /^[+-]?\d+(?:\.\d+)?$/.test(digits) ? Number(digits) : undefined;
}
