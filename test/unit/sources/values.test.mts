import { dateText } from '../../../workflows/sources/shared/dates.js';

describe('the date of a text', () => {
	it.each([
		['2026-01-31', '2026-01-31'],
		[' 2028-02-29T23:00:00+02:00 ', '2028-02-29'],
		['9999-12-31', '9999-12-31'],
		['2026-01-31 00:00:00', '2026-01-31'],
		[20_260_131, '2026-01-31'],
		['2027-02-29', undefined],
		['2025-31-12', undefined],
		['2025-06-31', undefined],
		['0000-00-00', undefined],
		['31.01.2026', undefined],
		['', undefined],
		[null, undefined],
	])('%j is %j', (value, date) => {
		expect(dateText(value)).toBe(date);
	});
});
