import { usedCode } from '../../../canvas/usedCode.mts';
import { ADDRESSES, scriptIn } from '../../../canvas/workflow.mts';

const read = (...files: string[]) =>
	[...ADDRESSES, ...files.map((file) => `workflows/offboarding-lockdown/code/${file}.js`)].map(scriptIn);
function loaded(name: string, ...files: string[]): unknown {
	return new Function(usedCode([...read('links', ...files), `return ${name};`]))();
}
const outcomeOf = loaded('outcomeOf', 'outcome');
const isHeldNoMore = loaded('isHeldNoMore', 'outcome');
const historyOf = loaded('historyOf', 'history');
const usedByOthers = loaded('usedByOthers', 'history');
const sourceOf = loaded('sourceOf');
const identified = loaded('identified');
const decisionOn = loaded('decisionOn', 'release');
const listPage = loaded('listPage', 'release');

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
	['conflict', 'failed', 0, 'waiting', false],
	['rateLimited', 'failed', 0, 'waiting', false],
	['refused', 'refused', 0, 'needsPerson', true],
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
		record: { person: record.person, removedAt: '2026-03-10T00:05:00.000Z' },
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

it.each([
	['unknown', { id: 'u-1' }, 1],
	['notRemoved', { id: 'u-1' }, 0],
	['unknown', null, 0],
])('counts a failure whose record says "%s" of %j with %s', (verified, found, impact) => {
	const failure = { kind: 'network', message: 'Why.', record: { verified, person: found } };
	expect(call(outcomeOf, { person, failure, rows: [], settings, now: NOW })).toMatchObject({
		audit: { outcome: 'failed', impact },
	});
});

describe('a removal that an earlier try had made without seeing it', () => {
	const alreadyGone = {
		outcome: 'alreadyGone',
		verified: true,
		record: { person: null, groups: null, verified: true, verifiedAt: '2026-03-10T00:05:00.000Z' },
	};
	const attempt = { id: 2, removedAt: '2026-03-10T00:00:00.000Z', record };
	const outcome = (
		more: Record<string, unknown>,
		result: object = alreadyGone,
		rows: object[] = [],
	) => call(outcomeOf, { person: { ...person, ...more }, result, rows, settings, now: NOW });

	it('is completed: mail, looks and reminders, and no alarm', () => {
		expect(outcome({ attempt }, alreadyGone, [{ id: 5 }])).toMatchObject({
			outcome: 'removed',
			audit: {
				outcome: 'removed',
				verified: true,
				impact: 0,
				removedAt: attempt.removedAt,
				needsPerson: false,
			},
			rows: [
				{ values: { kind: 'watch', dueAt: '2026-03-10T00:05:00.000Z' } },
				{ values: { kind: 'watch', dueAt: '2026-03-10T01:00:00.000Z' } },
				{ values: { kind: 'watch', dueAt: '2026-03-11T00:00:00.000Z' } },
				{ values: { kind: 'remind', dueAt: '2026-03-24T00:00:00.000Z' } },
				{ values: { kind: 'remind', dueAt: '2026-04-04T00:00:00.000Z' } },
				{ id: 5, values: { state: 'done' } },
			],
			mail: {
				subject: expect.stringContaining('until 2026-04-09'),
				text: expect.stringContaining('Engineering'),
			},
			alarm: undefined,
		});
	});

	it('is said to be taken for removed where nobody has ever seen them', () => {
		expect(outcome({ attempt: { ...attempt, record: {} } })).toMatchObject({
			audit: { outcome: 'removed' },
			mail: expect.anything(),
			alarm: { text: expect.stringContaining('taken for removed') },
		});
	});

	it('is left to another execution that is at work, and looked at when that has ended', () => {
		expect(outcome({ isUnderWay: true })).toMatchObject({
			outcome: 'alreadyGone',
			rows: [{ values: { kind: 'leave', state: 'waiting', dueAt: '2026-03-10T00:21:00.000Z' } }],
			mail: undefined,
		});
	});

	it('ends the rows of executions that died', () => {
		const dead = [{ id: 2, email: 'ada@example.com', impact: 1, outcome: 'intended' }];
		expect(outcome({ dead }, removed)).toMatchObject({
			dead: [
				{ id: 2, audit: { outcome: 'failed', impact: 1, error: expect.stringContaining('3') } },
			],
		});
	});
});

describe('what has become of somebody so far', () => {
	const row = (outcome: string, more: Record<string, unknown> = {}) => ({
		id: 1,
		outcome,
		impact: 1,
		createdAt: '2026-03-09T23:00:00.000Z',
		...more,
	});
	const history = (...rows: object[]) => call(historyOf, rows, NOW);

	it.each([
		['notVerified', 1],
		['intended', 1],
		['failed', 1],
	])('may have removed them: %s', (outcome, impact) => {
		expect(history(row(outcome, { impact, record: JSON.stringify(record) }))).toMatchObject({
			attempt: { id: 1, removedAt: '2026-03-09T23:00:00.000Z', record },
		});
		expect(history(row(outcome), row('removed', { id: 2 }))).not.toHaveProperty('attempt');
		expect(history(row(outcome), row('stays', { id: 2 }))).not.toHaveProperty('attempt');
	});

	it.each([row('failed', { impact: 0 }), row('held'), row('refused', { impact: 0 })])(
		'has certainly not removed them: $outcome',
		(one) => {
			expect(history(one)).not.toHaveProperty('attempt');
		},
	);

	it('tells an execution that is at work from one that died', () => {
		const young = row('intended', { createdAt: '2026-03-10T00:01:00.000Z' });
		expect(history(young)).toMatchObject({ isUnderWay: true, dead: [] });
		expect(history(young)).not.toHaveProperty('attempt');
		expect(history(row('intended'))).toMatchObject({ isUnderWay: false, dead: [{ id: 1 }] });
	});
});

