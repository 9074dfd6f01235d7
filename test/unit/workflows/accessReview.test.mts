import fc from 'fast-check';
import { readFileSync } from 'node:fs';

import { reviewRows as rowsTable } from '../../../workflows/access-review/tables.mts';

type Row = Record<string, unknown>;
type Settings = { fallbackReviewer: string; securityReviewer: string };

const FILES = ['reviewers', 'due', 'over', 'page', 'decide', 'revoke', 'evidence'];
const NAMES = [
	'reviewRows', 'whatIsDue', 'isOver', 'evidenceOf', 'reviewPage', 'decisionsOf', 'deedsOf', 'isFree', 'resultOf',
	'evidenceHtml', 'emailKey', 'changesOf', 'peopleByAddress', 'isSameWorkspace',
];
const text = [
	'canvas/code/emailKey.js',
	'canvas/code/sources/values.js',
	...FILES.map((file) => `workflows/access-review/code/${file}.js`),
]
	.map((file) => readFileSync(file, 'utf8'))
	.join('\n')
	// Two files of different nodes have a constant of this name.
	.replace(/^const DAY = .*$/gm, 'var DAY = 86400000;');
const functions: Record<string, (...values: unknown[]) => unknown> = new Function(
	`${text}\nreturn { ${NAMES.join(', ')} };`,
)();
const run = <Result,>(name: string, ...values: unknown[]): Result => {
	const found = functions[name];
	if (!found) throw new Error(`There is no function ${name}`);
	// What a Code node gives is plain data; each test says what it expects of it.
	return found(...values) as Result;
};

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 20, 8);
const ago = (days: number) => new Date(NOW - days * DAY).toISOString();
const settings: Settings = { fallbackReviewer: 'fall@x.example', securityReviewer: 'sec@x.example' };

const row = (fields: Row = {}): Row => ({
	userId: 'u1',
	email: 'ann@x.example',
	otherEmails: [],
	displayName: 'Ann',
	role: 'member',
	privileged: false,
	groupId: 'g1',
	group: 'Staff',
	groupOwner: null,
	managerEmail: 'mia@x.example',
	directoryStatus: 'active',
	rowDigest: 'digest',
	...fields,
});
const person = (email: string, managerEmail?: string, fields: Row = {}): Row => ({
	source: 's',
	sourceId: email,
	email,
	managerEmail,
	active: true,
	status: 'active',
	...fields,
});
const reviewed = (one: Row, persons: Row[], own = settings): Row => {
	const [found] = run<Row[]>('reviewRows', [one], persons, own, 'r1');
	if (!found) throw new Error('There is no row');
	return found;
};

