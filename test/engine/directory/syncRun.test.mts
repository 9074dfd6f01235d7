import { randomUUID } from 'node:crypto';

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { UnsignedChange } from '../../../lib/directory/plan/plannedChange.ts';
import { intendedRow } from '../../../lib/lifecycle/directoryChanges.ts';
import { changeRow, newChange } from '../../../lib/lifecycle/journal.ts';
import type { Change } from '../../../lib/lifecycle/journal.ts';
import { jsons, setUpNotion } from '../support/notionTest.mts';
import { ChangesAbout } from './plannedChanges.mts';
import { directory } from './planning.mts';

const NAME = 'Sync';

/** Rows as a Data Table gives them. */
const stored = (rows: Change[], firstId = 1): IDataObject[] =>
	rows.map((row, index) => ({
		...changeRow(row),
		id: firstId + index,
		createdAt: new Date().toISOString(),
		updatedAt: new Date().toISOString(),
	}));

describe('Apply Stored Changes', () => {
	const notion = setUpNotion();
	const about = new ChangesAbout(notion);
	const members = () => notion.sandbox.workspace.members().map(({ profile }) => profile.userName);

	/** Carries out changes, as a workflow does that has stored their intentions. */
	const carryOut = async (
		entries: UnsignedChange[],
		{ kind = 'sync', reference = NAME, approvedBy = '', others = [], options = {}, plannedAt }: {
			kind?: 'sync' | 'seat';
			reference?: string;
			approvedBy?: string;
			others?: Change[];
			options?: INodeParameters;
			plannedAt?: number;
		} = {},
	) => {
		const execution = randomUUID();
		const origin = { kind, workflow: NAME, execution, requestedBy: '', approvedBy, now: Date.now() };
		const items = about.signed(entries, plannedAt === undefined ? {} : { plannedAt });
		const rows = items.map((item) => ({ ...intendedRow(item, origin), reference }));
		const run = await notion.run('directory.carryOut', {
			execution,
			items: [...stored(rows), ...stored(others, 1_000)],
			parameters: { options },
		});
		return { changes: jsons(run), links: jsons(run, 1), error: run.error };
	};
	const outcomes = (changes: IDataObject[]) => changes.map(({ outcome }) => outcome);

	it('carries out its own rows, and gives them back with their results', async () => {
		const { changes, links } = await carryOut([about.create('new@example.com'), about.remove('maria@example.com')]);

		expect(changes).toMatchObject([
			{ id: 1, state: 'done', outcome: 'done', impact: 0, userId: expect.any(String) },
			{ id: 2, state: 'done', outcome: 'done', impact: 1, removedAt: expect.stringMatching(/^\d{4}-/) },
		]);
		expect(changes.map(({ details }) => String(details).includes('"planned"'))).toEqual([false, false]);
		expect(links).toMatchObject([{ source: 'test', employeeId: 'new@example.com', email: 'new@example.com' }]);
		expect(members()).not.toContain('maria@example.com');
	});

	it('leaves rows of other executions, kinds and states alone', async () => {
		const [item] = about.signed([about.remove('maria@example.com')]);
		const origin = { kind: 'sync', workflow: NAME, execution: 'another', requestedBy: '', approvedBy: '', now: Date.now() } as const;
		const run = await notion.run('directory.carryOut', { items: item ? stored([intendedRow(item, origin)]) : [], parameters: { options: {} } });
		expect(jsons(run)).toEqual([]);
		expect(notion.writes()).toEqual([]);
	});

	const usedUp = Array.from({ length: 2 }, () =>
		newChange({ kind: 'sync', state: 'done', outcome: 'done', impact: 1, removedAt: new Date().toISOString() }),
	);

	it('counts what others have used of the day', async () => {
		const { changes } = await carryOut([about.remove('maria@example.com')], { others: usedUp });
		expect(outcomes(changes)).toEqual(['held']);
		expect(members()).toContain('maria@example.com');
	});

	it('does not hold what a person has released from a list; a seat stays within the limit', async () => {
		const released = { approvedBy: 'boss@example.com (assurance: n8n sign-in)', reference: `${NAME}; list 3 0123456789ab` };
		const seat = await carryOut([about.remove('maria@example.com')], { ...released, kind: 'seat', others: usedUp });
		expect(outcomes(seat.changes)).toEqual(['held']);
		// A name in the column alone releases nothing.
		const named = await carryOut([about.remove('maria@example.com')], { ...released, reference: NAME, others: usedUp });
		expect(outcomes(named.changes)).toEqual(['held']);
		const { changes } = await carryOut([about.remove('maria@example.com')], { ...released, others: usedUp });
		expect(outcomes(changes)).toEqual(['done']);
	});

	it('adds and removes nothing where a row of the journal cannot be read', async () => {
		const broken = stored([newChange({ kind: 'sync', state: 'done' })], 1_000).map((row) => ({ ...row, impact: 'many' }));
		const [item] = about.signed([about.create('new@example.com')]);
		const origin = { kind: 'sync', workflow: NAME, execution: 'own', requestedBy: '', approvedBy: '', now: Date.now() } as const;
		const items = [...(item ? stored([intendedRow(item, origin)]) : []), ...broken];
		const run = await notion.run('directory.carryOut', { execution: 'own', items, parameters: { options: {} } });
		expect(outcomes(jsons(run))).toEqual(['held']);
		expect(notion.writes()).toEqual([]);
	});

	const lockedOut = (email: string) =>
		newChange({ kind: 'emergency', state: 'done', outcome: 'lockedDown', email, requestedBy: 'soc@example.com', details: { app: 'notion' } });

	it('lets no one in whom an emergency has blocked since the plan', async () => {
		const options = { others: [lockedOut('New@example.com'), lockedOut('kenji@example.com')], plannedAt: Date.now() - 3_600_000 };
		const { changes } = await carryOut([about.create('new@example.com'), about.join('Sales', 'kenji@example.com')], options);
		expect(changes).toMatchObject([
			{ outcome: 'blocked', state: 'refused', reason: expect.stringContaining('An emergency lockdown locked New@example.com out') },
			{ outcome: 'blocked', state: 'refused' },
		]);
		expect(notion.writes()).toEqual([]);
		const back = await carryOut([about.create('new@example.com')], { ...options, options: { letBackIn: 'new@example.com' } });
		expect(outcomes(back.changes)).toEqual(['done']);
	});

	it('believes no row: what was altered is refused', async () => {
		const execution = randomUUID();
		const [item] = about.signed([about.create('new@example.com')]);
		if (!item) throw new Error('There is no plan');
		const forged = { ...item, changes: [{ attribute: 'email' as const, from: null, to: 'evil@example.com' }] };
		const origin = { kind: 'sync', workflow: NAME, execution, requestedBy: '', approvedBy: '', now: Date.now() } as const;
		const run = await notion.run('directory.carryOut', { execution, items: stored([intendedRow(forged, origin)]), parameters: { options: {} } });
		expect(jsons(run)).toMatchObject([{ outcome: 'refused', reason: expect.stringContaining('altered') }]);
		expect(notion.writes()).toEqual([]);
	});
});

