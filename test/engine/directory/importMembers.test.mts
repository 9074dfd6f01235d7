import type { IDataObject } from 'n8n-workflow';

import { failureOf, jsons, setUpNotion } from '../support/notionTest.mts';

describe('directory.import', () => {
	const notion = setUpNotion();
	const compare = async (parameters: Record<string, string | boolean | IDataObject> = {}) =>
		await notion.run('directory.import', {
			parameters: { peopleRows: '[]', links: '[]', only: {}, options: {}, previewCode: '', ...parameters },
			credential: { access: 'readOnly' },
		});

	test('gives out rows and links for nothing but the code of their preview, and writes nothing to Notion', async () => {
		const members = notion.sandbox.workspace.members();
		const shown = await compare();
		const [preview] = jsons(shown, 1);
		expect(preview).toMatchObject({ members: members.length, new: members.length, rowsToWrite: members.length });
		expect(shown.outputs[1]?.[0]?.binary?.['directory']).toMatchObject({ fileName: 'directory.csv', mimeType: 'text/csv' });
		expect([jsons(shown, 2), jsons(shown, 3), jsons(shown, 4)]).toEqual([[], [], []]);

		const previewCode = String(preview?.['code']);
		const written = await compare({ previewCode });
		expect(jsons(written, 2)).toHaveLength(members.length);
		expect(jsons(written, 3)[0]).toMatchObject({ source: 'list', employeeId: expect.any(String), userId: expect.any(String) });

		const stale = await compare({ previewCode, only: { roles: ['member'] } });
		expect([jsons(stale, 2), jsons(stale, 3)]).toEqual([[], []]);
		expect(jsons(stale, 4)).toEqual([{ message: expect.stringContaining('Nothing was written') }]);

		const again = await compare({
			previewCode,
			peopleRows: JSON.stringify(jsons(written, 2)),
			links: JSON.stringify(jsons(written, 3)),
		});
		expect(jsons(again, 1)[0]).toMatchObject({ imported: members.length, rowsToWrite: 0, linksToWrite: 0 });
		expect(jsons(again, 4)).toEqual([]);
		expect(notion.sandbox.requests.all().filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	test('takes only the groups that were chosen, by ID or by name', async () => {
		const { workspace } = notion.sandbox;
		const sales = workspace.groupByName('Sales');
		const members = workspace.members().filter(({ id }) => workspace.groupNames(id).includes('Sales'));
		for (const chosen of [String(sales?.id), 'Sales']) {
			expect(jsons(await compare({ only: { groups: [chosen] } }), 1)[0]).toMatchObject({ new: members.length });
		}
	});

	test.each([
		['rows that got lost', { peopleRows: '={{ $json.no }}' }, 'People Rows'],
		['a domain that is none', { only: { domains: 'com' } }, '"com" in Domains is no domain'],
		['an address that is none', { only: { emails: 'Ben' } }, '"Ben" in Emails is no address'],
		['another delimiter', { options: { delimiter: ':' } }, 'Delimiter'],
	])('refuses %s', async (_case, parameters, sentence) => {
		expect(failureOf(await compare(parameters)).message).toContain(sentence);
	});
});