describe('who reviews whom', () => {
	it.each<[string, Row, Row[], string, string]>([
		['the manager', {}, [person('Mia@X.example')], 'mia@x.example', 'manager'],
		['the manager of a manager who has left', {}, [person('mia@x.example', 'max@x.example', { active: false, status: 'inactive' }), person('max@x.example')], 'max@x.example', "manager's manager"],
		['the manager of a manager on leave', {}, [person('mia@x.example', 'max@x.example', { status: 'onLeave' }), person('max@x.example')], 'max@x.example', "manager's manager"],
		['the fallback for a manager who is not in the directory', {}, [], 'fall@x.example', 'fallback'],
		['the fallback without a manager', { managerEmail: null }, [], 'fall@x.example', 'fallback'],
		['the owner of the group without a manager', { managerEmail: null, groupOwner: 'own@x.example' }, [person('own@x.example')], 'own@x.example', 'owner of the group'],
		['not an owner of the group who has left', { managerEmail: null, groupOwner: 'own@x.example' }, [person('own@x.example', undefined, { active: false, status: 'inactive' })], 'fall@x.example', 'fallback'],
		['not the person, as their own manager', { managerEmail: 'ANN@x.example' }, [person('ann@x.example', 'ann@x.example')], 'fall@x.example', 'fallback'],
		['not the person under another address', { managerEmail: 'boss@x.example', otherEmails: ['boss@x.example'] }, [person('boss@x.example')], 'fall@x.example', 'fallback'],
		['not the person as an alias of the manager', {}, [person('mia@x.example', undefined, { secondaryEmails: 'a@x.example, ann@x.example' })], 'fall@x.example', 'fallback'],
		['the security reviewer for who is privileged', { privileged: true }, [person('mia@x.example')], 'sec@x.example', 'security reviewer'],
		['the fallback where the security reviewer is privileged', { privileged: true, email: 'sec@x.example' }, [], 'fall@x.example', 'fallback'],
		['the security reviewer where the fallback has no manager', { email: 'fall@x.example', managerEmail: null }, [], 'sec@x.example', 'security reviewer'],
		['the active one of two entries', {}, [person('mia@x.example', undefined, { active: false, status: 'inactive' }), person('mia@x.example')], 'mia@x.example', 'manager'],
	])('%s', (_case, fields, persons, reviewer, reviewerAs) => {
		expect(reviewed(row(fields), persons)).toMatchObject({ reviewer, reviewerAs, decision: '' });
	});

	it('says that there is nobody, and never asks the person', () => {
		const alone = { fallbackReviewer: 'ann@x.example', securityReviewer: 'ANN@x.example' };
		expect(reviewed(row(), [], alone)).toMatchObject({
			reviewer: '',
			decision: 'withoutReviewer',
			passedOver: expect.stringContaining('would review themselves'),
		});
	});

	const address = fc.constantFrom(...'abcdef'.split('').flatMap((name) => [`${name}@x.example`, `${name.toUpperCase()}@x.example`]));
	const persons = fc.array(
		fc.record({
			email: fc.option(address, { nil: undefined }),
			managerEmail: fc.option(address, { nil: undefined }),
			secondaryEmails: fc.option(address, { nil: undefined }),
			status: fc.constantFrom('active', 'inactive', 'onLeave', 'notStarted', 'suspended', 'unknown'),
		}).map((fields) => ({ ...fields, active: fields.status !== 'inactive' })),
		{ maxLength: 8 },
	);
	const rows = fc.array(
		fc.record({
			userId: fc.constantFrom('1', '2', '3', '4'),
			email: address,
			otherEmails: fc.array(address, { maxLength: 2 }),
			managerEmail: fc.option(address),
			groupOwner: fc.option(address),
			group: fc.option(fc.constantFrom('One', 'Two')),
			privileged: fc.boolean(),
		}).map((fields) => row(fields)),
		{ maxLength: 12 },
	);

	it('gives everybody exactly one reviewer, or lists them; and nobody to themselves, now or later', () => {
		fc.assert(
			fc.property(rows, persons, address, address, (population, directory, fallbackReviewer, securityReviewer) => {
				const found = run<Row[]>('reviewRows', population, directory, { fallbackReviewer, securityReviewer }, 'r1');
				expect(found).toHaveLength(population.length);
				found.forEach((one, index) => {
					const asked: { email: string }[] = JSON.parse(String(one['reviewers']));
					expect(one['reviewer'] === '').toBe(one['decision'] === 'withoutReviewer');
					expect(one['reviewer']).toBe(asked[0]?.email ?? '');
					expect(new Set(asked.map(({ email }) => email)).size).toBe(asked.length);
					const others = population[index]?.['otherEmails'];
					const own = [one['email'], ...(Array.isArray(others) ? others : [])].map((email) => run('emailKey', email));
					for (const { email } of asked) expect(own).not.toContain(run('emailKey', email));
				});
			}),
		);
	});

	it('gives rows with exactly the columns of the table, because they are stored as they are', () => {
		expect(Object.keys(reviewed(row(), [])).sort()).toEqual(Object.keys(rowsTable.columns).sort());
	});

	it('does not depend on the order of the directory', () => {
		fc.assert(
			fc.property(rows, fc.uniqueArray(address, { selector: (email) => email.toLowerCase() }), (population, addresses) => {
				const directory = addresses.map((email, index) => person(email, addresses[(index + 1) % addresses.length]));
				const one = run('reviewRows', population, directory, settings, 'r1');
				expect(run('reviewRows', population, [...directory].reverse(), settings, 'r1')).toEqual(one);
			}),
		);
	});
});

