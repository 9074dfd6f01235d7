import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { DateTime } from 'luxon';

import { mappingCode } from '../../../host/mappingCode.mts';
import {
	calendarDate,
	calendarInstant,
	instantWithOffset,
	isNoDate,
} from '../../../lib/directory/person/calendarDate.ts';
import { parseDirectory } from '../../../lib/directory/person/person.ts';

const FILE = 'lib/directory/person/calendarDate.ts';

test('both packages and the Code nodes read dates with the same text', () => {
	expect(readFileSync('hris-trigger/lib/calendarDate.ts', 'utf8')).toBe(readFileSync(FILE, 'utf8'));
	const ofCodeNode = mappingCode('workflows/sources/entra/mapping.js').split('\n// ----')[0] ?? '';
	const read: unknown = new Function('DateTime', `${ofCodeNode}\nreturn calendarDate('20190315');`)(DateTime);
	expect(read).toBe('2019-03-15');
});

describe('the date that a text names', () => {
	it.each([
		['2019-03-15', '2019-03-15'],
		['2019-03-15 00:00:00', '2019-03-15'],
		['20190315', '2019-03-15'],
		['2019-03-15T00:00:00Z', '2019-03-15'],
		['2019-03-15T00:00:00.000+01:00', '2019-03-15'],
		['2019-03-15 23:30', '2019-03-15'],
		['2028-02-29T23:30:00+02:00', '2028-02-29'],
		['9999-12-31', '9999-12-31'],
	])('%j is %s, as it is written', (written, date) => {
		expect(calendarDate(` ${written} `)).toBe(date);
		expect(isNoDate(written)).toBe(false);
	});

	it.each(['', '  ', '0000-00-00', '0000-00-00 00:00:00', '00000000', '00.00.0000', '0001-01-01T00:00:00'])(
		'%j says that there is none',
		(written) => {
			expect([isNoDate(written), calendarDate(written)]).toEqual([true, undefined]);
		},
	);

	it.each(['2019-02-30', '15.03.2019', '03/15/2019', '2019-3-15', '2019-031', '20190315x', '2019-03-15T25:00', '43539', '-', 'soon'])(
		'%j cannot be read, which is not the same as none',
		(written) => {
			expect([isNoDate(written), calendarDate(written)]).toEqual([false, undefined]);
		},
	);

	it('is the same in every form in which systems write a date', () => {
		const day = fc.date({ min: new Date('1950-01-01'), max: new Date('2150-01-01'), noInvalidDate: true });
		const form = fc.constantFrom<(date: string) => string>(
			(date) => date,
			(date) => date.replaceAll('-', ''),
			(date) => `${date} 00:00:00`,
			(date) => `${date}T00:00:00.000Z`,
			(date) => `${date}T00:00+05:30`,
		);
		fc.assert(
			fc.property(day, form, fc.constantFrom(undefined, 'Pacific/Auckland', 'Pacific/Honolulu'), (at, written, zone) => {
				const date = at.toISOString().slice(0, 10);
				expect(calendarDate(written(date), zone)).toBe(date);
			}),
		);
	});
});

test('a date begins with its first hour in the zone, and a time is the instant that it names', () => {
	expect(calendarInstant('2026-01-31', 'Pacific/Auckland')).toBe('2026-01-30T11:00:00.000Z');
	expect(calendarInstant('2026-01-31T00:00:00Z', 'Pacific/Auckland')).toBe('2026-01-30T11:00:00.000Z');
	expect(calendarInstant('2026-09-06 00:00:00', 'America/Santiago')).toBe('2026-09-06T04:00:00.000Z');
	expect(calendarInstant('2026-01-31 09:00', 'Europe/Berlin')).toBe('2026-01-31T08:00:00.000Z');
	expect(calendarInstant('2026-01-31T09:00:00Z', 'Europe/Berlin')).toBe('2026-01-31T09:00:00.000Z');
	expect(calendarInstant('soon', 'UTC')).toBeUndefined();
	expect(instantWithOffset('2026-01-31T00:00:00+13:00')).toBe('2026-01-30T11:00:00.000Z');
	expect(instantWithOffset('2026-01-31')).toBeUndefined();
});

describe('the dates of a person', () => {
	const read = (fields: object) =>
		parseDirectory([{ source: 'hr', sourceId: '7', active: true, ...fields }]);

	it.each([
		['2019-03-15 00:00:00', '2019-03-15'],
		['20190315', '2019-03-15'],
		['2019-03-15T00:00:00Z', '2019-03-15'],
		['0000-00-00', undefined],
		['0000-00-00 00:00:00', undefined],
	])('with the last day %j: %j', (endDate, expected) => {
		const { persons, unreadable } = read({ endDate });

		expect(unreadable).toEqual([]);
		expect(persons[0]?.endDate).toBe(expected);
	});

	it.each([
		['2026-03-01', Date.UTC(2026, 2, 1)],
		['20260301', Date.UTC(2026, 2, 1)],
		['2026-03-01 09:00:00', Date.UTC(2026, 2, 1, 9)],
		['2026-03-01T00:00:00+13:00', Date.UTC(2026, 1, 28, 11)],
		['0000-00-00', undefined],
	])('a start written %j does not depend on the zone of the server', (startAt, expected) => {
		expect(read({ startAt }).persons[0]?.startAt).toBe(expected);
	});

	it.each([
		[{ endDate: '31.03.2026' }, 'endDate: "31.03.2026" is no date'],
		[{ endDate: '03/31/2026' }, 'endDate: "03/31/2026" is no date'],
		[{ startAt: '03/01/2026' }, 'startAt: "03/01/2026" is no instant'],
	])('that cannot be read are named, and the person is not taken for one without: %j', (fields, sentence) => {
		const { persons, unreadable } = read(fields);

		expect(persons).toEqual([]);
		expect(unreadable[0]).toContain(sentence);
	});
});
