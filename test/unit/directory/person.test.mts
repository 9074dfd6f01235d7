import { parseDirectory } from '../../../lib/directory/person/person.ts';

const ada = { source: 'entra', sourceId: 'a-1', active: true, email: 'ada@example.com' };
const manifest = {
	manifest: true,
	source: 'entra',
	readAt: '2026-03-01T08:00:00Z',
	pages: 3,
	count: 1,
	complete: true,
	groupsComplete: true,
	attributesRead: ['email'],
};

test('persons and the manifest behind them are told apart', () => {
	const { persons, manifests, unreadable } = parseDirectory([ada, manifest]);
	expect(persons.map(({ sourceId }) => sourceId)).toEqual(['a-1']);
	expect(manifests).toEqual([
		{
			source: 'entra',
			readAt: '2026-03-01T08:00:00Z',
			pages: 3,
			count: 1,
			complete: true,
			groupsComplete: true,
			attributesRead: ['email'],
			explanation: undefined,
		},
	]);
	expect(unreadable).toEqual([]);
});

test('what is not said is taken neither for yes nor for empty', () => {
	const [person] = parseDirectory([{ ...ada, department: '  ', displayName: null }]).persons;
	expect(person).toMatchObject({
		status: 'active',
		attributes: { email: 'ada@example.com' },
		groups: undefined,
		inScope: true,
		startAt: undefined,
		kind: 'person',
	});
	expect(Object.keys(person?.attributes ?? {})).toEqual(['email']);
});

test('numbers that a spreadsheet made of ids are the ids', () => {
	const [person] = parseDirectory([{ ...ada, sourceId: 17, employeeNumber: 4711 }]).persons;
	expect(person).toMatchObject({ sourceId: '17', attributes: { employeeNumber: '4711' } });
});

test('groups come as an array or as a text with commas, each once', () => {
	const groupsOf = (groups: unknown): unknown => parseDirectory([{ ...ada, groups }]).persons[0]?.groups;
	expect(groupsOf(['Design', ' Design ', '', 'Ops'])).toEqual(['Design', 'Ops']);
	expect(groupsOf('Design, Ops,')).toEqual(['Design', 'Ops']);
	expect(groupsOf([])).toEqual([]);
	expect(groupsOf(undefined)).toBeUndefined();
});

test('a start is an instant, whatever zone it is written in', () => {
	const [person] = parseDirectory([{ ...ada, startAt: '2026-03-01T09:00:00+13:00' }]).persons;
	expect(person?.startAt).toBe(Date.UTC(2026, 1, 28, 20));
});

test('a last day is a date of the calendar', () => {
	const endDateOf = (endDate: unknown): unknown => parseDirectory([{ ...ada, endDate }]).persons[0]?.endDate;
	expect(endDateOf(' 2028-02-29 ')).toBe('2028-02-29');
	expect(endDateOf('')).toBeUndefined();
	expect(endDateOf(null)).toBeUndefined();
});

test.each([
	['without an id', { source: 'entra', active: true }, 'sourceId'],
	['without a yes or no', { source: 'entra', sourceId: 'a-1', active: 'true' }, 'active'],
	['with an unknown status', { ...ada, status: 'retired' }, 'status'],
	['with a start that is no instant', { ...ada, startAt: 'soon' }, 'startAt'],
	['with a last day that no month has', { ...ada, endDate: '2026-02-29' }, 'endDate'],
	['with a last day that is no date', { ...ada, endDate: '1.3.2026' }, 'endDate'],
	['of a source whose name no memory keeps', { ...ada, source: '__proto__' }, 'no name for a source'],
	['that is no object', 'ada@example.com', 'person'],
	['whose manifest has no count', { ...manifest, count: undefined }, 'count'],
])('an item %s is listed, and is no one', (_what, item, named) => {
	const { persons, manifests, unreadable } = parseDirectory([item]);
	expect([persons, manifests]).toEqual([[], []]);
	expect(unreadable).toEqual([expect.stringContaining(named)]);
	expect(unreadable[0]).toContain('Item 0');
});