describe('what is due', () => {
	const review = { reviewId: 'r1', state: 'open', dueAt: new Date(NOW + 10 * DAY).toISOString() };
	const pace = { remindAfterDays: 4, escalateAfterDays: 9 };
	const asked = (id: number, fields: Row = {}): Row => ({
		id,
		userId: `u${id}`,
		reviewer: 'mia@x.example',
		reviewers: JSON.stringify([{ email: 'mia@x.example', as: 'manager' }, { email: 'fall@x.example', as: 'fallback' }]),
		step: 0,
		askedAt: '',
		decision: '',
		...fields,
	});
	const letter = (days: number, reviewer = 'mia@x.example') => ({ reviewer, sentAt: ago(days) });
	type Due = { changes: Row[]; letters: { reviewer: string; kind: string; rows: Row[] }[] };
	const due = (rows: Row[], letters: object[] = [], one: Row = review, persons?: Row[], isComplete = true) =>
		run<Due>('whatIsDue', one, rows, letters, pace, NOW, persons && { byAddress: run('peopleByAddress', persons), isComplete });
	const kinds = ({ letters }: Due) => letters.map(({ reviewer, kind, rows }) => `${reviewer} ${kind} ${rows.length}`);

	it('is one mail for all rows of a reviewer', () => {
		expect(kinds(due([asked(1), asked(2), asked(3, { decision: 'keep' })]))).toEqual(['mia@x.example first 2']);
	});

	it('is nothing on the day after, a reminder later, and each reminder once', () => {
		expect(due([asked(1, { askedAt: ago(1) })], [letter(1)])).toEqual({ changes: [], letters: [] });
		expect(kinds(due([asked(1, { askedAt: ago(4) })], [letter(4)]))).toEqual(['mia@x.example reminder 1']);
		expect(due([asked(1, { askedAt: ago(5) })], [letter(5), letter(1)]).letters).toEqual([]);
	});

	it('is a first mail again where the mail server did not take it', () => {
		expect(kinds(due([asked(1)], [{ reviewer: 'mia@x.example', sentAt: '' }]))).toEqual(['mia@x.example first 1']);
	});

	it('asks the next one, and stays with the last', () => {
		const escalated = due([asked(1, { askedAt: ago(9) })], [letter(9), letter(5)]);
		expect(escalated.changes).toMatchObject([{ id: 1, reviewer: 'fall@x.example', reviewerAs: 'fallback', step: 1, askedAt: '' }]);
		expect(kinds(escalated)).toEqual(['fall@x.example escalation 1']);
		const last = asked(1, { askedAt: ago(30), step: 1, reviewer: 'fall@x.example' });
		expect(due([last], [letter(1, 'fall@x.example')])).toEqual({ changes: [], letters: [] });
	});

	it.each<[string, number, number]>([
		['some seconds early', 4 - 0.0001, 9 - 0.0001],
		['an hour early, after the clocks went forward', 4 - 1 / 24, 9 - 1 / 24],
		['in the morning of the day, after a start in the evening', 4 - 0.45, 9 - 0.45],
	])('counts days where the schedule is %s', (_case, reminder, escalation) => {
		expect(kinds(due([asked(1, { askedAt: ago(reminder) })], [letter(reminder)]))).toEqual(['mia@x.example reminder 1']);
		expect(kinds(due([asked(1, { askedAt: ago(escalation) })], [letter(1)]))).toEqual(['fall@x.example escalation 1']);
	});

	it('goes on at once to the next who can answer where a reviewer has left meanwhile, and says why', () => {
		const three = JSON.stringify([
			{ email: 'mia@x.example', as: 'manager' },
			{ email: 'max@x.example', as: "manager's manager" },
			{ email: 'fall@x.example', as: 'fallback' },
		]);
		const one = asked(1, { reviewers: three, askedAt: ago(1), passedOver: '' });
		const left = { active: false, status: 'inactive' };

		expect(due([one], [letter(1)], review, [person('mia@x.example', undefined, left), person('max@x.example')])).toMatchObject({
			changes: [{ reviewer: 'max@x.example', step: 1, askedAt: '', passedOver: 'mia@x.example (manager) has left.' }],
			letters: [{ reviewer: 'max@x.example', kind: 'escalation' }],
		});
		expect(due([one], [letter(1)], review, [person('mia@x.example', undefined, left), person('max@x.example', undefined, { status: 'onLeave' })]).changes).toMatchObject([
			{ reviewer: 'fall@x.example', step: 2, passedOver: "mia@x.example (manager) has left. max@x.example (manager's manager) is on leave." },
		]);
		expect(due([one], [letter(1)], review, [person('max@x.example')]).changes).toMatchObject([{ reviewer: 'max@x.example', passedOver: expect.stringContaining('not in the directory any more') }]);
	});

	it.each<[string, Row[] | undefined, boolean]>([
		['no directory today', undefined, true],
		['a directory with gaps', [person('max@x.example')], false],
		['the manager still there', [person('mia@x.example')], true],
	])('asks nobody else because of %s', (_case, persons, isComplete) => {
		expect(due([asked(1, { askedAt: ago(1) })], [letter(1)], review, persons, isComplete)).toEqual({ changes: [], letters: [] });
	});

	it('asks nothing more about who is to be removed, and does not call it unanswered', () => {
		const rows = [asked(1, { decision: 'revokeAccess', userId: 'u' }), asked(2, { userId: 'u' })];
		expect(due(rows)).toMatchObject({ changes: [{ id: 2, decision: 'settled' }], letters: [] });
		expect(due(rows, [], { ...review, dueAt: ago(0) }).changes).toMatchObject([{ id: 2, decision: 'settled' }]);
	});

	it('stores one change for all rows that change alike', () => {
		const rows = [1, 2, 3].map((id) => asked(id, { askedAt: ago(9), passedOver: '' }));
		const other = asked(4, { askedAt: ago(9), passedOver: 'Somebody.' });
		const changes = run<{ rowIds: number[] }[]>('changesOf', due([...rows, other]).changes, [...rows, other]);
		expect(changes.map(({ rowIds }) => rowIds)).toEqual([[1, 2, 3], [4]]);
		expect(changes).toMatchObject([
			{ userIds: '%', stepWas: 0, askedAtWas: ago(9), passedOverWas: '', step: 1, reviewer: 'fall@x.example' },
			{ passedOverWas: 'Somebody.' },
		]);
	});

	it('is over at the end: not answered, nothing revoked, nobody mailed', () => {
		const over = due([asked(1, { askedAt: ago(20) }), asked(2, { decision: 'revokeAccess' })], [], { ...review, dueAt: ago(0) });
		expect(over).toMatchObject({ changes: [{ id: 1, decision: 'unanswered' }], letters: [] });
		expect(over.changes).toHaveLength(1);
	});

	it.each<[string, Row[], boolean]>([
		['not while a row is open', [{ decision: '' }], false],
		['with everything decided', [{ decision: 'keep' }, { decision: 'unanswered' }, { decision: 'revokeGroup', outcome: 'done' }], true],
		['not while a revocation is held', [{ decision: 'revokeGroup', outcome: 'held' }], false],
		['although one was refused: a person must act', [{ decision: 'revokeAccess', outcome: 'refused' }], true],
	])('closes a review %s', (_case, rows, expected) => {
		expect(run('isOver', review, rows, { finishWithinDays: 7 }, NOW)).toBe(expected);
	});

	it('closes a review with what could not be done once its patience is over', () => {
		const rows = [{ decision: 'revokeGroup', outcome: 'failed' }];
		expect(run('isOver', { ...review, dueAt: ago(7) }, rows, { finishWithinDays: 7 }, NOW)).toBe(true);
	});
});

