import { z } from 'zod';

import type { CsvCell } from '../report/csv';
import { csv, unguardedCell } from '../report/csv';
import { controlsOf } from './controls';
import type { JournalRow, ReadJournal } from './journalRow';
import { readJournal } from './journalRow';
import type { ReadSeals, Seal } from './seal';
import { inOrder, readSeal } from './seal';

/** Says what a JSON file is. */
const WHAT = 'journal of Notion SCIM';

/** Columns that are not the table's: their names have a space, which n8n allows in no column. */
const OWN_COLUMNS = ['sealed as is', 'answers controls'];

/** The journal as a table for the auditor: every row and column, whether it is as sealed, and which controls it answers. */
export function exportedCsv(rows: readonly JournalRow[], columns: readonly string[], proven: ReadonlySet<number>): string {
	const others = rows.flatMap(({ cells }) => Object.keys(cells)).filter((name) => !columns.includes(name));
	const names = [...columns, ...new Set(others)];
	const lines = rows.map(({ id, createdAt, updatedAt, cells }): CsvCell[] => [
		...[id, createdAt, updatedAt],
		...names.map((name) => cells[name] ?? ''),
		proven.has(id) ? 'yes' : 'no',
		controlsOf(cells['kind'] ?? '').join(' '),
	]);
	return csv(['id', 'createdAt', 'updatedAt', ...names, ...OWN_COLUMNS], lines);
}

/** The journal with its seals: everything that a check needs. */
export function exportedJson(rows: readonly JournalRow[], seals: readonly Seal[], exportedAt: string): string {
	const flat = rows.map(({ id, createdAt, updatedAt, cells }) => ({ id, createdAt, updatedAt, ...cells }));
	return JSON.stringify({ what: WHAT, exportedAt, rows: flat, seals });
}

export interface ExportedFile {
	journal: ReadJournal;
	stored: ReadSeals;
}

const jsonSchema = z.object({ what: z.literal(WHAT), rows: z.array(z.unknown()), seals: z.array(z.unknown()) });

/** Reads an exported file, CSV or JSON; undefined if it is neither. A CSV file has no seals. */
export function readExported(text: string): ExportedFile | undefined {
	return text.trimStart().startsWith('{') ? readJson(text) : readCsv(text);
}

function readJson(text: string): ExportedFile | undefined {
	const read = jsonSchema.safeParse(parsedJson(text));
	if (!read.success) return undefined;
	const seals = read.data.seals.map((seal) => readSeal(JSON.stringify(seal)));
	const unreadable = seals.flatMap((seal, index) => (seal ? [] : [`${index + 1} of the seals`]));
	return { journal: readJournal(read.data.rows), stored: { seals: inOrder(seals.flatMap((seal) => seal ?? [])), unreadable } };
}

function readCsv(text: string): ExportedFile | undefined {
	const [header = [], ...lines] = csvCells(text);
	if (!header.includes('id') || !header.includes('createdAt') || !header.includes('updatedAt')) return undefined;
	const isColumn = (name: string | undefined): name is string => name !== undefined && !name.includes(' ');
	const items = lines.map((line) =>
		Object.fromEntries(line.flatMap((cell, index) => (isColumn(header[index]) ? [[header[index], unguardedCell(cell)]] : []))),
	);
	return { journal: readJournal(items), stored: { seals: [], unreadable: [] } };
}

/** A cell, quoted or not, and what ends it. */
const CSV_CELL = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n|\n|$)/g;

/** The cells of each line of a CSV file (RFC 4180), which may hold line breaks between quotes. */
export function csvCells(text: string): string[][] {
	const lines: string[][] = [];
	let line: string[] = [];
	for (const [, quoted, plain = '', end = ''] of text.replace(/^\uFEFF/, '').matchAll(CSV_CELL)) {
		line.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
		if (end === ',') continue;
		if (line.length > 1 || line[0] !== '') lines.push(line);
		line = [];
	}
	return lines;
}

function parsedJson(text: string): unknown {
	try {
		const value: unknown = JSON.parse(text);
		return value;
	} catch {
		return undefined;
	}
}
