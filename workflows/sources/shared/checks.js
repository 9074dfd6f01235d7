import { text } from './text.js';

/**
 * The Notion app in Settings; nothing where they name none.
 *
 * @param form what its ID looks like with the vendor
 * @param meant the same in words, for the admin who wrote another one
 * @throws Error for an ID of another form, with which every assignment would be missing
 */
export function checkedApp({ notionApp }, form, meant) {
	const app = text(notionApp);
	if (app !== undefined && !form.test(app)) {
		throw new Error(`Settings: "notionApp" must be ${meant}, not "${app}".`);
	}
	return app;
}

/**
 * Where each attribute is in the vendor's user. Settings may name another place than the usual one.
 *
 * @param usual { attribute: path }
 * @param form what a path looks like with the vendor
 * @param meant the same in words
 * @throws Error for what is no path
 */
export function checkedPaths(usual, { ownAttributes, emailAttribute }, form, meant) {
	const paths = { ...usual, ...ownAttributes, email: text(emailAttribute) ?? '' };
	for (const [attribute, path] of Object.entries(paths)) {
		if (!form.test(path)) {
			const setting = attribute === 'email' ? 'emailAttribute' : 'ownAttributes';
			throw new Error(`Settings: "${path}" in "${setting}" is no ${meant}.`);
		}
	}
	return paths;
}

/**
 * Where the vendor's user says whether Notion is meant for a person; nothing where the scope goes by groups or
 * by an attribute, which the person has anyway.
 */
export function scopePathIn({ scopeAttribute }, paths) {
	const path = text(scopeAttribute);
	return path === 'groups' || paths[path] !== undefined ? undefined : path;
}

/** Whether an answer lists entries that can be told apart. Without an ID, a person could not be found again. */
export function isListOfIds(rows) {
	return Array.isArray(rows) && rows.every((row) => text(row?.id) !== undefined);
}
