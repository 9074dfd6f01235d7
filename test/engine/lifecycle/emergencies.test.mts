import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { failureOf, jsons, setUpNotion } from '../support/notionTest.mts';
import type { NotionRunOptions } from '../support/notionTest.mts';

describe('the operations for emergencies', () => {
	const notion = setUpNotion();
	let rows: IDataObject[] = [];

	beforeEach(() => {
		rows = [];
	});

	const hire = (email: string) => {
		if (!notion.sandbox.workspace.userByEmail(email)) notion.sandbox.workspace.addUser({ email });
	};

	const store = (changed: IDataObject[]): IDataObject[] =>
		changed.map((values) => {
			const now = new Date().toISOString();
			const id = Number(values['id'] ?? 0) || rows.length + 1;
			const row = { createdAt: now, ...rows[id - 1], ...values, id, updatedAt: now };
			rows[id - 1] = row;
			return row;
		});

	const received = async (body: IDataObject, options: NotionRunOptions = {}) => {
		const run = await notion.run('lifecycle.receive', { parameters: { job: 'emergency' }, items: [{ headers: {}, body }], ...options });
		if (run.error) throw run.error;
		return store(jsons(run));
	};

	const planned = async (events: IDataObject[], plan: INodeParameters = {}, options: NotionRunOptions = {}) =>
		await notion.run('lifecycle.plan', {
			parameters: { job: 'emergency', storedEvents: JSON.stringify(events), journalRows: JSON.stringify(rows), ...plan },
			items: [{}],
			...options,
		});

	const applied = async (items: IDataObject[], options: NotionRunOptions = {}) => {
		const parameters = { job: 'emergency', journalRows: JSON.stringify(rows) };
		return await notion.run('lifecycle.apply', { parameters, items, ...options });
	};

	const ofNotion = (items: IDataObject[]) => items.filter(({ key }) => String(key).endsWith('|notion'));

	test('lock a person out of Notion from the call to the evidence, and leave the other apps to their workflows', async () => {
		hire('ada@example.com');

		const events = await received({ email: 'Ada@example.com', reason: 'Stolen laptop', requestedBy: 'soc@example.com', reference: 'CASE-1' });
		const plan = store(jsons(await planned(events)));
		const run = await applied(plan);

		expect(run.error).toBeUndefined();
		expect(notion.sandbox.workspace.userByEmail('ada@example.com')?.membership).not.toBe('member');
		const [done, ...watches] = jsons(run);
		expect(done).toMatchObject({ kind: 'emergency', state: 'done', outcome: 'lockedDown', reason: 'Stolen laptop', email: 'ada@example.com' });
		expect(watches.map(({ kind, state }) => [kind, state])).toEqual(Array.from({ length: 3 }, () => ['watch', 'scheduled']));
		const [evidence] = jsons(run, 2);
		expect(evidence).toMatchObject({ key: done?.['key'] });
		expect(JSON.parse(String(evidence?.['record']))).toMatchObject({ reason: 'Stolen laptop', reference: 'CASE-1', requestedBy: 'soc@example.com', verified: true });
		expect(jsons(run, 4)).toEqual([]);
		expect(plan.filter((row) => row['state'] === 'intended')).toHaveLength(4);
	});

	test('are not held by the removal limit of leavers', async () => {
		const people = Array.from({ length: 6 }, (_, index) => `person${index}@example.com`);
		for (const email of people) hire(email);
		const plan = store(jsons(await planned(await received({ people }), { limitPeople: 6, apps: ['notion'] })));

		const run = await applied(plan);

		expect(jsons(run).filter(({ outcome }) => outcome === 'lockedDown')).toHaveLength(6);
	});

	test('plan without a usable credential of Notion, which then refuses by itself', async () => {
		hire('ada@example.com');
		const unusable = { credential: { protectedEmails: 'soc@@example.com' } };

		const events = await received({ email: 'ada@example.com' }, unusable);
		const plan = await planned(events, {}, unusable);

		expect(jsons(plan).map(({ state }) => state)).toEqual(['intended', 'intended', 'intended', 'intended']);
		expect(failureOf(await applied(store(jsons(plan)), unusable)).message).toContain('soc@@example.com');
		expect(notion.sandbox.workspace.userByEmail('ada@example.com')?.membership).toBe('member');
	});

	test('lock no one out with a credential that may not remove, and say so', async () => {
		hire('ada@example.com');
		const plan = store(jsons(await planned(await received({ email: 'ada@example.com' }))));

		const run = await applied(plan, { credential: { access: 'noRemovals' } });

		expect(jsons(run)).toEqual([expect.objectContaining({ state: 'refused', outcome: 'failed' })]);
		expect(jsons(run, 4)).toEqual([expect.objectContaining({ text: expect.stringContaining('ada@example.com in Notion') })]);
	});

	test.each([
		['Apps', { apps: ['notion', 'gogle'] }],
		['Apps', { apps: '={{ $json.nothing }}' }],
		['Limit Hours', { limitHours: 25 }],
		['People Limit', { limitPeople: 'many' }],
		['Journal Rows', { journalRows: '' }],
	])('%s that cannot be read stops the plan', async (label, parameters) => {
		expect(failureOf(await planned(await received({ email: 'ada@example.com' }), parameters)).message).toContain(label);
	});

	test('take apps in whatever spelling an expression gives', async () => {
		const plan = await planned(await received({ email: 'ada@example.com' }), { apps: '={{ ["Notion", " OKTA "] }}' });
		expect(jsons(plan).map(({ outcome, state }) => outcome || state)).toEqual(['intended', 'notSetUp', 'intended', 'notSetUp']);
	});

	test('tell what is open in the end, in two outputs', async () => {
		const plan = store(jsons(await planned(await received({ email: 'ada@example.com' }), { apps: ['notion', 'okta'] })));
		const [notionRow] = ofNotion(plan);
		store([{ ...notionRow, state: 'done', outcome: 'lockedDown' }]);

		const run = await notion.run('lifecycle.check', { items: rows });

		expect(jsons(run)).toEqual([expect.objectContaining({ text: expect.stringContaining('ada@example.com in Okta') })]);
		expect(jsons(run, 1)).toEqual([{ text: 'ada@example.com in Okta: no result came in time.' }]);
	});
});
