import { defaultRemovalLimit, RemovalCount } from '../../../lib/directory/guards/removalLimit.ts';

const limitReached = expect.objectContaining({ name: 'ScimError', kind: 'limitReached' });

describe('the default removal limit', () => {
	it.each([
		[0, 2],
		[1, 2],
		[99, 2],
		[149, 2],
		[150, 3],
		[499, 9],
		[500, 10],
		[100_000, 10],
	])('of %i members is %i', (members, limit) => {
		expect(defaultRemovalLimit(members)).toBe(limit);
	});
});

describe('the count of removals', () => {
	it('lets pass up to the limit and nothing beyond', () => {
		const count = new RemovalCount();
		count.reserve(1, 3);
		count.reserve(2, 3);
		expect(() => count.reserve(1, 3)).toThrow(limitReached);
		expect(() => count.reserve(0, 3)).not.toThrow();
	});

	it('books nothing where it refuses', () => {
		const count = new RemovalCount();
		count.reserve(2, 3);
		expect(() => count.reserve(5, 3)).toThrow(
			'This would remove 5 access grants, but this execution has used 2 of the 3 that it may.',
		);
		expect(() => count.reserve(1, 3)).not.toThrow();
	});

	it('gives back what was not done', () => {
		const count = new RemovalCount();
		count.reserve(3, 3);
		count.release(1);
		expect(() => count.reserve(1, 3)).not.toThrow();
		expect(() => count.reserve(1, 3)).toThrow(limitReached);
	});

	it.each([0, -1, Number.NaN])('lets nothing pass where the limit is %s', (limit) => {
		expect(() => new RemovalCount().reserve(1, limit)).toThrow(limitReached);
	});

	it('lets nothing pass any more once an impact was no number', () => {
		const count = new RemovalCount();
		count.reserve(Number.NaN, 10);
		expect(() => count.reserve(1, 10)).toThrow(limitReached);
	});

	it('tells what was used', () => {
		const count = new RemovalCount();
		count.reserve(2, 2);
		try {
			count.reserve(1, 2);
		} catch (error) {
			expect(error).toMatchObject({ evidence: { impact: 1, used: 2, limit: 2 } });
		}
		expect.assertions(1);
	});
});
