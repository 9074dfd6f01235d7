import { plainColumn } from './columns.js';

// Columns that say in their name that they are about a status, and that are not read.

/** What the words of such a name end in: in any language in which our users name columns. */
const SIGNS_OF_STATUS = [
	'status', 'statut', 'suspended', 'archived', 'disabled', 'deactivated', 'terminated', 'blocked',
	'inactive', 'offboarded', 'leaver', 'gesperrt', 'deaktiviert', 'inaktiv', 'ausgeschieden',
	'gekündigt', 'archiviert', 'suspendu', 'désactivé', 'inactif', 'archivé', 'suspendido',
	'desactivado', 'inactivo', 'archivado',
];

/** These say it only where the name speaks of nothing but the person or the account. */
const WEAK_SIGNS = ['active', 'enabled', 'deleted', 'lifecycle', 'aktiv', 'actif', 'activo'];

const SUBJECTS = [
	'account', 'user', 'employee', 'employment', 'person', 'member', 'worker', 'staff', 'profile',
	'login', 'sign', 'in', 'is', 'has', 'current', 'currently', 'stage', 'flag', 'konto', 'benutzer',
	'mitarbeiter', 'compte', 'utilisateur', 'cuenta', 'usuario',
];

/** How words begin that say that the status is one of something else. */
const OTHER_SUBJECTS = [
	'marital', 'famil', 'civil', 'zivil', 'mfa', '2fa', '2sv', 'totp', 'otp', 'licen', 'invitation',
	'visa', 'tax', 'flsa', 'sync', 'dirsync', 'password', 'vaccin', 'military', 'veteran', 'citizen',
	'immigra', 'residen', 'disabilit', 'enrol', 'exempt', 'training', 'probation', 'device', 'mailbox',
	'forward', 'upload', 'order', 'pay', 'review', 'reason', 'comment', 'note',
];

/** Whether a column says by its name that it tells who works here, or whose account may be used. */
export function looksLikeStatus(name) {
	const words =
		name
			.normalize('NFC')
			.replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, ' ')
			.toLowerCase()
			.match(/[\p{L}\p{N}]+/gu) ?? [];
	if (words.some((word) => OTHER_SUBJECTS.some((other) => word.startsWith(other)))) return false;
	if (words.some((word) => SIGNS_OF_STATUS.some((sign) => word.endsWith(sign)))) return true;
	const others = words.filter((word) => !WEAK_SIGNS.includes(word));
	return others.length < words.length && others.every((word) => SUBJECTS.includes(word));
}

/**
 * Names of the columns that look like a status and are not read. Empty ones say nothing, and neither
 * does the sister of a column that is read or that Settings name.
 *
 * @param columns of columnsOfList()
 * @param cellsAt the cells of all rows at an index
 */
export function unreadStatusColumns(header, columns, cellsAt) {
	const read = [...columns.places.values(), ...columns.flags.map(({ place }) => place), ...columns.ignored];
	const known = new Set(read.map((place) => plainColumn(header[place])));
	return header.filter(
		(name, place) =>
			!known.has(plainColumn(name)) && looksLikeStatus(name) && cellsAt(place).some((cell) => cell.trim() !== ''),
	);
}
