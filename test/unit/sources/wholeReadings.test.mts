import { type Answers, type Item, readWithoutHost } from './readWithoutHost.mts';

/** An organisation that every vendor can tell of: its people, and by name of group the ids of its members. */
interface Organisation {
	people: Array<Item & { id: string }>;
	groups: Array<[name: string, members: string[]]>;
	/** Whose members cannot be read. */
	broken?: string;
}

const indexed = (groups: Organisation['groups']) => groups.map(([name], index) => ({ id: String(index), name }));

/** How each vendor lists it, everything on one page. */
const VENDORS: Record<string, { settings: Item; answers: (organisation: Organisation) => Answers }> = {
	okta: {
		settings: { oktaUrl: 'https://example.okta.com' },
		answers: ({ people, groups, broken }) => ({ pathname, search }) => {
			const group = /groups\/(\d+)\/users$/.exec(pathname)?.[1];
			if (group !== undefined) return members(groups, Number(group), broken, (list) => list);
			if (pathname.endsWith('/groups')) {
				return { body: indexed(groups).map(({ id, name }) => ({ id, profile: { name } })) };
			}
			const isGone = ({ status }: Item) => status === 'DEPROVISIONED';
			const listed = people.map((one) => ({ status: 'ACTIVE', ...one }));
			return { body: listed.filter((one) => isGone(one) === search.includes('DEPROVISIONED')) };
		},
	},
	onelogin: {
		settings: { subdomain: 'example' },
		answers: ({ people, groups, broken }) => ({ pathname }) => {
			const role = /roles\/(\d+)\/users$/.exec(pathname)?.[1];
			if (role !== undefined) return members(groups, Number(role), broken, (list) => list);
			if (pathname.endsWith('/roles')) return { body: indexed(groups) };
			return { body: people.map((one) => ({ status: 1, state: 1, ...one })) };
		},
	},
	jumpcloud: {
		settings: {},
		answers: ({ people, groups, broken }) => ({ pathname, searchParams }) => {
			const skip = Number(searchParams.get('skip'));
			const group = /usergroups\/(\d+)\/membership$/.exec(pathname)?.[1];
			if (group !== undefined) return members(groups, Number(group), broken, (list) => list.slice(skip));
			if (pathname.endsWith('/usergroups')) return { body: indexed(groups).slice(skip) };
			const results = people.map((one) => ({ state: 'ACTIVATED', activated: true, ...one }));
			return { body: { totalCount: results.length, results: results.slice(skip) } };
		},
	},
	entra: {
		settings: {},
		answers: ({ people, groups, broken }) => ({ pathname }) => {
			const group = /groups\/(\d+)\/transitiveMembers$/.exec(pathname)?.[1];
			if (group !== undefined) return members(groups, Number(group), broken, (value) => ({ value }));
			if (pathname.endsWith('/groups')) {
				return { body: { value: indexed(groups).map(({ id, name }) => ({ id, displayName: name })) } };
			}
			return { body: { value: people.map((one) => ({ accountEnabled: true, ...one })) } };
		},
	},
	'google-workspace': {
		settings: {},
		answers: ({ people, groups, broken }) => ({ pathname }) => {
			const group = /groups\/(\d+)\/members$/.exec(pathname)?.[1];
			const list = (kind: string) => (rows: Item[]) => ({ kind: `admin#directory#${kind}`, [kind]: rows });
			if (group !== undefined) return members(groups, Number(group), broken, list('members'));
			if (pathname.endsWith('/groups')) return { body: list('groups')(indexed(groups)) };
			return { body: list('users')(people.map((one) => ({ suspended: false, ...one }))) };
		},
	},
};

function members(
	groups: Organisation['groups'],
	index: number,
	broken: string | undefined,
	form: (rows: Item[]) => unknown,
) {
	const [name, ids] = groups[index] ?? [];
	return name === undefined || name === broken ? undefined : { body: form((ids ?? []).map((id) => ({ id }))) };
}

const PEOPLE = [{ id: '1' }, { id: '2' }];
const GROUPS: Organisation['groups'] = [
	['Sales', ['1']],
	['Board', ['2']],
];

