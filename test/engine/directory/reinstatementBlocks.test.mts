import { setUpNotion } from '../support/notionTest.mts';
import { directory, planning } from './planning.mts';

describe('the rule Reinstatement Blocks of a plan', () => {
	const notion = setUpNotion();
	const plan = planning(notion);
	const people = directory([{ id: '1', email: 'new@example.com', displayName: 'New Person' }]);
	const inAnHour = new Date(Date.now() + 3_600_000).toISOString();

	const guardWith = async (blocks: string) => (await plan(people, { blocks: blocks })).changes[0]?.['guard'];

	test.each([
		['an array', `[{"email": "NEW@example.com", "until": "${inAnHour}", "why": "Locked out today"}]`],
		['one row of a table', '{"email": "new@example.com", "userId": "", "until": null, "why": "Locked out today."}'],
	])('keeps a person out who is in %s, and says why', async (_form, blocks) => {
		expect(await guardWith(blocks)).toBe('blocked: Locked out today.');
	});

	test.each([
		['no one', '[]'],
		['no row of a table', '[{}]'],
		['another person', '[{"email": "other@example.com", "why": "Locked out."}]'],
		['a person until yesterday', '[{"email": "new@example.com", "until": "2026-01-01T00:00:00Z", "why": "Then."}]'],
	])('lets everyone in where there is %s in it', async (_who, blocks) => {
		expect(await guardWith(blocks)).toBe('ok');
	});

	test.each([
		['[{"why": "Locked out."}]', 'Entry 0 of Reinstatement Blocks cannot be read: entry has neither email nor userId'],
		['[{"email": "new@example.com"}]', 'Entry 0 of Reinstatement Blocks cannot be read: why'],
		['[{"email": "new@example.com", "until": "soon", "why": "Then."}]', 'Entry 0 of Reinstatement Blocks cannot be read: until is not an instant'],
		['{"error": "table gone"}', 'Entry 0 of Reinstatement Blocks cannot be read'],
		['={{ $json.nope }}', 'Reinstatement Blocks is empty, although an expression should return it'],
	])('makes no plan where it is %s', async (blocks, words) => {
		await expect(plan(people, { blocks: blocks })).rejects.toThrow(words);
	});
});
