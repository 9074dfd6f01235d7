import { randomUUID } from 'node:crypto';

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { changeRow, newChange } from '../../../lib/lifecycle/journal.ts';
import { directory } from '../directory/planning.mts';
import { jsons, setUpNotion } from '../support/notionTest.mts';

const now = () => new Date().toISOString();

const stored = (change: Parameters<typeof newChange>[0], id: number): IDataObject => ({
	...changeRow(newChange(change)),
	id,
	createdAt: now(),
	updatedAt: now(),
});

/** A row of notion_scim_runs as a Data Table gives it. */
const run = (id: number, execution: string, more: IDataObject = {}): IDataObject => ({
	id, createdAt: now(), updatedAt: now(), kind: 'syncRun', key: execution, workflow: 'Sync', execution, state: 'running', at: now(),
	expiresAt: '', requestedBy: '', decidedBy: '', assurance: '', decidedAt: '', note: '', details: '{}', ...more,
});

/** Each run is compared with the schema of its operation, and each output named here has an item. */
describe('operations that work on tables give out what their schemas say:', () => {
	const notion = setUpNotion();
	const filled = async (
		operation: string,
		{ items = [{}], parameters = {}, execution }: { items?: IDataObject[]; parameters?: INodeParameters; execution?: string },
	): Promise<number[]> => {
		const done = await notion.run(operation, { items, parameters, ...(execution === undefined ? {} : { execution }) });
		if (done.error) throw new Error(`${done.error.message} ${done.error.description ?? ''}`);
		return done.outputs.flatMap((_items, output) => (jsons(done, output).length > 0 ? [output] : []));
	};

	test('Start Sync Run', async () => {
		const execution = randomUUID();
		const own = run(2, execution);
		const before = run(1, 'another');

		expect(await filled('directory.startRun', { execution, items: [own], parameters: { called: '[]' } })).toEqual([0, 3]);
		const called = '[{"ask":"run"}]';
		expect(await filled('directory.startRun', { execution, items: [own, before], parameters: { called } })).toEqual([1, 2]);
	});

	test('Finish Sync Run', async () => {
		const order = { ask: 'run', person: '', requestedBy: '', assurance: '', dryRun: false, isCalled: false, runId: 2, at: now() };
		const planned = async (more: IDataObject) => {
			const parameters = {
				mode: 'apply', approval: 'never', run: JSON.stringify({ ...order, ...more }), runs: JSON.stringify([run(1, 'x', { state: 'good' })]), journal: '[]', links: '[]',
			};
			const people = directory([{ id: '2', email: 'new@example.com', displayName: 'New' }]);
			return jsons(await notion.run('directory.planRun', { items: people, parameters }), 2);
		};
		const failed = stored({ kind: 'sync', state: 'retry', outcome: 'failed', email: 'new@example.com', reason: 'No.' }, 1);
		const parameters = { results: JSON.stringify([failed]), runs: JSON.stringify([run(2, 'own')]) };

		expect(await filled('directory.finishRun', { items: await planned({}), parameters })).toEqual(expect.arrayContaining([0]));
		expect(await filled('directory.finishRun', { items: await planned({ isCalled: true }), parameters })).toEqual(expect.arrayContaining([0, 5]));
	});

	test('Close Failed Run', async () => {
		const items = [{ execution: { id: '7', lastNodeExecuted: 'Plan', error: { message: 'No.' } } }];

		expect(await filled('directory.failRun', { items, parameters: { toldBy: 'Fail' } })).toEqual([0, 1]);
	});

	test('Show One Person', async () => {
		const answer = {
			title: 'Sync', sentence: 'Done.', state: 'good', verified: true, isBlocked: false, steps: [{ title: 'Plan', sentences: ['One.'] }], changes: [],
			toDo: 1, subjects: ['new@example.com'], outcomes: [{ action: 'user.create', who: 'New', outcome: 'done', note: '' }],
		};
		const parameters = { person: 'new@example.com', decider: 'boss@example.com', done: JSON.stringify(answer) };

		expect(await filled('directory.showSteps', { items: [answer], parameters: { ...parameters, step: 'ask' } })).toEqual([0]);
		expect(await filled('directory.showSteps', { items: [answer], parameters: { ...parameters, step: 'told' } })).toEqual([2, 3]);
	});

	test('Compose Alerts', async () => {
		const row = { id: 1, createdAt: now(), key: 'a', text: 'A.', state: 'open', toldAt: '', told: 0 };
		const rows = { alertRows: JSON.stringify([row]), storedAlerts: '[]' };

		expect(await filled('lifecycle.alerts', { parameters: { ...rows, purpose: 'mail' } })).toEqual([0, 1]);
		expect(await filled('lifecycle.alerts', { parameters: { ...rows, purpose: 'form' } })).toEqual([1]);
	});

	test('Prepare Questions', async () => {
		const storedEvents = JSON.stringify([stored({ kind: 'leave', state: 'received', employeeId: '7', email: 'ada@example.com' }, 1)]);

		expect(await filled('lifecycle.ask', { parameters: { storedEvents, links: '[]' } })).toEqual([0]);
		expect(await filled('lifecycle.ask', { parameters: { storedEvents: '[]', links: '[]' } })).toEqual([1]);
	});

	test('Check App Account', async () => {
		const row = stored({ kind: 'emergency', state: 'intended', key: 'emergency|edr|1|ada@example.com|okta', email: 'ada@example.com' }, 1);
		const found = { id: 'a', status: 'ACTIVE', profile: { login: 'ada@example.com', email: 'ada@example.com' } };
		const parameters = { app: 'okta', step: 'beforeLocking', rows: JSON.stringify([row]) };

		expect(await filled('lifecycle.checkAccount', { items: [{ statusCode: 200, body: [found] }], parameters })).toEqual([0]);
		expect(await filled('lifecycle.checkAccount', { items: [{ statusCode: 403, body: {} }], parameters })).toEqual(expect.arrayContaining([1, 3]));
	});
});
