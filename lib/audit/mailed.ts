import type { Mailed } from './chain';
import type { Seal } from './seal';
import { readSeal } from './seal';

/** As the mail of a seal writes it: see the workflow audit-seal. */
const HEAD = /Seal (\d{1,9}):\s*([0-9a-f]{64})\b/g;

/** Where a saved mail divides a long line (quoted-printable). */
const SOFT_BREAK = /=\r?\n/g;

/** Reads what was mailed: attachments as JSON, and texts in which heads stand as `Seal 12: 3f7a…`. */
export function readMailed(texts: readonly string[]): Mailed {
	const seals = texts.flatMap(sealsIn);
	const heads = texts.flatMap((text) =>
		[...text.replace(SOFT_BREAK, '').matchAll(HEAD)].map(([, number = '', head = '']) => ({ number: Number(number), head })),
	);
	return { heads, seals };
}

/** An attachment is one seal; a text may have several, each on a line. */
function sealsIn(text: string): Seal[] {
	const whole = readSeal(text);
	if (whole) return [whole];
	return text.split('\n').flatMap((line) => (line.trimStart().startsWith('{') ? (readSeal(line) ?? []) : []));
}
