import { readFileSync } from 'node:fs';

const read = (...names: string[]) =>
	names
		.map((name) => readFileSync(`workflows/offboarding-lockdown/code/${name}.js`, 'utf8'))
		.join('\n');
const outcomeOf: unknown = new Function(`${read('links', 'outcome')}\nreturn outcomeOf;`)();
const decisionOn: unknown = new Function(`${read('links', 'release')}\nreturn decisionOn;`)();
const listPage: unknown = new Function(`${read('links', 'release')}\nreturn listPage;`)();

function call(code: unknown, ...given: unknown[]): unknown {
	if (typeof code !== 'function') throw new Error('The code has no such function');
	return code(...given);
}

const NOW = Date.parse('2026-03-10T00:05:00Z');
const settings = {
	verifyWithinMinutes: 15,
	fallbackManagerEmail: 'it@example.com',
	reminderDays: [14, 25],
};
const person = {
	claimKey: 'key',
	id: 3,
	source: 'bamboohr',
	employeeId: '7',
	companyId: '',
	kind: 'left',
	label: 'Ada (bamboohr 7)',
	email: 'ada@example.com',
	displayName: 'Ada',
	managerEmail: 'grace@example.com',
	userId: 'u-1',
	effectiveAt: '2026-03-10T00:00:00.000Z',
	effectiveDate: '2026-03-09',
	timeZone: 'UTC',
	knownAt: '2026-03-01T00:00:00.000Z',
};
const record = {
	person: { id: 'u-1', email: 'ada@example.com', displayName: 'Ada' },
	groups: [{ id: 'g', displayName: 'Engineering' }],
	removedAt: '2026-03-10T00:05:00.000Z',
	verifiedAt: '2026-03-10T00:05:01.000Z',
	verified: true,
	watchAt: ['2026-03-10T00:10:00.000Z'],
	transferUntil: '2026-04-09T00:05:00.000Z',
};
const removed = { outcome: 'removed', verified: true, record };

it('notes after a removal who is watched and when the manager is told again', () => {
	expect(
		call(outcomeOf, { person, result: removed, rows: [{ id: 5 }], settings, now: NOW }),
	).toMatchObject({
		audit: { outcome: 'removed', verified: true, impact: 1, needsPerson: false },
		rows: [
			{ values: { kind: 'watch', dueAt: '2026-03-10T00:10:00.000Z', userId: 'u-1' } },
			{ values: { kind: 'remind', dueAt: '2026-03-24T00:05:00.000Z' } },
			{ values: { kind: 'remind', dueAt: '2026-04-04T00:05:00.000Z' } },
			{ id: 5, values: { state: 'done' } },
		],
		mail: {
			toEmail: 'grace@example.com',
			subject: expect.stringContaining('until 2026-04-09'),
			text: expect.stringContaining('Engineering'),
		},
		alarm: undefined,
	});
});

it('tells nobody of their own removal', () => {
	const own = { ...person, managerEmail: 'ADA@example.com' };
	expect(
		call(outcomeOf, { person: own, result: removed, rows: [], settings, now: NOW }),
	).toMatchObject({
		mail: { toEmail: 'it@example.com' },
	});
});

it('raises an alarm where it took longer than promised, counted from when it was known', () => {
	const late = { ...removed, record: { ...record, verifiedAt: '2026-03-10T00:16:00.000Z' } };
	expect(call(outcomeOf, { person, result: late, rows: [], settings, now: NOW })).toMatchObject({
		alarm: { key: 'offboarding: late', text: expect.stringContaining('16 minutes') },
	});
	const knownLater = { ...person, knownAt: '2026-03-10T00:10:00.000Z' };
	expect(
		call(outcomeOf, { person: knownLater, result: late, rows: [], settings, now: NOW }),
	).toMatchObject({
		alarm: undefined,
	});
});

