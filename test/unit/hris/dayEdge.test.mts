import fc from 'fast-check';
import { DateTime } from 'luxon';

import { dateByDayEdge } from '../../../hris-trigger/lib/dayEdge';
import { providerNamed } from '../../../hris-trigger/lib/providers';

const deel = providerNamed('deel');
if (deel?.dateIn === undefined) throw new Error('Deel has no reader of dates');
const { dateIn } = deel;

/** Zones in which people work for companies elsewhere, each with a clock of its own. */
const ZONES = [
	'Asia/Manila',
	'Asia/Singapore',
	'Pacific/Auckland',
	'Pacific/Chatham',
	'Pacific/Honolulu',
	'Pacific/Marquesas',
	'Asia/Kolkata',
	'Asia/Kathmandu',
	'Asia/Kabul',
	'Asia/Tehran',
	'Australia/Adelaide',
	'Australia/Lord_Howe',
	'America/St_Johns',
	'America/New_York',
	'America/Los_Angeles',
	'America/Sao_Paulo',
	'Europe/Berlin',
	'Europe/London',
	'Africa/Lagos',
	'UTC',
];

describe('a date that is written as the edge of a local day', () => {
	it.each([
		['the end in Manila and Singapore', '2025-08-31T15:59:59.999Z', '2025-08-31'],
		['the end in New York, which is tomorrow in Greenwich', '2025-09-01T03:59:59.999Z', '2025-08-31'],
		['the end in Honolulu', '2025-09-01T09:59:59.999Z', '2025-08-31'],
		['the end in Auckland in winter', '2025-08-31T11:59:59.999Z', '2025-08-31'],
		['the end in Auckland in summer', '2025-12-31T10:59:59.999Z', '2025-12-31'],
		['the end in India', '2025-08-31T18:29:59.999Z', '2025-08-31'],
		['the end in Nepal', '2025-08-31T18:14:59.999Z', '2025-08-31'],
		['the end in Kabul, as in the documentation', '2023-05-30T19:29:59.999Z', '2023-05-30'],
		['the end in Greenwich', '2025-08-31T23:59:59.999Z', '2025-08-31'],
		['the beginning in Manila', '2025-08-30T16:00:00.000Z', '2025-08-31'],
		['the beginning in Auckland', '2025-08-30T12:00:00Z', '2025-08-31'],
		['the beginning in Los Angeles', '2025-08-31T07:00:00Z', '2025-08-31'],
		['the beginning in Nepal', '2025-08-30T18:15:00Z', '2025-08-31'],
		['the beginning in Greenwich', '2025-08-31T00:00:00.000Z', '2025-08-31'],
		['an end to the second', '2025-08-31T15:59:59Z', '2025-08-31'],
		['an end to the minute', '2025-08-31T15:59:00Z', '2025-08-31'],
		['an end to the microsecond', '2025-09-01T03:59:59.999999Z', '2025-08-31'],
		['an end with its own zone', '2025-08-31T23:59:59.999-10:00', '2025-08-31'],
		['a beginning with its own zone', '2025-08-31T00:00:00+05:45', '2025-08-31'],
		['a blank for the T', '2025-09-01 03:59:59.999Z', '2025-08-31'],
	])('%s', (_what, written, date) => {
		expect(dateByDayEdge(written)).toBe(date);
		for (const zone of ['Europe/Berlin', 'Pacific/Auckland', 'Pacific/Honolulu', 'America/New_York']) {
			expect(dateIn(written, zone)).toBe(date);
		}
	});

	it('is that date in every zone, whichever one reads it', () => {
		fc.assert(
			fc.property(
				fc.date({ min: new Date('2015-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }),
				fc.constantFrom(...ZONES),
				fc.constantFrom(...ZONES),
				fc.boolean(),
				(day, zone, company, isEnd) => {
					const date = day.toISOString().slice(0, 10);
					const local = DateTime.fromISO(date, { zone });
					const edge = isEnd ? local.endOf('day') : local.startOf('day');
					// Where clocks skip midnight, the day begins with its first hour, and that is no midnight.
					fc.pre(isEnd ? edge.hour === 23 : edge.hour === 0);
					expect(dateIn(edge.toUTC().toISO() ?? '', company)).toBe(date);
				},
			),
		);
	});

	it.each([
		['2025-08-31T10:59:59.999Z', 'Pacific/Pago_Pago', '2025-08-30'],
		['2025-08-31T10:59:59.999Z', 'Europe/Berlin', '2025-08-31'],
		['2025-08-31T09:59:59.999Z', 'Pacific/Kiritimati', '2025-08-31'],
		['2025-08-31T09:59:59.999Z', 'Europe/Berlin', '2025-08-30'],
	])('where two zones share the moment, %s is of the company\'s: %s', (written, zone, date) => {
		expect(dateIn(written, zone)).toBe(date);
	});

	it.each([
		['2025-08-31', '2025-08-31'],
		['20250831', '2025-08-31'],
		['2025-08-31T13:37:12.345Z', '2025-09-01'],
		['2025-08-31T10:00:00-02:00', '2025-09-01'],
		['2025-08-31T23:59:59.999', '2025-08-31'],
	])('anything else is read as other systems\' dates are: %s is %s in Auckland', (written, date) => {
		expect(dateByDayEdge(written)).toBeUndefined();
		expect(dateIn(written, 'Pacific/Auckland')).toBe(date);
	});

	it.each(['2027-02-29T00:00:00Z', '2025-08-31T25:59:59Z', '2025-13-01T00:00:00Z', '31.08.2025', 'soon', ''])(
		'%j is none',
		(written) => {
			expect(dateByDayEdge(written)).toBeUndefined();
			expect(dateIn(written, 'Europe/Berlin')).toBeUndefined();
		},
	);
});
