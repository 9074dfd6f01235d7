import { z } from 'zod';

import { readEmail } from '../scim/emailAddress';
import { readNumber } from '../scim/scalars';
import { instantOf, isDate, isoText } from './zones';

/** Reads a cell of a Data Table or a field of an item. An empty cell is null, and reads as ''. */
export const text = z
	.union([z.string(), z.number().transform(String)])
	.nullish()
	.transform((value) => value?.trim() ?? '');

/**
 * As {@link text}; anything but a text reads as ''. For values of senders that no one controls. It is a single
 * step, because tables of 10,000 rows with 25 such cells are read.
 */
export const lenientText = z.unknown().transform((value) => {
	if (typeof value === 'string') return value.trim();
	return typeof value === 'number' && !Number.isNaN(value) ? String(value) : '';
});

/** The bare address in a text; what is no address stays as it is, so that an admin sees it. */
export function addressIn(written: string): string {
	return readEmail(written) ?? written;
}

/** An instant as ISO text in UTC, or ''. */
export const instant = text.transform((value, context) => {
	const at = value === '' ? undefined : instantOf(value);
	if (value !== '' && at === undefined) {
		issue(context, `"${value}" is not an instant such as 2026-01-31T08:00:00.000Z`);
	}
	return at === undefined ? '' : isoText(at);
});

/** A local date, or ''. */
export const date = text.transform((value, context) => {
	if (value !== '' && !isDate(value)) issue(context, `"${value}" is not a date such as 2026-01-31`);
	return value;
});

/** A number from 0 on; an empty cell is 0. */
export const count = z.unknown().transform((value, context) => {
	const isEmpty = value === null || value === undefined || value === '';
	const number = isEmpty ? 0 : readNumber(value);
	if (number === undefined || number < 0) issue(context, 'is not a number from 0 on');
	return number ?? 0;
});

/** n8n's ID of a row. */
export const rowId = z.unknown().transform((value, context) => {
	const id = readNumber(value);
	if (id === undefined || id < 1) issue(context, 'is not the ID of a row');
	return id ?? 0;
});

/** When n8n last wrote the row, in epoch milliseconds. */
export const writtenAt = z.unknown().transform((value, context) => {
	const time =
		value instanceof Date
			? value.getTime()
			: typeof value === 'string'
				? Date.parse(value)
				: (readNumber(value) ?? Number.NaN);
	if (Number.isNaN(time)) issue(context, 'is no instant');
	return time;
});

/** One word of a fixed list. */
export function wordOf<const T extends readonly [string, ...string[]]>(words: T) {
	return text.pipe(
		z.enum(words, {
			errorMap: (_issue, { data }) => ({ message: `"${String(data)}" is none of ${words.join(', ')}` }),
		}),
	);
}

/** Any object; anything else counts as an object without fields. */
export const fields = z.record(z.unknown()).catch({});

export function issue(context: z.RefinementCtx, message: string): void {
	context.addIssue({ code: 'custom', message });
}

/** The reasons of a failed reading, as the middle of a sentence. */
export function reasonsOf({ issues }: z.ZodError): string {
	return issues.map(({ path, message }) => `${path.join('.') || 'it'} ${message}`).join('; ');
}
