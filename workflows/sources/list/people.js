import { calendarDate, calendarInstant, isNoDate } from '../../../lib/directory/person/calendarDate.ts';
import { groupsInCell } from '../../../lib/directory/importMembers/listColumns.ts';
import { unguardedCell } from '../../../lib/report/csv.ts';
import { readEmail } from '../../../lib/scim/emailAddress.ts';
import { emailKey } from '../shared/emailKey.js';
import { isGuestName, person } from '../shared/person.js';
import { inScope } from '../shared/scope.js';
import { DIRECTORY_MEANINGS, meaningOf } from '../shared/status.js';
import { columnsOfList, IGNORED, plainColumn } from './columns.js';
import { listedStatus, unclear } from './status.js';
import { unreadStatusColumns } from './unreadStatus.js';
import { LIST_WORDS } from './words.js';

const MOST_NAMED = 10;

/** Where rows are that cannot be used, as in `lines 3, 7 and 12`. */
function linesOf(rows, unit) {
	const named = rows.slice(0, MOST_NAMED).map(({ line }) => line);
	const others = rows.length - named.length;
	const last = others > 0 ? `${others} more` : named.pop();
	return named.length === 0 ? `${unit} ${last}` : `${unit}s ${named.join(', ')} and ${last}`;
}

/** Without the separators that some programs write at the end of every line, as in `id,email,`. */
function withoutBlankEnds({ header, rows }) {
	const isBlank = (cell) => cell.trim() === '';
	const width = header.findLastIndex((name) => !isBlank(name)) + 1;
	const [length] = rows.map(({ cells }) => cells.length);
	const isSame = rows.every(({ cells }) => cells.length === length && cells.slice(width).every(isBlank));
	if (!isSame || length < width) return { header, rows };
	return {
		header: header.slice(0, width),
		rows: rows.map((row) => ({ ...row, cells: row.cells.slice(0, width) })),
	};
}

/**
 * What the rows of a list hold, by attribute.
 *
 * @returns { read: [{ line, fields }], columns, problems, notes }; problems are sentences that make the
 * list incomplete; without columns no one can be read
 */
function readRows(list, settings) {
	const { header, rows } = withoutBlankEnds(list);
	const whole = rows.filter(({ cells }) => cells.length === header.length);
	const cellsAt = (place) => whole.map(({ cells }) => unguardedCell(cells[place]).trim());
	const isStatus = (place) =>
		cellsAt(place).some((cell) => meaningOf(cell, LIST_WORDS, settings.ownWords, DIRECTORY_MEANINGS));
	const { trouble, notes, ...columns } = columnsOfList(header, settings, isStatus);
	if (trouble !== undefined) return { read: [], problems: [trouble], notes };

	const problems = [];
	const ragged = rows.filter(({ cells }) => cells.length !== header.length);
	if (ragged.length > 0) {
		problems.push(
			`${ragged.length} have not as many cells as the header, which has ${header.length}, ` +
				`and are left out: ${linesOf(ragged, list.unit)}.`,
		);
	}
	const unread = unreadStatusColumns(header, columns, cellsAt);
	if (unread.length > 0) {
		problems.push(
			`The name of the column "${unread.join('", "')}" looks like a status, and it is not read. ` +
				`Say in Settings: columns what it is, or "${IGNORED}".`,
		);
	}
	const cell = (cells, place) => unguardedCell(cells[place]).trim();
	const read = whole.map(({ line, cells }) => ({
		line,
		fields: {
			...Object.fromEntries([...columns.places].map(([name, place]) => [name, cell(cells, place)])),
			flags: columns.flags.map(({ flag, place }) => ({ flag, cell: cell(cells, place) })),
		},
	}));
	const dates = [...columns.places].filter(([name]) => name === 'startAt' || name === 'endDate');
	const unreadDates = dates.flatMap(([name, place]) => {
		const at = read.filter(({ fields }) => !isNoDate(fields[name]) && calendarDate(fields[name]) === undefined);
		if (at.length === 0) return [];
		return [`The column "${header[place]}" has no date such as 2026-01-31 in ${linesOf(at, list.unit)}.`];
	});
	return { read, columns, problems, notes: [...notes, ...unreadDates, ...unknownWords(header, columns, cellsAt, settings)] };
}

/** A word that is not known in a second column with a status does not count, and is named. */
function unknownWords(header, { flags }, cellsAt, { ownWords }) {
	return flags.flatMap(({ flag, place }) => {
		const isUnknown = (word) => meaningOf(word, LIST_WORDS, ownWords, DIRECTORY_MEANINGS) === undefined;
		const words = flag === 'status' ? [...new Set(cellsAt(place))].filter((word) => word !== '' && isUnknown(word)) : [];
		if (words.length === 0) return [];
		const others = words.length > MOST_NAMED ? ' and others' : '';
		return [`Words in the column "${header[place]}" do not count: ${words.slice(0, MOST_NAMED).join(', ')}${others}.`];
	});
}

/** A spreadsheet shows a long number as 1.23457E+11, and its last digits are lost. */
const isRounded = (id) => /^\d[.,]\d+e\+\d+$/i.test(id);

/** The ID of a row. An address is one in whatever form it is written. */
function idOf({ sourceId }, { idAttribute }) {
	return idAttribute === 'email' ? emailKey(readEmail(sourceId) ?? sourceId) : sourceId;
}

