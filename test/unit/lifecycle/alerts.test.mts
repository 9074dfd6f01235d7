import type { AlertGroup } from '../../../lib/lifecycle/alerts.ts';
import { alertsToTell, groupAlerts, newestOf, rangeOf, readAlerts, toldRange } from '../../../lib/lifecycle/alerts.ts';

const NOW = Date.parse('2026-02-03T10:00:00Z');
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

/** A row as a Data Table node gives it. */
const row = (id: number, key: string, values: object = {}) => ({
	id,
	createdAt: ago(0.5),
	updatedAt: ago(0.5),
	key,
	text: `Text ${id}`,
	state: 'open',
	workflow: 'W',
	workflowId: 'w1',
	execution: '7',
	toldAt: '',
	told: 0,
	acknowledgedAt: null,
	acknowledgedBy: null,
	...values,
});

const told = (minutes: number, values: object = {}) => ({ createdAt: ago(600), toldAt: ago(minutes), told: 1, ...values });
const tell = (rows: object[], stored: number[] = []) => alertsToTell(readAlerts(rows), { stored, now: NOW });
const keys = (groups: readonly AlertGroup[]) => groups.map(({ key }) => key);

describe('what the clock mails', () => {
	it.each([
		['was never told', {}, true],
		['was told 29 minutes ago', told(29), false],
		['was told half an hour ago', told(30), true],
		['was told an hour ago', told(60), true],
		['is a note that was never told', { state: 'note' }, true],
		['is a note that was told', told(500, { state: 'note' }), false],
		['is acknowledged', { state: 'acknowledged' }, false],
		['has a state that no one knows', { state: 'opne' }, true],
		['has an instant that no one can read', { toldAt: 'yesterday' }, true],
	])('an alert that %s: %s', (_case, values, expected) => {
		expect(keys(tell([row(1, 'a', values)]))).toEqual(expected ? ['a'] : []);
	});

	it('passes over what is no row', () => {
		expect(tell([{}, { key: 'a' }])).toEqual([]);
	});
});

describe('what an execution mails that has raised alerts', () => {
	it('its own alerts where their key is new, all keys in one mail', () => {
		expect(keys(tell([row(1, 'a'), row(2, 'b'), row(3, 'a')], [1, 2, 3]))).toEqual(['a', 'b']);
	});

	it('nothing where another execution has stored the first of the key', () => {
		expect(tell([row(1, 'a'), row(2, 'a')], [2])).toEqual([]);
	});

	it('exactly one of many that raise one key at once', () => {
		const rows = Array.from({ length: 500 }, (_, index) => row(index + 1, 'held'));
		const mailing = rows.filter(({ id }) => tell(rows, [id]).length > 0);
		expect(mailing.map(({ id }) => id)).toEqual([1]);
	});

	it('nothing where the key is open and was told: that comes with the reminder', () => {
		expect(tell([row(1, 'a', told(50)), row(2, 'a')], [2])).toEqual([]);
	});

	it('a note, while an alert of the same key is open', () => {
		expect(tell([row(1, 'a', told(50)), row(2, 'a', { state: 'note' })], [2])).toMatchObject([{ state: 'note' }]);
	});

	it('what was left behind, if it mails anything', () => {
		const behind = row(1, 'behind', { createdAt: ago(3) });
		expect(keys(tell([behind, row(2, 'other'), row(3, 'mine')], [3]))).toEqual(['behind', 'mine']);
		expect(keys(tell([row(2, 'other'), behind], [4]))).toEqual([]);
	});

	it('again what was left behind under its own key', () => {
		expect(tell([row(1, 'a', { createdAt: ago(3) }), row(2, 'a')], [2])).toMatchObject([{ key: 'a', rows: [{ id: 1 }, { id: 2 }] }]);
	});

	it('everything new where many keys are new at once, if it stored the first of them, and nothing otherwise', () => {
		const rows = Array.from({ length: 6 }, (_, index) => row(index + 1, `key ${index + 1}`));
		expect(keys(tell(rows, [1]))).toEqual(['key 1', 'key 2', 'key 3', 'key 4', 'key 5', 'key 6']);
		expect(tell(rows, [6])).toEqual([]);
		expect(keys(tell(rows.slice(1), [6]))).toEqual(['key 6']);
	});

	it('nothing after five mails within ten minutes', () => {
		const mails = [1, 2, 3, 4, 5].map((id) => row(id, `key ${id}`, told(id)));
		const many = mails.map((one) => ({ ...one, id: one.id + 10, key: `${one.key}, too` }));
		expect(tell([...mails, row(6, 'mine')], [6])).toEqual([]);
		expect(keys(tell([...mails.slice(1), ...many.slice(1), row(30, 'mine')], [30]))).toEqual(['mine']);
		expect(keys(tell([...mails.slice(1), row(7, 'earlier', told(11)), row(30, 'mine')], [30]))).toEqual(['mine']);
	});
});

describe('one line for a key', () => {
	const rows = [
		row(4, 'a', { text: 'Ada.', execution: '3', toldAt: ago(70) }),
		row(2, 'a', { text: 'Kenji.', execution: '2', createdAt: ago(90) }),
		row(1, 'a', { text: 'Ada.', execution: '1', createdAt: ago(100), toldAt: ago(90), told: 2 }),
		row(3, 'b'),
	];

	it('counts, says since when, and has each text once, the newest first', () => {
		const [a, b] = groupAlerts(readAlerts(rows));
		expect(a).toMatchObject({
			key: 'a',
			since: NOW - 100 * 60_000,
			toldAt: NOW - 70 * 60_000,
			rows: [{ id: 1 }, { id: 2 }, { id: 4 }],
			texts: [
				{ text: 'Ada.', execution: '3' },
				{ text: 'Kenji.', execution: '2' },
			],
		});
		expect(b?.key).toBe('b');
	});

	it('is marked as told from its first to its last row, and no later one', () => {
		const [a] = groupAlerts(readAlerts(rows));
		expect(a && toldRange(a, NOW)).toEqual({ key: 'a', state: 'open', from: 1, to: 4, toldAt: '2026-02-03T10:00:00.000Z', told: 3 });
	});

	it('is acknowledged as far as its texts were shown', () => {
		const [a] = groupAlerts(readAlerts(rows));
		const shown = (most: number) => a && rangeOf(newestOf(a, most));
		expect(shown(2)).toMatchObject({ from: 1, to: 4 });
		// "Kenji." in row 2 was not shown, and so neither is the older "Ada." before it taken for seen.
		expect(shown(1)).toMatchObject({ from: 4, to: 4 });
	});
});
