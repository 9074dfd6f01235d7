import { isNoDate } from './calendarDate';

export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object under a name, or an empty one. */
export function fieldsOf(value: unknown, name: string): Fields {
	const inner = isFields(value) ? value[name] : undefined;
	return isFields(inner) ? inner : {};
}

/**
 * The first of these values that is stated. Systems send ids as numbers or as text, and an empty text for
 * unknown values; unknown values stay absent, because an empty text would erase them elsewhere. A number that
 * JavaScript cannot represent exactly may have been rounded to another person's id, so it is ignored.
 */
export function text(...values: unknown[]): string | undefined {
	for (const value of values) {
		if (Number.isSafeInteger(value)) return String(value);
		if (typeof value === 'string' && value.trim() !== '') return value.trim();
	}
	return undefined;
}

/**
 * Like {@link text}, for dates; `0000-00-00` means that there is none. A value that is not a text differs
 * from a missing date, so it becomes a text that is not a date.
 */
export function dateText(...values: unknown[]): string | undefined {
	const isSent = values.some((value) => (value ?? '') !== '' && typeof value !== 'string');
	const dates = values.filter((value) => typeof value !== 'string' || !isNoDate(value));
	return text(...dates) ?? (isSent ? 'unreadable' : undefined);
}

export function texts(value: unknown): string[] | undefined {
	if (!Array.isArray(value)) return undefined;
	return value.flatMap((entry: unknown) => text(entry) ?? []);
}

/** Lower case letters and digits only: "First Name", `firstName` and `first_name` are one field. */
export const plainName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');
