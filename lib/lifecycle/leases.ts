import type { StoredChange } from './journal';

/** How long an execution may work on a row, in milliseconds. One that takes longer has died. */
export const LEASE = 15 * 60_000;

/** What a lease is read from. */
export type LeasedRow = Pick<StoredChange, 'id' | 'key' | 'state' | 'outcome' | 'createdAt' | 'updatedAt'>;

/** The outcome of a row whose event another row has. */
export const COPY = 'copy';

/** Whether an execution may be at work on a row. */
export function isAtWork({ state, updatedAt }: Pick<LeasedRow, 'state' | 'updatedAt'>, now: number): boolean {
	return (state === 'received' || state === 'intended') && now < updatedAt + LEASE;
}

/**
 * Until when a row keeps others off its event, in epoch milliseconds: while an execution may be at work,
 * and for ever once it is decided. A try that failed does not keep off the next one.
 */
function leaseEnds<T extends LeasedRow>(row: T, { lease, isOpen }: Leasing<T>): number {
	const { state, updatedAt } = row;
	if (state === 'received' || state === 'intended') return updatedAt + lease;
	return state === 'retry' || isOpen(row) ? updatedAt : Infinity;
}

/** How long a row keeps others off its event. */
export interface Leasing<T extends LeasedRow> {
	/** Milliseconds that an execution may be at work on it. */
	lease: number;
	/** Whether a row that is over lets a later one act, as one that failed. */
	isOpen(row: T): boolean;
}

const USUAL_LEASING: Leasing<LeasedRow> = { lease: LEASE, isOpen: () => false };

/**
 * The row that has the event of a row, if that is another, older one: then the row is a copy, and the
 * event is not acted on for it.
 *
 * A row has its event if it was stored while no older row of its key had it. The others hold nothing,
 * whatever becomes of them: a copy that arrives while an execution is at work must not keep off the next
 * try when that execution fails. It goes by when a row was stored and not by what it saw, so that every
 * execution that reads later comes to the same answer.
 *
 * @param rows among them every row of the key that is older. A row that an admin added has no key, and so
 *   is no one's copy.
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