describe('an answer', () => {
	const review = { state: 'open', dueAt: new Date(NOW + DAY).toISOString() };
	const open: Row = { id: 7, email: 'ann@x.example', otherEmails: 'boss@x.example', groupName: 'Staff', rowDigest: 'd7', reviewer: 'mia@x.example', reviewerAs: 'manager', decision: '' };
	type Decided = { accepted: Row[]; refused: string[] };
	const decide = (answer: Row, rows: Row[] = [open], one: Row = review, reviewer = 'mia@x.example') =>
		run<Decided>('decisionsOf', answer, { review: one, rows, reviewer, now: NOW });

	it('counts where it was asked for and shown', () => {
		expect(decide({ d7: 'revokeGroup', c7: ' why ', s7: 'd7', key: 'k' })).toEqual({
			accepted: [{ id: 7, decision: 'revokeGroup', comment: 'why', rowDigest: 'd7' }],
			refused: [],
		});
	});

	it.each<[string, Row, Row[], Row, string, RegExp]>([
		['after the end', { d7: 'keep', s7: 'd7' }, [open], { ...review, dueAt: ago(0) }, 'mia@x.example', /time for this review is over/],
		['of a closed review', { d7: 'keep', s7: 'd7' }, [open], { ...review, state: 'closed' }, 'mia@x.example', /time for this review is over/],
		['a second time', { d7: 'keep', s7: 'd7' }, [{ ...open, decision: 'revokeGroup', decidedBy: 'mia@x.example' }], review, 'mia@x.example', /decided already by mia/],
		['of somebody else', { d7: 'keep', s7: 'd7' }, [open], review, 'max@x.example', /not yours/],
		['about an unknown row', { d8: 'keep', s8: 'd7' }, [open], review, 'mia@x.example', /not yours/],
		['about oneself', { d7: 'keep', s7: 'd7' }, [{ ...open, reviewer: 'ann@x.example' }], review, 'ANN@x.example', /nobody decides about themselves/],
		['about oneself under another address', { d7: 'keep', s7: 'd7' }, [{ ...open, reviewer: 'boss@x.example' }], review, 'boss@x.example', /nobody decides about themselves/],
		['about something else than shown', { d7: 'keep', s7: 'd8' }, [open], review, 'mia@x.example', /is not what is on record/],
		['without what was shown', { d7: 'keep' }, [open], review, 'mia@x.example', /is not what is on record/],
		['that there is not', { d7: 'unanswered', s7: 'd7' }, [open], review, 'mia@x.example', /cannot be decided here/],
		['of a form that nobody made', { d7: ['keep', 'revokeAccess'], s7: 'd7' }, [open], review, 'mia@x.example', /cannot be decided here/],
		['to remove somebody, by the owner of a group', { d7: 'revokeAccess', s7: 'd7' }, [{ ...open, reviewerAs: 'owner of the group' }], review, 'mia@x.example', /cannot be decided here/],
		['to take somebody out of no group', { d7: 'revokeGroup', s7: 'd7' }, [{ ...open, groupName: '' }], review, 'mia@x.example', /cannot be decided here/],
	])('does not count %s', (_case, answer, rows, one, reviewer, why) => {
		const { accepted, refused } = decide(answer, rows, one, reviewer);
		expect(accepted).toEqual([]);
		expect(refused).toEqual([expect.stringMatching(why)]);
	});

	it('never counts for a row that is not the reader’s, whatever is sent', () => {
		const key = fc.constantFrom('d7', 'c7', 's7', 'd8', 'key', '__proto__', 'constructor');
		const value = fc.oneof(fc.constantFrom('keep', 'revokeGroup', 'revokeAccess', 'd7', ''), fc.anything());
		fc.assert(
			fc.property(fc.dictionary(key, value), (answer) => {
				expect(decide(answer, [{ ...open, reviewer: 'max@x.example' }]).accepted).toEqual([]);
			}),
		);
	});
});