describe.each(Object.entries(VENDORS))('%s', (source, { settings, answers }) => {
	const read = (organisation: Partial<Organisation>, own: Item = {}) =>
		readWithoutHost(
			source,
			{ ...settings, ...own },
			answers({ people: PEOPLE, groups: GROUPS, ...organisation }),
		);

	it('gives everyone with their groups, and says that this is all', () => {
		const { people, manifest } = read({});

		expect(people.map(({ sourceId, groups }) => [sourceId, groups])).toEqual([
			['1', ['Sales']],
			['2', ['Board']],
		]);
		expect(manifest).toMatchObject({ complete: true, groupsComplete: true });
	});

	it.each<[string, Organisation['groups']]>([
		['two have one name', [...GROUPS, ['Sales', ['2']]]],
		['two look the same, written otherwise', [['Büro', ['1']], ['Bu\u0308ro', ['2']]]],
	])('does not give groups where %s', (_case, groups) => {
		const { people, manifest } = read({ groups });

		expect(people.filter((person) => 'groups' in person)).toEqual([]);
		expect(manifest).toMatchObject({
			complete: true,
			groupsComplete: false,
			explanation: expect.stringMatching(/Several groups are called "(Sales|Büro)"/),
		});
	});

	it('names the first ten of many', () => {
		const names = Array.from({ length: 12 }, (_, index) => `Team ${index}`);
		const groups = [...names, ...names].map((name): [string, string[]] => [name, ['1']]);

		expect(read({ groups }).manifest['explanation']).toMatch(/"Team 9", and 2 more: give each/);
	});

	it('does not take a list without any group for groups without members', () => {
		const { people, manifest } = read({ groups: [] });

		expect(people.filter((person) => 'groups' in person)).toEqual([]);
		expect(manifest).toMatchObject({
			complete: true,
			groupsComplete: false,
			explanation: expect.stringContaining('No group was found'),
		});
	});

	it('is not complete where the scope goes by groups, and they could not be read', () => {
		const { people, manifest } = read(
			{ broken: 'Board' },
			{ scopeAttribute: 'groups', scopeValues: ['Sales'] },
		);

		expect(people.map(({ inScope }) => inScope)).toEqual([false, false]);
		expect(manifest).toMatchObject({ complete: false, groupsComplete: false });
	});

	it('is not complete where no one is in scope, or no one comes', () => {
		expect(read({}, { scopeAttribute: 'departmnet', scopeValues: ['Sales'] }).manifest).toMatchObject({
			complete: false,
			explanation: expect.stringContaining('No one is active and in scope'),
		});
		expect(read({ people: [] }).manifest).toMatchObject({
			complete: false,
			explanation: 'The directory lists no one.',
		});
	});
});

it('OneLogin is not complete where the scope goes by roles, and they could not be read', () => {
	const { settings, answers } = VENDORS['onelogin'] ?? { settings: {}, answers: () => () => undefined };
	const { manifest } = readWithoutHost(
		'onelogin',
		{ ...settings, scopeAttribute: 'roles', scopeValues: ['Sales'] },
		answers({ people: PEOPLE, groups: GROUPS, broken: 'Board' }),
	);

	expect(manifest).toMatchObject({ complete: false });
	expect(manifest['explanation']).toContain('the role "Board"');
});

it('Okta may be written in capitals in Settings', () => {
	const read = readWithoutHost('okta', { oktaUrl: 'https://Example.okta.com/' }, ({ pathname, searchParams }) => {
		if (!pathname.endsWith('/users')) return { body: [] };
		const isLast = searchParams.has('after') || searchParams.has('filter');
		const link = '<https://example.okta.com/api/v1/users?limit=200&after=1>; rel="next"';
		const id = searchParams.has('filter') ? 'gone' : isLast ? '2' : '1';
		return { body: [{ id, status: 'ACTIVE' }], headers: isLast ? {} : { link } };
	});

	expect(read.people.map(({ sourceId }) => sourceId).sort()).toEqual(['1', '2', 'gone']);
	expect(read.manifest).toMatchObject({ complete: true });
});

describe('the manager in Okta', () => {
	const managerOf = (managerId: string, ...people: Array<Item & { id: string }>) => {
		const { settings, answers } = VENDORS['okta'] ?? { settings: {}, answers: () => () => undefined };
		const all = [...people, { id: 'report', profile: { email: 'report@example.com', managerId } }];
		const read = readWithoutHost('okta', settings, answers({ people: all, groups: GROUPS }));
		return read.people.find(({ sourceId }) => sourceId === 'report')?.['managerEmail'];
	};
	const numbered = (id: string, more: Item = {}) => ({
		id,
		profile: { email: `${id}@example.com`, employeeNumber: '7' },
		...more,
	});

	it('is the person who has the number now, not who had it before', () => {
		expect(managerOf('7', numbered('new'), numbered('old', { status: 'DEPROVISIONED' }))).toBe('new@example.com');
		expect(managerOf('7', numbered('old', { status: 'DEPROVISIONED' }))).toBe('old@example.com');
	});

	it('is no one where several have the number', () => {
		expect(managerOf('7', numbered('one'), numbered('two'))).toBeUndefined();
	});
});

