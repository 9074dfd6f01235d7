import { z } from 'zod';

import { ScimError } from '../../../../lib/scim/scimError';
import { jsonParameter } from '../../execution/parameters';
import type { Options } from '../../execution/scalarParameters';

export const text = z.union([z.string(), z.number().transform(String)]).pipe(z.string().trim().min(1));

/**
 * The value of an option; undefined only where the option was not added.
 *
 * @throws ScimError `invalidInput` where its expression gives nothing: what could not be read is not empty
 */
export function optionOf(options: Options, name: string, label: string): unknown {
	if (!Object.hasOwn(options, name)) return undefined;
	const value = options[name];
	if (value !== undefined) return value;
	throw new ScimError(
		'invalidInput',
		`${label} is empty, although an expression is to give it.`,
		'Check the expression: what it names may be missing. Where there is nothing to give, take the option away.',
	);
}

/** A table that is empty gives one object without fields, where n8n is to give data always. */
const isFilled = (row: unknown): boolean =>
	typeof row !== 'object' || row === null || Object.keys(row).length > 0;

const rows = z
	.union([z.array(z.unknown()), z.record(z.unknown()).transform((one) => [one])])
	.transform((all) => all.filter(isFilled));

/** The rows of an option that takes JSON: an array, or one object. @throws ScimError `invalidInput` */
export function rowsOf(options: Options, name: string, label: string, example: string): unknown[] {
	return jsonParameter(optionOf(options, name, label), label, rows, example) ?? [];
}

/** One row. @throws ScimError `invalidInput`, which says which row it is */
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
