import fc from 'fast-check';

import type { EmploymentRecord } from '../../../lib/lifecycle/employment.ts';
import { employmentOf, readRecord } from '../../../lib/lifecycle/employment.ts';
import { endOfLastDay, isTimeZone, startOfFirstDay } from '../../../lib/lifecycle/zones.ts';

function record(values: Record<string, unknown>): EmploymentRecord {
	const read = readRecord({ source: 'bamboohr', sourceId: '7', status: 'active', ...values });
	if (typeof read === 'string') throw new Error(read);
	return read;
}

const at = (instant: string): number => Date.parse(instant);

describe('the employment state', () => {
	it.each([
		['active', {}, 'employed'],
		['active, back after an earlier employment', { startDate: '2026-05-04', endDate: '2025-12-31' }, 'employed'],
		['on leave', { status: 'onLeave' }, 'employed'],
		['not started', { status: 'notStarted', startDate: '2026-07-01' }, 'starting'],
		['inactive, hired again for a later day', { status: 'inactive', endDate: '2026-01-31', startDate: '2026-07-01' }, 'starting'],
		['active with a last day ahead', { endDate: '2026-06-30' }, 'leaving'],
		['inactive with a last day ahead', { status: 'inactive', endDate: '2026-06-01' }, 'leaving'],
		['active past the last day', { endDate: '2026-05-31' }, 'overdue'],
		['inactive past the last day', { status: 'inactive', endDate: '2026-05-31' }, 'left'],
		['inactive without a last day', { status: 'inactive' }, 'unclear'],
		['suspended', { status: 'suspended' }, 'unclear'],
		['a word that no one knows', { status: 'On Sabbatical' }, 'unclear'],
		['no status', { status: undefined }, 'unclear'],
		['a last day that is no date', { status: 'inactive', endDate: '31.05.2026' }, 'unclear'],
		['a last day that does not exist', { status: 'inactive', endDate: '2026-02-30' }, 'unclear'],
		['a first day that is no date', { startDate: 'soon' }, 'unclear'],
	])('%s', (_case, values, state) => {
		expect(employmentOf(record(values), 'Europe/Berlin', at('2026-06-01T12:00:00Z')).state).toBe(state);
	});

	// Instants taken from the tz database with `date`, not from the code under test.
	it.each([
		['Pacific/Auckland', '2026-05-04', '2026-05-04T12:00:00Z'],
		['Pacific/Honolulu', '2026-05-04', '2026-05-05T10:00:00Z'],
		['Europe/Berlin', '2026-03-28', '2026-03-28T23:00:00Z'],
		['Europe/Berlin', '2026-03-29', '2026-03-29T22:00:00Z'],
		['Europe/Berlin', '2026-10-25', '2026-10-25T23:00:00Z'],
		['America/Santiago', '2026-09-05', '2026-09-06T04:00:00Z'],
		['Pacific/Honolulu', '2028-02-29', '2028-03-01T10:00:00Z'],
	])('in %s the last day %s is over at %s', (zone, endDate, instant) => {
		const leaver = record({ status: 'inactive', endDate });
		expect(employmentOf(leaver, zone, at(instant) - 1)).toEqual({ state: 'leaving', endsAt: at(instant) });
		expect(employmentOf(leaver, zone, at(instant))).toEqual({ state: 'left', endsAt: at(instant) });
	});

	it('keeps the HRIS\'s own word, and what it says of the person', () => {
		expect(record({ status: 'On Sabbatical', email: ' ada@example.com ', title: 'Clerk', employeeNumber: 12, photoUrl: null })).toMatchObject({
			status: 'unknown',
			statusWord: 'On Sabbatical',
			email: 'ada@example.com',
			attributes: { email: 'ada@example.com', title: 'Clerk', employeeNumber: '12' },
		});
	});

	it.each([
		['2026-05-31T00:00:00Z', '2026-05-31'],
		['2026-05-31 00:00:00', '2026-05-31'],
		['20260531', '2026-05-31'],
		['2026-05-31T23:30:00-05:00', '2026-06-01'],
		['0000-00-00', ''],
		['31.05.2026', '31.05.2026'],
		['2026-02-30', '2026-02-30'],
	])('reads the date %s as "%s"', (written, read) => {
		const dates = record({ timeZone: 'Europe/Berlin', startDate: written, endDate: written });
		expect([dates.startDate, dates.endDate]).toEqual([read, read]);
	});

	it.each([
		['Ada <ada@example.com>', 'ada@example.com'],
		['mailto:ada@example.com', 'ada@example.com'],
		['"ada@example.com"', 'ada@example.com'],
		['ada@@example.com', 'ada@@example.com'],
	])('reads the address %s as "%s"', (written, read) => {
		expect(record({ email: written }).email).toBe(read);
	});

	it('of a record that says no ID is none', () => {
		expect(readRecord({ status: 'active' })).toContain('sourceId is missing');
		expect(readRecord('nobody')).toEqual(expect.any(String));
	});
});

describe('days', () => {
	it.each(['', 'local', 'system', 'Moon/Base', '+02:00', 'UTC+2', 'Europe/Berlin '])('"%s" is no zone', (name) => {
		expect(isTimeZone(name)).toBe(false);
		expect(endOfLastDay('2026-05-04', name)).toBeUndefined();
	});

	it('begin when the day before is over, in every zone', () => {
		const zones = ['Europe/Berlin', 'Pacific/Auckland', 'Pacific/Honolulu', 'America/Santiago', 'Asia/Kolkata', 'Africa/Cairo'];
		const days = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-12-30'), noInvalidDate: true });
		fc.assert(
			fc.property(fc.constantFrom(...zones), days, (zone, day) => {
				const date = day.toISOString().slice(0, 10);
				const next = new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
				expect(endOfLastDay(date, zone)).toBe(startOfFirstDay(next, zone, 0));
				const hours = ((endOfLastDay(date, zone) ?? 0) - (startOfFirstDay(date, zone, 0) ?? 0)) / 3_600_000;
				expect([23, 24, 25]).toContain(hours);
			}),
		);
	});
});
