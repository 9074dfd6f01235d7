import { failureOf, jsons, setUpNotion } from '../support/notionTest.mts';

const iso = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const row = (id: number, more: object) => ({
	id,
	kind: 'leave',
	state: 'scheduled',
	dueAt: iso(-5),
	createdAt: iso(-60),
	updatedAt: iso(-60),
	...more,
});

describe('lifecycle.due', () => {
	const notion = setUpNotion();

	test('gives rows with what they are taken by, and only two columns of one that cannot be read', async () => {
		const updatedAt = iso(-60);
		const run = await notion.run('lifecycle.due', {
			items: [row(1, { updatedAt }), row(2, { dueAt: iso(5) }), row(3, { kind: 'promote' }), {}],
		});
		const [changes, alerts] = [jsons(run), jsons(run, 1)];
		expect(changes).toEqual([
			expect.objectContaining({ id: 1, state: 'received', updatedAt, kind: 'leave', details: '' }),
			{ id: 3, state: 'needsPerson', reason: expect.stringContaining('"promote"'), updatedAt: expect.any(String) },
		]);
		expect(alerts).toEqual([{ key: 'journal: row 3', text: expect.stringContaining('"promote"'), note: false }]);
		expect(notion.sandbox.requests.all()).toEqual([]);
	});

	test('stops at a number that is none', async () => {
		const run = await notion.run('lifecycle.due', { parameters: { rowsAtOnce: 'all' }, items: [{}] });
		expect(failureOf(run).message).toMatch(/Rows at Once/);
	});
});
