import type { IDataObject } from 'n8n-workflow';

import { failureOf, jsons, setUpNotion } from '../support/notionTest.mts';

const seat = (userId: string, more: IDataObject = {}): IDataObject => ({
	userId, email: `${userId}@example.com`, displayName: userId, class: 'orphaned', reason: 'A reason.', department: null, ...more,
});
const record = (seats: IDataObject[], more: IDataObject = {}): string =>
	JSON.stringify({ reportedAt: new Date().toISOString(), whyNot: [], seats, ...more });

/** A row of the journal as the Data Table node gives it. */
const row = (id: number, more: IDataObject = {}): IDataObject => ({
	id, kind: 'seat', state: 'received', key: `seat|u${id}`, userId: `u${id}`, email: `u${id}@example.com`,
	requestedBy: 'asker@example.com', approvedBy: 'boss@example.com (assurance: n8n sign-in)', reference: 'request 7; list 3 abc',
	createdAt: new Date().toISOString(), updatedAt: new Date().toISOString(), ...more,
});

describe('license.pick', () => {
	const notion = setUpNotion();
	const step = async (name: string, parameters: IDataObject) => {
		const given = { step: name, picker: 'asker@example.com', approvers: 'boss@example.com, asker@example.com', ...parameters };
		const run = await notion.run('license.pick', { parameters: given, items: [{}] });
		return { run, changes: jsons(run), forms: jsons(run, 1), mails: jsons(run, 2) };
	};

	test('lists the seats, then makes the request and its mail', async () => {
		const seatsRecord = record([seat('a'), seat('b')]);
		const { forms, changes } = await step('list', { seatsRecord });
		expect(changes).toEqual([]);
		expect(forms).toEqual([{ page: expect.stringContaining('2. b@example.com, b, Orphaned'), seats: 2 }]);

		const asked = await step('request', { seatsRecord, chosenSeats: ['2. b@example.com, b, Orphaned'] });
		expect(asked.changes).toEqual([expect.objectContaining({ kind: 'seat', state: 'held', userId: 'b', requestedBy: 'asker@example.com' })]);
		expect(asked.mails).toEqual([expect.objectContaining({ to: 'boss@example.com', isNoneLeft: false, seats: '1 seat' })]);
		expect(notion.sandbox.requests.all()).toEqual([]);
	});

	test('says on the page why nothing can be picked', async () => {
		expect((await step('list', { seatsRecord: '' })).forms).toEqual([{ page: expect.stringContaining('There is no report yet.'), seats: 0 }]);
		const gaps = await step('list', { seatsRecord: record([seat('a')], { whyNot: ['Page 2 failed.'] }) });
		expect(gaps.forms).toEqual([{ page: expect.stringContaining('Page 2 failed.'), seats: 0 }]);
	});

	test('asks for nothing where nothing was ticked', async () => {
		const { changes, mails } = await step('request', { seatsRecord: record([seat('a')]), chosenSeats: '' });
		expect([changes, mails]).toEqual([[], []]);
	});

	test.each<[string, IDataObject, RegExp]>([
		['a seat that was not shown', { chosenSeats: '9. x@example.com' }, /did not show: 9\. x@example\.com/],
		['no approver', { chosenSeats: '1. a@example.com, a, Orphaned', approvers: ' ' }, /Approvers is empty/],
		['an approver who is no address', { chosenSeats: '1. a@example.com, a, Orphaned', approvers: 'boss' }, /"?boss"?/],
	])('stops at %s', async (_what, parameters, expected) => {
		const { run } = await step('request', { seatsRecord: record([seat('a')]), ...parameters });
		expect(failureOf(run).message).toMatch(expected);
	});
});

describe('license.choose', () => {
	const notion = setUpNotion();
	const planned = (id: string): IDataObject => ({
		action: 'user.remove', reason: 'inactive', explanation: `${id} has left.`, impact: 1, planDigest: 'digest', target: { type: 'user', id },
	});
	const summary = { planDigest: 'digest', mayTakeAway: true };
	const choose = async (items: IDataObject[], plannedChanges: IDataObject[], rows: unknown[] = [row(1), row(2)]) =>
		await notion.run('license.choose', {
			items,
			parameters: { approvedRows: JSON.stringify(rows), plannedChanges: JSON.stringify(plannedChanges) },
		});

	test('gives the rows of approved people with their planned removal, and says why others stay', async () => {
		const changes = jsons(await choose([summary], [planned('u1'), planned('u3'), { ...planned('u2'), planDigest: 'other' }]));
		expect(changes).toEqual([
			expect.objectContaining({ id: 1, state: 'intended', impact: 1, details: expect.stringContaining('"planDigest":"digest"') }),
			expect.objectContaining({ id: 2, state: 'done', outcome: 'stays' }),
		]);
		expect(notion.sandbox.requests.all()).toEqual([]);
	});

	test('ends nothing where there is no plan', async () => {
		const changes = jsons(await choose([{ error: 'The token was rejected.' }], []));
		expect(changes).toEqual([1, 2].map((id) => expect.objectContaining({ id, state: 'refused', outcome: 'failed', reason: 'The token was rejected.' })));
	});

	test('stops at a row that cannot be read', async () => {
		const run = await choose([summary], [planned('u1')], [row(1), row(2, { state: 'perhaps' })]);
		expect(failureOf(run).message).toMatch(/"perhaps".*Nothing was done/);
	});
});

describe('license.results', () => {
	const notion = setUpNotion();

	test('sums up the mail, and raises an alert for what did not end', async () => {
		const items = [row(1, { state: 'done', outcome: 'done' }), row(2, { state: 'refused', outcome: 'held', reason: 'The limit.' })];
		const run = await notion.run('license.results', { items });
		expect(jsons(run)).toEqual([expect.objectContaining({ ended: '1 of 2 seats', open: 1, people: 'asker@example.com, boss@example.com' })]);
		expect(jsons(run, 1)).toEqual([
			expect.objectContaining({ key: 'license-removal: request 7', text: expect.stringContaining('u2@example.com: held. The limit.'), execution: expect.any(String) }),
		]);
	});

	test('has nothing to say about no row', async () => {
		const run = await notion.run('license.results', { items: [{}] });
		expect([jsons(run), jsons(run, 1)]).toEqual([[], []]);
	});
});

describe('license.overdue', () => {
	const notion = setUpNotion();

	test('ends what no one has answered, and passes over what waits', async () => {
		const iso = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
		const run = await notion.run('license.overdue', {
			items: [row(1, { state: 'held', dueAt: iso(-1) }), row(2, { state: 'held', dueAt: iso(1) }), row(3, { state: 'intended', impact: 1, updatedAt: iso(-3) })],
		});
		expect(jsons(run)).toEqual([
			expect.objectContaining({ id: 1, state: 'withdrawn', outcome: 'expired' }),
			expect.objectContaining({ id: 3, state: 'done', outcome: 'lost', impact: 1 }),
		]);
		expect(jsons(run, 1)).toEqual([expect.objectContaining({ key: 'license-removal: request 7' })]);
	});
});
