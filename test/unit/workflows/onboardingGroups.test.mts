import { readFileSync } from 'node:fs';

const code = readFileSync('workflows/onboarding/code/outcome.js', 'utf8');

/** What the code node makes of one hire who is created and joins groups, as n8n hands the items to it. */
const outcomeOf = (wanted: string[], joined: string[]): { outcome: string; groupsMissing: string[] } => {
	const event = { kind: 'hired', door: 'hris', rowId: 0 };
	const decision = { act: 'create', groups: wanted, kept: [], email: 'ada@example.com', employeeId: '7', event };
	const record = { json: { record: { id: 'r1' }, decision } };
	const items = [
		{ json: { outcome: 'created', id: 'u1', role: 'member' } },
		...joined.map((displayName) => ({ json: { outcome: 'updated', group: { id: 'g', displayName } } })),
	];
	const run = new Function('$', '$input', 'tryAgain', 'forPerson', 'emailKey', code);
	const after = () => ({ outcome: 'failed', row: undefined, alarm: undefined });
	const [result] = run(
		() => ({ all: () => [record], itemMatching: () => record }),
		{ all: () => items },
		after,
		after,
		String,
	);
	return result.json;
};

describe('a hire who joins groups', () => {
	it.each([
		['Cafe\u0301', 'Caf\u00e9'],
		['Eng  Team', 'Eng Team'],
		['Eng\u00a0Team ', 'Eng Team'],
	])('is done where %j is kept as %j', (wanted, kept) => {
		expect(outcomeOf([wanted], [kept])).toMatchObject({ outcome: 'created', groupsMissing: [] });
	});

	it('is not done where a group is another one', () => {
		expect(outcomeOf(['Sales', 'Eng'], ['Eng', 'sales'])).toMatchObject({ groupsMissing: ['Sales'] });
	});
});
