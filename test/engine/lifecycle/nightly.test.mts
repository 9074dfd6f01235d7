import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { failureOf, jsons, onlyItem, setUpNotion } from '../support/notionTest.mts';
import { dateIn, LeaverFlow, listOf } from './leaverFlow.mts';

describe('the night', () => {
	const notion = setUpNotion();
	let flow: LeaverFlow;

	beforeEach(() => {
		flow = new LeaverFlow(notion);
		notion.sandbox.requests.clear();
	});

	const keysOf = (alerts: IDataObject[]) => alerts.map(({ key }) => key);
	const hire = (sourceId: string, email: string) => ({
		source: 'bamboohr',
		sourceId,
		status: 'active',
		email,
		displayName: `Person ${sourceId}`,
		startDate: dateIn(-3),
	});

	test('finds a leaver whose event was lost, and the next run removes them', async () => {
		flow.enter('7', 'ada@example.com');
		const { rows, alerts } = await flow.night();
		expect(rows).toMatchObject([{ kind: 'leave', state: 'scheduled', employeeId: '7', requestedBy: 'Nightly comparison' }]);
		expect(keysOf(alerts)).toEqual(['nightly: missed leavers', 'nightly: silence']);
		expect(notion.writes()).toEqual([]);

		const removed = await flow.run(rows);
		expect(removed.rows[0]).toMatchObject({ state: 'done', outcome: 'removed', requestedBy: 'Nightly comparison' });
		expect((await flow.night()).rows).toEqual([]);
	});

	test('finds a hire whose event was lost', async () => {
		const employees = JSON.stringify(listOf([hire('3', 'eve@example.com'), hire('4', 'kenji@example.com')]));
		const { rows, alerts } = await flow.night({ employees });
		expect(rows).toMatchObject([{ kind: 'hire', state: 'scheduled', employeeId: '3', effectiveDate: dateIn(-3) }]);
		expect(keysOf(alerts)).toContain('nightly: missed hires');
		expect((await flow.night({ employees })).rows).toEqual([]);
	});

	test('does not look for hires where the question comes back, because the node that asks is deactivated', async () => {
		const { alerts } = await flow.night({ employees: JSON.stringify([{ ask: 'everybody' }]) });
		expect(keysOf(alerts)).toEqual(['nightly: silence']);
		const { alerts: empty } = await flow.night({ employees: '[]' });
		expect(keysOf(empty)).toContain('nightly: reading employees');
	});

	test("touches no one while Notion's members cannot be read", async () => {
		flow.enter('7', 'ada@example.com');
		notion.sandbox.faults.add({ method: 'GET', path: '/Users', fault: { status: 401 } });
		const { rows, alerts } = await flow.night();
		expect(rows).toEqual([]);
		expect(keysOf(alerts)).toContain('nightly: reading');
	});

	test.each<[string, INodeParameters, RegExp]>([
		['Journal Rows that got lost', { journalRows: '' }, /Journal Rows is empty/],
		['Employees that are no list', { employees: '{"a": 1}' }, /Employees cannot be read/],
		['a number that is none', { silentAfterDays: 'two weeks' }, /Silent After \(Days\)/],
	])('stops at %s', async (_case, parameters, message) => {
		const run = await notion.run('lifecycle.compare', {
			parameters: { timeZone: { __rl: true, mode: 'name', value: 'UTC' }, journalRows: '[]', links: '[]', ...parameters },
			items: listOf([]),
		});
		expect(failureOf(run).message).toMatch(message);
	});
});

describe('the leaver report', () => {
	const notion = setUpNotion();

	test('is a page, a list and the figures of a mail', async () => {
		const flow = new LeaverFlow(notion);
		flow.enter('7', 'ada@example.com', { displayName: '=Ada <b>' });
		flow.enter('8', 'kenji@example.com');
		await flow.report(['7']);

		const run = await notion.run('lifecycle.report', {
			parameters: {
				timeZone: { __rl: true, mode: 'name', value: 'Europe/Berlin' },
				journalRows: JSON.stringify(flow.journal()),
				links: '[]',
			},
			items: listOf([...flow.staff.values()]),
		});

		expect(onlyItem(run)).toMatchObject({
			from: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d$/),
			promisedMinutes: 15,
			whole: true,
			trouble: '',
			totals: { leavers: 2, removedInTime: 1, open: 1 },
		});
		const { report, list } = run.outputs[0]?.[0]?.binary ?? {};
		const textOf = (data = '') => Buffer.from(data, 'base64').toString('utf8');
		expect(report?.fileName).toMatch(/^leavers-\d{4}-\d\d-\d\d\.html$/);
		expect(textOf(report?.data)).toContain('STILL A MEMBER');
		expect(textOf(report?.data)).not.toContain('<b>');
		expect(textOf(list?.data)).toContain("'=Ada");
		expect(jsons(run)).toHaveLength(1);
	});

	test('says that it is not complete where the HRIS was not', async () => {
		const run = await notion.run('lifecycle.report', {
			parameters: { timeZone: { __rl: true, mode: 'name', value: 'UTC' }, journalRows: '[]', links: '[]' },
			items: [{ error: 'Service unavailable.' }],
		});
		expect(onlyItem(run)).toMatchObject({
			whole: false,
			trouble: expect.stringContaining('The HRIS could not be read: Service unavailable.'),
		});
	});
});
