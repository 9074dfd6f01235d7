import type { Directory, Person } from '../../../lib/directory/person/person.ts';
import type { Memory } from '../../../lib/directory/plan/policy.ts';
import { policyDigestOf, signPlan } from '../../../lib/directory/plan/signPlan.ts';
import { planSignerOf } from '../../../lib/directory/plan/planSigner.ts';
import type { Case } from './planKit.mts';
import {
	HOUR,
	directory,
	group,
	guards,
	inShort,
	link,
	manifest,
	memory,
	NOW,
	person,
	planned,
	policy,
	READ_AT,
	theChange,
	user,
} from './planKit.mts';

const left = person('ada', { status: 'inactive' });
const staff = Array.from({ length: 20 }, (_, index) =>
	person(`p${index}`, { groups: ['Eng'], attributes: { displayName: `P${index}`, department: 'R&D' } }),
);
const users = [
	user('ada'),
	...staff.map((_, index) =>
		user(`p${index}`, { attributes: { displayName: `P${index}`, department: 'R&D' } }),
	),
];
const persons = [left, ...staff];
const before = (settings: Partial<Memory['sources'][string]> = {}): Memory =>
	memory({
		sources: {
			entra: {
				readAt: '2026-03-01T09:00:00.000Z',
				count: 21,
				filled: { email: 21, department: 20, groups: 20, active: 20, inScope: 21 },
				...settings,
			},
		},
	});

const hoursAgo = (hours: number) => new Date(NOW - hours * HOUR).toISOString();

