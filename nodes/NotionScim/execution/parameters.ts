import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';

import type { PersonAttributes } from '../../../lib/scim/personAttributes';
import { PERSON_ATTRIBUTES, splitList, statedAttributes } from '../../../lib/scim/personAttributes';
import { ScimError } from '../../../lib/scim/scimError';

/** The parameters of one item, typed. Expressions may give anything, so everything is looked at. */
export class ItemParameters {
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly itemIndex: number,
	) {}

	/** @throws ScimError `invalidInput` where it is empty */
	requiredText(name: string, label: string): string {
		const value = this.text(name).trim();
		if (value !== '') return value;
		throw new ScimError(
			'invalidInput',
			`${label} is empty.`,
			'Check the expression: the incoming item may not have the field that it names.',
		);
	}

	text(name: string): string {
		return asText(this.raw(name));
	}

	boolean(name: string): boolean {
		return this.raw(name) === true;
	}

	/** @throws ScimError `invalidInput` for anything but a whole number from 1 on */
	count(name: string, label: string): number {
		const parsed = z.coerce.number().int().positive().safeParse(this.raw(name));
		if (parsed.success) return parsed.data;
		throw new ScimError(
			'invalidInput',
			`${label} is not a whole number from 1 on.`,
			'Check the expression, or turn on Return All.',
		);
	}

	/** A collection such as `options`; absent counts as empty. */
	collection(name: string): Record<string, unknown> {
		return z.record(z.unknown()).catch({}).parse(this.raw(name));
	}

	/** A resource locator; a plain text, which an expression may give, is told apart by its form. */
	locator(name: string, label: string): { mode: string; value: string } {
		const locator = this.optionalLocator(name);
		if (locator.value !== '') return locator;
		throw new ScimError(
			'invalidInput',
			`${label} is empty.`,
			'Pick one, or check the expression: the incoming item may not have the field that it names.',
		);
	}

	/** As {@link locator}; nothing picked is an empty value. */
	optionalLocator(name: string): { mode: string; value: string } {
		const raw = this.raw(name);
		const parsed = z.object({ mode: z.string(), value: z.unknown() }).safeParse(raw);
		return {
			mode: parsed.success ? parsed.data.mode : 'any',
			value: asText(parsed.success ? parsed.data.value : raw).trim(),
		};
	}

	/**
	 * Texts from an array, or from one text with commas, semicolons or white space between them.
	 *
	 * @throws ScimError `invalidInput` for an array in which something is no text: whoever it stood for
	 * would be left out unnoticed
	 */
	list(name: string, label: string): string[] {
		const raw = this.raw(name);
		if (!Array.isArray(raw)) return splitList(asText(raw));
		const gap = raw.findIndex((entry) => asText(entry).trim() === '');
		if (gap < 0) return raw.flatMap((entry) => splitList(asText(entry)));
		throw new ScimError(
			'invalidInput',
			`Entry ${gap} of ${label} is empty or not a text.`,
			'Give an array of emails or IDs. Check that the expression names a field that every entry has.',
		);
	}

	/** n8n throws for a parameter that an operation does not have, unless a fallback is given. */
	raw(name: string): unknown {
		return this.context.getNodeParameter(name, this.itemIndex, null);
	}
}

/** The attributes of a person out of a collection. Empty ones are left out. */
export function personAttributes(collection: Record<string, unknown>): PersonAttributes {
	const attributes: PersonAttributes = {};
	for (const attribute of PERSON_ATTRIBUTES) {
		const raw = collection[attribute];
		attributes[attribute] = Array.isArray(raw) ? raw.map(asText).join(', ') : asText(raw);
	}
	return statedAttributes(attributes);
}

/**
 * A parameter that takes JSON: an object or an array, or the text of one, as expressions and tables give.
 *
 * @param example the form in short, for the error
 * @returns undefined where it is empty
 * @throws ScimError `invalidInput`
 */
export function jsonParameter<T extends z.ZodTypeAny>(
	value: unknown,
	label: string,
	schema: T,
	example: string,
): z.infer<T> | undefined {
	const given = typeof value === 'string' ? parsedText(value.trim()) : value;
	if (given === null || given === undefined) return undefined;
	const parsed = schema.safeParse(given);
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	const place = issue && issue.path.length > 0 ? ` (${issue.path.join('.')}: ${issue.message})` : '';
	throw new ScimError(
		'invalidInput',
		`${label} cannot be read${place}.`,
		`Give JSON of the form ${example}, or an expression that results in it.`,
	);
}

/** @returns the text itself where it is no JSON, which then fits no schema of an object */
function parsedText(text: string): unknown {
	if (text === '') return undefined;
	try {
		const value: unknown = JSON.parse(text);
		return value;
	} catch {
		return text;
	}
}

export function asText(value: unknown): string {
	if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
	return typeof value === 'string' ? value : '';
}
