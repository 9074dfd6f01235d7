import type { IDataObject } from 'n8n-workflow';

import { failureOf, setUpNotion } from '../support/notionTest.mts';
import { dateIn, LeaverFlow } from './leaverFlow.mts';

describe('offboarding', () => {
	const notion = setUpNotion();
	let flow: LeaverFlow;

	beforeEach(() => {
		flow = new LeaverFlow(notion);
		notion.sandbox.requests.clear();
	});

	const membershipOf = (email: string) => notion.sandbox.workspace.userByEmail(email)?.membership;
	const deletes = () => notion.sandbox.requests.count({ method: 'DELETE' });
	const keysOf = (alerts: IDataObject[]) => alerts.map(({ key }) => key);

	test('removes who has left, keeps the evidence, tells the manager and schedules what follows', async () => {
		flow.enter('7', 'ada@example.com', { managerEmail: 'Grace Hopper <grace@example.com>' });
		flow.options = { withAdminApi: true };

		const { rows, evidence, messages, alerts } = await flow.report(['7']);

		expect(membershipOf('ada@example.com')).not.toBe('member');
		expect(rows).toMatchObject([
			{
				kind: 'leave',
				state: 'done',
				outcome: 'removed',
				impact: 1,
				employeeId: '7',
				effectiveDate: dateIn(-1),
				requestedBy: 'bamboohr, left',
			},
			{ kind: 'watch', state: 'scheduled' },
			{ kind: 'watch', state: 'scheduled' },
			{ kind: 'watch', state: 'scheduled' },
			{ kind: 'remind', state: 'scheduled' },
			{ kind: 'remind', state: 'scheduled' },
		]);
		expect(JSON.parse(String(evidence[0]?.['record']))).toMatchObject({
			person: { email: 'ada@example.com' },
			verified: true,
			reason: `The last day, ${dateIn(-1)}, is over.`,
			adminApi: { sessions: { status: 'revoked' } },
		});
		expect(messages).toMatchObject([
			{ message: 'accessEnded', to: 'grace@example.com', email: 'ada@example.com', revoked: expect.stringContaining('sessions') },
		]);
		expect(alerts).toEqual([]);
		// A row stays small; the evidence stands apart.
		for (const row of rows) expect(JSON.stringify(row).length).toBeLessThan(1200);
	});

	test('schedules a last day to come, and acts on it when the row is due', async () => {
		flow.enter('7', 'ada@example.com', { status: 'active', endDate: dateIn(3) });
		const [scheduled = {}] = (await flow.report(['7'], 'leaverScheduled')).rows;
		expect(scheduled).toMatchObject({ state: 'scheduled', dueAt: `${dateIn(4)}T00:00:00.000Z` });
		expect(deletes()).toBe(0);

		flow.enter('7', 'ada@example.com', { status: 'active', endDate: dateIn(-1) });
		// HR has moved the day; the HRIS lags and calls the person active.
		const due = { ...scheduled, effectiveDate: dateIn(-1) };
		expect((await flow.run([due])).rows[0]).toMatchObject({ id: scheduled['id'], state: 'done', outcome: 'removed' });
	});

	test('touches no one the HRIS still has, and does it once', async () => {
		flow.enter('7', 'ada@example.com', { status: 'active', endDate: '' });
		expect((await flow.report(['7'], 'changed')).rows).toMatchObject([{ state: 'done', outcome: 'ignored' }]);

		flow.enter('8', 'kenji@example.com');
		await flow.report(['8']);
		expect(deletes()).toBe(1);
		expect((await flow.report(['8'])).rows).toMatchObject([{ state: 'done', outcome: 'alreadyGone', impact: 0 }]);
		expect(deletes()).toBe(1);
	});

	describe('the limit of the day', () => {
		const leave = (count: number) => {
			const people = notion.sandbox.workspace;
			return Array.from({ length: count }, (_, index) => {
				const email = `leaver${index}@example.com`;
				if (!people.userByEmail(email)) people.addUser({ email });
				return flow.enter(`L${index}`, email);
			});
		};
		const outcomes = (rows: IDataObject[]) =>
			rows.filter(({ kind }) => kind === 'leave').map(({ outcome }) => outcome);

		test('holds whom it does not let pass, in one execution and over several', async () => {
			const [one = '', two = '', three = '', four = ''] = leave(4);
			const first = await flow.report([one, two, three]);
			expect(outcomes(first.rows).sort()).toEqual(['held', 'removed', 'removed']);
			expect(keysOf(first.alerts)).toContain('offboarding: held');

			expect(outcomes((await flow.report([four])).rows)).toEqual(['held']);
			expect(flow.journal().filter(({ state }) => state === 'held')).toHaveLength(2);
			expect(deletes()).toBe(2);
		});

		test('lets pass what the admin sets', async () => {
			flow.apply = { ...flow.apply, removalLimit: 3 };
			expect(outcomes((await flow.report(leave(3))).rows)).toEqual(['removed', 'removed', 'removed']);
		});

		test('does not hold whom a person has released, who is on the list once', async () => {
			const people = leave(3);
			await flow.report(people);
			const [held = {}] = flow.journal().filter(({ state }) => state === 'held');
			const again = await flow.report([String(held['employeeId'])]);
			expect(outcomes(again.rows)).toEqual(['held']);
			expect(flow.journal().filter(({ state }) => state === 'held')).toHaveLength(1);

			const released = { ...held, state: 'retry', dueAt: new Date().toISOString(), approvedBy: 'boss@example.com' };
			const { rows } = await flow.run([flow.store(released)]);
			expect(rows[0]).toMatchObject({ outcome: 'removed', approvedBy: 'boss@example.com', requestedBy: 'boss@example.com' });
			expect(flow.journal().filter(({ state }) => state === 'held')).toEqual([]);
		});

		test('holds everyone while the day cannot be counted, and names the row', async () => {
			const [one = ''] = leave(1);
			flow.apply = { ...flow.apply, dayRows: JSON.stringify([{ id: 99, kind: 'leave', state: 'done', impact: 'many' }]) };
			const { rows, alerts } = await flow.report([one]);
			expect(outcomes(rows)).toEqual(['held']);
			expect(alerts[0]?.['text']).toMatch(/Row 99.*impact/);
			expect(deletes()).toBe(0);
		});

		test('holds no one because of a row of another person that is not of the day', async () => {
			const [one = ''] = leave(1);
			const unreadable = { id: 99, kind: 'leave', state: 'wating', employeeId: 'other' };
			flow.apply = { ...flow.apply, journalRows: JSON.stringify([unreadable]) };
			expect(outcomes((await flow.report([one])).rows)).toEqual(['removed']);
		});
	});

	describe('what cannot be done', () => {
		test('an owner is refused, and the next leaver is removed all the same', async () => {
			flow.enter('1', 'owner@example.com');
			flow.enter('7', 'ada@example.com');
			const { rows, alerts } = await flow.report(['1', '7']);
			expect(rows.filter(({ kind }) => kind === 'leave')).toMatchObject([
				{ state: 'refused', outcome: 'refused', impact: 0 },
				{ state: 'done', outcome: 'removed' },
			]);
			expect(keysOf(alerts)).toContain('offboarding: bamboohr 1');
		});

		test('no one of that address is an alert, unless Notion had them', async () => {
			flow.enter('9', 'never@example.com');
			expect((await flow.report(['9'])).rows).toMatchObject([{ state: 'refused', outcome: 'refused' }]);
		});

		test('a credential that may not remove refuses each, and removes no one', async () => {
			flow.options = { credential: { access: 'noRemovals' } };
			flow.enter('7', 'ada@example.com');
			expect((await flow.report(['7'])).rows).toMatchObject([{ state: 'refused', outcome: 'refused' }]);
			expect(deletes()).toBe(0);
		});

		test('while Notion fails it is tried again, and the removal that came through is completed', async () => {
			flow.enter('7', 'ada@example.com', { managerEmail: 'grace@example.com' });
			notion.sandbox.faults.add({ method: 'GET', path: '/Users', fault: { status: 401 } });
			const [failed = {}] = (await flow.report(['7'])).rows;
			expect(failed).toMatchObject({ state: 'retry', outcome: 'failed', impact: 0 });

			notion.sandbox.faults.clear();
			// The try after it removed the person and died before it could store that.
			notion.sandbox.workspace.removeUser('ada@example.com');
			const { rows, messages } = await flow.run([{ ...failed, impact: 1 }]);
			expect(rows[0]).toMatchObject({ state: 'done', outcome: 'removed', impact: 1 });
			expect(messages).toMatchObject([{ to: 'grace@example.com' }]);
		}, 60_000);

		test('a fallback that is not an address stops before anything is done', async () => {
			const run = await notion.run('lifecycle.apply', {
				parameters: { job: 'leavers', fallbackEmail: 'IT', journalRows: '[]', dayRows: '[]', links: '[]' },
				items: [{ id: 1, kind: 'leave', state: 'intended', email: 'ada@example.com', createdAt: dateIn(0), updatedAt: dateIn(0) }],
			});
			expect(failureOf(run).message).toContain('Fallback Email is "IT"');
			expect(deletes()).toBe(0);
		});
	});

	describe('what follows a removal', () => {
		const removed = async () => {
			flow.enter('7', 'ada@example.com', { managerEmail: 'grace@example.com' });
			return (await flow.report(['7'])).rows;
		};
		const intended = (rows: IDataObject[], kind: string) =>
			rows.filter((row) => row['kind'] === kind).slice(0, 1).map((row) => flow.store({ ...row, state: 'intended' }));

		test('a look finds no one, or raises an alert when the person has come back', async () => {
			const rows = await removed();
			expect((await flow.applyRows(intended(rows, 'watch'))).rows).toMatchObject([{ state: 'done', outcome: 'gone' }]);

			notion.sandbox.workspace.addUser({ email: 'ada@example.com' });
			const back = await flow.applyRows(intended(rows, 'watch'));
			expect(back.rows).toMatchObject([{ state: 'done', outcome: 'returned' }]);
			expect(back.alerts).toMatchObject([{ text: expect.stringContaining('active member of Notion again') }]);
		});

		test('a reminder goes to the manager, and is withdrawn when the person has come back', async () => {
			const rows = await removed();
			const told = await flow.applyRows(intended(rows, 'remind'));
			expect(told.rows).toMatchObject([{ state: 'done', outcome: 'told' }]);
			expect(told.messages).toMatchObject([
				{ message: 'pagesReminder', to: 'grace@example.com', transferUntil: dateIn(30), displayName: 'Person 7' },
			]);

			notion.sandbox.workspace.addUser({ email: 'ada@example.com' });
			const back = await flow.applyRows(intended(rows, 'remind'));
			expect(back).toMatchObject({ rows: [{ state: 'withdrawn' }], messages: [] });
		});
	});
});
