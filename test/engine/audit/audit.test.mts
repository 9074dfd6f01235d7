import type { IDataObject } from 'n8n-workflow';

import { checkFile } from '../../../lib/audit/fileCheck.ts';
import { csvCells } from '../../../lib/audit/exported.ts';
import { failureOf, jsons, onlyItem, setUpNotion } from '../support/notionTest.mts';

const DAY = 24 * 60 * 60 * 1000;
const iso = (before: number) => new Date(Date.now() - before).toISOString();

const row = (id: number, more: IDataObject = {}): IDataObject => ({
	id, key: `k${id}`, kind: 'leave', state: 'done', outcome: 'removed', email: `p${id}@example.com`, details: null, impact: 1,
	createdAt: iso(3 * DAY), updatedAt: iso(2 * DAY), ...more,
});

const JOURNAL = [row(1), row(2, { kind: 'hire', displayName: '=1+1' }), row(3, { state: 'scheduled', outcome: '' })];

describe('audit.seal and audit.check', () => {
	const notion = setUpNotion();
	/** @param seals rows of notion_scim_evidence */
	const run = async (operation: string, items: IDataObject[], seals: IDataObject[], parameters = {}) =>
		await notion.run(operation, {
			items,
			parameters: { sealRows: JSON.stringify(seals), ...parameters },
			// Neither needs a credential, so an unusable one stops nothing.
			credential: { ownedDomains: 'no domain!' },
		});
	const sealed = async (items: IDataObject[] = JOURNAL, seals: IDataObject[] = []) => {
		const done = await run('audit.seal', items, seals);
		const { key, record } = onlyItem(done);
		return { done, stored: { id: seals.length + 1, key, record } as IDataObject, head: jsons(done, 1)[0]?.['head'] };
	};

	test('the first seal holds every row, without a name or an address, and asks Notion for nothing', async () => {
		const { done, stored, head } = await sealed();
		expect(Object.keys(onlyItem(done))).toEqual(['key', 'record']);
		expect(stored['key']).toBe('audit:seal:1');
		expect(stored['record']).not.toContain('example.com');
		expect(jsons(done, 1)).toEqual([
			expect.objectContaining({ number: 1, rows: 3, deleted: 0, previous: '', findings: '', fileName: 'seal-1.json', head: expect.stringMatching(/^[0-9a-f]{64}$/) }),
		]);
		expect(JSON.parse(String(stored['record']))).toMatchObject({ number: 1, head, rows: [{ id: 1 }, { id: 2 }, { id: 3 }] });
		expect(jsons(done, 2)).toEqual([]);
		expect(notion.sandbox.requests.all()).toEqual([]);
	});

	test('an empty journal is sealed as well', async () => {
		expect(jsons((await sealed([{}])).done, 1)).toEqual([expect.objectContaining({ number: 1, rows: 0 })]);
	});

	test('a seal after tampering says so in its summary and as an alert, and honest changes raise none', async () => {
		const { stored, head } = await sealed();
		const now = iso(0);
		const honest = [JOURNAL[0] ?? {}, JOURNAL[1] ?? {}, row(3, { state: 'done', updatedAt: now, createdAt: JOURNAL[2]?.['createdAt'] ?? '' }), row(4, { createdAt: now, updatedAt: now })];
		const second = await sealed(honest, [stored]);
		expect(jsons(second.done, 1)).toEqual([expect.objectContaining({ number: 2, previous: head, rows: 2, findings: '' })]);
		expect(jsons(second.done, 2)).toEqual([]);

		const third = await sealed(honest.slice(1), [stored, second.stored]);
		expect(jsons(third.done, 1)[0]?.['findings']).toContain('Row 1 was removed');
		expect(jsons(third.done, 2)).toEqual([
			expect.objectContaining({ key: 'audit: the journal was changed', text: expect.stringContaining('Row 1 was removed'), note: false, workflow: expect.any(String) }),
		]);
	});

	test('the check says what is proven, and its files can be checked without n8n', async () => {
		const { stored, head } = await sealed();
		const done = await run('audit.check', JOURNAL, [stored], { mailedHeads: `Seal 1: ${head}` });
		expect(onlyItem(done)).toMatchObject({ isIntact: true, title: 'as sealed', findings: [], proven: 3, unsealed: 0, lastSeal: 1, head, summary: expect.stringContaining('Nothing was removed') });
		expect(jsons(done, 1)).toEqual([]);
		const binary = done.outputs[0]?.[0]?.binary ?? {};
		const text = (name: string) => Buffer.from(binary[name]?.data ?? '', 'base64').toString('utf8');
		expect(binary['csv']?.fileName).toMatch(/^journal-\d{4}-\d\d-\d\d\.csv$/);
		expect(csvCells(text('csv'))[2]).toEqual(expect.arrayContaining(["'=1+1", 'yes', 'CC6.2 CC6.3 A.5.16 A.5.18']));
		expect(checkFile({ file: text('json'), mailed: [`Seal 1: ${head}`] }, Date.now()).result).toBe('clean');
		expect(checkFile({ file: text('csv'), mailed: [String(stored['record'])] }, Date.now()).result).toBe('clean');
	});

	test('the check names the row, and a head that does not fit', async () => {
		const { stored } = await sealed();
		const items = [...JOURNAL.slice(0, 1), row(2, { kind: 'hire', displayName: 'Someone else', createdAt: JOURNAL[1]?.['createdAt'] ?? '', updatedAt: iso(0) }), ...JOURNAL.slice(2)];
		const done = await run('audit.check', items, [stored], { mailedHeads: `Seal 1: ${'0'.repeat(64)}` });
		expect(onlyItem(done)).toMatchObject({
			isIntact: false,
			findings: [
				{ kind: 'chain', row: null, text: expect.stringContaining('Seal 1 is not the one whose head was mailed') },
				{ kind: 'edited', row: 2, text: 'Row 2 was changed after it was closed.' },
			],
		});
		expect(jsons(done, 1)).toEqual([expect.objectContaining({ text: expect.stringContaining('Row 2 was changed') })]);
	});

	test('a chain that no one continues is an alert', async () => {
		const done = await run('audit.check', JOURNAL, []);
		expect(onlyItem(done)).toMatchObject({ lastSeal: 0, isIntact: false, title: 'never sealed', summary: 'There is no seal, so nothing is proven.' });
		expect(jsons(done, 1)).toEqual([expect.objectContaining({ key: 'audit: no seal' })]);
	});

	test.each(['audit.seal', 'audit.check'])('%s: rows of another table are no journal', async (operation) => {
		const { stored } = await sealed();
		expect(failureOf(await run(operation, [stored], [stored])).message).toContain('not rows of the journal');
	});

	test.each(['audit.seal', 'audit.check'])('%s: seals that got lost are no empty list', async (operation) => {
		const done = await notion.run(operation, { items: JOURNAL, parameters: { sealRows: '={{ $json.no }}' } });
		expect(failureOf(done).message).toContain('Seals is empty');
	});
});