describe('people and groups lose something only on a reading that is known to be whole', () => {
	const withoutOf = (part: (one: Person) => Person): Person[] => persons.map(part);
	const cases: Array<[string, Directory, Memory, string]> = [
		['no manifest', { persons, manifests: [], unreadable: [] }, memory(), 'its manifest, is missing'],
		[
			'an incomplete one',
			directory(persons, { complete: false, explanation: 'Page 3 failed.' }),
			memory(),
			'Page 3 failed.',
		],
		[
			'an item that cannot be read',
			{ ...directory(persons), unreadable: ['Item 7 is no person.'] },
			memory(),
			'Item 7 is no person.',
		],
		[
			'another count',
			directory(persons, { count: 250 }),
			memory(),
			'says that it gave 250 people, but 21 arrived',
		],
		[
			'two manifests of a source',
			{ persons, manifests: [manifest(persons), manifest(persons)], unreadable: [] },
			memory(),
			'gave two manifests',
		],
		[
			'people of a source without manifest',
			{ ...directory(persons), persons: [...persons, person('x', { source: 'okta' })] },
			memory(),
			'The source okta gave people',
		],
		[
			'an empty source besides',
			{ ...directory(persons), manifests: [manifest(persons), manifest([], { source: 'okta' })] },
			memory(),
			'The source okta listed no one',
		],
		[
			'an entry that is listed twice',
			directory([...persons, person('p1')]),
			memory(),
			'lists entra p1 more than once',
		],
		['a source that shrank', directory(persons), before({ count: 23 }), 'has 21 people where it had 23'],
		[
			'a source that is missing',
			directory(persons),
			memory({ sources: { ...before().sources, okta: { readAt: READ_AT, count: 5, filled: {} } } }),
			'The source okta, which earlier plans knew, gave nothing',
		],
		[
			'a list that is older than the last one',
			directory(persons),
			before({ readAt: '2026-03-02T08:59:30.000Z' }),
			'Read it again.',
		],
		[
			'the list that the last plan saw',
			directory(persons),
			before({ readAt: READ_AT }),
			'an earlier plan has seen one that is as new',
		],
		[
			'a list of the day before yesterday',
			directory(persons, { readAt: hoursAgo(25) }),
			memory(),
			'more than 24 hours ago',
		],
		[
			'no department for anybody',
			directory(withoutOf((one) => ({ ...one, attributes: { email: one.attributes.email ?? '' } }))),
			before(),
			'had department',
		],
		[
			'no groups for anybody',
			directory(withoutOf((one) => ({ ...one, groups: [] }))),
			before(),
			'had groups',
		],
		[
			'hardly anybody in scope',
			directory(withoutOf((one) => (one.sourceId === 'ada' ? one : { ...one, inScope: false }))),
			before(),
			'had inScope',
		],
	];

	it.each(cases)('not with %s', (_, listed, known, words) => {
		const plan = planned({ directory: listed, users, context: { memory: known } });
		const change = theChange(plan, 'user.remove');
		expect(change.guard).toContain('blocked: ');
		expect(change.guard).toContain(words);
		expect(plan.summary.mayTakeAway).toBe(false);
		expect(plan.summary.whyNot.join(' ')).toContain(words);
		expect(plan.summary.memory.sources).toEqual(
			Object.keys(known.sources).length === 0 && words.includes('okta listed no one')
				? { entra: expect.objectContaining({ count: 21 }) }
				: known.sources,
		);
	});

	it('which may be a day old, and no older', () => {
		const removalAfter = (hours: number) =>
			inShort(planned({ directory: directory(persons, { readAt: hoursAgo(hours) }), users }));
		expect(removalAfter(24)).toEqual(['user.remove ada@example.com: ok']);
		expect(removalAfter(24.01)).toEqual(['user.remove ada@example.com: blocked']);
	});

	it('and a clock that was ahead once does not block the readings after it', () => {
		const ahead = planned({ directory: directory(persons, { readAt: '2027-01-01T00:00:00Z' }), users });
		expect(ahead.summary.memory.sources['entra']?.readAt).toBe(new Date(NOW).toISOString());
		const next = planned({
			directory: directory(persons, { readAt: hoursAgo(-1) }),
			users,
			context: { memory: ahead.summary.memory, now: NOW + HOUR },
		});
		expect(next.summary.whyNot).toEqual([]);
	});

	it('not from an empty directory, which says nothing about anybody', () => {
		const policy = { onUnlisted: 'remove' } as const;
		const absentSince = Object.fromEntries(users.map(({ id }) => [id, '2026-02-01T00:00:00.000Z']));
		const plan = planned({ persons: [], users, policy, context: { memory: memory({ absentSince }) } });
		expect(plan.summary.actions).toEqual({});
		expect(plan.summary.memory.absentSince).toEqual(absentSince);
	});

	it('but with a good one, which the next plan is compared with', () => {
		const plan = planned({ persons, users, context: { memory: before({ count: 22 }) } });
		expect(inShort(plan)).toEqual(['user.remove ada@example.com: ok']);
		expect(plan.summary).toMatchObject({ mayTakeAway: true, whyNot: [] });
		expect(plan.summary.memory.sources['entra']).toMatchObject({
			readAt: READ_AT,
			count: 21,
			filled: { department: 20, groups: 20, active: 20, inScope: 21, displayName: 21 },
		});
	});

	it('but where the shrinking was allowed for one run', () => {
		const plan = planned({
			persons: [left, person('p0')],
			users,
			policy: { maxSourceShrink: 1 },
			context: { memory: before() },
		});
		expect(inShort(plan)).toContain('user.remove ada@example.com: ok');
		expect(plan.summary.memory.sources['entra']?.count).toBe(2);
	});

	it('not with a share that is not a number', () => {
		const plan = planned({
			persons,
			users,
			policy: { maxSourceShrink: Number.NaN },
			context: { memory: before() },
		});
		expect(theChange(plan, 'user.remove').guard).toContain('blocked');
	});
});

describe('many who turn at once', () => {
	const crowd = Array.from({ length: 100 }, (_, index) => person(`c${index}`, { groups: ['Eng'] }));
	const filled = { active: 100, inScope: 100, groups: 100 };
	const known = memory({ sources: { entra: { readAt: hoursAgo(24), count: 100, filled } } });
	/** The reasons why nothing is removed, where so many of the crowd are like that. */
	const doubts = (count: number, change: Partial<Person>, settings: Case = {}) =>
		planned({
			persons: crowd.map((one, index) => (index < count ? { ...one, ...change } : one)),
			context: { memory: known },
			...settings,
		}).summary.whyNot;

	it.each<[string, Partial<Person>]>([
		['active', { active: false, status: 'inactive' }],
		['in scope', { inScope: false }],
		['in groups', { groups: [] }],
	])('are a doubt where more than a quarter are not %s any more', (words, change) => {
		expect(doubts(25, change)).toEqual([]);
		expect(doubts(26, change)).toEqual([
			`Of the people of entra, 100 were ${words}, and suddenly only 74 are. If that is right, set Max Source Shrink to 100 for one run.`,
		]);
		expect(doubts(26, change, { policy: { maxSourceShrink: 1 } })).toEqual([]);
	});

	it('are none where they are ten of a small company', () => {
		const small = { active: 20, inScope: 20, groups: 20 };
		const context = {
			memory: memory({ sources: { entra: { readAt: hoursAgo(24), count: 20, filled: small } } }),
		};
		const left = { active: false, status: 'inactive' } as const;
		const persons = (count: number) =>
			crowd.slice(0, 20).map((one, index) => (index < count ? { ...one, ...left } : one));
		expect(doubts(0, {}, { persons: persons(10), context })).toEqual([]);
		expect(doubts(0, {}, { persons: persons(11), context })).toHaveLength(1);
	});
});

