import type { StoredChange } from './journal';

/** The duration of a lease in milliseconds. An execution that takes longer counts as dead. */
export const LEASE = 15 * 60_000;

/** The columns that determine a lease. */
export type LeasedRow = Pick<StoredChange, 'id' | 'key' | 'state' | 'outcome' | 'createdAt' | 'updatedAt'>;

/** The outcome of a row whose event another row handles. */
export const COPY = 'copy';

/** Whether an execution may be working on a row. */
export function isAtWork({ state, updatedAt }: Pick<LeasedRow, 'state' | 'updatedAt'>, now: number): boolean {
	return (state === 'received' || state === 'intended') && now < updatedAt + LEASE;
}

/**
 * The end of a row's lease on its event, in epoch milliseconds: limited while an execution may be working on
 * it, unlimited once it is decided. A failed attempt does not block the next one.
 */
function leaseEnds<T extends LeasedRow>(row: T, { lease, isOpen }: Leasing<T>): number {
	const { state, updatedAt } = row;
	if (state === 'received' || state === 'intended') return updatedAt + lease;
	return state === 'retry' || isOpen(row) ? updatedAt : Infinity;
}

/** How long a row holds the lease on its event. */
export interface Leasing<T extends LeasedRow> {
	/** The duration of a lease in progress, in milliseconds. */
	lease: number;
	/** Whether a closed row allows a later one to act, like a failed one. */
	isOpen(row: T): boolean;
}

const USUAL_LEASING: Leasing<LeasedRow> = { lease: LEASE, isOpen: () => false };

/**
 * The older row that holds the lease on a row's event, if there is one: then the row is a copy, and is not
 * acted on. A row holds the lease if no older row of its key held it when it was stored. Copies hold nothing,
 * whatever becomes of them: a copy that arrives while an execution is working must not block the retry when
 * that execution fails. The decision depends on when rows were stored and not on what an execution saw, so
 * that every later execution comes to the same answer.
 * @param rows including every older row of the key. A row that an admin added has no key, so it is never a
 * copy.
 */
export function holderOf<T extends LeasedRow>(
	row: T,
	rows: readonly T[],
	leasing: Leasing<T> = USUAL_LEASING,
): T | undefined {
	if (row.key === '') return undefined;
	const older = rows
		.filter(({ id, key, outcome }) => key === row.key && id < row.id && outcome !== COPY)
		.sort((one, other) => one.id - other.id);
	let holder: T | undefined;
	const keepsOff = ({ createdAt }: T): boolean => holder !== undefined && createdAt < leaseEnds(holder, leasing);
	for (const one of older) {
		if (!keepsOff(one)) holder = one;
	}
	return keepsOff(row) ? holder : undefined;
}
