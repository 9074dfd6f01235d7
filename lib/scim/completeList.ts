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

type ReadPage<T> = (startIndex: number, count: number) => Promise<ListPage<T>>;

/**
 * Reads a whole list, or reports that it could not. Pages after the first are read in parallel, held back by
 * the rate limiter. Notion guarantees no order, so a repeated row and a missing one can cancel out in a
 * count; distinct ids are counted instead. If ids are missing, the list is read again, and ids are collected
 * until their number equals the total. If the total changes, collecting starts again.
 * @param readPage reads one page from a 1-based index
 */
export async function readCompleteList<T extends { id: string }>(
	readPage: ReadPage<T>,
	mostPasses = MOST_PASSES,
): Promise<ListReading<T>> {
	const collection = new RowCollection(readPage);
	let reason = '';
	let passes = 0;
	while (passes < mostPasses) {
		passes += 1;
		const result = await collection.pass(passes === mostPasses);
		if (result.isComplete) return { ...collection.reading(), complete: true, passes };
		reason = result.reason;
		if (result.isHopeless) break;
	}
	return { ...collection.reading(), complete: false, reason, passes };
}

/** What one pass over the list came to. After a hopeless one, another pass would find the same. */
type PassResult = { isComplete: true } | { isComplete: false; reason: string; isHopeless: boolean };

/** The distinct rows of all passes over a list, as long as its total stays the same. */
class RowCollection<T extends { id: string }> {
	private readonly found = new Map<string, T>();
	private firstTotal: number | undefined;
	private lastTotal = 0;
	private pages = 0;
	/** The total has changed since collecting began. */
	private hasMoved = false;
	/** Stops the pass: further pages add nothing. */
	private isOver = false;
	private isLastPass = false;

	constructor(private readonly readPage: ReadPage<T>) {}

	reading(): Pick<ListReading<T>, 'rows' | 'firstTotal' | 'lastTotal' | 'pages'> {
		const { found, firstTotal = 0, lastTotal, pages } = this;
		return { rows: [...found.values()], firstTotal, lastTotal, pages };
	}

	async pass(isLastPass: boolean): Promise<PassResult> {
		this.isOver = false;
		this.isLastPass = isLastPass;
		const first = await this.readPage(1, LARGEST_PAGE);
		if (this.hasMoved || (this.firstTotal !== undefined && first.total !== this.firstTotal)) this.startAgain();
		this.take(first);
		if (first.total > MOST_ROWS) {
			const reason = `The server says ${first.total} entries, which no workspace has.`;
			return { isComplete: false, reason, isHopeless: true };
		}
		await this.readRest(first.rows.length, first.total);
		return this.resultAfter(first);
	}

	private startAgain(): void {
		this.found.clear();
		this.firstTotal = undefined;
		this.hasMoved = false;
	}

	private take(page: ListPage<T>): void {
		this.pages += 1;
		this.firstTotal ??= page.total;
		this.hasMoved ||= page.total !== this.firstTotal;
		this.lastTotal = page.total;
		// The last pass is read to its end even so, to collect as much of the list as possible.
		this.isOver ||= this.hasMoved && !this.isLastPass;
		for (const row of page.rows) this.found.set(row.id, row);
	}

	/** A fixed number of readers, so that only a few more requests follow a failed page. */
	private async readRest(step: number, total: number): Promise<void> {
		let next = 1 + step;
		const readStretches = async (): Promise<void> => {
			while (step > 0 && next <= total && !this.isOver) {
				const start = next;
				next += step;
				try {
					await this.readStretch(start, Math.min(start + step, total + 1));
				} catch (error) {
					this.isOver = true;
					return Promise.reject(error);
				}
			}
		};
		await Promise.all(Array.from({ length: PARALLEL_READERS }, readStretches));
	}

	/** Reads from one index up to another, exclusive, whatever the size of the pages. */
	private async readStretch(start: number, end: number): Promise<void> {
		let index = start;
		while (index < end && !this.isOver) {
			const page = await this.readPage(index, LARGEST_PAGE);
			this.take(page);
			// An empty page although the total promises more: asking for the rest could take millions of
			// requests.
			if (page.rows.length === 0) this.isOver = true;
			index += page.rows.length;
		}
	}

	private resultAfter(first: ListPage<T>): PassResult {
		const { found, firstTotal, lastTotal } = this;
		if (!this.hasMoved && found.size === firstTotal) return { isComplete: true };
		const reason = this.hasMoved
			? `The list kept changing while it was read (${lastTotal} entries at last).`
			: `The server says ${lastTotal} entries, but ${found.size} different ones came.`;
		const step = first.rows.length;
		if (step > 0 && step < first.total && found.size <= step) {
			const same = `${reason} It gives the same ones whichever page is asked for.`;
			return { isComplete: false, reason: same, isHopeless: true };
		}
		// More distinct ids than the total: rows were added and removed meanwhile, so the collected ids are
		// out of date.
		this.hasMoved ||= found.size > lastTotal;
		return { isComplete: false, reason, isHopeless: false };
	}
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
