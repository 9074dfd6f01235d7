import type { JournalRow, SealedRow } from './journalRow';
import { sealedRow } from './journalRow';
import type { Seal } from './seal';

/** The rows as they were last sealed, by ID. A row that was deleted is null. */
export type SealedState = Map<number, SealedRow | null>;

/** What a seal of the journal as it is now would hold. */
export type Difference = Pick<Seal, 'rows' | 'deleted'>;

/** Compares the journal with its sealed state. @param rows each ID once */
export function differenceOf(sealed: SealedState, rows: readonly JournalRow[]): Difference {
	const now = new Map(rows.map((row) => [row.id, sealedRow(row)]));
	const changed = [...now.values()].filter((row) => {
		const before = sealed.get(row.id);
		return !before || !isSame(before, row);
	});
	const deleted = [...sealed].flatMap(([id, before]) => (before && !now.has(id) ? [id] : []));
	return { rows: changed.sort((one, other) => one.id - other.id), deleted: deleted.sort((one, other) => one - other) };
}

/** The state after a seal. */
export function sealedBy(sealed: SealedState, { rows, deleted }: Difference): SealedState {
	return new Map([
		...sealed,
		...rows.map((row): [number, SealedRow] => [row.id, row]),
		...deleted.map((id): [number, null] => [id, null]),
	]);
}

function isSame(one: SealedRow, other: SealedRow): boolean {
	return one.digest === other.digest && one.updatedAt === other.updatedAt && one.createdAt === other.createdAt;
}
