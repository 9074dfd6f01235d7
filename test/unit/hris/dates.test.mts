import { calendarDate } from '../../../hris-trigger/lib/calendarDate';
import { instantFrom, instantOf, isTimeZone } from '../../../hris-trigger/lib/dates';

describe('the instant at which a date begins or is over', () => {
	it.each([
		['Auckland, where the day is over first', '2026-01-31', 'Pacific/Auckland', '2026-01-30T11:00:00.000Z', '2026-01-31T11:00:00.000Z'],
		['Honolulu, where it is over last', '2026-01-31', 'Pacific/Honolulu', '2026-01-31T10:00:00.000Z', '2026-02-01T10:00:00.000Z'],
		['the day of 23 hours', '2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
		['the day of 25 hours', '2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
		['summer time in the south', '2026-09-27', 'Pacific/Auckland', '2026-09-26T12:00:00.000Z', '2026-09-27T11:00:00.000Z'],
		['a day without midnight', '2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000Z', '2026-09-07T03:00:00.000Z'],
		['29 February', '2028-02-29', 'Europe/Berlin', '2028-02-28T23:00:00.000Z', '2028-02-29T23:00:00.000Z'],
		['28 February of a leap year', '2028-02-28', 'UTC', '2028-02-28T00:00:00.000Z', '2028-02-29T00:00:00.000Z'],
		['28 February of another', '2027-02-28', 'UTC', '2027-02-28T00:00:00.000Z', '2027-03-01T00:00:00.000Z'],
		['New Year\'s Eve', '2026-12-31', 'America/New_York', '2026-12-31T05:00:00.000Z', '2027-01-01T05:00:00.000Z'],
	])('%s', (_what, date, zone, begins, isOver) => {
		expect(instantOf(date, zone, false)).toBe(begins);
		expect(instantOf(date, zone, true)).toBe(isOver);
	});
});

describe('the date that a system means', () => {
	it.each([
		['2026-01-31', 'Pacific/Honolulu', '2026-01-31'],
		['2026-01-31T00:00:00Z', 'Pacific/Honolulu', '2026-01-31'],
		['2026-01-31T00:00:00.000Z', 'Pacific/Auckland', '2026-01-31'],
		['2026-01-31T00:00:00+00:00', 'America/New_York', '2026-01-31'],
		['2026-01-31 00:00:00', 'America/New_York', '2026-01-31'],
		['2026-01-31T23:30:00Z', 'Pacific/Auckland', '2026-02-01'],
		['2026-01-31T03:30:00Z', 'America/New_York', '2026-01-30'],
		['2026-01-31T13:06:26.915906', 'Pacific/Auckland', '2026-01-31'],
		['2028-02-29', 'UTC', '2028-02-29'],
		['2026-12-31T00:00:00+02:00', 'Europe/Berlin', '2026-12-31'],
		['2026-12-31T00:00-08', 'Pacific/Auckland', '2026-12-31'],
		['2026-12-31T17:00:00-08', 'America/Los_Angeles', '2026-12-31'],
		['2026-12-31T17:00:00-08', 'Europe/Berlin', '2027-01-01'],
		['2026-12-31t23:30:00z', 'Europe/Berlin', '2027-01-01'],
		['2026-12-31 17:00:00', 'Pacific/Auckland', '2026-12-31'],
		['2026-12-31 23:30:00+00:00', 'Europe/Berlin', '2027-01-01'],
		['20261231', 'Pacific/Honolulu', '2026-12-31'],
		['20261231T000000+0200', 'Europe/Berlin', '2026-12-31'],
		['20261231T170000-0800', 'America/Los_Angeles', '2026-12-31'],
	])('%s in %s is %s', (written, zone, date) => {
		expect(calendarDate(written, zone)).toBe(date);
	});

	it.each(['2027-02-29', '2026-13-01', '31.01.2026', '2026', '2026-031', '2026-0131', '20260231', '1798675200000', 'soon', '2026-01-31T25:00:00Z', ''])(
		'%j is none',
		(written) => {
			expect(calendarDate(written, 'UTC')).toBeUndefined();
		},
	);
});

describe('when something occurred', () => {
	it.each([
		[1_671_058_841, '2022-12-14T23:00:41.000Z'],
		['2026-01-31T18:42:00+0000', '2026-01-31T18:42:00.000Z'],
		['2026-01-31T10:00:00+13:00', '2026-01-30T21:00:00.000Z'],
		['2026-01-08T13:06:26.915906', undefined],
		['2026-01-31T10:00:00-08', '2026-01-31T18:00:00.000Z'],
		['2026-01-31 18:42:00+00', '2026-01-31T18:42:00.000Z'],
		['2026-01-08', undefined],
		['never Z', undefined],
		[undefined, undefined],
		[Number.POSITIVE_INFINITY, undefined],
	])('%s is %s', (value, instant) => {
		expect(instantFrom(value)).toBe(instant);
	});
});

describe('a time zone', () => {
	it.each([
		['Europe/Berlin', true],
		['UTC', true],
		['Pacific/Auckland', true],
		['', false],
		['Berlin', false],
		['+02:00', false],
		['Europe/Nowhere', false],
	])('%j: %s', (name, isOne) => {
		expect(isTimeZone(name)).toBe(isOne);
	});
});
