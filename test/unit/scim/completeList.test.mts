import fc from 'fast-check';

import { readCompleteList, readUpTo } from '../../../lib/scim/completeList.ts';
import type { ListPage } from '../../../lib/scim/listResponse.ts';

interface Row {
	id: string;
}
type ReadPage = (startIndex: number, count: number) => Promise<ListPage<Row>>;

const rowsOf = (count: number, from = 1): Row[] =>
	Array.from({ length: count }, (_, index) => ({ id: `id-${index + from}` }));

const idsOf = (rows: Row[]): string[] => rows.map(({ id }) => id).sort();

/** A small generator of its own (a linear congruential one), so that a seed repeats a run. */
const randomFrom = (seed: number) => {
	let state = seed >>> 0;
	return (below: number): number => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
};

const shuffled = <T,>(items: readonly T[], below: (limit: number) => number): T[] => {
	const result = [...items];
	for (let index = result.length - 1; index > 0; index -= 1) {
		const other = below(index + 1);
		const [one, two] = [result[index], result[other]];
		if (one !== undefined && two !== undefined) [result[index], result[other]] = [two, one];
	}
	return result;
};

/** A server whose list is looked up anew for each request; `asked` counts the requests. */
const serverOf = (rows: () => readonly Row[], { largestPage = 100 } = {}) => {
	const asked: number[] = [];
	const readPage: ReadPage = async (startIndex, count) => {
		asked.push(startIndex);
		const all = rows();
		// Answers arrive in any order of the event loop, not in the same tick.
		await Promise.resolve();
		return {
			total: all.length,
			rows: all.slice(startIndex - 1, startIndex - 1 + Math.min(count, largestPage)),
		};
	};
	return { asked, readPage };
};

