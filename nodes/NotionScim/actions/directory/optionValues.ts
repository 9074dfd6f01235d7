import { z } from 'zod';

import { ScimError } from '../../../../lib/scim/scimError';
import { jsonParameter } from '../../execution/parameters';
import type { Options } from '../../execution/scalarParameters';

export const text = z.union([z.string(), z.number().transform(String)]).pipe(z.string().trim().min(1));

/**
 * The value of an option; undefined only if the option was not added.
 * @throws ScimError `invalidInput` if its expression returns nothing: a failed reading does not count as
 * empty
 */
export function optionOf(options: Options, name: string, label: string): unknown {
	if (!Object.hasOwn(options, name)) return undefined;
	const value = options[name];
	if (value !== undefined) return value;
	throw new ScimError(
		'invalidInput',
		`${label} is empty, although an expression should return it.`,
		'Check the expression: the data that it refers to may be missing. If there is no data, remove the option.',
	);
}

/** An empty table returns one object without fields, if n8n is set to always return data. */
const isFilled = (row: unknown): boolean =>
	typeof row !== 'object' || row === null || Object.keys(row).length > 0;

const rows = z
	.union([z.array(z.unknown()), z.record(z.unknown()).transform((one) => [one])])
	.transform((all) => all.filter(isFilled));

/** The rows of an option that accepts JSON: an array, or one object. @throws ScimError `invalidInput` */
export function rowsOf(options: Options, name: string, label: string, example: string): unknown[] {
	return jsonParameter(optionOf(options, name, label), label, rows, example) ?? [];
}

/** One row. @throws ScimError `invalidInput`, which names the row */
export function entryOf<T extends z.ZodTypeAny>(
	schema: T,
	value: unknown,
	label: string,
	index: number,
	example: string,
): z.output<T> {
	const parsed = schema.safeParse(value);
	if (parsed.success) return parsed.data;
	throw new ScimError(
		'invalidInput',
		`Entry ${index} of ${label} cannot be read: ${parsed.error.issues
			.map(({ path, message }) => `${path.join('.') || 'entry'} ${message}`)
			.join('; ')}.`,
		`Give JSON of the form ${example}, or an expression that results in it.`,
	);
}
