import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';

import type { PersonAttributes } from '../../../lib/scim/personAttributes';
import { PERSON_ATTRIBUTES, statedAttributes } from '../../../lib/scim/personAttributes';
import { ScimError } from '../../../lib/scim/scimError';
import type { Described, Options } from './scalarParameters';
import { choiceOf, numberOf, switchOf } from './scalarParameters';

/** The parameters of one item, typed. Expressions may return anything, so every value is checked. */
export class ItemParameters {
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly itemIndex: number,
	) {}

	/** @throws ScimError `invalidInput` if it is empty */
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

	/** @throws ScimError `invalidInput` for anything but true and false */
	switch(described: Described): boolean {
		return switchOf(this.raw(described.name), described);
	}

	/** @throws ScimError `invalidInput` for anything but a number within its range */
	number(described: Described): number {
		return numberOf(this.raw(described.name), described);
	}

	/** @throws ScimError `invalidInput` for anything but one of the choices */
	choice<T extends string>(described: Described, choices: readonly T[]): T {
		return choiceOf(this.raw(described.name), described, choices);
	}

	/**
	 * A collection such as `options`, or its JSON text.
	 * @throws ScimError `invalidInput` for anything else: a guard or a limit in it would be lost unnoticed
	 */
	collection(name: string, label: string): Options {
		const fields = jsonParameter(this.raw(name), label, z.record(z.unknown()), '{"name": "value"}');
		if (fields) return fields;
		throw new ScimError(
			'invalidInput',
			`${label} is empty, although an expression gives it.`,
			'Check the expression, or add the fields of it one by one.',
		);
	}

	/** A resource locator; a plain text, which an expression may return, is recognised by its form. */
	locator(name: string, label: string): { mode: string; value: string } {
		const locator = this.optionalLocator(name);
		if (locator.value !== '') return locator;
		throw new ScimError(
			'invalidInput',
			`${label} is empty.`,
			'Pick one, or check the expression: the incoming item may not have the field that it names.',
		);
	}

	/** As {@link locator}; if nothing is picked, the value is empty. */
	optionalLocator(name: string): { mode: string; value: string } {
		const raw = this.raw(name);
		const parsed = z.object({ mode: z.string(), value: z.unknown() }).safeParse(raw);
		return {
			mode: parsed.success ? parsed.data.mode : 'any',
			value: asText(parsed.success ? parsed.data.value : raw).trim(),
		};
	}

	/** n8n throws for a parameter that an operation does not have, unless there is a fallback. */
	raw(name: string): unknown {
		return this.context.getNodeParameter(name, this.itemIndex, null);
	}

	/**
	 * As {@link raw}, for all items of another node. n8n evaluates an expression in an isolate and copies each field
	 * of each item by itself, which takes half a minute for 10,000 rows. The same items are at hand without it.
	 */
	rawRows(name: string): unknown {
		const written: unknown = this.context.getNodeParameter(name, this.itemIndex, null, { rawExpressions: true });
		const [, node] = typeof written === 'string' ? (ALL_ITEMS.exec(written) ?? []) : [];
		return (node === undefined ? undefined : rowsOfNode(this.context, node, this.itemIndex)) ?? this.raw(name);
	}
}

/** The expression that gives all items of a node. {@link ItemParameters.rawRows} recognizes it. */
export function allItemsOf(node: string): string {
	return `={{ $('${node}').all().map(item => item.json) }}`;
}

/** What {@link allItemsOf} gives; a node with a quote in its name is left to n8n. */
const ALL_ITEMS = /^=\{\{ \$\('([^'\\]+)'\)\.all\(\)\.map\(item => item\.json\) \}\}$/;

/** @returns undefined where n8n does not give them: the expression then says why */
function rowsOfNode(context: IExecuteFunctions, node: string, itemIndex: number): unknown[] | undefined {
	try {
		const find: unknown = context.getWorkflowDataProxy(itemIndex)['$'];
		const found: unknown = typeof find === 'function' ? Reflect.apply(find, undefined, [node]) : undefined;
		const all: unknown = typeof found === 'object' && found !== null && 'all' in found ? found.all : undefined;
		const items: unknown = typeof all === 'function' ? Reflect.apply(all, found, []) : undefined;
		return z.array(z.object({ json: z.unknown() })).parse(items).map(({ json }) => json);
	} catch {
		return undefined;
	}
}

/** The attributes of a person from a collection. Empty ones are left out; a list may be the text of an array. */
export function personAttributes(collection: Record<string, unknown>): PersonAttributes {
	const attributes: PersonAttributes = {};
	for (const attribute of PERSON_ATTRIBUTES) {
		const written = collection[attribute];
		const isList = attribute === 'secondaryEmails' && typeof written === 'string';
		const raw = isList ? jsonText(written.trim()) : written;
		attributes[attribute] = Array.isArray(raw) ? raw.map(asText).join(', ') : asText(raw);
	}
	return statedAttributes(attributes);
}

/**
 * A parameter that accepts JSON: an object or an array, or its text, as expressions and tables return it.
 * @param example a short example, for the error
 * @returns undefined if it is empty
 * @throws ScimError `invalidInput`
 */
export function jsonParameter<T extends z.ZodTypeAny>(
	value: unknown,
	label: string,
	schema: T,
	example: string,
): z.infer<T> | undefined {
	const given = typeof value === 'string' ? jsonText(value.trim()) : value;
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

/**
 * The parsed JSON of a text; the text itself if it is not JSON, which then matches no schema of an object.
 */
export function jsonText(text: string): unknown {
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
