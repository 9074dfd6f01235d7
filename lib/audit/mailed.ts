import type { Mailed } from './chain';
import { readSeal } from './seal';

/** As the mail of a seal writes it: see the workflow audit-seal. */
const HEAD = /Seal (\d{1,9}):\s*([0-9a-f]{64})\b/g;

/** Reads what was mailed: attachments as JSON, and texts in which heads stand as `Seal 12: 3f7a…`. */
export function readMailed(texts: readonly string[]): Mailed {
	const seals = texts.flatMap((text) => readSeal(text) ?? []);
	const heads = texts.flatMap((text) =>
		[...text.matchAll(HEAD)].map(([, number = '', head = '']) => ({ number: Number(number), head })),
	);
	return { heads, seals };
}
