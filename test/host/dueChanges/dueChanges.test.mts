import { poll } from '../../../host/poll.mts';
import { ago, type ClockWorld, JOURNAL, startClockWorld } from '../clock/clockWorld.mts';
import { alertBook, ender, failing } from '../clock/stubWorkflows.mts';

let world: ClockWorld;
let clock: string;
let called: Record<string, string>;

beforeAll(async () => {
	world = await startClockWorld();
	called = {
		'Call onboarding': await world.publishMade(ender('onboarding')),
		'Call offboarding': await world.publishMade(ender('offboarding')),
		'Call emergency': await world.publishMade(ender('emergency')),
		'Raise alert': await world.publishMade(alertBook),
	};
	// Run by hand only, so that its own clock does not come between.
	clock = await world.importJob('due-changes', { subWorkflows: called });
}, 180_000);

afterAll(async () => {
	await world?.stop();
}, 60_000);

beforeEach(() => world.forget());

jest.setTimeout(60_000);

const row = (values: Record<string, string | number>, times: { updatedAt?: Date } = {}) =>
	world.store(
		JOURNAL,
		{ kind: 'leave', state: 'scheduled', dueAt: ago(1).toISOString(), displayName: 'Ada', ...values },
		{ createdAt: ago(60), updatedAt: ago(60), ...times },
	);

const rowOf = async (id: number) => (await world.rows(JOURNAL)).find((one) => one['id'] === id);

/** State and outcome of all rows, by ID. */
const ends = async () =>
	Object.fromEntries((await world.rows(JOURNAL)).map(({ id, state, outcome }) => [id, `${state} ${outcome}`.trim()]));

/** A clock that runs every few seconds: the Error Trigger takes no notice of runs by hand. */
async function failingRound(subWorkflows: Record<string, string>) {
	const quick: [string, string][] = [
		['"field": "minutes"', '"field": "seconds"'],
		['"minutesInterval": 15', '"secondsInterval": 2'],
	];
	const id = await world.importJob('due-changes', {
		subWorkflows: { ...called, ...subWorkflows },
		replace: quick,
		publish: true,
	});
	const first = await world.host.client.waitForExecution(({ status }) => status === 'error', { workflowId: id });
	await world.host.client.waitForExecution(({ mode, status }) => mode === 'error' && status === 'success', {
		workflowId: id,
	});
	await world.host.client.unpublish(id);
	return first;
}

describe('rows that are due', () => {
	it('go to the workflow of their kind, also those whose execution died; nothing else does', async () => {
		const handed = {
			[row({ kind: 'hire' })]: 'done onboarding',
			[row({ kind: 'change', state: 'retry' })]: 'done onboarding',
			[row({ kind: 'leave' })]: 'done offboarding',
			[row({ kind: 'watch' })]: 'done offboarding',
			[row({ kind: 'remind' })]: 'done offboarding',
			[row({ kind: 'leave', state: 'received', dueAt: '' }, { updatedAt: ago(16) })]: 'done offboarding',
			[row({ kind: 'hire', state: 'intended' }, { updatedAt: ago(16) })]: 'done onboarding',
			[row({ kind: 'emergency', state: 'retry' })]: 'done emergency',
			[row({ kind: 'emergency', state: 'held' })]: 'done emergency',
		};
		const left = {
			[row({ dueAt: ago(-60).toISOString() })]: 'scheduled',
			[row({ state: 'intended' }, { updatedAt: ago(14) })]: 'intended',
			[row({ state: 'held', outcome: 'held' })]: 'held held',
			[row({ state: 'needsPerson' })]: 'needsPerson',
			[row({ state: 'withdrawn', kind: 'hire' })]: 'withdrawn',
		};

		const run = await world.run(clock, 'Every15Minutes');

		expect([run.status, run.error]).toEqual(['success', undefined]);
		const isOver = async () => !Object.values(await ends()).includes('received') || undefined;
		await poll(isOver, 'the emergencies, which are not waited for', 5_000);
		expect(await ends()).toEqual({ ...handed, ...left });
		expect(await world.alerts()).toEqual([]);
	});

	it('are done once when several rounds come at the same time', async () => {
		const ids = Array.from({ length: 20 }, () => row({}));

		const runs = await Promise.all([1, 2, 3].map(async () => await world.run(clock, 'Every15Minutes')));

		expect(runs.map(({ status, error }) => [status, error])).toEqual(Array(3).fill(['success', undefined]));
		expect(runs.flatMap((run) => run.items('Divide by workflow')).map(({ id }) => Number(id)).sort((a, b) => a - b)).toEqual(ids);
		expect(new Set(Object.values(await ends()))).toEqual(new Set(['done offboarding']));
	});

	it('cost next to nothing where there are none', async () => {
		row({ state: 'done' });
		const run = await world.run(clock, 'Every15Minutes');
		expect(run.nodesRun).toEqual(['Every15Minutes', 'Read open rows', 'Pick due changes']);
	});

	it('that no workflow can act on go to a person, once', async () => {
		const odd = row({ kind: 'promote' });
		const misspelt = row({ state: 'shceduled' });
		const fine = row({});

		await world.run(clock, 'Every15Minutes');
		await world.run(clock, 'Every15Minutes');

		expect(await ends()).toEqual({ [odd]: 'needsPerson', [misspelt]: 'needsPerson', [fine]: 'done offboarding' });
		expect(await world.alerts()).toEqual([
			expect.stringMatching(new RegExp(`^journal: row ${odd}: .*"promote".*Nothing is done about it`)),
			expect.stringMatching(new RegExp(`^journal: row ${misspelt}: .*"shceduled"`)),
		]);
		expect(await rowOf(odd)).toMatchObject({ displayName: 'Ada', reason: expect.stringContaining('"promote"') });
	});

	it('that were interrupted five times go to a person', async () => {
		const worn = row({ state: 'received', details: '{"interrupted":4}' }, { updatedAt: ago(16) });
		const again = row({ state: 'retry', outcome: 'interrupted', details: '{"interrupted":3}' });

		await world.run(clock, 'Every15Minutes');

		expect(await ends()).toEqual({ [worn]: 'needsPerson', [again]: 'done offboarding' });
		expect((await rowOf(again))?.['details']).toBe('{"interrupted":4}');
		expect(await world.alerts()).toEqual([expect.stringMatching(/^journal: row \d+: .*Ada.*5 times/)]);
	});
});

describe('a workflow that fails', () => {
	it('stops no other one, loses no row, and is told of', async () => {
		const leaver = row({ kind: 'leave' });
		const hire = row({ kind: 'hire' });
		const broken = await world.publishMade(failing('broken offboarding'));

		const round = await failingRound({ 'Call offboarding': broken });

		expect(round.error).toContain('has not taken its rows');
		expect(await rowOf(hire)).toMatchObject({ state: 'done', outcome: 'onboarding' });
		const waits: unknown = expect.stringMatching(/^(retry|received)$/);
		expect(await rowOf(leaver)).toMatchObject({ state: waits, reason: 'The execution that worked on it failed.' });
		expect((await world.alerts())[0]).toMatch(/^due changes: failed: .*Rows were not taken.*execution \d+/);
	});
});
