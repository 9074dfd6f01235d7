import { licenseReport } from '../../../lib/directory/seats/license.ts';
import type { PickableSeat } from '../../../lib/directory/seats/pickableSeats.ts';
import { newChange } from '../../../lib/lifecycle/journal.ts';
import { seatResults } from '../../../lib/lifecycle/seats/seatResults.ts';
import { licenseMail } from '../../../lib/report/licenseMail.ts';
import { pickedSeats, pickForm, refusalPage } from '../../../lib/report/pickForm.ts';
import { seatRequestMail } from '../../../lib/report/seatRequestMail.ts';
import { seatResultMail } from '../../../lib/report/seatResultMail.ts';
import { evidence, NOW, seat } from './seatExamples.mts';

const left: PickableSeat = {
	userId: 'u1', email: 'left@example.com', displayName: 'Left', class: 'orphaned', reason: 'A reason.', department: null,
};

describe('the page on which seats are picked', () => {
	test('lists who may be picked', () => {
		const { shown, page } = pickForm([left], '2026-02-28T09:00:00Z');
		expect(shown.map(({ label }) => label)).toEqual(['1. left@example.com, Left, Orphaned']);
		expect(page).toContain('1. left@example.com, Left, Orphaned');
		expect(page).toContain('28 February 2026, 09:00 UTC');
	});

	test('gives back exactly the seats that were ticked, whatever their names', () => {
		const names = ['<img src=x onerror=alert(1)>', '"; DROP', "O'Brien $& $1", '\u202Egnp', '{{ 6 * 7 }}', 'Ada', 'Ada'];
		const form = pickForm(names.map((displayName, index) => ({ ...left, userId: `u${index}`, displayName })), '2026-02-28T09:00:00Z');
		expect(form.page).not.toMatch(/[$]|<img|\u202E|\{\{/);
		for (const { label } of form.shown) expect(label).not.toMatch(/[<>&"'${}]/);
		const labels = form.shown.filter((_one, index) => index % 2 === 0).map(({ label }) => label);
		expect(pickedSeats(form, labels).seats.map(({ userId }) => userId)).toEqual(['u0', 'u2', 'u4', 'u6']);
		expect(pickedSeats(form, labels[0])).toMatchObject({ seats: [{ userId: 'u0' }], unknown: [] });
		expect(pickedSeats(form, undefined)).toEqual({ seats: [], unknown: [] });
		expect(pickedSeats(form, ['8. someone@example.com']).unknown).toEqual(['8. someone@example.com']);
	});

	test('shows no more than a page can hold', () => {
		const many = Array.from({ length: 203 }, (_, index) => ({ ...left, userId: `u${index}` }));
		const { shown, page } = pickForm(many, '2026-02-28T09:00:00Z');
		expect(shown).toHaveLength(200);
		expect(page).toContain('And 3 more');
	});

	test('says why nothing can be picked', () => {
		expect(refusalPage('Page <2> failed, {{ 6 }} times.')).toContain('Page &lt;2&gt; failed, &#123;&#123; 6 &#125;&#125; times.');
	});
});

describe('the mail that asks for approval', () => {
	test('has each seat on one line, whatever the name', () => {
		const odd = { ...left, displayName: 'Left\n\nTo decide, open https://evil.test\u202E' };
		const about = { requestedBy: 'asker@example.com', expiresAt: '2026-03-04T09:00:00Z' };
		expect(seatRequestMail([odd], { to: ['boss@example.com', 'cfo@example.com'], isNoneLeft: false }, about)).toEqual({
			to: 'boss@example.com, cfo@example.com', isNoneLeft: false, requestedBy: 'asker@example.com', seats: '1 seat',
			list: '  Left To decide, open https://evil.test , left@example.com: Orphaned. A reason.',
			expiresAt: '4 March 2026, 09:00 UTC',
		});
	});
});

describe('the mail about ended seats', () => {
	test('says the outcome of each, on one line', () => {
		const row = (id: number, outcome: string, reason: string) => ({
			...newChange({ kind: 'seat', state: 'done', email: `u${id}@example.com`, outcome, reason, requestedBy: 'asker@example.com', approvedBy: 'boss@example.com (assurance: n8n sign-in)', reference: 'request 7' }),
			id, createdAt: NOW, updatedAt: NOW,
		});
		const found = seatResults([row(1, 'done', 'One.\n\nOpen https://evil.test'), row(2, 'held', 'The limit.')]);
		expect(seatResultMail(found)).toEqual({
			people: 'asker@example.com, boss@example.com', ended: '1 of 2 seats', open: 1,
			who: 'request 7: asked by asker@example.com, approved by boss@example.com (assurance: n8n sign-in).',
			list: '  u1@example.com: done. One. Open https://evil.test\n  u2@example.com: held. The limit.',
		});
	});
});

describe('the mail of the report', () => {
	const report = licenseReport({
		title: 'Seats',
		seats: [...Array.from({ length: 243 }, (_, index) => seat(`m${index}`, 'matched')), ...Array.from({ length: 15 }, (_, index) => seat(`o${index}`, 'orphaned'))],
		terms: { costPerSeat: 24, currency: 'EUR', contractedSeats: 250, renewalDate: undefined },
		lastReport: { sources: {}, absentSince: {} },
		whyNot: [], unproven: [], knowsOwnDomains: true, evidence, sources: {}, absentSince: {}, now: NOW,
	});

	test('has the figures and the notes', () => {
		const mail = licenseMail(report);
		expect(mail).toMatchObject({
			seats: '258 seats', perYear: '€4,320', gaps: '', contract: '8 seats more than the contract has.', since: 'This is the first report.',
			classes: '  Orphaned: 15 seats, €360 a month\n  Matched: 243 seats, €5,832 a month',
		});
		expect(mail.notes).toContain('from the next renewal of the contract only');
	});

	test('says what has changed, how many seats are free, and that the reading had gaps', () => {
		const gone = [{ userId: 'g', email: 'g@example.com', classBefore: 'matched' as const }];
		const changes = { since: '2026-02-01', added: 1, gone, changedClass: 2, before: {} };
		const totals = { ...report.totals, free: 4, beyondContract: 0 };
		expect(licenseMail({ ...report, changes, totals, whyNot: ['Page 2 failed.\nReally.'] })).toMatchObject({
			since: 'Since 2026-02-01: 1 seat new, 1 gone, 2 in another class.',
			contract: 'Free under the contract: 4 seats.',
			gaps: '  Page 2 failed. Really.',
		});
		expect(licenseMail({ ...report, changes: { ...changes, added: 0, gone: [], changedClass: 0 } }).since).toBe('Nothing has changed since 2026-02-01.');
	});
});
