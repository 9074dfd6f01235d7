import { createHash } from 'node:crypto';

import type { ChangeState } from '../lifecycle/journal';
import { provesNothing } from '../lifecycle/nightly/retention';

/** A row of the journal as text, from a Data Table or from an exported file. */
export interface JournalRow {
	id: number;
	/** n8n's own times, as ISO texts in UTC. */
	createdAt: string;
	updatedAt: string;
	/** The other columns. An empty cell is left out, so that a column that a later version adds changes no digest. */
	cells: Readonly<Record<string, string>>;
}

/** What a seal keeps of a row: no name and no address. */
export interface SealedRow {
	id: number;
	createdAt: string;
	updatedAt: string;
	/** Whether the row was over: then it never changes again. */
	isClosed: boolean;
	/** Whether nightly-comparison may delete it after 60 days. */
	mayBeDeleted: boolean;
	/** SHA-256 of its key and kind, which no workflow changes. */
	identity: string;
	/** SHA-256 of all its cells. */
	digest: string;
}

/** States in which a row is over. */
const CLOSED: readonly ChangeState[] = ['done', 'refused', 'withdrawn'];

export interface ReadJournal {
	/** In the order given. */
	rows: JournalRow[];
	/** How many items are no rows: without an ID or n8n's times. */
	unreadable: number;
}

/** Reads rows as a Data Table node returns them, or the lines of a file. Empty items are skipped. */
export function readJournal(items: readonly unknown[]): ReadJournal {
	const records = items.map(cellsOf).filter((cells) => Object.keys(cells).length > 0);
	const rows = records.flatMap((cells) => rowOf(cells) ?? []);
	return { rows, unreadable: records.length - rows.length };
}

export function sealedRow({ id, createdAt, updatedAt, cells }: JournalRow): SealedRow {
	const { key = '', kind = '', state = '', outcome = '' } = cells;
	return {
		id,
		createdAt,
		updatedAt,
		isClosed: CLOSED.some((closed) => closed === state),
		mayBeDeleted: provesNothing({ kind, state, outcome }),
		identity: digestOf({ key, kind }),
		digest: digestOf(cells),
	};
}

/** The digest of cells: their names and texts as a JSON list in the order of the names, without empty cells. */
function digestOf(cells: Readonly<Record<string, string>>): string {
	return sha256(JSON.stringify(encoded(cells)));
}

/** Two different rows never have the same list: JSON marks where each text ends. */
export function encoded(cells: Readonly<Record<string, string>>): Array<[name: string, value: string]> {
	return Object.entries(cells)
		.filter(([, value]) => value !== '')
		.sort(([one], [other]) => (one < other ? -1 : 1));
}

export function sha256(text: string): string {
	return createHash('sha256').update(text, 'utf8').digest('hex');
}

function rowOf({ id: idText = '', createdAt: created = '', updatedAt: updated = '', ...cells }: Record<string, string>): JournalRow | undefined {
	const id = Number(idText);
	const createdAt = isoText(created);
	const updatedAt = isoText(updated);
	if (!Number.isInteger(id) || id < 1 || createdAt === undefined || updatedAt === undefined) return undefined;
	return { id, createdAt, updatedAt, cells };
}

function isoText(text: string): string | undefined {
	const time = Date.parse(text);
	return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

function cellsOf(item: unknown): Record<string, string> {
	if (typeof item !== 'object' || item === null) return {};
	const cells = Object.entries(item).map(([name, value]): [string, string] => [name, textOf(value)]);
	return Object.fromEntries(cells.filter(([, text]) => text !== ''));
}

function textOf(value: unknown): string {
	if (value === null || value === undefined) return '';
	if (typeof value === 'string') return value;
	if (value instanceof Date) return value.toISOString();
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
