import type { INodeProperties } from 'n8n-workflow';

import { readBoolean, readNumber } from '../../../lib/scim/scalars';
import { ScimError } from '../../../lib/scim/scimError';

/** The label, the default and the range of a switch or a number in the node's description. */
export type Described = Pick<INodeProperties, 'displayName' | 'name' | 'default' | 'typeOptions'>;

/** A collection of an operation; expressions may have returned anything. */
export type Options = Record<string, unknown>;

/**
 * A switch, which an expression, an AI agent or a table may have returned as text.
 * @throws ScimError `invalidInput` for anything but true and false: a text such as "no" does not mean "off"
 */
export function switchOf(value: unknown, { displayName }: Described): boolean {
	const read = readBoolean(value);
	if (read !== undefined) return read;
	throw new ScimError(
		'invalidInput',
		`${displayName} ${shown(value)}. It must be true or false.`,
		'Check its expression, or set the switch by hand.',
	);
}

/**
 * A number within the range of its description. Only `numberPrecision` there allows decimals.
 * @throws ScimError `invalidInput` for anything else, such as blanks and texts with a thousands separator
 */
export function numberOf(value: unknown, { displayName, typeOptions = {} }: Described): number {
	const { minValue = 0, maxValue, numberPrecision: decimals = 0 } = typeOptions;
	const read = numberWith(decimals, value);
	if (read !== undefined && read >= minValue && read <= (maxValue ?? Infinity)) return read;
	const kind = decimals > 0 ? `a number with up to ${decimals} decimals` : 'a whole number';
	const range = maxValue === undefined ? `from ${minValue} on` : `from ${minValue} to ${maxValue}`;
	throw new ScimError(
		'invalidInput',
		`${displayName} ${shown(value)}. It must be ${kind} ${range}.`,
		'Check its expression, or enter digits without a thousands separator, a unit or a currency.',
	);
}

/** A switch of a collection; one that was not added has its default. @throws ScimError `invalidInput` */
export function switchOption(options: Options, described: Described): boolean {
	return switchOf(valueOr(options, described), described);
}

/** A number of a collection; one that was not added has its default. @throws ScimError `invalidInput` */
export function numberOption(options: Options, described: Described): number {
	return numberOf(valueOr(options, described), described);
}

/** @throws ScimError `invalidInput` for anything but one of the choices */
export function choiceOf<T extends string>(
	value: unknown,
	{ displayName }: Pick<Described, 'displayName'>,
	choices: readonly T[],
): T {
	const chosen = choices.find((one) => one === value);
	if (chosen !== undefined) return chosen;
	throw new ScimError(
		'invalidInput',
		`${displayName} ${shown(value)}, which is not one of its choices.`,
		`Pick from the list, or let the expression give one of these: ${choices.join(', ')}.`,
	);
}

/**
 * A choice of a collection; one that was not added is the first.
 *
 * @throws ScimError `invalidInput` for anything but one of the choices
 */
export function choiceOption<T extends string>(
	options: Options,
	described: Pick<Described, 'name' | 'displayName'>,
	choices: readonly [T, ...T[]],
): T {
	const { name } = described;
	return Object.hasOwn(options, name) ? choiceOf(options[name], described, choices) : choices[0];
}

/** A quantity: a whole number from 0 on, or its digits. Undefined for anything else. */
export function countIn(value: unknown): number | undefined {
	const count = numberWith(0, value);
	return count !== undefined && count >= 0 ? count : undefined;
}

function valueOr(options: Options, { name, default: usual }: Described): unknown {
	return Object.hasOwn(options, name) ? options[name] : usual;
}

/** In a text, extra decimals may be a thousands group: "1.000". */
function numberWith(decimals: number, value: unknown): number | undefined {
	const read = readNumber(value);
	if (read === undefined) return undefined;
	if (typeof value === 'string' && (value.trim().split('.')[1] ?? '').length > decimals) return undefined;
	return decimals > 0 || Number.isSafeInteger(read) ? read : undefined;
}

const LONGEST_SHOWN = 40;

/** The result of an expression, as the predicate of a sentence. */
function shown(value: unknown): string {
	if (value === null || value === undefined) return 'is empty';
	if (typeof value === 'number') return `is ${value}`;
	if (typeof value !== 'string') return `is ${Array.isArray(value) ? 'an array' : `of the type ${typeof value}`}`;
	if (value.trim() === '') return 'is empty';
	return `is "${value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value}"`;
}