it.each([
	['limitReached', 'held', 0, 'needsPerson', true],
	['protectedPerson', 'refused', 0, 'needsPerson', true],
	['notFound', 'refused', 0, 'needsPerson', true],
	['ambiguous', 'refused', 0, 'needsPerson', true],
	['accessDenied', 'refused', 0, 'needsPerson', true],
	['notVerified', 'notVerified', 1, 'waiting', true],
	['network', 'failed', 0, 'waiting', false],
	['tokenRejected', 'failed', 0, 'waiting', false],
	['serverError', 'failed', 0, 'waiting', false],
])('a failure "%s" is %s', (kind, outcome, impact, state, needsPerson) => {
	const failure = { kind, message: 'Why.' };
	expect(call(outcomeOf, { person, failure, rows: [{ id: 5 }], settings, now: NOW })).toMatchObject(
		{
			audit: { outcome, impact, needsPerson, verified: false, error: 'Why.' },
			rows: [{ id: 5, values: { state } }],
			mail: undefined,
			alarm: { text: expect.stringContaining('Ada') },
		},
	);
});

it('counts a removal that was sent although its answer was lost, and looks again', () => {
	const failure = {
		kind: 'serverError',
		message: 'Why.',
		record: { removedAt: '2026-03-10T00:05:00.000Z' },
	};
	expect(call(outcomeOf, { person, failure, rows: [], settings, now: NOW })).toMatchObject({
		audit: { outcome: 'failed', impact: 1 },
		rows: [
			{
				values: { kind: 'leave', state: 'waiting', dueAt: '2026-03-10T00:10:00.000Z', attempts: 1 },
			},
		],
	});
});

describe('the release', () => {
	const held = [
		{
			id: 1,
			source: 'bamboohr',
			employeeId: '7',
			companyId: '',
			email: 'ada@example.com',
			requestedBy: 'sam@example.com',
		},
		{
			id: 2,
			source: 'bamboohr',
			employeeId: '8',
			companyId: '',
			email: 'bob@example.com',
			requestedBy: 'bamboohr, left',
		},
	];
	const decide = (form: Record<string, unknown>, rows: object[] = held, now = NOW) =>
		call(
			decisionOn,
			{ decider: 'boss@example.com', isRight: 'Yes, lock all of them out', ...form },
			rows,
			now,
		);
	const shown = (rows: object[] = held): Record<string, unknown> => ({
		code: Object(decide({}, rows)).code,
	});

	it('needs the code of the list, which somebody has seen', () => {
		expect(decide({})).toMatchObject({ decision: 'show', people: held });
		expect(decide(shown())).toMatchObject({ decision: 'approved', people: held });
		expect(decide({ ...shown(), isRight: 'No, release nobody' })).toMatchObject({
			decision: 'refused',
		});
		expect(decide({ code: 'ABC-1234567' })).toMatchObject({ decision: 'show' });
	});

	it('needs the same list, within the hour', () => {
		const { code } = shown();
		expect(
			decide({ code }, [...held, { id: 3, source: 'bamboohr', employeeId: '9' }]),
		).toMatchObject({ decision: 'show' });
		expect(decide({ code }, held, NOW + 60 * 60_000)).toMatchObject({ decision: 'approved' });
		expect(decide({ code }, held, NOW + 61 * 60_000)).toMatchObject({ decision: 'show' });
		expect(decide({ code }, held, NOW - 60_000)).toMatchObject({ decision: 'show' });
	});

	it.each(['ada@example.com', ' ADA@Example.com ', 'sam@example.com', '', 'nobody'])(
		'is not for "%s"',
		(decider) => {
			expect(decide({ ...shown(), decider })).toMatchObject({ decision: 'refused' });
		},
	);

	it('shows names as text', () => {
		const people = [{ displayName: '<script>alert(1)</script>', email: 'a@b.example' }];
		expect(call(listPage, { sentence: '', code: 'C', people })).not.toContain('<script>');
	});
});