describe('Apply with the journal', () => {
	const notion = setUpNotion();
	const about = new ChangesAbout(notion);

	it('lets no one in who was blocked since, and counts the day', async () => {
		const emergency = newChange({ kind: 'emergency', state: 'intended', email: 'new@example.com', details: { app: 'notion' } });
		const used = newChange({ kind: 'leave', state: 'done', outcome: 'removed', employeeId: '9', impact: 2, removedAt: new Date().toISOString() });
		const changes = about.signed([about.create('new@example.com'), about.remove('maria@example.com')]);
		const journal = JSON.stringify(stored([emergency, used]));
		const run = await notion.run('directory.apply', {
			items: changes.map((change) => ({ ...change })) as unknown as IDataObject[],
			parameters: { approvedPlan: '', options: { journal } },
		});
		expect(jsons(run).map(({ outcome }) => outcome)).toEqual(['blocked', 'held']);
	});
});

describe('Plan Sync Run', () => {
	const notion = setUpNotion();
	const people = [
		{ id: '1', email: 'ada@example.com', displayName: 'Ada' },
		{ id: '2', email: 'new@example.com', displayName: 'New' },
	];
	const goodRun = { kind: 'syncRun', id: 1, execution: 'x', state: 'good', at: new Date(Date.now() - 3_600_000).toISOString(), note: '', details: '{"bad":0,"lastGoodAt":"2026-01-01T00:00:00Z"}' };
	const planRun = async (parameters: INodeParameters = {}) => {
		const order = { ask: 'run', person: '', requestedBy: '', assurance: '', dryRun: false, isCalled: false, runId: 2, at: new Date().toISOString() };
		const run = await notion.run('directory.planRun', {
			items: directory(people),
			parameters: { mode: 'apply', approval: 'never', run: JSON.stringify(order), runs: JSON.stringify([goodRun]), journal: '[]', links: '[]', ...parameters },
		});
		if (run.error) throw new Error(`${run.error.message} ${run.error.description ?? ''}`);
		return { changes: jsons(run), links: jsons(run, 1), summary: jsons(run, 2)[0] ?? {} };
	};

	it('stores what it does as intentions, and who is linked', async () => {
		const { changes, summary } = await planRun();
		expect(changes).toMatchObject([{ kind: 'sync', state: 'intended', email: 'new@example.com' }]);
		expect(summary).toMatchObject({ state: 'good', mode: 'apply', persons: 2, asked: 0 });
		expect(notion.writes()).toEqual([]);
	});

	it('blocks whom an emergency has locked out, until they are let back in', async () => {
		const emergency = newChange({ kind: 'emergency', state: 'done', outcome: 'lockedDown', email: 'new@example.com', details: { app: 'notion' } });
		const journal = JSON.stringify(stored([emergency]));
		expect((await planRun({ journal })).changes).toEqual([]);
		expect((await planRun({ journal, safety: { letBackIn: 'new@example.com' } })).changes).toHaveLength(1);
	});

	it('asks a person where the day cannot be counted', async () => {
		const journal = JSON.stringify([{ id: 1, kind: 'sync', state: 'what', createdAt: '2026-01-01', updatedAt: '2026-01-01' }]);
		expect((await planRun({ journal })).changes).toMatchObject([{ state: 'held' }]);
	});

	it.each([
		['links that cannot be read', { links: '[{"source":"test","employeeId":"1","userId":"no ID"}]' }, 'Entry 0 of Links'],
		['a rule with a mistake', { managedGroups: '*' }, 'every group of the workspace'],
	])('fails as a run, and says why, where there are %s', async (_case, parameters, why) => {
		const { changes, summary } = await planRun(parameters);
		expect(changes).toEqual([]);
		expect(summary).toMatchObject({ state: 'failed', why: [expect.stringContaining(why)] });
	});

	it('does not plan about all where the order is lost', async () => {
		await expect(planRun({ run: '{}' })).rejects.toThrow('Run cannot be read');
	});
});
