/** A text without the space around it; nothing for what is empty or no text. */
export function text(value) {
	const found =
		typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
	return found === '' ? undefined : found;
}

/** The fields that the HRIS gives. An attribute that it does not give must not be an empty text. */
export function given(fields) {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** A list in Settings: an array, or a text with commas. */
export function settingsList(value) {
	const entries = Array.isArray(value) ? value : String(value ?? '').split(',');
	return entries.map(text).filter((entry) => entry !== undefined);
}

/** A value of a record by its path, as in `employeeOrgData.division`; nothing where there is none. */
export function valueAt(record, path) {
	return String(path)
		.split('.')
		.reduce((found, name) => (Object.hasOwn(Object(found), name) ? found[name] : undefined), record);
}

/** What a record has at each of these paths: { name: path } becomes { name: value }. */
export function valuesAt(record, paths) {
	return Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, valueAt(record, path)]));
}

/** One text of several, with a space between them. Vendors leave out, or leave empty, what they do not know. */
export function joined(...values) {
	return text(values.map(text).filter(Boolean).join(' '));
}

/** Whether a text begins so. Without a beginning in Settings, every text does. */
export function beginsWith(value, beginning) {
	return text(value)?.startsWith(beginning ?? '') === true;
}

/** The address with a query; names such as page[limit] must not stay as they are in it. */
export function withQuery(url, query) {
	return `${url}?${Object.entries(query).map((pair) => pair.map(encodeURIComponent).join('=')).join('&')}`;
}