/** The rows by ID, and sentences about those that have none of their own. */
function rowsById(read, unit, settings) {
	const problems = [];
	const nameless = read.filter(({ fields }) => fields.sourceId === '');
	if (nameless.length > 0) {
		problems.push(`${nameless.length} have no ID and are left out: ${linesOf(nameless, unit)}.`);
	}
	const rounded = read.filter(({ fields }) => isRounded(fields.sourceId));
	if (rounded.length > 0) {
		problems.push(
			`${rounded.length} have an ID that a spreadsheet has rounded, as in ${rounded[0].fields.sourceId}, ` +
				`and are left out: ${linesOf(rounded, unit)}. Export that column as text.`,
		);
	}
	const byId = new Map();
	for (const row of read) {
		if (row.fields.sourceId === '' || isRounded(row.fields.sourceId)) continue;
		const id = idOf(row.fields, settings);
		byId.set(id, [...(byId.get(id) ?? []), row]);
	}
	const repeated = [...byId.values()].filter((same) => same.length > 1);
	if (repeated.length > 0) {
		const ids = repeated.slice(0, MOST_NAMED).map(([{ fields }]) => fields.sourceId);
		const others = repeated.length > ids.length ? ' and others' : '';
		problems.push(
			`These IDs stand there more than once: ${ids.join(', ')}${others} (${linesOf(repeated.flat(), unit)}).`,
		);
	}
	return { byId, problems };
}

/**
 * All people in a list.
 *
 * @param list { header, rows: [{ line, cells }], unit: `line` or `row` }
 * @param settings of the source
 * @returns { persons, reasons, isWhole, attributesRead, hasGroups }; every row that is not among the
 * persons is named in the reasons
 */
export function peopleOfList(list, settings) {
	const { read, columns, ...told } = readRows(list, settings);
	if (columns === undefined) {
		return { persons: [], reasons: told.problems, attributesRead: [], hasGroups: false };
	}
	const { byId, problems } = rowsById(read, list.unit, settings);
	const persons = [...byId].map(([id, [first, ...others]]) => {
		const found = personInList({ ...first.fields, sourceId: id }, settings);
		const isSame = others.every(
			({ fields }) => JSON.stringify(fields) === JSON.stringify(first.fields),
		);
		if (isSame) return found;
		const lines = linesOf([first, ...others], list.unit);
		const twice = `The ID ${id} stands there more than once, with different values: ${lines}.`;
		const explanation = `${twice} A person must look.`;
		return { ...found, active: true, status: 'unknown', explanation };
	});
	const guests = read.filter(({ fields }) => isGuestName(fields.email));
	if (guests.length > 0) {
		problems.push(
			`${guests.length} have the name of a guest account of Entra instead of an address: ` +
				`${linesOf(guests, list.unit)}. Export the column mail as well.`,
		);
	}
	const hasGroups = columns.places.has('groups');
	const groupsTrouble = hasGroups ? [] : ['The list has no column with groups.'];
	const notWhole = [...told.problems, ...problems];
	return {
		persons,
		reasons: [...notWhole, ...told.notes, ...groupsTrouble],
		isWhole: notWhole.length === 0,
		attributesRead: [
			...[...columns.places.keys()].filter((name) => !NO_ATTRIBUTES.includes(name)),
			...(hasGroups ? ['groups'] : []),
		],
		hasGroups,
	};
}

/** Columns that say something about the employment of a person, and are no attributes of the person. */
const NO_ATTRIBUTES = ['sourceId', 'groups', 'status', 'suspensionReason', 'startAt', 'endDate', 'kind'];

const KINDS = {
	person: 'person',
	human: 'person',
	user: 'person',
	employee: 'person',
	service: 'service',
	serviceaccount: 'service',
	bot: 'service',
	shared: 'shared',
	sharedmailbox: 'shared',
	room: 'shared',
};

function personInList(fields, settings) {
	const { status, flags, suspensionReason, startAt, endDate, kind, groups, ...attributes } = fields;
	const start = calendarInstant(startAt ?? '', settings.timeZone);
	const end = calendarDate(endDate ?? '', settings.timeZone);
	const { ownWords } = settings;
	const employmentState = listedStatus({ status, flags, suspensionReason, startAt: start, endDate: end, ownWords });
	const unread = [
		['startAt', startAt, start],
		['endDate', endDate, end],
	].filter(([, cell, value]) => !isNoDate(cell ?? '') && value === undefined);
	const said = unread.map(([name, cell]) => `${name} is "${cell}"`).join(' and ');
	const doubts =
		unread.length === 0 || employmentState.status === 'inactive'
			? {}
			: unclear(
					employmentState.statusWord,
					`${said}, which is not a date such as 2026-01-31. A person must look.`,
				);
	const found = person({
		source: 'list',
		...employmentState,
		...doubts,
		...attributes,
		startAt: start,
		endDate: end,
		kind: KINDS[plainColumn(kind ?? '')],
		groups:
			groups === undefined
				? undefined
				: groupsInCell(groups).filter((name) => name.startsWith(settings.groupPrefix ?? '')),
	});
	return {
		...found,
		...inScope(found, { attribute: settings.scopeAttribute, values: settings.scopeValues }),
	};
}
