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
			parameters: { step: name, heldKind: 'leave', decider: BOSS, assurance: 'n8nSignIn', shownList: '[]', ...parameters },
			items,
		});
		const [changes = [], runs = [], list = [], answer = []] = [0, 1, 2, 3].map((output) => jsons(run, output));
		return { run, changes, runs, list, answer };
	};

	/** The list is shown, stored and taken, as the workflow does it. */
	const shown = async () => {
		const { runs, list } = await step('show', {});
		const [page] = list;
		const execution = 'of the decision';
		return { code: String(page?.['code']), html: String(page?.['html']), stored: { ...runs[0], id: 12 }, execution };
	};

	/** A run of the node is an execution of its own, so the list is taken by whichever one decides. */
	const takenBy = (stored: IDataObject) => `={{ [{ ...${JSON.stringify(stored)}, state: 'taken', execution: $execution.id }] }}`;

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

	test('decides with the code of a list that this execution has taken, and with no other', async () => {
		const { code, stored } = await shown();
		const wrong = await step('decide', { code: 'guessed', released: true, shownList: takenBy(stored) });
		expect([wrong.changes, wrong.answer]).toMatchObject([[], [{ decision: 'refused' }]]);

		const untaken = await step('decide', { code, released: true, shownList: JSON.stringify([stored]) });
		expect([untaken.changes, untaken.runs, untaken.answer]).toMatchObject([[], [], [{ decision: 'refused' }]]);
	});

	test('says what has become of each', async () => {
		const rows = [
			heldRow(1, 'ada@example.com', { state: 'done', outcome: 'removed', approvedBy: 'boss@example.com (assurance: n8n sign-in)' }),
			heldRow(2, 'bob@example.com', { state: 'withdrawn', outcome: 'stays', reason: 'The HRIS says active.' }),
		];
		const { answer } = await step('result', {}, rows);
		expect(answer).toMatchObject([
			{ decision: 'released', html: expect.stringMatching(/boss@example\.com.*locked out.*The HRIS says active/s) },
		]);
	});

	test.each<[string, INodeParameters, RegExp]>([
		['entries of Who May Decide that are no addresses', { step: 'show', deciders: 'boss@example.com, the boss' }, /the, boss/],
		['a Shown List that got lost', { step: 'decide', shownList: '' }, /Shown List is empty/],
		['an answer that is neither yes nor no', { step: 'decide', released: 'perhaps' }, /Lock Them Out/],
	])('stops at %s', async (_case, parameters, message) => {
		const { run } = await step(String(parameters['step']), parameters);
		expect(failureOf(run).message).toMatch(message);
	});
});
