import { readBoolean, readNumber } from '../../../lib/scim/scalars.ts';

describe('readBoolean', () => {
	it.each([
		[true, true],
		[false, false],
		['true', true],
		['False', false],
		[' TRUE ', true],
	])('%j is %s', (value, expected) => {
		expect(readBoolean(value)).toBe(expected);
	});

	it.each([undefined, null, '', 'yes', 'no', 'on', 0, 1, '0', '1', {}, [true]])('%j is neither', (value) => {
		expect(readBoolean(value)).toBeUndefined();
	});
});

describe('readNumber', () => {
	it.each([
		[2, 2],
		['2', 2],
		[' 2.5 ', 2.5],
		['-1', -1],
		['007', 7],
	])('%j is %s', (value, expected) => {
		expect(readNumber(value)).toBe(expected);
	});

	it.each([
		undefined, null, '', '  ', 'two', '1,000', '1e3', '0x10', 'Infinity', '2 per second', '.5', '5.',
		Number.NaN, Number.POSITIVE_INFINITY, true, [], [2], {},
	])('%j is none', (value) => {
		expect(readNumber(value)).toBeUndefined();
	});
});
