import type { LicenseInput, LicenseMemory } from '../../../lib/directory/seats/license.ts';
import { licenseReport } from '../../../lib/directory/seats/license.ts';
import { classCounts, evidence, NOW, seat } from '../report/seatExamples.mts';

const NOTHING: LicenseMemory = { sources: {}, absentSince: {} };

function input(more: Partial<LicenseInput> = {}): LicenseInput {
	return {
		title: 'Seats',
		seats: [
			seat('a', 'matched'),
			seat('b', 'matched'),
			seat('c', 'inactiveInDirectory'),
			seat('d', 'orphaned'),
			seat('e', 'possibleDuplicate'),
		],
		terms: { costPerSeat: 24, currency: 'EUR', contractedSeats: 8, renewalDate: '2026-06-01' },
		lastReport: NOTHING,
		whyNot: [],
	unproven: [],
		knowsOwnDomains: true,
		evidence,
		sources: { entra: { readAt: '2026-03-01T08:00:00.000Z', count: 2, filled: {} } },
		absentSince: { d: '2026-03-01T08:00:00.000Z' },
		now: NOW,
		...more,
	};
}

describe('money', () => {
	test('is counted a month, until the renewal, and a year', () => {
		const { classes, totals, monthsUntilRenewal } = licenseReport(input());
		expect(monthsUntilRenewal).toBe(3);
		expect(classes.find(({ class: name }) => name === 'matched')).toEqual({
			class: 'matched', seats: 2, perMonth: 48, untilRenewal: 144, perYear: 576,
		});
		expect(totals).toEqual({
			seats: 5, perMonth: 120, removable: 2, removablePerMonth: 48, removablePerYear: 576,
			free: 3, beyondContract: 0,
		});
	});

	test('is not spoken of where no cost is known', () => {
		const { classes, totals, seats } = licenseReport(
			input({ terms: { costPerSeat: undefined, currency: 'EUR', contractedSeats: undefined, renewalDate: undefined } }),
		);
		expect(totals).toMatchObject({ seats: 5, perMonth: null, removablePerYear: null, free: null, beyondContract: null });
		expect(classes.every(({ perMonth, untilRenewal }) => perMonth === null && untilRenewal === null)).toBe(true);
		expect(seats[0]?.cost).toBeNull();
	});

	test('beyond the contract is said', () => {
		const terms = { costPerSeat: 10, currency: 'EUR', contractedSeats: 4, renewalDate: undefined };
		expect(licenseReport(input({ terms })).totals).toMatchObject({ free: 0, beyondContract: 1 });
	});

	test('cents do not pile up', () => {
		const seats = Array.from({ length: 3 }, (_, index) => seat(`s${index}`, 'matched'));
		const terms = { costPerSeat: 0.1, currency: 'EUR', contractedSeats: undefined, renewalDate: undefined };
		expect(licenseReport(input({ seats, terms })).totals.perMonth).toBe(0.3);
	});
});

describe('notes', () => {
	test('say from when on money is saved, and what SCIM cannot see', () => {
		const notes = licenseReport(input()).notes.join(' ');
		expect(notes).toContain('from the renewal on 2026-06-01 only');
		expect(notes).toContain('A seat that is added is billed at once');
		expect(notes).toContain('SCIM does not show activity');
		expect(notes).toContain('Guests');
		expect(notes).not.toMatch(/in use/i);
	});

	test.each<[string, string, number, boolean]>([
		['is today', '2026-03-01', 0, false],
		['is tomorrow', '2026-03-02', 1, false],
		['was yesterday in UTC, and is today in Honolulu', '2026-02-28', 0, false],
		['was the day before yesterday', '2026-02-27', 0, true],
	])('a renewal that %s', (_when, renewalDate, days, isPast) => {
		const terms = { ...input().terms, renewalDate };
		const { daysUntilRenewal, isRenewalPast, notes, classes } = licenseReport(input({ terms }));
		expect(daysUntilRenewal).toBe(days);
		expect(isRenewalPast).toBe(isPast);
		expect(notes.join(' ').includes('enter the next one')).toBe(isPast);
		expect(notes.join(' ').includes(`from the renewal on ${renewalDate} only`)).toBe(!isPast);
		expect(classes.every(({ untilRenewal }) => (untilRenewal === null) === isPast)).toBe(true);
	});

	test('ask for the next renewal date where it is past', () => {
		const terms = { ...input().terms, renewalDate: '2026-02-01' };
		const { monthsUntilRenewal, notes } = licenseReport(input({ terms }));
		expect(monthsUntilRenewal).toBe(0);
		expect(notes.join(' ')).toContain('was before 2026-03-01');
	});

	test('say where no address can be foreign', () => {
		expect(licenseReport(input({ knowsOwnDomains: false })).notes.join(' ')).toContain('names no owned domains');
	});
});

describe('since the last report', () => {
	const first = licenseReport(input());

	test('the first one knows of nothing', () => {
		expect(first.changes).toBeUndefined();
		expect(first.seats.every(({ change }) => change === null)).toBe(true);
	});

	test('the same seats have not changed', () => {
		const again = licenseReport(input({ lastReport: first.memory }));
		expect(again.changes).toMatchObject({ since: first.reportedAt, added: 0, gone: [], changedClass: 0 });
		expect(again.changes?.before).toEqual(classCounts(first.seats));
	});

	test('new, gone and changed seats are told apart', () => {
		const seats = [seat('a', 'inactiveInDirectory'), seat('c', 'inactiveInDirectory'), seat('d', 'orphaned'), seat('e', 'possibleDuplicate'), seat('f', 'matched')];
		const { changes, seats: reported } = licenseReport(input({ seats, lastReport: first.memory }));
		expect(changes).toMatchObject({
			added: 1,
			changedClass: 1,
			gone: [{ userId: 'b', email: 'b@example.com', classBefore: 'matched' }],
		});
		expect(reported.map(({ userId, change, classBefore }) => [userId, change, classBefore])).toEqual([
			['a', 'changed', 'matched'],
			['c', null, 'inactiveInDirectory'],
			['d', null, 'orphaned'],
			['e', null, 'possibleDuplicate'],
			['f', 'new', null],
		]);
	});

	test('the memory survives being stored as text', () => {
		const stored: LicenseMemory = JSON.parse(JSON.stringify(first.memory));
		expect(licenseReport(input({ lastReport: stored })).changes?.added).toBe(0);
	});
});

test('the memory is one that a plan understands', () => {
	const { sources, absentSince, memory } = { ...input(), memory: licenseReport(input()).memory };
	expect(memory).toMatchObject({ sources, absentSince, reportedAt: '2026-03-01T09:00:00.000Z' });
});
