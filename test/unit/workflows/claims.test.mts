import { readFileSync } from 'node:fs';

interface Row {
	id: number;
	key: string;
	execution: string;
	state: string;
	createdAt: string;
	updatedAt: string;
}

const MINUTE = 60_000;
const DEATH = 15 * MINUTE;
const SETTLE = 500;
const KEY = 'Onboarding|bamboohr||e1|1';

const mineToDo = new Function(
	'$input',
	'$',
	'$execution',
	['claims', 'mineToDo'].map((file) => readFileSync(`canvas/code/${file}.js`, 'utf8')).join('\n'),
);

/** What the Code node "Mine to do" lets through. */
function acts(rows: Row[], execution: string, keys = [KEY]): number {
	const items = (list: object[]) => ({ all: () => list.map((json) => ({ json })) });
	const through: unknown[] = mineToDo(
		items(rows),
		() => items(keys.map((claimKey) => ({ claimKey }))),
		{ id: execution },
	);
	return through.length;
}

const at = (time: number) => new Date(Date.UTC(2026, 10, 20) + time).toISOString();
const row = (id: number, state: string, created: number, updated = created): Row => ({
	id,
	key: KEY,
	execution: String(id),
	state,
	createdAt: at(created),
	updatedAt: at(updated),
});

describe('a claim', () => {
	it('is had by the first of several copies', () => {
		const rows = [row(1, 'working', 0), row(2, 'working', 1)];
		expect([acts(rows.slice(0, 1), '1'), acts(rows, '2')]).toEqual([1, 0]);
	});

	it('that lost does not keep off the try after a failure', () => {
		expect(
			acts(
				[row(1, 'released', 0, 5 * MINUTE), row(2, 'working', 10), row(3, 'working', 6 * MINUTE)],
				'3',
			),
		).toBe(1);
	});

	it('that lost does not keep off the try after a death', () => {
		const copy = row(2, 'working', 14 * MINUTE);
		expect(acts([row(1, 'working', 0), copy, row(3, 'working', 16 * MINUTE)], '3')).toBe(1);
	});

	it('of an execution that a copy has outlived is not taken up by that copy', () => {
		expect(acts([row(1, 'released', 0, 100), row(2, 'working', 50)], '2')).toBe(0);
	});

	it('that is done is done for ever', () => {
		expect(acts([row(1, 'done', 0), row(2, 'working', 50 * 24 * 60 * MINUTE)], '2')).toBe(0);
	});

	it('lets the same event twice in one delivery through once', () => {
		const rows = [row(1, 'working', 0), { ...row(2, 'working', 1), execution: '1' }];
		// n8n reads the claims once for each of the two.
		expect(acts([...rows.slice(0, 1), ...rows], '1', [KEY, KEY])).toBe(1);
	});
});

/** Pseudo-random numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/**
 * Copies of one event come at any time. Each stores its row, reads half a second or more later, and if
 * it acts it succeeds, fails, or dies: with its claim released after a while, or never. Ids are given
 * out in the order of arrival; a row can become visible up to 400 ms later.
 */
function history(seed: number) {
	const random = randomNumbers(seed);
	const upTo = (most: number) => Math.floor(random() * most);
	const spread = [2_000, 2 * MINUTE, 40 * MINUTE][upTo(3)] ?? MINUTE;
	const arrivals = Array.from({ length: 2 + upTo(12) }, () => upTo(spread)).sort((a, b) => a - b);
	const rows: Row[] = [];
	const deeds: { id: number; from: number; to: number; end: string; freeAt: number }[] = [];
	const steps: { time: number; act: () => void }[] = [];
	const later = (time: number, act: () => void) => steps.push({ time, act });

	for (const [index, time] of arrivals.entries()) {
		const id = index + 1;
		const visible = time + upTo(400);
		// The execution itself goes on only after its row is stored.
		const readAt = visible + SETTLE + upTo(300);
		later(visible, () => rows.push(row(id, 'working', time)));
		later(readAt, () => {
			if (
				acts(
					rows.filter((one) => one.id <= id),
					String(id),
				) === 0
			)
				return;
			const over = readAt + 1 + upTo(random() < 0.5 ? 3_000 : 10 * MINUTE);
			const end = ['done', 'released', 'dies', 'dies, released late'][upTo(4)] ?? 'done';
			const endsAt = end === 'dies, released late' ? over + 2 * MINUTE : over;
			const isEnded = end !== 'dies';
			deeds.push({ id, from: readAt, to: over, end, freeAt: isEnded ? endsAt : time + DEATH });
			if (!isEnded) return;
			later(endsAt, () => {
				const own = rows.find((one) => one.id === id);
				if (own)
					Object.assign(own, { state: end === 'done' ? end : 'released', updatedAt: at(endsAt) });
			});
		});
	}
	while (steps.length > 0) {
		steps.sort((one, other) => one.time - other.time);
		steps.shift()?.act();
	}
	return { arrivals, deeds };
}

describe('any order of copies, failures, retries and deaths', () => {
	const histories = Array.from({ length: 5_000 }, (_, seed) => ({ seed, ...history(seed) }));

	it('has at most one execution at work at a time, and none after success', () => {
		const wrong = histories.filter(({ deeds }) =>
			deeds.some((one, index) =>
				deeds.slice(index + 1).some((next) => next.from < one.to || one.end === 'done'),
			),
		);
		expect(wrong.map(({ seed }) => seed)).toEqual([]);
	});

	it('has somebody at work on every try that comes after a failure or a death', () => {
		const wrong = histories.filter(({ arrivals, deeds }) =>
			arrivals.some((time, index) => {
				const before = deeds.filter(({ id }) => id <= index);
				const isFree = before.every(({ end, freeAt }) => end !== 'done' && freeAt <= time);
				return isFree && !deeds.some(({ id }) => id === index + 1);
			}),
		);
		expect(wrong.map(({ seed }) => seed)).toEqual([]);
		// What was looked at has failures with a later try in it.
		expect(histories.filter(({ deeds }) => deeds.length > 1).length).toBeGreaterThan(500);
	});
});