describe('one person who is not listed any more', () => {
	it.each([
		[1, 'user.remove ada@example.com: ok'],
		[2, 'user.remove ada@example.com: blocked'],
	])('is no doubt, however small the company is: %d', (missing, change) => {
		const few = [left, person('p0'), person('p1')];
		const known = before({ count: few.length + missing, filled: {} });
		expect(inShort(planned({ persons: few, users, context: { memory: known } }))).toContain(change);
	});
});

describe('a memory that is lost', () => {
	const links = { people: [link('p0')], groups: [] };
	const lost = { links, memory: memory() };

	it('removes nothing where links show that the source was read before', () => {
		const plan = planned({ persons, users, context: lost });
		expect(inShort(plan)).toEqual(['user.remove ada@example.com: blocked']);
		expect(theChange(plan, 'user.remove').guard).toContain('People of entra are linked already');
		expect(plan.summary.mayTakeAway).toBe(false);
	});

	it('is made good by the next plan', () => {
		const first = planned({ persons, users, context: lost });
		expect(first.summary.memory.sources['entra']).toMatchObject({ count: 21, readAt: READ_AT });
		const next = planned({
			directory: directory(persons, { readAt: hoursAgo(-1) }),
			users,
			context: { links, memory: first.summary.memory, now: NOW + HOUR },
		});
		expect(inShort(next)).toEqual(['user.remove ada@example.com: ok']);
	});

	it('is not made good by a list that is not complete', () => {
		const listed = directory(persons, { complete: false });
		const plan = planned({ directory: listed, users, context: lost });
		expect(plan.summary.memory.sources).toEqual({});
	});

	it('is none on the first run, nor in a plan about one person', () => {
		const first = planned({ persons, users, context: { memory: memory() } });
		expect(inShort(first)).toEqual(['user.remove ada@example.com: ok']);
		const about = planned({ persons, users, context: lost, policy: { only: 'ada@example.com' } });
		expect(inShort(about)).toEqual(['user.remove ada@example.com: ok']);
	});
});

describe('the credential', () => {
	const settings: Case = {
		persons: [left, person('p0', { attributes: { displayName: 'New' } }), person('zoe')],
		users: [user('ada'), user('p0')],
	};

	it.each([
		[
			'readOnly',
			[
				'user.update p0@example.com: blocked',
				'user.create zoe@example.com: blocked',
				'user.remove ada@example.com: blocked',
			],
		],
		[
			'noRemovals',
			[
				'user.update p0@example.com: ok',
				'user.create zoe@example.com: ok',
				'user.remove ada@example.com: blocked',
			],
		],
		[
			'full',
			[
				'user.update p0@example.com: ok',
				'user.create zoe@example.com: ok',
				'user.remove ada@example.com: ok',
			],
		],
	] as const)('with the access %s allows', (access, changes) => {
		expect(inShort(planned({ ...settings, policy: { guards: guards({ access }) } }))).toEqual(changes);
	});
});

