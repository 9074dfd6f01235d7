import type { WriteResult } from '../../../lib/lifecycle/joiners/afterWrite.ts';
import { afterWrite } from '../../../lib/lifecycle/joiners/afterWrite.ts';
import type { StoredChange } from '../../../lib/lifecycle/journal.ts';
import { readLinks } from '../../../lib/lifecycle/links.ts';
import { stored } from './joinersKit.mts';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const SALES = { name: 'Sales' };
const STAFF = { name: 'All Staff' };

const hire = (more: Partial<StoredChange> = {}): StoredChange =>
	stored({
		kind: 'hire',
		state: 'intended',
		source: 'bamboohr',
		employeeId: '7',
		email: 'ada@example.com',
		displayName: 'Ada Lovelace',
		details: { person: { title: 'Countess' }, groups: [STAFF, SALES], role: 'member' },
		...more,
	});

const created = { id: 'u-7', outcome: 'created', note: '' };

function after(result: Partial<WriteResult>, row = hire(), links: object[] = []) {
	const given = afterWrite(row, { groups: [], ...result }, { links: readLinks(links), now: NOW });
	const [change] = given.changes;
	if (!change) throw new Error('The row is lost.');
	return { row: change, link: given.links[0], alert: given.alerts[0] };
}

describe('a hire', () => {
	it('that is written is done, and the employee is linked to the account', () => {
		const { row, link, alert } = after({ user: created, groups: [{ group: STAFF }, { group: SALES }] });
		expect(row).toMatchObject({ id: 3, state: 'done', outcome: 'created', userId: 'u-7', reason: '' });
		expect(row.details).toEqual({ groupsJoined: ['All Staff', 'Sales'] });
		expect(link).toEqual({ source: 'bamboohr', employeeId: '7', companyId: '', email: 'ada@example.com', userId: 'u-7' });
		expect(alert).toBeUndefined();
	});

	it('says what Notion made different', () => {
		const user = { ...created, outcome: 'notTaken', note: 'displayName is still "Ken".' };
		expect(after({ user }).row).toMatchObject({ state: 'done', outcome: 'notTaken', reason: user.note });
	});

	it('is done where Notion cannot be asked whether the person is in a group, and the row says so', () => {
		const note = '1 person was asked to be added, and this cannot be confirmed.';
		const { row, alert } = after({ user: created, groups: [{ group: STAFF, note }, { group: SALES }] });
		expect(row).toMatchObject({ state: 'done', outcome: 'created', reason: note, details: { groupsJoined: ['All Staff', 'Sales'] } });
		expect(alert).toBeUndefined();
	});

	it('of which a group failed is tried again, with what is needed for it', () => {
		const failure = { kind: 'serverError', text: 'Notion answered 500.' };
		const { row, link, alert } = after({ user: created, groups: [{ group: STAFF }, { group: SALES, failure }] });
		expect(row).toMatchObject({ state: 'retry', outcome: 'created', attempts: 1, dueAt: '2026-06-01T12:05:00.000Z' });
		expect(row.details).toMatchObject({ groupsJoined: ['All Staff'], groupsMissing: ['Sales'], person: { title: 'Countess' } });
		expect([link?.userId, alert]).toEqual(['u-7', undefined]);
	});

	it.each([
		'network', 'rateLimited', 'conflict', 'serverError', 'unexpectedAnswer', 'notVerified', 'listIncomplete', 'tokenRejected', undefined,
	])(
		'that failed with %s is tried again, and the admin is told from the third time on',
		(kind) => {
			const failure = { kind, text: 'Down.' };
			expect(after({ failure }).row).toMatchObject({ state: 'retry', outcome: 'failed', reason: 'Down.' });
			expect(after({ failure }, hire({ attempts: 1 })).alert).toBeUndefined();
			const third = after({ failure }, hire({ attempts: 2 }));
			expect(third.alert).toEqual({
				key: 'onboarding: cannot be done (Down.)',
				text: 'Ada Lovelace (employee 7): Down. It was tried 3 times and is tried again.',
			});
			expect(after({ failure }, hire({ attempts: 3 })).row).toMatchObject({ dueAt: '2026-06-01T13:00:00.000Z' });
		},
	);

	it.each(['accessDenied', 'alreadyExists', 'ambiguous', 'invalidInput', 'refused', 'limitReached'])(
		'that Notion or a guard refused with %s waits for the admin',
		(kind) => {
			const { row, link, alert } = after({ failure: { kind, text: 'No.' } });
			expect(row).toMatchObject({ state: 'needsPerson', outcome: 'refused', reason: 'No.' });
			expect([link, alert?.text]).toEqual([undefined, 'Ada Lovelace (employee 7): No.']);
		},
	);

	it('whose group does not exist waits for the admin as what the person is', () => {
		const failure = { kind: 'notFound', text: 'No group is called "Sales".' };
		const { row, link, alert } = after({ user: created, groups: [{ group: SALES, failure }] });
		expect(row).toMatchObject({ state: 'needsPerson', outcome: 'created', details: { groupsMissing: ['Sales'] } });
		expect([link?.userId, alert?.text]).toEqual(['u-7', expect.stringContaining('No group is called')]);
	});

	it('of a privileged person is refused, for good, and links nothing', () => {
		const failure = { kind: 'protectedPerson', text: 'ada@example.com is an owner.' };
		const user = { ...created, outcome: 'unchanged' };
		const { row, link, alert } = after({ user, failure });
		expect(row).toMatchObject({ state: 'refused', outcome: 'refused' });
		expect([link, alert?.text]).toEqual([undefined, expect.stringContaining('is an owner')]);
	});

	it('with one failure that may pass and one that does not is tried again', () => {
		const groups = [
			{ group: SALES, failure: { kind: 'notFound', text: 'No group.' } },
			{ group: STAFF, failure: { kind: 'network', text: 'Down.' } },
		];
		expect(after({ user: created, groups }).row).toMatchObject({ state: 'retry', reason: 'No group. Down.' });
	});
});

