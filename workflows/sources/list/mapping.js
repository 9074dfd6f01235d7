// A directory that is a list: a Data Table or a CSV file. columns.js says what columns are called, words.js
// what words mean, and status.js what several columns say together.

import { DateTime } from 'luxon';

import { assertAsksForAll } from '../shared/readDirectory.js';
import { DIRECTORY_MEANINGS, meaningOf } from '../shared/status.js';
import { checkColumnSettings } from './columns.js';
import { csvList, listAnswer, tableList, unread } from './list.js';

const PLACES = {
	dataTable: ['table', 'the name of a Data Table'],
	csvUrl: ['url', 'an address that begins with https://', /^https?:\/\/\S+$/],
	csvFile: ['file', 'the path of a file'],
};

/** @throws Error that names the setting which cannot be right */
export function checkListSettings(settings) {
	const wrong = (sentence) => new Error(`Settings: ${sentence}`);
	const place = PLACES[settings.from];
	if (place === undefined) {
		throw wrong(`"from" must be ${Object.keys(PLACES).join(', ')}, not "${settings.from}".`);
	}
	const [name, meant, form = /\S/] = place;
	if (!form.test(settings[name] ?? '')) {
		throw wrong(`"${name}" must be ${meant}, not "${settings[name]}".`);
	}
	if (!DateTime.fromISO('2026-01-01', { zone: settings.timeZone || 'none' }).isValid) {
		throw wrong(`"timeZone" must be one such as Europe/Berlin or UTC, not "${settings.timeZone}".`);
	}
	if (!Number.isInteger(settings.expectedCount) || settings.expectedCount < 0) {
		throw wrong(
			`"expectedCount" must be a number, and 0 where it is not known, not "${settings.expectedCount}".`,
		);
	}
	const { delimiter } = settings;
	if (delimiter !== 'auto' && (typeof delimiter !== 'string' || delimiter.length !== 1)) {
		throw wrong(`"delimiter" must be auto or one character, not "${delimiter}".`);
	}
	// Unknown words and columns fail here, and not first where a person has them.
	for (const word of Object.keys(settings.ownWords ?? {})) {
		meaningOf(word, {}, settings.ownWords, DIRECTORY_MEANINGS);
	}
	checkColumnSettings(settings.columns);
}

/** Why a step gave nothing; nothing where it did. */
function failureOf($, node, sentence) {
	const { error } = $(node).first()?.json ?? {};
	if (error === undefined) return undefined;
	return `${sentence}: ${String(error.message ?? error).replace(/\.?$/, '.')}`;
}

function readList($, settings) {
	if (settings.from === 'dataTable') {
		const exists = $('Tables').all().some(({ json }) => json.name === settings.table);
		const failure =
			failureOf($, 'Tables', 'The Data Tables could not be listed') ??
			(exists ? undefined : `There is no Data Table "${settings.table}".`) ??
			failureOf($, 'Rows', `The Data Table "${settings.table}" could not be read`);
		if (failure !== undefined) return unread(failure);
		const rows = $('Rows').all().map(({ json }) => json);
		return tableList(rows.filter(({ id }) => id !== undefined), settings.table);
	}
	const failure =
		settings.from === 'csvUrl'
			? failureOf($, 'Download', 'The list could not be fetched')
			: failureOf($, 'File', `The file ${settings.file} could not be read`);
	if (failure !== undefined) return unread(failure);
	const csv = $('Text').all().flatMap(({ json }) => (typeof json.csv === 'string' ? [json.csv] : []));
	if (csv.length === 1) return csvList(csv[0], settings);
	if (csv.length > 1) return unread(`${settings.file} names ${csv.length} files; it must be one.`);
	return unread(
		settings.from === 'csvFile'
			? `There is no file ${settings.file}.`
			: failureOf($, 'Text', 'What came is no text') ?? 'What came is no text.',
	);
}

export function read({ $ }) {
	assertAsksForAll($('WhenCalled').all());
	const settings = $('Settings').first().json;
	checkListSettings(settings);
	return listAnswer(readList($, settings), 1, settings);
}
