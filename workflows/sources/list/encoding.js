// Whether a text was read in the encoding that it is written in.

/** The characters of windows-1252 for the bytes from 80 to 9F, where latin1 has controls. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

/**
 * Why letters of a list are not those that were written; nothing where they are.
 *
 * - U+FFFD stands for what the encoding does not have.
 * - U+0080 to U+009F are controls that no list holds: windows-1252 was read as latin1.
 * - U+0000 comes between the letters of UTF-16.
 * - `Ã©` is UTF-8 that was read as latin1 or windows-1252.
 */
export function encodingTrouble(written) {
	if (/[\u0000\u0080-\u009F\uFFFD]/.test(written)) {
		return 'The list is written in another encoding than Settings say, and letters would be lost. Windows writes windows-1252 or utf16le, most other systems write utf8.';
	}
	const misread = [...new Set(written.match(/[^\x00-\x7F]+/g))].find(isMisreadUtf8);
	if (misread === undefined) return undefined;
	return `The list has "${misread}" where UTF-8 was read in another encoding, and names would be changed. Say utf8 in Settings: encoding, or mend the list where it is made.`;
}

/**
 * Whether characters are UTF-8 of which each byte became one. Two signs of Western Europe can be that by
 * chance, as in `»É»`, so a single character must be a Latin letter of UTF-8's first pages.
 */
function isMisreadUtf8(characters) {
	const bytes = [...characters].map((one) => {
		const code = one.codePointAt(0);
		return code < 256 ? code : WINDOWS_1252.includes(one) ? 128 + WINDOWS_1252.indexOf(one) : undefined;
	});
	if (bytes.includes(undefined)) return false;
	try {
		const decoded = decodeURIComponent(bytes.map((byte) => `%${byte.toString(16)}`).join(''));
		return [...decoded].length > 1 || /[\u00A0-\u017F\uFEFF]/.test(decoded);
	} catch {
		return false;
	}
}
