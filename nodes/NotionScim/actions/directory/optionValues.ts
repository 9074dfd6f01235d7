import { z } from 'zod';

import { ScimError } from '../../../../lib/scim/scimError';
import { asText, jsonParameter } from '../../execution/parameters';

/** A collection of the operation; expressions may have given anything. */
export type Options = Record<string, unknown>;

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

/** @throws ScimError `invalidInput` for anything but yes and no: a text such as "no" must not count as yes */
export function flag(options: Options, name: string, label: string, usual: boolean): boolean {
	const value = optionOf(options, name, label);
	if (value === undefined) return usual;
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	throw new ScimError(
		'invalidInput',
		`${label} is neither true nor false.`,
		'Check its expression: it must give true or false.',
	);
}

/**
 * A limit of the operation.
 *
 * @returns undefined for 0 and for an empty field, which stand for the default
 * @throws ScimError `invalidInput` for anything but a whole number from 0 on
 */
export function limitOf(options: Options, name: string, label: string): number | undefined {
	const value = optionOf(options, name, label);
	if (value === undefined || value === null || value === '') return undefined;
	const limit = /^\d+$/.test(asText(value).trim()) ? Number(asText(value)) : Number.NaN;
	if (Number.isSafeInteger(limit)) return limit === 0 ? undefined : limit;
	throw new ScimError(
		'invalidInput',
		`${label} is no whole number from 0 on.`,
		'Check its expression. With 0, the default holds.',
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
