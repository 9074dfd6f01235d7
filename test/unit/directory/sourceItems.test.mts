import { readSourceItems } from '../../../lib/directory/person/sourceItems.ts';

const NOW = Date.parse('2026-03-01T09:00:00Z');
const person = { source: 'entra', sourceId: '1' };
const manifest = { manifest: true, source: 'entra', complete: true };

describe('what a directory source gave', () => {
	test('is passed on as it is', () => {
		expect(readSourceItems([{ json: person }, { json: manifest }], NOW)).toEqual([person, manifest]);
	});

	test.each<[string, Array<{ json: Record<string, unknown>; error?: unknown }>, string]>([
		['failed', [{ json: { error: 'The key was rejected.' } }], 'The key was rejected.'],
		['failed with an error of its own', [{ json: {}, error: { message: 'The key was rejected.' } }], 'The key was rejected.'],
		['failed with an object', [{ json: { error: { message: 'The key was rejected.' } } }], 'The key was rejected.'],
		['failed and gave no reason', [{ json: { error: {} } }], 'The reason is not known.'],
		['failed after it gave something', [{ json: person }, { json: manifest }, { json: { error: 'The key was rejected.' } }], 'The key was rejected.'],
		['gave nothing', [{ json: {} }], 'It gave nothing.'],
		['gave no item', [], 'It gave nothing.'],
	])('is an incomplete reading where it %s', (_what, items, why) => {
		expect(readSourceItems(items, NOW).at(-1)).toMatchObject({
			manifest: true, complete: false, count: 0, readAt: '2026-03-01T09:00:00.000Z', explanation: `It could not be asked. ${why}`,
		});
	});

	test('keeps the people that came before the failure', () => {
		expect(readSourceItems([{ json: person }, { json: { error: 'No.' } }], NOW)[0]).toEqual(person);
	});
});