describe('readCompleteList', () => {
	it.each([
		[0, 1],
		[1, 1],
		[99, 1],
		[100, 1],
		[101, 2],
		[200, 2],
		[201, 3],
		[10_000, 100],
	])('reads %i stable rows with %i requests', async (count, requests) => {
		const rows = rowsOf(count);
		const { asked, readPage } = serverOf(() => rows);
		const reading = await readCompleteList(readPage);
		expect(idsOf(reading.rows)).toEqual(idsOf(rows));
		expect(reading).toMatchObject({
			complete: true,
			firstTotal: count,
			lastTotal: count,
			pages: requests,
			passes: 1,
		});
		expect(reading.reason).toBeUndefined();
		expect(asked).toHaveLength(requests);
	});

	it.each([1, 7, 50, 99])('reads all of 250 rows from a server that gives %i at a time', async (size) => {
		const { asked, readPage } = serverOf(() => rowsOf(250), { largestPage: size });
		const reading = await readCompleteList(readPage);
		expect(reading.complete).toBe(true);
		expect(idsOf(reading.rows)).toEqual(idsOf(rowsOf(250)));
		expect(asked).toHaveLength(Math.ceil(250 / size));
	});

	it.each([250, 3_000])('finds all of %i rows that are shuffled for each request', async (count) => {
		const rows = rowsOf(count);
		for (const seed of [1, 2, 3]) {
			const below = randomFrom(seed);
			const { readPage } = serverOf(() => shuffled(rows, below));
			const reading = await readCompleteList(readPage);
			expect(reading.complete).toBe(true);
			expect(idsOf(reading.rows)).toEqual(idsOf(rows));
		}
	});

	it('begins anew when the total moves, and is complete once it stands', async () => {
		let requests = 0;
		const { readPage } = serverOf(() => {
			requests += 1;
			return requests < 3 ? rowsOf(300) : rowsOf(299, 2);
		});
		const reading = await readCompleteList(readPage);
		expect(reading).toMatchObject({ complete: true, firstTotal: 299, lastTotal: 299, passes: 2 });
		// The one who left between the first and the third request is not among them.
		expect(idsOf(reading.rows)).toEqual(idsOf(rowsOf(299, 2)));
	});

	it('says that a list which never stands is incomplete, and still gives what there is', async () => {
		let requests = 0;
		const { asked, readPage } = serverOf(() => {
			requests += 1;
			return rowsOf(5_000 + requests);
		});
		const reading = await readCompleteList(readPage, 5);
		expect(reading.complete).toBe(false);
		expect(reading.reason).toMatch(/kept changing/);
		expect(reading.passes).toBe(5);
		expect(reading.rows.length).toBeGreaterThanOrEqual(5_000);
		// Four passes end as soon as the total has moved, with the requests that were under way.
		expect(asked.length).toBeLessThan(4 * 20 + 53);
	});

	it('forgets who is gone when more different ids came than there are', async () => {
		const passes = ['abb', 'bcd', 'bcd'].map((ids) => [...ids].map((id) => ({ id })));
		const reading = await readCompleteList(async () => ({ total: 3, rows: passes.shift() ?? [] }));
		expect(idsOf(reading.rows)).toEqual(['b', 'c', 'd']);
		expect(reading).toMatchObject({ complete: true, passes: 3 });
	});

	it('says so when an id comes twice and another never, though the count matches', async () => {
		const rows = [...rowsOf(149), { id: 'id-1' }];
		const reading = await readCompleteList(serverOf(() => rows).readPage, 3);
		expect(reading).toMatchObject({ complete: false, lastTotal: 150, passes: 3 });
		expect(reading.reason).toBe('The server says 150 entries, but 149 different ones came.');
	});

	it('asks little more when pages are empty though the total promises millions', async () => {
		let requests = 0;
		const reading = await readCompleteList(async (startIndex) => {
			requests += 1;
			return { total: 1_000_000_000, rows: startIndex === 1 ? rowsOf(100) : [] };
		}, 3);
		expect(reading.complete).toBe(false);
		expect(requests).toBeLessThan(60);
	});

	it('asks again when the first page is empty though the total is not', async () => {
		let requests = 0;
		const reading = await readCompleteList(async () => {
			requests += 1;
			return { total: 3, rows: requests === 1 ? [] : rowsOf(3) };
		});
		expect(reading).toMatchObject({ complete: true, passes: 2 });
	});

	it('stops after one pass over a server that gives the same page whatever is asked for', async () => {
		let requests = 0;
		const reading = await readCompleteList(async () => {
			requests += 1;
			return { total: 10_000, rows: rowsOf(100) };
		});
		expect(reading.complete).toBe(false);
		expect(reading.reason).toContain('the same ones whichever page is asked for');
		expect(requests).toBe(100);
	});

	it('does not begin to read a list of a length that cannot be', async () => {
		let requests = 0;
		const reading = await readCompleteList(async () => {
			requests += 1;
			return { total: 1_000_000_000, rows: rowsOf(100) };
		});
		expect(reading.complete).toBe(false);
		expect(requests).toBe(1);
	});

	it('fails with the failing page, and few more requests are made after it', async () => {
		let requests = 0;
		let afterFailure = 0;
		let hasFailed = false;
		const reading = readCompleteList(async (startIndex) => {
			requests += 1;
			if (hasFailed) afterFailure += 1;
			await new Promise(setImmediate);
			if (startIndex === 501) {
				hasFailed = true;
				throw new Error('page 6 failed');
			}
			return { total: 10_000, rows: rowsOf(100, startIndex) };
		});
		await expect(reading).rejects.toThrow('page 6 failed');
		const whenRejected = requests;
		for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
		expect(afterFailure).toBeLessThanOrEqual(16);
		expect(requests - whenRejected).toBe(0);
	});

	it('reads pages after the first side by side', async () => {
		let inFlight = 0;
		let most = 0;
		await readCompleteList(async (startIndex) => {
			inFlight += 1;
			most = Math.max(most, inFlight);
			await new Promise(setImmediate);
			inFlight -= 1;
			return { total: 5_000, rows: rowsOf(100, startIndex) };
		});
		expect(most).toBeGreaterThan(8);
		expect(most).toBeLessThanOrEqual(16);
	});

	/**
	 * A server that does its worst: it repeats rows, leaves some out, gives short pages, shuffles, and
	 * lets people join and leave, at most one between two requests, as the total then tells.
	 */
	it('never calls a list complete in which a person is missing or gone', async () => {
		const worst = fc.record({
			seed: fc.integer(),
			size: fc.integer({ min: 0, max: 320 }),
			shuffles: fc.boolean(),
			chanceOfChange: fc.constantFrom(0, 0.05, 0.2, 0.5),
			chanceOfRepetition: fc.constantFrom(0, 0, 0.005, 0.05),
			chanceOfGap: fc.constantFrom(0, 0, 0.005, 0.05),
			chanceOfShortPage: fc.constantFrom(0, 0.2, 0.9),
			changesStopAfter: fc.integer({ min: 0, max: 60 }),
		});
		let complete = 0;
		let incomplete = 0;
		await fc.assert(
			fc.asyncProperty(worst, async (how) => {
				const below = randomFrom(how.seed);
				const happens = (chance: number): boolean => below(1_000) < chance * 1_000;
				let present = rowsOf(how.size);
				let nextId = how.size + 1;
				let requests = 0;
				const reading = await readCompleteList(async (startIndex, count) => {
					requests += 1;
					if (requests <= how.changesStopAfter && happens(how.chanceOfChange)) {
						if (happens(0.5)) present = [...present, ...rowsOf(1, nextId)];
						else present = present.filter((_, index) => index !== below(present.length));
						nextId += 1;
					}
					const order = how.shuffles ? shuffled(present, below) : present;
					const total = present.length;
					const size = happens(how.chanceOfShortPage) ? 1 + below(count) : count;
					await Promise.resolve();
					const page = order.slice(startIndex - 1, startIndex - 1 + size);
					const kept = page.filter(() => !happens(how.chanceOfGap));
					const [repeated] = kept;
					const rows = kept.map((row) => (repeated && happens(how.chanceOfRepetition) ? repeated : row));
					return { total, rows };
				}, 6);
				expect(requests).toBe(reading.pages);
				expect(new Set(idsOf(reading.rows)).size).toBe(reading.rows.length);
				if (reading.complete) {
					complete += 1;
					expect(idsOf(reading.rows)).toEqual(idsOf(present));
				} else {
					incomplete += 1;
					expect(reading.reason).toMatch(/\.$/);
				}
				expect(requests).toBeLessThan(6 * (how.size + 80));
			}),
			{ numRuns: 400 },
		);
		// Neither answer is so rare that the property says nothing.
		expect(complete).toBeGreaterThan(10);
		expect(incomplete).toBeGreaterThan(10);
	});
});

