import { failureOf, jsons, setUpNotion } from '../support/notionTest.mts';

describe('lifecycle.alerts', () => {
	const notion = setUpNotion();
	const createdAt = new Date().toISOString();
	const row = { id: 1, createdAt, key: 'a', text: 'A.', state: 'open', toldAt: '', told: 0 };
	const compose = async (parameters: Record<string, string>) =>
		await notion.run('lifecycle.alerts', {
			parameters: { alertRows: JSON.stringify([row]), storedAlerts: '[]', ...parameters },
			credential: { ownedDomains: 'no domain!' },
		});

	test('asks neither Notion nor the credential for anything', async () => {
		const run = await compose({ purpose: 'mail' });
		expect([run.error, jsons(run), jsons(run, 1)]).toEqual([
			undefined,
			[expect.objectContaining({ key: 'a', from: 1, to: 1, told: 1 })],
			[expect.objectContaining({ title: 'a', openAlerts: expect.stringContaining('A.') })],
		]);
		expect(notion.sandbox.requests.all()).toEqual([]);
	});

	test('an answer names who takes care, and is refused without a name', async () => {
		expect(failureOf(await compose({ purpose: 'answer', chosen: 'All of these', acknowledgedBy: '={{ $json.no }}' })).message).toContain(
			'Acknowledged By is empty',
		);
	});

	const ALL_ITEMS = "={{ $('Source').all().map(item => item.json) }}";

	test.each([
		['as the canvases write it', ALL_ITEMS],
		['written in another way, so that n8n evaluates it', "={{ $('Source').all().map(one => one.json) }}"],
	])('rows come from another node, by its expression %s', async (_case, alertRows) => {
		const items = [row, { ...row, id: 2, key: 'b', text: 'B.' }];
		const run = await notion.run('lifecycle.alerts', { items, parameters: { purpose: 'mail', alertRows, storedAlerts: '[]' } });
		expect(jsons(run).map(({ key }) => key)).toEqual(['a', 'b']);
		expect(jsons(run, 1)).toEqual([expect.objectContaining({ openAlerts: expect.stringMatching(/A\.[\s\S]*B\.|B\.[\s\S]*A\./) })]);
	});

	test('a node that does not exist, or did not run, is an error and no empty list', async () => {
		const alertRows = ALL_ITEMS.replace('Source', 'Elsewhere');
		expect(failureOf(await compose({ purpose: 'mail', alertRows })).message).toContain('Referenced node doesn\'t exist');
	});

	test('rows that got lost are no empty list', async () => {
		expect(failureOf(await compose({ purpose: 'mail', alertRows: '={{ $json.no }}' })).message).toContain('Alert Rows');
	});
});