it.each([
	[[], false],
	[[{ id: '1' }], true],
])('Entra does not take hidden members for none: %j', (value, groupsComplete) => {
	const groups = [{ id: 'g', displayName: 'Works council', visibility: 'HiddenMembership' }];
	const { people, manifest } = readWithoutHost('entra', {}, ({ pathname }) => {
		if (pathname.endsWith('/users')) return { body: { value: [{ id: '1', accountEnabled: true }] } };
		return { body: { value: pathname.endsWith('/groups') ? groups : value } };
	});

	expect(people.map((person) => person['groups'])).toEqual([groupsComplete ? ['Works council'] : undefined]);
	expect(manifest).toMatchObject({ complete: true, groupsComplete });
});

it('takes the manager in Google for whose main address it is, not for who names it as another one', () => {
	const people = [
		{ id: 'boss', primaryEmail: 'boss@example.com' },
		{ id: 'deputy', primaryEmail: 'deputy@example.com', emails: [{ address: 'boss@example.com' }] },
		{
			id: 'report',
			primaryEmail: 'report@example.com',
			relations: [{ type: 'manager', value: 'Boss@example.com' }],
		},
	];
	const { settings, answers } = VENDORS['google-workspace'] ?? { settings: {}, answers: () => () => undefined };
	const read = readWithoutHost('google-workspace', settings, answers({ people, groups: GROUPS }));

	expect(read.people.find(({ sourceId }) => sourceId === 'report')).toMatchObject({
		managerEmail: 'boss@example.com',
	});
});

describe('JumpCloud, page by page', () => {
	/** Pages of two. `meanwhile` happens after the first page of the list at this path was given. */
	const read = (path: string, meanwhile: (list: Item[]) => void = () => undefined) => {
		const users: Item[] = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, state: 'ACTIVATED' }));
		const lists: Record<string, Item[]> = {
			systemusers: users,
			usergroups: [{ id: 'g', name: 'Sales' }],
			membership: users.map(({ id }) => ({ id })),
		};
		const asked = new Set<string>();
		return readWithoutHost('jumpcloud', {}, ({ pathname, searchParams }) => {
			const name = pathname.split('/').at(-1) ?? '';
			const list = lists[name] ?? [];
			if (name === path && asked.has(name)) {
				meanwhile(list);
				asked.clear();
			} else asked.add(name);
			const skip = Number(searchParams.get('skip'));
			const rows = list.slice(skip, skip + 2);
			return { body: name === 'systemusers' ? { totalCount: list.length, results: rows } : rows };
		});
	};

	it('gives everyone once, in all their groups', () => {
		const { people, manifest } = read('nothing');

		expect(people.map(({ sourceId, groups }) => [sourceId, groups])).toEqual(
			['a', 'b', 'c', 'd', 'e'].map((id) => [id, ['Sales']]),
		);
		expect(manifest).toMatchObject({ count: 5, complete: true, groupsComplete: true });
	});

	it('notices that a person slipped to a page that was read before', () => {
		const { manifest } = read('systemusers', (list) => {
			// As many as before, but the third is now the second, and on no page that is still to come.
			list.shift();
			list.push({ id: 'f', state: 'ACTIVATED' });
		});

		expect(manifest).toMatchObject({
			complete: false,
			explanation: expect.stringContaining('the list of users cannot be used: it does not go on where'),
		});
	});

	it('notices it in a list whose length is not told, too', () => {
		const { people, manifest } = read('membership', (list) => list.shift());

		expect(people.filter((person) => 'groups' in person)).toEqual([]);
		expect(manifest).toMatchObject({
			complete: true,
			groupsComplete: false,
			explanation: expect.stringContaining('the members of the group "Sales" cannot be used'),
		});
	});
});

describe('BambooHR, whose key may not see everything', () => {
	const read = (settings: Item, hidden: string[]) => {
		const row = { employeeId: '1', status: 'Active', workEmail: 'ada@example.com', departmentName: 'Sales' };
		const data = [row, { ...row, employeeId: '2', _restrictedFields: hidden }];
		return readWithoutHost('bamboohr', settings, () => ({ body: { data, meta: { total: 2 } } }));
	};

	it.each([
		['departmentName', { scopeAttribute: 'department', scopeValues: ['Sales'] }],
		['departmentName', { scopeAttribute: 'groups', scopeValues: ['Sales'] }],
		['locationName', { scopeAttribute: 'location', scopeValues: ['Berlin'] }],
	])('is not complete where %s is hidden and the scope goes by it: %j', (hidden, settings) => {
		expect(read(settings, [hidden]).manifest).toMatchObject({
			complete: false,
			explanation: expect.stringContaining(`may not see ${hidden}`),
		});
	});

	it('is complete where the scope goes by something else', () => {
		expect(read({}, ['locationName', 'departmentName']).manifest).toMatchObject({
			complete: true,
			groupsComplete: false,
		});
	});
});