describe('readUpTo', () => {
	it.each([
		[5, 1, [5]],
		[100, 1, [100]],
		[101, 2, [100, 1]],
		[250, 3, [100, 100, 50]],
	])('reads the first %i with %i requests', async (limit, requests, counts) => {
		const asked: number[] = [];
		const { rows } = await readUpTo(async (startIndex, count) => {
			asked.push(count);
			return { total: 1_000, rows: rowsOf(count, startIndex) };
		}, limit);
		expect(rows).toEqual(rowsOf(limit));
		expect(asked).toEqual(counts);
		expect(asked).toHaveLength(requests);
	});

	it('reads a list that is shorter than the limit once', async () => {
		const { asked, readPage } = serverOf(() => rowsOf(30));
		expect(await readUpTo(readPage, 50)).toMatchObject({ rows: rowsOf(30), complete: true });
		expect(asked).toEqual([1]);
	});

	it('reads the whole list as a whole where the limit asks for all of it', async () => {
		const rows = rowsOf(407);
		const below = randomFrom(7);
		const { readPage } = serverOf(() => shuffled(rows, below));
		const reading = await readUpTo(readPage, 1_000);
		expect(reading.complete).toBe(true);
		expect(idsOf(reading.rows)).toEqual(idsOf(rows));
	});

	it('says that a list is not complete where rows that the total promises never come', async () => {
		const reading = await readUpTo(async () => ({ total: 9, rows: [] }), 50);
		expect(reading).toMatchObject({ rows: [], complete: false });
	});

	it('reads on until there are enough rows that count', async () => {
		const { readPage } = serverOf(() => rowsOf(6));
		const { rows } = await readUpTo(readPage, 3, ({ id }) => !['id-1', 'id-2'].includes(id));
		expect(rows).toEqual(rowsOf(3, 3));
	});

	it('gives each id once', async () => {
		const { rows } = await readUpTo(
			async (startIndex) => ({ total: 4, rows: startIndex < 3 ? rowsOf(2) : rowsOf(2, 3) }),
			4,
		);
		expect(rows).toEqual(rowsOf(4));
	});
});