describe('the evidence', () => {
	const before = (id: number, decision: string, fields: Row = {}): Row => ({
		id, userId: `u${id}`, email: `p${id}@x.example`, groupId: 'g', groupName: 'G', decision, ...fields,
	});
	const evidence = (rows: Row[], after: Row[]) =>
		run<Row>('evidenceOf', {
			review: { reviewId: 'r1', population: '{"population":true}' },
			rows,
			letters: [],
			after: [...after, { population: true, members: 1 }],
			now: NOW,
			workflow: 'w',
			execution: '1',
		});

	it('believes the second snapshot more than what the node said', () => {
		const rows = [before(1, 'revokeGroup', { outcome: 'done' }), before(2, 'revokeAccess', { outcome: 'done' })];
		const still = [{ userId: 'u1', groupId: 'g' }, { userId: 'u2', groupId: 'other' }];
		expect(evidence(rows, still)).toMatchObject({ totals: { revoked: 2, carriedOut: 0, notCarriedOut: 2 } });
		expect(evidence(rows, [{ userId: 'u1', groupId: null }])).toMatchObject({ totals: { carriedOut: 2, notCarriedOut: 0 } });
	});

	it('tells access that came or went without a decision', () => {
		const rows = [
			before(1, 'keep'),
			before(2, 'keep'),
			before(3, 'revokeAccess'),
			before(3, 'keep', { id: 4, userId: 'u3', groupId: 'h' }),
		];
		expect(evidence(rows, [{ userId: 'u1', groupId: 'g' }, { userId: 'u1', groupId: 'new', email: 'p1@x.example', group: 'New' }])).toMatchObject({
			newSince: [{ email: 'p1@x.example', group: 'New' }],
			goneOtherwise: [{ email: 'p2@x.example', group: 'G', decision: 'keep' }],
		});
	});

	it('says what a role became, and how many rows are missing', () => {
		const [one] = [evidence([before(1, 'keep', { role: 'member' })], [{ userId: 'u1', groupId: 'g', role: 'owner' }])];
		expect(one).toMatchObject({ roleChanged: [{ email: 'p1@x.example', was: 'member', is: 'owner' }], totals: { missing: 0 } });
		const whole = run<Row>('evidenceOf', {
			review: { reviewId: 'r1', population: '{"population":true,"rows":3}' },
			rows: [before(1, 'keep')], letters: [], after: [], now: NOW, workflow: 'w', execution: '1',
		});
		expect(whole).toMatchObject({ totals: { missing: 2 } });
		expect(run('evidenceHtml', whole, { digest: '' })).toContain('NOT WHOLE: 2 rows');
	});

	it.each<[string, string, string[], boolean]>([
		['of the same workspace', 'w1', [], true],
		['with another token, and the same people', 'w2', ['u1', 'u2'], true],
		['of another workspace that one of them is in, too', 'w2', ['u1'], false],
		['of another workspace', 'w2', ['v1', 'v2', 'v3'], false],
	])('knows a second snapshot %s', (_case, workspace, users, expected) => {
		const rows = [before(1, 'keep'), before(2, 'unanswered'), before(3, 'revokeAccess')];
		const after = [...users.map((userId) => ({ userId })), { population: true, workspace }];
		expect(run('isSameWorkspace', { population: '{"workspace":"w1"}' }, rows, after)).toBe(expected);
	});

	it('does not depend on the order in which a table gives its rows', () => {
		const rows = [before(1, 'keep'), before(2, 'unanswered'), before(3, 'revokeGroup')];
		expect(JSON.stringify(evidence([...rows].reverse(), []))).toBe(JSON.stringify(evidence(rows, [])));
	});
});

