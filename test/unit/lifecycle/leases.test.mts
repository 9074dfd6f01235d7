import fc from 'fast-check';

import type { ChangeState } from '../../../lib/lifecycle/journal.ts';
import type { LeasedRow } from '../../../lib/lifecycle/leases.ts';
import { holderOf, LEASE } from '../../../lib/lifecycle/leases.ts';

const MINUTE = 60_000;

const row = (id: number, state: ChangeState, createdAt: number, updatedAt = createdAt): LeasedRow => ({
	id,
	key: 'joiners|bamboohr||e1|7',
	state,
	outcome: '',
	createdAt,
	updatedAt,
});

/** Whether the newest of the rows is acted on. */
function acts(...rows: LeasedRow[]): boolean {
	const newest = rows.at(-1);
	return newest !== undefined && holderOf(newest, rows) === undefined;
}

describe('an event', () => {
	it('is acted on for the first of several copies', () => {
		expect(acts(row(1, 'received', 0))).toBe(true);
		expect(acts(row(1, 'received', 0), row(2, 'received', 1))).toBe(false);
		expect(acts(row(1, 'intended', 0, 100), row(2, 'received', 50))).toBe(false);
	});

	it('of another key is another event', () => {
		const other = { ...row(1, 'done', 0), key: 'joiners|bamboohr||e1|8' };
		expect(acts(other, row(2, 'received', 1))).toBe(true);
	});

	it('is tried again after a failure, also where a copy came in between', () => {
		expect(acts(row(1, 'retry', 0, 5 * MINUTE), row(2, 'received', 10), row(3, 'received', 6 * MINUTE))).toBe(true);
		const closed = { ...row(2, 'withdrawn', 10, 20), outcome: 'copy' };
		expect(acts(row(1, 'retry', 0, 5 * MINUTE), closed, row(3, 'received', 6 * MINUTE))).toBe(true);
	});

	it('is tried again after a death, also where a copy came in between', () => {
		expect(acts(row(1, 'received', 0), row(2, 'received', 14 * MINUTE), row(3, 'received', 16 * MINUTE))).toBe(true);
		expect(acts(row(1, 'intended', 0, MINUTE), row(2, 'received', 14 * MINUTE), row(3, 'received', 17 * MINUTE))).toBe(true);
	});

	it('is not taken up by a copy that has outlived the execution that had it', () => {
		expect(acts(row(1, 'retry', 0, 100), row(2, 'received', 50))).toBe(false);
	});

	it.each(['done', 'scheduled', 'needsPerson', 'refused', 'held', 'withdrawn'] as const)(
		'that is %s stays so for ever',
		(state) => {
			expect(acts(row(1, state, 0, 10), row(2, 'received', 50 * 24 * 60 * MINUTE))).toBe(false);
		},
	);

	it('of a row that an admin added has no copies, because it has no key', () => {
		const [one, other] = [row(1, 'done', 0), row(2, 'received', 1)].map((added) => ({ ...added, key: '' }));
		expect(one && other && acts(one, other)).toBe(true);
	});

	it('twice in one delivery is acted on once', () => {
		const [first, second] = [row(1, 'received', 0), row(2, 'received', 0)];
		expect([holderOf(first, [first, second]), holderOf(second, [first, second])?.id]).toEqual([undefined, 1]);
	});
});

type End = 'done' | 'scheduled' | 'retry' | 'dies' | 'dies, marked late';

interface Try {
	/** When it arrives, until its row can be seen, until it reads, until it stores its intention, and until it ends. */
	at: number;
	visible: number;
	reads: number;
	intends: number;
	works: number;
	end: End;
}

const tries = fc.array(
	fc.record({
		at: fc.oneof(fc.nat(2_000), fc.nat(2 * MINUTE), fc.nat(60 * MINUTE)),
		visible: fc.nat(400),
		reads: fc.nat(300),
		intends: fc.nat(5_000),
		works: fc.oneof(fc.nat(3_000), fc.nat(8 * MINUTE)),
		end: fc.constantFrom<End>('done', 'scheduled', 'retry', 'dies', 'dies, marked late'),
	}),
	{ minLength: 2, maxLength: 14 },
);

interface Work {
	id: number;
	from: number;
	to: number;
	/** From when another try may act. */
	freeAt: number;
}

/**
 * Copies of one event arrive. Each stores its row, then reads the rows; if it acts it succeeds, fails or
 * dies, and then its row is marked for another try after a while, or never. Ids are given out in the
 * order of arrival, and every row is visible before its own execution reads.
 */
function history(arrivals: Try[]): { works: Work[]; tries: Array<{ id: number; at: number }> } {
	const rows: LeasedRow[] = [];
	const works: Work[] = [];
	const steps: Array<{ time: number; act: () => void }> = [];
	const later = (time: number, act: () => void) => steps.push({ time, act });
	const inOrder = [...arrivals].sort((one, other) => one.at - other.at);

	inOrder.forEach(({ at, visible, reads, intends, works: takes, end }, index) => {
		const own = row(index + 1, 'received', at);
		const readAt = at + 500 + visible + reads;
		const write = (state: ChangeState, time: number) => Object.assign(own, { state, updatedAt: time });
		later(at + visible, () => rows.push(own));
		later(readAt, () => {
			const older = rows.filter(({ id }) => id <= own.id);
			if (holderOf(own, older)) return void Object.assign(own, { state: 'withdrawn', outcome: 'copy' });
			const intendedAt = readAt + intends;
			const to = intendedAt + 1 + takes;
			later(intendedAt, () => write('intended', intendedAt));
			const marked = end === 'dies, marked late' ? to + 2 * MINUTE : to;
			const isOver = end === 'done' || end === 'scheduled';
			const freeAt = isOver ? Infinity : end === 'dies' ? intendedAt + LEASE : marked;
			works.push({ id: own.id, from: readAt, to, freeAt });
			if (end !== 'dies') later(marked, () => write(isOver ? end : 'retry', marked));
		});
	});
	while (steps.length > 0) {
		steps.sort((one, other) => one.time - other.time);
		steps.shift()?.act();
	}
	return { works, tries: inOrder.map(({ at }, index) => ({ id: index + 1, at })) };
}

describe('in any order of copies, failures, retries and deaths', () => {
	it('at most one execution is at work at a time, and none after success', () => {
		fc.assert(
			fc.property(tries, (arrivals) => {
				const { works } = history(arrivals);
				works.forEach((one, index) => {
					for (const next of works.slice(index + 1)) {
						expect(next.from).toBeGreaterThanOrEqual(one.to);
						expect(one.freeAt).not.toBe(Infinity);
					}
				});
			}),
			{ numRuns: 3_000 },
		);
	});

	it('every try that comes after a failure or a death is acted on', () => {
		let again = 0;
		fc.assert(
			fc.property(tries, (arrivals) => {
				const { works, tries: all } = history(arrivals);
				if (works.length > 1) again += 1;
				for (const { id, at } of all) {
					const isFree = works.filter((work) => work.id < id).every(({ freeAt }) => freeAt <= at);
					expect(works.some((work) => work.id === id)).toBe(isFree);
				}
			}),
			{ numRuns: 3_000 },
		);
		// The histories have failures with a later try in them.
		expect(again).toBeGreaterThan(300);
	});
});