it('counts each of the others once, and nothing for earlier tries of the same person', () => {
	const rows = [
		{ source: 'bamboohr', employeeId: '8', impact: 1 },
		{ source: 'bamboohr', employeeId: '8', impact: 1 },
		{ source: 'bamboohr', employeeId: '9', impact: 1 },
		{ source: 'bamboohr', employeeId: '7', impact: 1 },
	];
	expect(call(usedByOthers, rows, person)).toBe(2);
});

describe('who is on the list of the form', () => {
	const run = (row: object, more: Record<string, unknown> = {}) => {
		const nodes: Record<string, object[]> = {
			'Write intention': [{ id: 9 }],
			'Read usage': [],
			'Read history': [{ id: 1, source: 'bamboohr', createdAt: '2026-03-01T00:00:00Z', ...row }],
			'To remove': [{ ...person, eventId: 'e-1', ...more }],
			Settings: [{ removalLimit: 0 }],
		};
		const items = (name: string) => (nodes[name] ?? []).map((json) => ({ json }));
		const $ = (name: string) => ({ all: () => items(name), first: () => items(name)[0] });
		const node: unknown = new Function('$', '$execution', usedCode(read('links', 'history', 'toLockOut')));
		return call(node, $, { id: '1' });
	};
	const held = { outcome: 'held', needsPerson: true, employeeId: '7' };
	const stopped = { alreadyUsed: 1, removalLimit: 1 };

	it('is held again, whatever else is free', () => {
		expect(run(held)).toMatchObject([{ json: { isHeld: true, ...stopped } }]);
		expect(run({ ...held, needsPerson: false })).toMatchObject([{ json: { isHeld: false } }]);
		expect(run({ ...held, employeeId: '', email: 'Ada@example.com' })).toMatchObject([
			{ json: { isHeld: true } },
		]);
		expect(run({ ...held, employeeId: '07' })).toMatchObject([{ json: { isHeld: false } }]);
	});

	it.each([
		[{ ...held, record: JSON.stringify({ person: { id: 'u-1' } }) }, 'report'],
		[{ ...held, outcome: 'removed' }, 'report'],
		[{ ...held, record: JSON.stringify({ person: null }) }, 'fail'],
	])('may have been removed by hand, if Notion has ever had them: %#', (row, ifNobody) => {
		expect(run(row)).toMatchObject([{ json: { ifNobody } }]);
	});

	it('is let past it by a person', () => {
		expect(run(held, { kind: 'release' })).toMatchObject([
			{ json: { isHeld: false, alreadyUsed: 0, removalLimit: 1 } },
		]);
	});

	it('comes back to it at night after a "No", but not with a new event of the HRIS', () => {
		const declined = { ...held, outcome: 'declined', needsPerson: false };
		expect(run(declined, { eventId: 'nightly:1' })).toMatchObject([
			{ json: { isHeld: false, ...stopped } },
		]);
		expect(run(declined)).toMatchObject([{ json: { alreadyUsed: 0, removalLimit: 0 } }]);
	});

	it.each([
		['stays', 'changed', true],
		['nothing', 'changed', true],
		['schedule', 'changed', true],
		['removed', 'left', true],
		['alreadyGone', 'left', true],
		['refused', 'left', true],
		['ask', 'release', true],
		['ask', 'changed', false],
		['held', 'left', false],
		['failed', 'release', false],
		['notVerified', 'release', false],
		['unread', 'release', false],
		['lookAgain', 'release', false],
	])('%s of "%s" takes from it: %s', (result, kind, isTaken) => {
		expect(call(isHeldNoMore, result, kind)).toBe(isTaken);
	});
});

describe('the name of the HRIS', () => {
	it.each([
		[{ door: 'HrisWebhook', source: 'whatever the sender says' }, 'hibob'],
		[{ door: 'HrisEvents', source: 'standardWebhooks' }, 'hibob'],
		[{ door: 'HrisEvents', source: 'headerToken' }, 'hibob'],
		[{ door: 'HrisEvents', source: 'bamboohr' }, 'bamboohr'],
		[{ door: 'WhenCalled', source: 'personio' }, 'personio'],
	])('is before it was read: %j', (event, source) => {
		expect(call(sourceOf, event, { source: 'hibob' })).toBe(source);
	});

	it('is then what the HRIS says, as is the ID of an employee who was named by address only', () => {
		const record = { found: true, source: 'hibob', sourceId: '7' };
		const event = { source: 'other', employeeId: '', email: 'ada@example.com' };
		expect(call(identified, event, [record], [record])).toMatchObject({
			source: 'hibob',
			employeeId: '7',
		});
		expect(call(identified, event, [record], [record, { ...record, sourceId: '8' }])).toMatchObject(
			{ source: 'hibob', employeeId: '' },
		);
		expect(call(identified, event, [{ found: false, source: 'hibob' }], [])).toMatchObject({
			source: 'hibob',
		});
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
			decision: 'declined',
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