describe('the pages', () => {
	const evil = '"><script>alert(1)</script>{{ $json.x }}\'`';
	it.each(['displayName', 'email', 'title', 'department', 'groupName', 'teamspace', 'sensitivity', 'directoryNote', 'role', 'privilegedBecause', 'rowDigest', 'comment', 'decidedBy'])(
		'cannot be injected by %s',
		(field) => {
			const rows = [
				{ id: 1, userId: 'u', email: 'a', decision: '', groupName: 'g', directoryStatus: 'inactive', [field]: evil },
				{ id: 2, userId: 'u', email: 'a', decision: 'keep', decidedBy: 'x', [field]: evil },
			];
			const review = { state: 'open', dueAt: new Date(NOW + DAY).toISOString() };
			const html = run<string>('reviewPage', { review, rows, key: evil, reviewer: evil, now: NOW, notices: [evil] });
			expect(html).not.toMatch(/<script|\{\{|"'`/);
			const evidence = {
				totals: {}, entries: rows, newSince: rows, goneOtherwise: rows, roleChanged: rows, letters: [{ reviewer: evil }],
				before: { sources: [{ source: evil }], notVisible: [evil], groupsWithoutMeaning: [evil] }, after: null, reviewId: evil,
			};
			expect(run<string>('evidenceHtml', evidence, { digest: evil })).not.toMatch(/<script|\{\{/);
		},
	);

	it('show nobody once the review is closed', () => {
		const rows = [{ id: 1, userId: 'u', email: 'ann@x.example', decision: 'keep', comment: 'secret' }];
		const html = run<string>('reviewPage', { review: { state: 'closed' }, rows, key: 'k', reviewer: 'r', now: NOW });
		expect(html).toContain('This review is closed');
		expect(html).not.toMatch(/ann@x|secret/);
	});

	it('ask nothing more about who is to be removed, and keep the order', () => {
		const review = { state: 'open', dueAt: new Date(NOW + DAY).toISOString() };
		const rows = [
			{ id: 3, userId: 'w', email: 'w@x.example', decision: '', groupName: 'Third' },
			{ id: 1, userId: 'u', email: 'u@x.example', decision: 'revokeAccess', groupName: 'One' },
			{ id: 2, userId: 'v', email: 'v@x.example', decision: '', groupName: 'Second' },
			{ id: 4, userId: 'u', email: 'u@x.example', decision: '', groupName: 'Other' },
		];
		const html = run<string>('reviewPage', { review, rows, key: 'k', reviewer: 'r', now: NOW });
		expect([...html.matchAll(/name="d(\d+)"/g)].map(([, id]) => id)).toEqual(expect.arrayContaining(['2', '3']));
		expect(html).not.toContain('name="d4"');
		expect(html.indexOf('name="d2"')).toBeLessThan(html.indexOf('name="d3"'));
	});

	it('show no more rows than a form may have fields', () => {
		const rows = Array.from({ length: 450 }, (_, id) => ({ id, userId: `u${id}`, email: 'a', decision: '', groupName: 'g' }));
		const review = { state: 'open', dueAt: new Date(NOW + DAY).toISOString() };
		const html = run<string>('reviewPage', { review, rows, key: 'k', reviewer: 'r', now: NOW });
		expect(html.match(/ name="/g)?.length).toBeLessThan(1_300);
		expect(new Set([...html.matchAll(/<input[^>]* name="([^"]+)"/g)].map(([, name]) => name)).size).toBeLessThan(1_000);
		expect(html).toContain('250 more rows appear once these are decided');
	});
});

describe('what a person has to know', () => {
	const trouble = readFileSync('workflows/access-review/code/trouble.js', 'utf8');
	/** Alarms, where these nodes have run with these items. */
	const alarms = (nodes: Record<string, Row[]>): string[] => {
		const node = (name: string) => {
			const items = nodes[name]?.map((json) => ({ json }));
			return { isExecuted: items !== undefined, all: () => items ?? [], first: () => items?.[0] };
		};
		const found: { json: { alarm: { key: string; text: string } } }[] = new Function('$', trouble)(node);
		return found.map(({ json: { alarm } }) => `${alarm.key}: ${alarm.text}`);
	};
	const quiet = { 'What was done': [] };

	it('is nothing on a day on which all went well', () => {
		expect(alarms({ ...quiet, Due: [{ changes: [] }], Statement: [{ missing: 0 }], 'To close': [] })).toEqual([]);
	});

	it.each<[string, Record<string, Row[]>, RegExp]>([
		['that a directory without managers leaves nearly everything to the fallback', { 'Who reviews whom': [{ reviewerAs: 'fallback' }, { reviewerAs: 'fallback' }, { reviewerAs: 'manager' }] }, /^access review: managers missing: For 2 of 3 rows/],
		['how many rows were not decided', { Due: [{ changes: [{ decision: 'unanswered', reviewer: 'mia@x.example', rowIds: [1, 2, 3] }] }] }, /not answered: .*3 rows were not decided.*mia@x/],
		['who is still there when a review closes', { 'To close': [{ stillThere: [{ email: 'ann@x.example', group: 'Staff', note: 'Not allowed.' }] }], 'What was done': [{ id: 1, outcome: 'held', email: 'ann@x.example' }] }, /closed: The review is closed.*ann@x\.example in Staff \(Not allowed\.\)\. Nobody tries them again/],
		['that the last reviewer has left', { Due: [{ changes: [], letters: [{ reviewer: 'fall@x.example', gone: 'has left' }, { reviewer: 'mia@x.example' }] }] }, /reviewer gone: .*: fall@x\.example has left\. See/],
		['that rows are missing', { Statement: [{ missing: 2 }] }, /rows missing: 2 rows of the first snapshot/],
		['that the second snapshot is of another workspace', { Statement: [{ notClosed: true, isOther: true }], 'Second snapshot': [] }, /not closed: .*of another workspace than the first/],
		['that a reviewer did not get what was put on record', { 'Mail of receipt': [{ to: 'mia@x.example' }], 'Send receipt': [{ error: 'down' }] }, /receipt: mia@x\.example could not be mailed.*down/],
	])('is %s', (_case, nodes, expected) => {
		expect(alarms({ ...quiet, ...nodes })).toEqual([expect.stringMatching(expected)]);
	});
});

describe('revocations', () => {
	const decided = (id: number, fields: Row = {}): Row => ({
		id, reviewId: 'r1', userId: 'u1', email: 'ann@x.example', groupId: `g${id}`, groupName: `G${id}`,
		decision: 'revokeGroup', outcome: '', decidedBy: 'mia@x.example', ...fields,
	});
	type Deed = { action: string; rowIds: number[]; groupId: string; wasBegun: boolean };
	const all = () => true;

	it('are one for each group, and one for a person who is removed altogether', () => {
		const deeds = run<Deed[]>('deedsOf', [decided(1), decided(2), decided(3, { userId: 'u2', decision: 'revokeAccess' }), decided(4, { userId: 'u2' }), decided(5, { decision: 'keep' })], all);
		expect(deeds).toMatchObject([
			{ action: 'group.removeMembers', groupId: 'g1', rowIds: [1] },
			{ action: 'group.removeMembers', groupId: 'g2', rowIds: [2] },
			{ action: 'user.remove', groupId: '', rowIds: [3, 4] },
		]);
	});

	it('are not done again, and what was begun is', () => {
		const deeds = run<Deed[]>('deedsOf', [decided(1, { outcome: 'done' }), decided(2, { outcome: 'unchanged' }), decided(3, { outcome: 'intended' }), decided(4, { outcome: 'held' })], all);
		expect(deeds.map(({ rowIds, wasBegun }) => [rowIds, wasBegun])).toEqual([[[3], true], [[4], false]]);
	});

	it('never come from anything but a decision to revoke', () => {
		fc.assert(
			fc.property(
				fc.array(fc.record({ decision: fc.constantFrom('', 'keep', 'unanswered', 'withoutReviewer', undefined, null), outcome: fc.string() })),
				(rows) => expect(run('deedsOf', rows.map((fields, id) => decided(id, fields)), all)).toEqual([]),
			),
		);
	});

	it.each<[string, Row | undefined, Row | undefined, boolean, Row]>([
		['done', { outcome: 'removed', verified: true }, undefined, false, { outcome: 'done', verified: true, impact: 1 }],
		['so already', { outcome: 'unchanged' }, undefined, false, { outcome: 'unchanged', verified: true, impact: 0 }],
		['done by an execution that died', { outcome: 'alreadyGone', verified: true }, undefined, true, { outcome: 'done', impact: 1 }],
		['held', undefined, { kind: 'limitReached', message: 'm' }, false, { outcome: 'held', impact: 0, verified: false }],
		['refused', undefined, { kind: 'protectedPerson', message: 'm' }, false, { outcome: 'refused', impact: 0 }],
		['not seen', undefined, { kind: 'notVerified', message: 'm' }, false, { outcome: 'notVerified', impact: 1 }],
		['failed, and may have been done', undefined, { kind: 'network', message: 'm' }, false, { outcome: 'failed', impact: 1 }],
		['of a group that is gone', undefined, { kind: 'notFound', message: 'm' }, false, { outcome: 'unchanged', impact: 0 }],
	])('are put on record as %s', (_case, result, failure, wasBegun, expected) => {
		expect(run('resultOf', { wasBegun }, result, failure)).toMatchObject(expected);
	});

	it('of an execution that may still be at work are left to it', () => {
		expect(run('isFree', { decidedAt: ago(0), outcome: '' }, NOW)).toBe(false);
		expect(run('isFree', { decidedAt: ago(1), intendedAt: ago(0), outcome: 'intended' }, NOW)).toBe(false);
		expect(run('isFree', { decidedAt: ago(1), intendedAt: ago(1), outcome: 'intended' }, NOW)).toBe(true);
		expect(run('isFree', { decidedAt: ago(0), outcome: 'held' }, NOW)).toBe(true);
	});
});
