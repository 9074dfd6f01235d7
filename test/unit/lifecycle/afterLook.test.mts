import { afterRemind, afterWatch } from '../../../lib/lifecycle/leavers/afterLook.ts';
import { journalRow } from './leaverKit.mts';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const member = { id: 'u-1', email: 'ada@example.com', role: 'member' };
const watch = journalRow(4, { kind: 'watch', state: 'intended', email: 'ada@example.com', displayName: 'Ada', userId: 'u-1' });
const remind = journalRow(5, {
	kind: 'remind',
	state: 'intended',
	email: 'ada@example.com',
	displayName: 'Ada\nBcc: all@example.com',
	managerEmail: 'grace@example.com',
	removedAt: '2026-03-01T08:30:00.000Z',
	details: { transferUntil: '2026-03-31T08:30:00.000Z', day: 14 },
});

describe('a look whether a person has come back', () => {
	it('that finds no one is over', () => {
		expect(afterWatch(watch, { member: undefined }, NOW)).toMatchObject({
			changes: [{ id: 4, state: 'done', outcome: 'gone' }],
			alerts: [],
		});
	});

	it('that finds the person is an alert with what may have brought them back', () => {
		const { changes, alerts } = afterWatch(watch, { member }, NOW);
		expect(changes).toMatchObject([{ state: 'done', outcome: 'returned' }]);
		expect(alerts).toMatchObject([{ key: 'offboarding: returned u-1', text: expect.stringContaining('single sign-on') }]);
	});

	it('that fails is repeated, and after the fifth time a person must look', () => {
		expect(afterWatch(watch, { failure: 'Down.' }, NOW)).toMatchObject({
			changes: [{ state: 'retry', dueAt: '2026-03-10T12:05:00.000Z', attempts: 1, reason: 'Down.' }],
			alerts: [],
		});
		expect(afterWatch({ ...watch, attempts: 4 }, { failure: 'Down.' }, NOW)).toMatchObject({
			changes: [{ state: 'needsPerson' }],
			alerts: [{ text: expect.stringContaining('Down.') }],
		});
	});
});

describe('a reminder', () => {
	it('has fields for a mail to the manager, each on one line', () => {
		const { changes, messages } = afterRemind(remind, { member: undefined }, 'it@example.com');
		expect(changes).toMatchObject([{ id: 5, state: 'done', outcome: 'told' }]);
		expect(messages).toEqual([
			expect.objectContaining({
				message: 'pagesReminder',
				to: 'grace@example.com',
				isFallback: false,
				displayName: 'Ada Bcc: all@example.com',
				removedAt: '2026-03-01 at 08:30 UTC',
				transferUntil: '2026-03-31',
				row: 5,
			}),
		]);
	});

	it('is sent also where Notion could not be asked: one mail too many does no harm', () => {
		expect(afterRemind(remind, { failure: 'Down.' }, 'it@example.com').messages).toHaveLength(1);
	});

	it('is not sent to anyone once the person is a member again', () => {
		expect(afterRemind(remind, { member }, 'it@example.com')).toMatchObject({
			changes: [{ state: 'withdrawn' }],
			messages: [],
		});
	});
});
