import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

import { signIn } from '../../../host/n8nRest.mts';
import { csvCells } from '../../../lib/audit/exported.ts';
import { type ClockWorld, DAY, JOURNAL, startClockWorld } from '../clock/clockWorld.mts';
import { alertBook } from '../clock/stubWorkflows.mts';
import { notionScimSetup } from '../setup/setupCommand.mts';

const EVIDENCE = 'notion_scim_evidence';
const MAIL = { fromEmail: 'n8n@example.com', toEmail: 'auditor@example.com' };

let world: ClockWorld;
let raise: Record<string, string>;
let sealing: string;
let checking: string;
let folder: string;
/** Changes rows through n8n's API, as its editor does. */
let api: { change(table: string, id: number, data: object): Promise<void>; remove(table: string, id: number): Promise<void> };

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'audit-'));
	world = await startClockWorld();
	raise = { 'Raise alert': await world.publishMade(alertBook) };
	sealing = await world.importJob('audit-seal', { parameters: { 'Mail the head': MAIL }, subWorkflows: raise });
	checking = await world.importJob('audit-check', { parameters: { 'Mail the result': MAIL }, subWorkflows: raise });
	api = await apiOf(world);
}, 240_000);

afterAll(async () => {
	await world?.stop();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

beforeEach(() => world.forget());

jest.setTimeout(90_000);

async function apiOf({ host }: ClockWorld): Promise<typeof api> {
	const call = await signIn(host.url, host.owner);
	const tables = await host.client.dataTables();
	const rowsOf = (name: string) => {
		const table = tables.find((one) => one.name === name);
		return `rest/projects/${table?.projectId}/data-tables/${table?.id}/rows`;
	};
	const only = (id: number) => ({ type: 'and', filters: [{ columnName: 'id', condition: 'eq', value: id }] });
	return {
		change: async (table, id, data) => void (await call(z.unknown(), 'PATCH', rowsOf(table), { filter: only(id), data })),
		remove: async (table, id) => void (await call(z.unknown(), 'DELETE', `${rowsOf(table)}?filter=${encodeURIComponent(JSON.stringify(only(id)))}`)),
	};
}

const daysAgo = (days: number) => new Date(Date.now() - days * DAY);
const stored = (row: Record<string, string | number>, days: number) =>
	world.store(JOURNAL, row, { createdAt: daysAgo(days + 1), updatedAt: daysAgo(days) });

/** A leaver, a hire, a row that waits, and a row that nightly-comparison may delete. */
function journal() {
	return {
		change: stored({ kind: 'change', state: 'done', outcome: 'updated', email: 'old@example.com' }, 61),
		leaver: stored({ kind: 'leave', state: 'done', outcome: 'removed', email: 'mallory@example.com', reason: 'Last day is over.', impact: 1 }, 9),
		hire: stored({ kind: 'hire', state: 'done', outcome: 'created', email: 'ada@example.com', displayName: '=1+1' }, 8),
		waiting: stored({ kind: 'leave', state: 'scheduled', key: 'k', email: 'bob@example.com' }, 7),
	};
}

async function seal(id = sealing) {
	const run = await world.run(id, 'EveryDay');
	expect([run.status, run.error]).toEqual(['success', undefined]);
	return world.mail.mails().at(-1);
}

async function check(id = checking) {
	const run = await world.run(id, 'EveryMonth');
	expect([run.status, run.error]).toEqual(['success', undefined]);
	return world.mail.mails().at(-1);
}

describe('the daily seal', () => {
	it('mails its head, with a file that names no one, and is stored', async () => {
		journal();
		const mail = await seal();

		expect(mail).toMatchObject({ to: ['auditor@example.com'], subject: 'Journal of Notion access: seal 1' });
		const [, head] = /^Seal 1: ([0-9a-f]{64})$/m.exec(mail?.text ?? '') ?? [];
		expect(mail?.text).toContain('New or changed rows: 4. Deleted: 0.\nWhat no workflow does: nothing');
		const [file] = mail?.attachments ?? [];
		expect(file?.name).toBe('seal-1.json');
		expect(JSON.parse(file?.text ?? '')).toMatchObject({ number: 1, head });
		expect(file?.text).not.toContain('@');
		expect(await world.rows(EVIDENCE)).toEqual([expect.objectContaining({ key: 'audit:seal:1', record: file?.text })]);
		expect(await world.alerts()).toEqual([]);
		expect(world.sandbox.requests.all()).toEqual([]);
	});

	it('continues the chain, and takes no honest change for tampering', async () => {
		const rows = journal();
		await seal();
		await api.change(JOURNAL, rows.waiting, { state: 'done', outcome: 'removed', removedAt: new Date().toISOString() });
		await api.change(JOURNAL, rows.leaver, { outcome: 'removed' });
		await api.remove(JOURNAL, rows.change);
		world.store(JOURNAL, { kind: 'hire', state: 'received', email: 'new@example.com' });

		const second = await seal();
		expect(second?.text).toContain('New or changed rows: 3. Deleted: 1.\nWhat no workflow does: nothing');
		const third = await seal();
		expect(third?.text).toContain('New or changed rows: 0. Deleted: 0.');
		const result = await check();
		expect(result?.subject).toBe('Journal of Notion access: as sealed');
		expect(result?.text).toMatch(/^Nothing was removed, added, edited or reordered\.\n4 rows as sealed\. Last seal: 3,/);
		expect(await world.alerts()).toEqual([]);
	});

	it('seals an empty journal', async () => {
		expect((await seal())?.text).toContain('New or changed rows: 0');
		expect((await check())?.subject).toContain('as sealed');
	});

	it('mails one head for each number, also where two run at once', async () => {
		journal();
		await Promise.all([world.run(sealing, 'EveryDay'), world.run(sealing, 'EveryDay')]);

		const mailed = world.mail.mails().flatMap(({ text }) => /Seal \d+: [0-9a-f]{64}/.exec(text) ?? []);
		const numbers = (await world.rows(EVIDENCE)).map(({ key }) => key);
		expect(mailed).toHaveLength(new Set(numbers).size);
		const withHeads = await world.importJob('audit-check', {
			parameters: { 'Mail the result': MAIL, 'Check the journal': { mailedHeads: mailed.join('\n') } },
			subWorkflows: raise,
			name: 'audit check with heads',
		});
		expect((await check(withHeads))?.subject).toContain('as sealed');
	});
});

describe('tampering in the Data Table', () => {
	type Rows = ReturnType<typeof journal>;

	it.each<[string, string, (rows: Rows) => Promise<unknown>]>([
		['a row that was removed', 'Row {leaver} was removed', async ({ leaver }) => await api.remove(JOURNAL, leaver)],
		['a row that waits and was removed', 'Row {waiting} was removed', async ({ waiting }) => await api.remove(JOURNAL, waiting)],
		['a row that was edited', 'Row {leaver} was changed after it was closed', async ({ leaver }) => await api.change(JOURNAL, leaver, { email: 'other@example.com' })],
		['a row that was opened again', 'Row {hire} was changed after it was closed', async ({ hire }) => await api.change(JOURNAL, hire, { state: 'retry' })],
		['another key of a row that waits', 'Row {waiting} has another key', async ({ waiting }) => await api.change(JOURNAL, waiting, { key: 'other' })],
		['an old row that was added', 'was not sealed, although it claims to be older', async () => stored({ kind: 'leave', state: 'done', outcome: 'removed' }, 3)],
		[
			'two rows that exchanged their contents',
			'Row {hire} has the contents that row {leaver} was sealed with',
			async ({ leaver, hire }) => {
				const all = await world.rows(JOURNAL);
				const contentsOf = (id: number) => {
					const { id: _id, createdAt: _createdAt, updatedAt: _updatedAt, ...cells } = all.find((row) => row['id'] === id) ?? {};
					return cells;
				};
				await api.change(JOURNAL, leaver, contentsOf(hire));
				await api.change(JOURNAL, hire, contentsOf(leaver));
			},
		],
	])('finds %s, at the check and at the next seal', async (_what, sentence, tamper) => {
		const rows = journal();
		await seal();
		await tamper(rows);
		const said = sentence.replace(/\{(\w+)\}/g, (_match, name: string) => String(Object.entries(rows).find(([key]) => key === name)?.[1]));

		const result = await check();
		expect(result?.subject).toMatch(/: \d+ findings?$/);
		expect(result?.text).toContain(said);
		expect((await seal())?.text).toContain(said);
		expect(await world.alerts()).toEqual([1, 2].map(() => expect.stringMatching(new RegExp(`^audit: the journal was changed: .*${said}`))));
	});

	it('finds by a mailed head that all seals were made anew', async () => {
		const { leaver } = journal();
		const mail = await seal();
		const [head = ''] = /Seal 1: [0-9a-f]{64}/.exec(mail?.text ?? '') ?? [];
		await api.remove(JOURNAL, leaver);
		for (const { id } of await world.rows(EVIDENCE)) await api.remove(EVIDENCE, Number(id));
		await seal();

		expect((await check())?.subject).toContain('as sealed');
		const given = async (mailedHeads: string, name: string) =>
			(await check(await world.importJob('audit-check', { parameters: { 'Mail the result': MAIL, 'Check the journal': { mailedHeads } }, subWorkflows: raise, name })))?.text;
		expect(await given(head, 'with a head')).toContain('Seal 1 is not the one whose head was mailed');
		expect(await given(mail?.attachments[0]?.text ?? '', 'with a file')).toContain(`Row ${leaver} was removed`);
	});

	it('raises an alert where no one seals', async () => {
		journal();
		expect((await check())?.subject).toBe('Journal of Notion access: never sealed');
		expect(await world.alerts()).toEqual([expect.stringContaining('audit: no seal: The journal was not sealed yet.')]);
	});
});

describe('the export', () => {
	it('has every row for the auditor, with its controls and without a formula', async () => {
		journal();
		await seal();
		const [csv] = (await check())?.attachments ?? [];
		const [header = [], ...lines] = csvCells(csv?.text ?? '');
		const column = (name: string) => lines.map((line) => line[header.indexOf(name)]);
		expect(csv?.name).toMatch(/^journal-\d{4}-\d\d-\d\d\.csv$/);
		expect(column('email')).toEqual(['old@example.com', 'mallory@example.com', 'ada@example.com', 'bob@example.com']);
		expect(column('displayName')).toEqual(['', '', "'=1+1", '']);
		expect(column('sealed as is')).toEqual(['yes', 'yes', 'yes', 'yes']);
		expect(column('answers controls')[1]).toBe('CC6.2 CC6.3 A.5.16 A.5.18');
	});

	it('is checked by the published command without n8n, as CSV and as JSON', async () => {
		const { leaver } = journal();
		const sealed = await seal();
		const [csv, json] = (await check())?.attachments ?? [];
		const file = async (name: string, text = '') => {
			await writeFile(join(folder, name), text);
			return join(folder, name);
		};
		const mail = await file('mail.txt', sealed?.text);
		const seals = await file('seal-1.json', sealed?.attachments[0]?.text);

		const asJson = await notionScimSetup(['audit-check', await file('journal.json', json?.text), '--mailed', mail], {});
		expect(asJson).toEqual({ code: 0, output: expect.stringContaining('Nothing was removed') });
		const asCsv = await notionScimSetup(['audit-check', await file('journal.csv', csv?.text), '--mailed', seals, mail], {});
		expect(asCsv).toEqual({ code: 0, output: expect.stringContaining('4 rows as sealed') });
		const tampered = (csv?.text ?? '').replace('mallory@example.com', 'someone@example.com');
		const found = await notionScimSetup(['audit-check', await file('tampered.csv', tampered), '--mailed', seals], {});
		expect(found).toEqual({ code: 1, output: expect.stringContaining(`Row ${leaver} was changed after it was closed`) });
	});
});
