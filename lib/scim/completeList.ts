import type { ListPage } from './listResponse';

/** Notion's limit of rows in one answer (Notion help, "SCIM": count is at most 100). */
export const LARGEST_PAGE = 100;

/**
 * Passes over a list whose order changes between requests. Each pass over shuffled pages misses a row with a
 * probability of about 1/e; 20 passes miss one of 10,000 rows once in 50,000 runs.
 */
const MOST_PASSES = 20;

/** More than the rate limiter ever allows in flight, so the rate limiter alone decides. */
const PARALLEL_READERS = 16;

/** More rows than any workspace has; a larger total is a server error and is not read. */
const MOST_ROWS = 1_000_000;

/** How a list was read: the evidence that it is complete, or complete up to the requested limit. */
export interface ListReading<T> {
	/** Without duplicates. */
	rows: T[];
	/** True only if every row was read and the total stayed the same from the first page to the last. */
	complete: boolean;
	/** Why it is not complete, as a sentence. */
	reason?: string;
	/** The totals that the server stated first and last. */
	firstTotal: number;
	lastTotal: number;
	/** How many requests were made. */
	pages: number;
	passes: number;
}

/**
 * Reads a whole list, or reports that it could not. Pages after the first are read in parallel, held back by
 * the rate limiter. Notion guarantees no order, so a repeated row and a missing one can cancel out in a
 * count; distinct ids are counted instead. If ids are missing, the list is read again, and ids are collected
 * until their number equals the total. If the total changes, collecting starts again.
 * @param readPage reads one page from a 1-based index
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
	/** Stops this pass: further pages add nothing. */
	let over = false;
	let isLastPass = false;

	const take = (page: ListPage<T>): void => {
		pages += 1;
		if (firstTotal === undefined) firstTotal = page.total;
		moved ||= page.total !== firstTotal;
		lastTotal = page.total;
		// The last pass is read to its end even so, to collect as much of the list as possible.
		over ||= moved && !isLastPass;
		for (const row of page.rows) found.set(row.id, row);
	};

	/** Reads from one index up to another, exclusive, whatever the size of the pages. */
	const readStretch = async (start: number, end: number): Promise<void> => {
		let index = start;
		while (index < end && !over) {
			const page = await readPage(index, LARGEST_PAGE);
			take(page);
			// An empty page although the total promises more: asking for the rest could take millions of
			// requests.
			if (page.rows.length === 0) over = true;
			index += page.rows.length;
		}
	};

	/** A fixed number of readers, so that only a few more requests follow a failed page. */
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
		// More distinct ids than the total: rows were added and removed meanwhile, so the collected ids are
		// out of date.
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
 * Reads the first rows of a list and stops. If the limit asks for the whole list, the list is read
 * completely: a caller that gets fewer rows than the limit takes them for the whole list.
 * @param limit the maximum number of distinct rows
 * @param counts selects the rows that count; the others are skipped
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