describe('a change', () => {
	const change = (more: Partial<StoredChange> = {}) => hire({ kind: 'change', userId: 'u-7', details: {}, ...more });

	it.each(['notTaken', 'refused'])('that Notion does not take (%s) is done: the domain is not verified', (kind) => {
		const { row, alert } = after({ failure: { kind, text: 'The domain is not verified.' } }, change());
		expect(row).toMatchObject({ state: 'done', outcome: 'notTaken', reason: 'The domain is not verified.' });
		expect(alert).toBeUndefined();
	});

	it('that is refused otherwise is told to the admin, and does not wait', () => {
		const { row, alert } = after({ failure: { kind: 'accessDenied', text: 'May only read.' } }, change());
		expect(row).toMatchObject({ state: 'refused', outcome: 'refused' });
		expect(alert?.text).toContain('May only read.');
	});

	it('that failed comes back as a change', () => {
		expect(after({ failure: { kind: 'network', text: 'Down.' } }, change()).row).toMatchObject({ kind: 'change', state: 'retry' });
	});
});

describe('the link', () => {
	const link = { source: 'bamboohr', employeeId: '7', companyId: '', email: 'ADA@example.com', userId: 'u-7' };

	it('that is stored as it is, however the address is spelt, is not written again', () => {
		expect(after({ user: created }, hire(), [link]).link).toBeUndefined();
	});

	it.each([
		['another address', { email: 'maiden@example.com' }],
		['another account', { userId: 'u-1' }],
	])('with %s is', (_case, more) => {
		expect(after({ user: created }, hire(), [{ ...link, ...more }]).link).toMatchObject({ email: 'ada@example.com', userId: 'u-7' });
	});

	it('that was written before the company was known stays one row', () => {
		const renamed = { ...link, email: 'maiden@example.com' };
		expect(after({ user: created }, hire({ companyId: 'B' }), [renamed]).link?.companyId).toBe('');
		expect(after({ user: created }, hire({ companyId: 'B' })).link?.companyId).toBe('B');
	});

	it('needs an employee', () => {
		expect(after({ user: created }, hire({ employeeId: '' })).link).toBeUndefined();
	});
});
