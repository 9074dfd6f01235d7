import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { failureOf, jsons, setUpNotion } from '../support/notionTest.mts';

const BOSS = 'boss@example.com';

/** Rows of the journal as the Data Table node gives them. */
const heldRow = (id: number, email: string, more: IDataObject = {}): IDataObject => ({
	id,
	kind: 'leave',
	state: 'held',
	outcome: 'held',
	source: 'bamboohr',
	employeeId: String(id),
	email,
	displayName: `Person ${id}`,
	reason: 'Would remove 1; 10 of 10 are used.',
	createdAt: new Date(0).toISOString(),
	updatedAt: new Date(0).toISOString(),
	...more,
});
const held = [heldRow(1, 'ada@example.com'), heldRow(2, 'bob@example.com')];

describe('the release of held leavers', () => {
	const notion = setUpNotion();

	const step = async (name: string, parameters: INodeParameters, items: IDataObject[] = held) => {
		const run = await notion.run('lifecycle.release', {
			parameters: {
				step: name,
				heldKind: 'leave',
				decider: BOSS,
				assurance: 'n8nSignIn',
				shownList: '[]',
				decidedRows: '[]',
				blockingRows: '[]',
				...parameters,
			},
			items,
		});
		const [changes = [], runs = [], list = [], answer = []] = [0, 1, 2, 3].map((output) => jsons(run, output));
		return { run, changes, runs, list, answer };
	};

	/** The list is shown and stored, as the workflow does it. */
	const shown = async (parameters: INodeParameters = {}, items = held) => {
		const { runs, list } = await step('show', parameters, items);
		return { code: String(list[0]?.['code']), html: String(list[0]?.['page']), stored: { ...runs[0], id: 12 } };
	};

	/** The stored list after the next execution has taken it; the tests' executions are numbered. */
	const takenByNext = (stored: IDataObject): string => {
		const [number = ''] = /\d+$/.exec(String(stored['execution'])) ?? [];
		return JSON.stringify([{ ...stored, state: 'taken', execution: `test-${Number(number) + 1}` }]);
	};

	test('shows the list with a code of which only the digest is stored', async () => {
		const { code, html, stored } = await shown();
		expect(code).toMatch(/^[\w-]{32}$/);
		expect(stored).toMatchObject({ kind: 'shownList', state: 'shown', requestedBy: BOSS, key: expect.stringMatching(/^[0-9a-f]{64}$/) });
		expect(JSON.stringify(stored)).not.toContain(code);
		expect(html).toContain('ada@example.com');
		expect((await shown()).code).not.toBe(code);
		expect(notion.sandbox.requests.all()).toEqual([]);
	});

	test('has nothing to show where no one is held, and to no one who is on the list', async () => {
		expect((await step('show', {}, [{}])).answer).toMatchObject([{ decision: 'refused', sentence: 'No leaver is held at the moment.' }]);
		const own = await step('show', { decider: 'ADA@example.com' });
		expect([own.list, own.runs]).toEqual([[], []]);
		expect(own.answer).toMatchObject([{ sentence: expect.stringContaining('You are on the list yourself') }]);
	});

	test('shows nothing while a row cannot be read', async () => {
		const { answer, list } = await step('show', {}, [...held, { ...heldRow(3, 'eve@example.com'), state: 'helt' }]);
		expect([list, answer]).toEqual([[], [expect.objectContaining({ sentence: expect.stringContaining('Row 3') })]]);
	});

	test.each([
		['releases the people', true, { state: 'retry', outcome: 'held' }, 'released'],
		['empties the list', false, { state: 'done', outcome: 'declined' }, 'declined'],
	])('%s of a list that this execution has taken', async (_case, released, row, state) => {
		const { code, stored } = await shown();
		const { changes, runs, list, answer } = await step('decide', { code, released, chosen: ['All of these'], shownList: takenByNext(stored) });
		expect(changes).toMatchObject(held.map(({ id }) => ({ id, ...row, approvedBy: 'boss@example.com (assurance: n8n sign-in)' })));
		expect(runs).toMatchObject([{ id: 12, state, decidedBy: BOSS, assurance: 'n8n sign-in', note: expect.stringMatching(/released/) }]);
		// What came of it is said once it is stored.
		expect([list, answer]).toEqual([[], []]);
		const after = await step('result', { shownList: JSON.stringify([{ ...stored, state: 'taken' }]) }, changes.map((change) => ({ ...change, createdAt: 0, updatedAt: 0 })));
		expect(after.answer).toMatchObject([{ decision: state }]);
	});

	test('decides with no other code, and on no list that another execution has or no one has taken', async () => {
		const guess = await shown();
		const wrong = await step('decide', { code: 'guessed', released: true, shownList: takenByNext(guess.stored) });
		expect([wrong.changes, wrong.runs, wrong.answer]).toMatchObject([[], [{ state: 'refused' }], [{ decision: 'refused' }]]);

		const { code, stored } = await shown();
		for (const state of ['shown', 'taken', 'released']) {
			const untaken = await step('decide', { code, released: true, shownList: JSON.stringify([{ ...stored, state }]) });
			expect([untaken.changes, untaken.runs, untaken.answer]).toMatchObject([[], [], [{ decision: 'refused' }]]);
		}
	});

	test('says what has become of each, and of what another answer was faster with', async () => {
		const { stored } = await shown();
		const mark = (list: IDataObject): string => `list ${String(list['id'])} ${String(list['key']).slice(0, 12)}`;
		const approvedBy = 'boss@example.com (assurance: n8n sign-in)';
		const rows = [
			heldRow(1, 'ada@example.com', { state: 'done', outcome: 'removed', approvedBy, reference: mark(stored) }),
			heldRow(2, 'bob@example.com', { state: 'withdrawn', outcome: 'stays', reason: 'The HRIS says active.', approvedBy, reference: mark(stored) }),
		];
		const { answer } = await step('result', { shownList: JSON.stringify([stored]) }, rows);
		expect(answer).toMatchObject([
			{ decision: 'released', html: expect.stringMatching(/boss@example\.com.*locked out.*The HRIS says active/s) },
		]);

		const other = (await shown()).stored;
		const late = await step('result', { shownList: JSON.stringify([{ ...other, id: 13 }]) }, rows);
		expect(late.runs).toEqual([{ id: 13, state: 'refused', note: expect.stringContaining('Another answer was faster.') }]);
		expect(late.answer).toMatchObject([
			{ decision: 'refused', sentence: expect.stringContaining(`Another answer was faster. 2 people were released by ${approvedBy}.`) },
		]);
	});

	describe('of planned changes', () => {
		const planned = {
			action: 'user.create',
			target: { type: 'user', id: null, email: 'new@example.com', displayName: 'New', source: 'entra', sourceId: '9' },
			changes: [],
			reason: 'joiner',
			explanation: 'New is listed and not a member yet.',
			guard: 'ok',
			plannedAt: new Date().toISOString(),
		};
		const change = heldRow(1, 'new@example.com', {
			kind: 'sync',
			dueAt: new Date(Date.now() + 3_600_000).toISOString(),
			details: JSON.stringify({ action: 'user.create', planned: JSON.stringify(planned) }),
		});
		const locked = heldRow(90, 'new@example.com', {
			kind: 'emergency',
			key: 'emergency|soc|1|new@example.com|notion',
			details: '{"app": "notion"}',
			state: 'done',
			outcome: 'lockedDown',
			createdAt: new Date().toISOString(),
			updatedAt: new Date().toISOString(),
		});
		const sync = { heldKind: 'sync' };

		test('shows each with its sentence, and releases it', async () => {
			const { code, html, stored } = await shown(sync, [change]);
			expect(html).toContain('New is listed and not a member yet.');
			const { changes } = await step('decide', { ...sync, code, released: true, shownList: takenByNext(stored) }, [change]);
			expect(changes).toMatchObject([{ state: 'retry', approvedBy: 'boss@example.com (assurance: n8n sign-in)' }]);
		});

		test('lets no one back in whom an emergency has locked out since', async () => {
			const blocked = { ...sync, blockingRows: JSON.stringify([locked]) };
			const { code, html, stored } = await shown(blocked, [change]);
			expect(html).toContain('Not released, whatever you answer');
			const { changes } = await step('decide', { ...blocked, code, released: true, shownList: takenByNext(stored) }, [change]);
			expect(changes).toMatchObject([{ state: 'refused', outcome: 'blocked', details: '{"action":"user.create"}' }]);
		});

		test('tells an answer that comes too late who was faster', async () => {
			const { code, stored } = await shown(sync, [change]);
			const decidedRows = JSON.stringify([{ ...change, state: 'done', outcome: 'declined', approvedBy: 'hr@example.com (assurance: n8n sign-in)' }]);
			const late = await step('decide', { ...sync, code, released: true, decidedRows, shownList: takenByNext(stored) }, [{}]);
			expect([late.changes, late.answer]).toMatchObject([[], [{ sentence: expect.stringContaining('1 planned change was declined by hr@example.com') }]]);
		});
	});

	test.each<[string, INodeParameters, RegExp]>([
		['entries of Who May Decide that are no addresses', { step: 'show', deciders: 'boss@example.com, the boss' }, /the, boss/],
		['a typed address where no one is named who decides', { step: 'show', assurance: 'typedAddress' }, /Who May Decide is empty/],
		['emergencies and leavers that got lost', { step: 'show', heldKind: 'sync', blockingRows: '' }, /Emergencies and Leavers is empty/],
		['a Shown List that got lost', { step: 'decide', shownList: '' }, /Shown List is empty/],
		['an answer that is neither yes nor no', { step: 'decide', released: 'perhaps' }, /Release Them/],
	])('stops at %s', async (_case, parameters, message) => {
		const { run } = await step(String(parameters['step']), parameters);
		expect(failureOf(run).message).toMatch(message);
	});
});