describe('the removal limit', () => {
	const leavers = ['a', 'b', 'c', 'd'].map((name) => person(name, { status: 'inactive' }));
	const settings: Case = {
		persons: [...leavers, person('eng')],
		users: [...['a', 'b', 'c', 'd'].map((name) => user(name)), user('eng')],
		groups: [group('Old', ['eng'])],
		context: { links: { people: [], groups: [{ name: 'Old', groupId: 'g-Old' }] } },
	};
	const removals = (plan: ReturnType<typeof planned>) =>
		inShort(plan).filter((change) => change.includes('user.remove') || change.includes('removeMembers'));

	it('lets leavers go first, in the order of their addresses; the rest waits', () => {
		const plan = planned({
			...settings,
			policy: { managedGroups: ['Old'], removalLimit: 4, alreadyUsed: { removals: 1, creations: 0 } },
		});
		expect(removals(plan)).toEqual([
			'group.removeMembers eng@example.com Old: blocked',
			'user.remove a@example.com: ok',
			'user.remove b@example.com: ok',
			'user.remove c@example.com: ok',
			'user.remove d@example.com: blocked',
		]);
		expect(plan.summary).toMatchObject({ impact: 3, removalLimit: 4, alreadyUsed: 1 });
		expect(
			plan.entries.find(({ target }) => target.type === 'user' && target.email === 'd@example.com')
				?.guard,
		).toContain('blocked: limit of 4 removals in a day is reached');
	});

	it('is min(10, max(2, 2 % of the members)) where nothing is set', () => {
		expect(planned({ ...settings, policy: { removalLimit: undefined } }).summary).toMatchObject({
			removalLimit: 2,
			impact: 2,
		});
	});

	it('lets nothing pass where what was used cannot be read', () => {
		const plan = planned({
			...settings,
			persons: [...(settings.persons ?? []), person('zoe')],
			policy: { alreadyUsed: undefined },
		});
		expect(plan.summary.actions).toEqual({});
		expect(plan.summary.alreadyUsed).toBeNull();
		expect(plan.summary.blocked).toEqual({ 'user.create': 1, 'user.remove': 4 });
	});

	it('lets a group be deleted only as a whole', () => {
		const persons = [...['a', 'b', 'c', 'd'].map((name) => person(name)), person('eng')];
		const groups = [group('Old', ['eng', 'a', 'b'])];
		const absentSince = { 'g-Old': hoursAgo(25) };
		const context = { ...settings.context, memory: memory({ absentSince }) };
		const policy = { managedGroups: ['Old'], deleteUnlistedGroups: true };
		const planWith = (removalLimit: number) =>
			planned({ ...settings, persons, groups, context, policy: { ...policy, removalLimit } });
		expect(theChange(planWith(2), 'group.delete').guard).toBe(
			'blocked: limit of 2 removals in a day is less than this change alone needs (3). If it is right, raise Removal Limit for one run.',
		);
		expect(theChange(planWith(3), 'group.delete').guard).toBe('ok');
	});
});

describe('a signed plan', () => {
	const signer = planSignerOf('https://scim.example', 'a made-up value');
	const digestOf = (settings: Parameters<typeof policy>[0] = {}) => policyDigestOf(policy(settings));
	const plan = planned({ persons: [left, person('zoe')], users: [user('ada')] });

	it('has the same digest and day on every change, and expires after a day', () => {
		const { items, summary } = signPlan(plan, signer, digestOf(), NOW);
		expect(new Set(items.map(({ planDigest }) => planDigest))).toEqual(new Set([summary.planDigest]));
		expect(items.every((item) => signer.isGenuine(item))).toBe(true);
		expect(Date.parse(summary.expiresAt) - Date.parse(summary.plannedAt)).toBe(24 * HOUR);
		expect(items.map(({ action }) => action)).toEqual(plan.entries.map(({ action }) => action));
	});

	it('survives being stored as JSON', () => {
		const { items } = signPlan(plan, signer, digestOf(), NOW);
		const stored: typeof items = JSON.parse(JSON.stringify(items));
		expect(stored.every((item) => signer.isGenuine(item))).toBe(true);
	});

	it('is another one with other guards, in whatever order they are written', () => {
		const guarded = (settings: Parameters<typeof guards>[0]) => digestOf({ guards: guards(settings) });
		expect(guarded({ ownedDomains: new Set(['a.test', 'b.test']) })).toBe(
			guarded({ ownedDomains: new Set(['b.test', 'a.test']) }),
		);
		const digests = [
			digestOf(),
			digestOf({ allowPrivileged: true }),
			digestOf({ allowExternalMember: true }),
			guarded({ access: 'noRemovals' }),
			guarded({ protectedEmails: new Set(['ada@example.com']) }),
			guarded({ tokenCreatorEmail: undefined }),
			guarded({ ownedDomains: new Set() }),
		];
		expect(new Set(digests).size).toBe(digests.length);
	});
});
