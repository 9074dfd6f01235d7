import type { ListPage } from './listResponse';

/** Notion gives no more rows in one answer (Notion help, "SCIM": count is at most 100). */
export const LARGEST_PAGE = 100;

/**
 * Passes over a list whose order changes between requests. Each pass over shuffled pages misses a
 * row with a chance of about 1/e; after 20 passes 10,000 rows are all seen but once in 50,000 runs.
 */
const MOST_PASSES = 20;

/** More than the pacer lets through at a time; it alone decides how many requests are in flight. */
const PARALLEL_READERS = 16;

/** More rows than any workspace has; a total beyond it is a mistake, and is not worth reading. */
const MOST_ROWS = 1_000_000;

/** How a list was read, which is the evidence for its being whole, or for as much as was asked for. */
export interface ListReading<T> {
	/** Each id once. */
	rows: T[];
	/** True only where each row was seen, and the total stood still from first to last page. */
	complete: boolean;
	/** Why it is not complete, as a sentence. */
	reason?: string;
	/** What the server said at first and at last. */
	firstTotal: number;
	lastTotal: number;
	/** Requests made. */
	pages: number;
	passes: number;
}

/**
 * Reads a whole list, or says that it could not.
 *
 * Pages after the first are read in parallel (the pacer holds them back). Notion guarantees no
 * order, so a repeated row and a missing one can cancel out in a count: ids are what is counted.
 * Where some are missing, the list is read again and the distinct ids are kept until they are
 * exactly the total; where the total moves, everything begins anew.
 *
 * @param readPage one page from a 1-based index
 */
export async function readCompleteList<T extends { id: string }>(
	readPage: (startIndex: number, count: number) => Promise<ListPage<T>>,
	mostPasses = MOST_PASSES,
): Promise<ListReading<T>> {
	const found = new Map<string, T>();
	let firstTotal: number | undefined;
	let lastTotal = 0;
	let pages = 0;
	let moved = false;
	/** Nothing more is worth reading in this pass. */
	let over = false;
	let isLastPass = false;

	const take = (page: ListPage<T>): void => {
		pages += 1;
		if (firstTotal === undefined) firstTotal = page.total;
		moved ||= page.total !== firstTotal;
		lastTotal = page.total;
		// The last pass is read to its end all the same: then there is at least much of the list.
		over ||= moved && !isLastPass;
		for (const row of page.rows) found.set(row.id, row);
	};

	/** Reads from one index up to before another, however many rows come at a time. */
	const readStretch = async (start: number, end: number): Promise<void> => {
		let index = start;
		while (index < end && !over) {
			const page = await readPage(index, LARGEST_PAGE);
			take(page);
			// Nothing where the total promises more: asking for the rest could go on for millions.
			if (page.rows.length === 0) over = true;
			index += page.rows.length;
		}
	};

	/** A fixed number of readers, so that a failing page ends the reading after few more requests. */
	const readRest = async (step: number, total: number): Promise<void> => {
		let next = 1 + step;
		const readStretches = async (): Promise<void> => {
			while (step > 0 && next <= total && !over) {
				const start = next;
				next += step;
				try {
					await readStretch(start, Math.min(start + step, total + 1));
				} catch (error) {
					over = true;
					return Promise.reject(error);
				}
			}
		};
		await Promise.all(Array.from({ length: PARALLEL_READERS }, readStretches));
	};

	let reason = '';
	let passes = 0;
	for (let pass = 1; pass <= mostPasses; pass += 1) {
		passes = pass;
		over = false;
		isLastPass = pass === mostPasses;
		const first = await readPage(1, LARGEST_PAGE);
		if (moved || (firstTotal !== undefined && first.total !== firstTotal)) {
			found.clear();
			firstTotal = undefined;
			moved = false;
		}
		take(first);
		const step = first.rows.length;
		if (first.total > MOST_ROWS) {
			reason = `The server says ${first.total} entries, which no workspace has.`;
			break;
		}
		await readRest(step, first.total);
		if (!moved && found.size === firstTotal) {
			return { rows: [...found.values()], complete: true, firstTotal, lastTotal, pages, passes: pass };
		}
		reason = moved
			? `The list kept changing while it was read (${lastTotal} entries at last).`
			: `The server says ${lastTotal} entries, but ${found.size} different ones came.`;
		if (step > 0 && step < first.total && found.size <= step) {
			reason = `${reason} It gives the same ones whichever page is asked for.`;
			break;
		}
		// More different rows than the total means that rows came and went: what is kept is too old.
		moved ||= found.size > lastTotal;
	}
	return {
		rows: [...found.values()],
		complete: false,
		reason,
		firstTotal: firstTotal ?? 0,
		lastTotal,
		pages,
		passes,
	};
}

/**
 * Reads the first rows of a list and stops. Where the whole list is asked for in this way, it is read
 * as a whole: whoever gets fewer rows than the limit takes them for everything.
 *
 * @param limit how many different rows at the most
 * @param counts which rows are wanted; the others are passed over
 */
export async function readUpTo<T extends { id: string }>(
	readPage: (startIndex: number, count: number) => Promise<ListPage<T>>,
	limit: number,
	counts: (row: T) => boolean = () => true,
): Promise<ListReading<T>> {
	const found = new Map<string, T>();
	const seen = new Set<string>();
	let index = 1;
	let pages = 0;
	let total = 0;
	while (found.size < limit) {
		const page = await readPage(index, Math.min(LARGEST_PAGE, limit - found.size));
		pages += 1;
		total = page.total;
		for (const row of page.rows) {
			seen.add(row.id);
			if (counts(row)) found.set(row.id, row);
		}
		index += page.rows.length;
		if (page.rows.length === 0 || index > total) break;
	}
	if (found.size < limit && seen.size !== total) {
		const reading = await readCompleteList(readPage);
		return { ...reading, rows: reading.rows.filter(counts).slice(0, limit) };
	}
	const rows = [...found.values()].slice(0, limit);
	return { rows, complete: true, firstTotal: total, lastTotal: total, pages, passes: 1 };
}
