import type { INodeParameters } from 'n8n-workflow';

import { failureOf, jsons, pairs, setUpNotion } from '../support/notionTest.mts';
import { SETTINGS } from './joinerFlow.mts';

describe('the parameters of lifecycle', () => {
	const notion = setUpNotion();
	const rows = { storedEvents: '[]', journalRows: '[]', links: '[]' };
	const plan = async (parameters: INodeParameters) =>
		await notion.run('lifecycle.plan', { parameters: { ...SETTINGS, ...rows, ...parameters } });

	test.each([
		['storedEvents', 'Stored Events'],
		['journalRows', 'Journal Rows'],
		['links', 'Links'],
	])('%s that are no list stop the plan: rows that got lost must not look like none', async (name, label) => {
		for (const value of ['', '{}', 'no JSON', '={{ $json.nothing }}']) {
			expect(failureOf(await plan({ [name]: value })).message).toContain(label);
		}
	});

	test('a list may be empty, and a Data Table without rows may give one empty item', async () => {
		for (const value of ['[]', '[{}]', '={{ [] }}']) {
			const run = await plan({ storedEvents: value, journalRows: value, links: value });
			expect([run.error, jsons(run), jsons(run, 1)]).toEqual([undefined, [], []]);
		}
	});

	test('a time zone is required', async () => {
		const empty = plan({ timeZone: { __rl: true, mode: 'list', value: '' } });
		await expect(empty).rejects.toThrow();
	});

	test.each([
		['an expression that gives nothing', { __rl: true, mode: 'name', value: '={{ $json.nothing }}' }],
		['an empty ID', { __rl: true, mode: 'id', value: '' }],
	])('a group by %s stops the plan, with the entry named', async (_case, group) => {
		const entries = [{ department: 'Sales', group: { __rl: true, mode: 'list', value: '' } }, { department: 'Legal', group }];
		const run = await plan({ departmentGroups: { entries } });
		expect(failureOf(run).message).toContain('The group of entry 2 of Departments and Groups cannot be read');
	});

	test('an alert says which workflow and execution raised it', async () => {
		const known = { id: 1, kind: 'hire', event: 'hired', state: 'received' };
		const stored = { ...known, createdAt: new Date().toISOString(), updatedAt: new Date().toISOString() };
		const run = await plan({ storedEvents: JSON.stringify([stored]) });
		expect(jsons(run, 1)).toEqual([
			{
				key: 'onboarding: A person without a name',
				text: expect.stringContaining('does not say who it is about'),
				note: false,
				workflow: expect.any(String),
				workflowId: expect.any(String),
				execution: expect.stringMatching(/^test-/),
			},
		]);
	});

	test('received rows name the item that they came of', async () => {
		const items = [
			{ headers: {}, body: [{ kind: 'hired', employeeId: '1' }, { kind: 'left', employeeId: '2' }] },
			{ headers: {}, body: { kind: 'changed', employeeId: '3' } },
		];
		const run = await notion.run('lifecycle.receive', { parameters: { job: 'joiners' }, items });
		expect(jsons(run).map(({ employeeId }) => employeeId)).toEqual(['1', '3']);
		expect(pairs(run)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	test('rows that are not intended are passed over, and one that cannot be read is told', async () => {
		const row = { kind: 'hire', employeeId: '7', email: 'new@example.com', createdAt: new Date(0).toISOString(), updatedAt: new Date(0).toISOString() };
		const run = await notion.run('lifecycle.apply', {
			parameters: { links: '[]' },
			items: [
				{ ...row, id: 1, state: 'scheduled' },
				{ ...row, id: 2, state: 'done' },
				{ ...row, id: 3, state: 'intendet' },
				{ ...row, id: 4, state: 'intended', kind: 'emergency' },
			],
		});
		expect(jsons(run).map(({ id, state }) => [id, state])).toEqual([[4, 'needsPerson']]);
		expect(jsons(run, 4).map(({ text }) => text)).toEqual([
			expect.stringContaining('row 4 is a "emergency"'),
			expect.stringContaining('Row 3 of notion_scim_changes cannot be read'),
		]);
		expect(notion.sandbox.requests.all()).toEqual([]);
	});
});
