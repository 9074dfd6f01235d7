import type { Calls } from './scimCalls.mts';
import { closeAll, groupIdOf, idOf, newUser, start, urn } from './scimCalls.mts';

let calls: Calls;
beforeEach(async () => {
	calls = await start();
});
afterEach(closeAll);

const emailFilter = (email: string) =>
	`/Users?startIndex=1&count=10&filter=${encodeURIComponent(`email eq "${email}"`)}`;

describe('a user resource', () => {
	it('has the documented shape', async () => {
		const { status, body } = await calls.get(`/Users/${idOf(calls, 'kenji@example.com')}`);
		expect(status).toBe(200);
		expect(body).toMatchObject({
			schemas: [urn.user],
			id: idOf(calls, 'kenji@example.com'),
			userName: 'kenji@example.com',
			name: { formatted: 'Kenji Watanabe', givenName: 'Kenji', familyName: 'Watanabe' },
			emails: [
				{ value: 'kenji@example.com', primary: true },
				{ value: 'kenji.watanabe@home.example', primary: false },
			],
			displayName: 'Kenji Watanabe',
			active: true,
			photos: [],
			title: 'Account executive',
			[urn.notion]: { role: 'member' },
			[urn.enterprise]: { department: 'Sales' },
		});
		expect(body.meta).toEqual({
			resourceType: 'User',
			created: expect.stringMatching(/^\d{13}$/),
			lastModified: body.meta.created,
			location: `https://app.notion.com/scim/v2/Users/${body.id}`,
		});
	});

	it('has an id that looks like a UUID, and is not one of version 4', () => {
		for (const { id } of calls.sandbox.workspace.members()) {
			expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/);
		}
	});

	it('answers 404 for an id that no one has', async () => {
		const { status, body } = await calls.get('/Users/00000000-0000-8000-a000-000000000000');
		expect(status).toBe(404);
		expect(body).toEqual({
			schemas: [urn.error],
			status: '404',
			detail: expect.stringContaining('no such user'),
		});
	});
});

describe('POST /Users', () => {
	it('needs no more than userName', async () => {
		const { status, body } = await calls.post('/Users', newUser('New.Hire@Example.com'));
		expect(status).toBe(201);
		expect(body).toMatchObject({
			userName: 'new.hire@example.com',
			active: true,
			[urn.notion]: { role: 'member' },
		});
		expect(body).not.toHaveProperty('name');
		expect(calls.sandbox.workspace.isMember('new.hire@example.com')).toBe(true);
	});

	it('stores every documented attribute, and those that no one has heard of', async () => {
		const attributes = {
			name: { formatted: 'Jean-Pierre da Silva' },
			title: 'Buyer',
			addresses: [{ type: 'work', country: 'PT' }],
			roles: [{ value: 'Lead' }],
			locale: 'pt-PT',
			preferredLanguage: 'pt',
			userType: 'Employee',
			photos: [{ value: 'https://example.com/photo.png', type: 'photo' }],
			favouriteColour: 'green',
			[urn.enterprise]: {
				manager: { value: 'ada@example.com', displayName: 'Ada Lovelace' },
				division: 'South',
				department: 'Buying',
				costCenter: '42',
				organization: 'Example Inc.',
				employeeNumber: 'E-7',
			},
			[urn.notion]: { role: 'membership_admin' },
		};
		const { body } = await calls.post('/Users', newUser('jp@example.com', attributes));
		const stored = await calls.get(`/Users/${body.id}`);
		expect(stored.body).toMatchObject({
			...attributes,
			name: {
				formatted: 'Jean-Pierre da Silva',
				givenName: 'Jean-Pierre',
				familyName: 'da Silva',
			},
		});
	});

	it('makes the name from its parts', async () => {
		const { body } = await calls.post(
			'/Users',
			newUser('lin@example.com', { name: { givenName: 'Lin', familyName: 'Tran' } }),
		);
		expect(body.name).toEqual({ formatted: 'Lin Tran', givenName: 'Lin', familyName: 'Tran' });
	});

	it('stores one phone number: the primary one, else the first', async () => {
		const first = { value: '+1', type: 'work' };
		const primary = { value: '+2', type: 'mobile', primary: true };
		const one = await calls.post(
			'/Users',
			newUser('one@example.com', { phoneNumbers: [first, primary] }),
		);
		const two = await calls.post(
			'/Users',
			newUser('two@example.com', { phoneNumbers: [first, { value: '+3' }] }),
		);
		expect(one.body.phoneNumbers).toEqual([primary]);
		expect(two.body.phoneNumbers).toEqual([first]);
	});

	it('answers 409 for a member, by any of their addresses', async () => {
		const known = await calls.post('/Users', newUser('ada@example.com'));
		const secondary = await calls.post('/Users', newUser('kenji.watanabe@home.example'));
		expect([known.status, secondary.status]).toEqual([409, 409]);
		expect(known.body).toMatchObject({ schemas: [urn.error], status: '409' });
	});

	it('makes a guest a restricted member, with the same account', async () => {
		const guestId = idOf(calls, 'guest@partner.example');
		const { status, body } = await calls.post('/Users', newUser('guest@partner.example'));
		expect(status).toBe(201);
		expect(body).toMatchObject({ id: guestId, [urn.notion]: { role: 'restricted_member' } });
	});

	it('makes a guest a member when the role says so', async () => {
		const { body } = await calls.post(
			'/Users',
			newUser('guest@partner.example', { [urn.notion]: { role: 'member' } }),
		);
		expect(body[urn.notion]).toEqual({ role: 'member' });
	});

	it.each([
		['no userName', { schemas: [urn.user] }],
		['something that is no address', newUser('nobody')],
		['a role that does not exist', newUser('x@example.com', { [urn.notion]: { role: 'king' } })],
		[
			'more than five addresses',
			newUser('x@example.com', {
				emails: [1, 2, 3, 4, 5].map((number) => ({ value: `x${number}@example.com` })),
			}),
		],
		['no object', [1]],
	])('refuses %s', async (_case, body) => {
		const before = calls.sandbox.workspace.members().length;
		const reply = await calls.post('/Users', body);
		expect(reply.status).toBe(400);
		expect(calls.sandbox.workspace.members()).toHaveLength(before);
	});

	it('takes up to five addresses', async () => {
		const emails = [1, 2, 3, 4].map((number) => ({ value: `x${number}@example.com` }));
		const { status, body } = await calls.post('/Users', newUser('x@example.com', { emails }));
		expect(status).toBe(201);
		expect(body.emails).toHaveLength(5);
	});

	it('answers 400 for a body that is not JSON', async () => {
		expect((await calls.post('/Users', '{"userName":')).status).toBe(400);
	});
});

describe('lists of users', () => {
	it('name no guest', async () => {
		const { body } = await calls.get('/Users?startIndex=1&count=100');
		const names = body.Resources.map(({ userName }) => userName);
		expect(body.totalResults).toBe(7);
		expect(names).toContain('robin@contractor.example');
		expect(names).not.toContain('guest@partner.example');
		const guest = await calls.get(`/Users/${idOf(calls, 'guest@partner.example')}`);
		expect(guest.status).toBe(404);
		expect((await calls.get(emailFilter('guest@partner.example'))).body.totalResults).toBe(0);
	});

	it('count from 1 and give at most 100', async () => {
		calls.sandbox.seedPeople(200);
		const first = await calls.get('/Users?startIndex=1&count=500');
		const last = await calls.get('/Users?startIndex=201&count=100');
		const unasked = await calls.get('/Users');
		expect(first.body).toMatchObject({ totalResults: 207, startIndex: 1, itemsPerPage: 100 });
		expect(first.body.Resources).toHaveLength(100);
		expect(last.body).toMatchObject({ totalResults: 207, startIndex: 201, itemsPerPage: 7 });
		expect(unasked.body.Resources).toHaveLength(100);
	});

	it('can be read to the end without a gap', async () => {
		calls.sandbox.seedPeople(194);
		const ids = new Set<string>();
		for (let startIndex = 1; startIndex <= 201; startIndex += 50) {
			const { body } = await calls.get(`/Users?startIndex=${startIndex}&count=50`);
			for (const { id } of body.Resources) ids.add(id);
		}
		expect(ids.size).toBe(201);
	});

	it('are empty beyond the end, and for a count of 0', async () => {
		expect((await calls.get('/Users?startIndex=99&count=10')).body.Resources).toEqual([]);
		const { body } = await calls.get('/Users?count=0');
		expect(body).toMatchObject({ totalResults: 7, itemsPerPage: 0, Resources: [] });
	});

	it.each([
		['email eq "ada@example.com"', ['ada@example.com']],
		['email eq "ADA@example.com"', ['ada@example.com']],
		['email eq ada@example.com', ['ada@example.com']],
		['email eq "nobody@example.com"', []],
		['given_name eq "Ada"', ['ada@example.com']],
		['given_name eq "ada"', []],
		['family_name eq "Lovelace"', ['ada@example.com']],
		['family_name eq "lovelace"', []],
		['family_name eq "José Fernández"', ['maria@example.com']],
	])('know the filter %s', async (filter, expected) => {
		const { body } = await calls.get(`/Users?filter=${encodeURIComponent(filter)}`);
		expect(body.Resources.map(({ userName }) => userName)).toEqual(expected);
	});
});

describe('PATCH /Users/{id}', () => {
	const patched = async (email: string, ...operations: unknown[]) =>
		await calls.patch(`/Users/${idOf(calls, email)}`, ...operations);

	it.each(['Replace', 'replace', 'REPLACE'])('reads the operation %s', async (op) => {
		const { status, body } = await patched('ada@example.com', { op, path: 'title', value: 'CTO' });
		expect(status).toBe(200);
		expect(body).toMatchObject({ userName: 'ada@example.com', title: 'CTO' });
	});

	it('changes the address', async () => {
		const { status, body } = await patched('ada@example.com', {
			op: 'Replace',
			path: 'userName',
			value: 'ada.byron@example.com',
		});
		expect(status).toBe(200);
		expect(body.userName).toBe('ada.byron@example.com');
		expect((await calls.get(emailFilter('ada@example.com'))).body.totalResults).toBe(0);
		expect((await calls.get(emailFilter('ada.byron@example.com'))).body.totalResults).toBe(1);
	});

	it('answers 500 when another account has the address, and changes nothing', async () => {
		for (const taken of ['kenji@example.com', 'guest@partner.example']) {
			const { status } = await patched(
				'ada@example.com',
				{ op: 'Replace', path: 'title', value: 'CTO' },
				{ op: 'Replace', path: 'userName', value: taken },
			);
			expect(status).toBe(500);
		}
		expect(calls.sandbox.workspace.userByEmail('ada@example.com')?.profile.attributes).toMatchObject({
			title: 'Engineer',
		});
	});

	it('changes the name as a whole, and its parts', async () => {
		const whole = await patched('ada@example.com', {
			op: 'Replace',
			path: 'name.formatted',
			value: 'Ada King',
		});
		expect(whole.body.name).toEqual({
			formatted: 'Ada King',
			givenName: 'Ada',
			familyName: 'King',
		});
		const part = await patched('ada@example.com', {
			op: 'Replace',
			path: 'name.familyName',
			value: 'Byron',
		});
		expect(part.body.name.formatted).toBe('Ada Byron');
	});

	it('changes several attributes without a path', async () => {
		const { body } = await patched('ada@example.com', {
			op: 'replace',
			value: {
				title: 'CTO',
				name: { formatted: 'Ada King' },
				[urn.enterprise]: { costCenter: '7' },
				[`${urn.enterprise}:employeeNumber`]: '1815',
			},
		});
		expect(body).toMatchObject({
			title: 'CTO',
			displayName: 'Ada King',
			[urn.enterprise]: { department: 'Engineering', costCenter: '7', employeeNumber: '1815' },
		});
	});

	it('changes attributes of the enterprise extension by path', async () => {
		const { body } = await patched(
			'ada@example.com',
			{ op: 'Replace', path: `${urn.enterprise}:department`, value: 'Research' },
			{ op: 'Add', path: `${urn.enterprise}:manager.value`, value: 'owner@example.com' },
		);
		expect(body[urn.enterprise]).toEqual({
			department: 'Research',
			manager: { value: 'owner@example.com' },
		});
	});

	it('removes an attribute', async () => {
		const { body } = await patched('ada@example.com', { op: 'Remove', path: 'title' });
		expect(body).not.toHaveProperty('title');
	});

	it('adds secondary addresses', async () => {
		const { body } = await patched('ada@example.com', {
			op: 'Add',
			path: 'emails',
			value: [{ value: 'ada@home.example' }],
		});
		expect(body.emails).toEqual([
			{ value: 'ada@example.com', primary: true },
			{ value: 'ada@home.example', primary: false },
		]);
	});

	it('does not read photos: they count at creation only', async () => {
		const { body } = await patched('ada@example.com', {
			op: 'Replace',
			path: 'photos',
			value: [{ value: 'https://example.com/photo.png' }],
		});
		expect(body.photos).toEqual([]);
	});

	it.each([
		['no operations', []],
		['an unknown operation', [{ op: 'move', path: 'title', value: 'x' }]],
		['a path that is none', [{ op: 'replace', path: 'a b', value: 'x' }]],
		['remove without a path', [{ op: 'remove' }]],
		['a role that does not exist', [{ op: 'replace', value: { [urn.notion]: { role: 'king' } } }]],
	])('refuses %s', async (_case, operations) => {
		expect((await patched('ada@example.com', ...operations)).status).toBe(400);
	});

	it('cannot reach guests', async () => {
		const { status } = await patched('guest@partner.example', {
			op: 'Replace',
			path: 'title',
			value: 'x',
		});
		expect(status).toBe(404);
	});

	it('changes the role', async () => {
		const { body } = await patched('ada@example.com', {
			op: 'Replace',
			value: { [urn.notion]: { role: 'membership_admin' } },
		});
		expect(body[urn.notion]).toEqual({ role: 'membership_admin' });
	});
});

describe('PUT /Users/{id}', () => {
	it('needs userName', async () => {
		const path = `/Users/${idOf(calls, 'ada@example.com')}`;
		// With the default, what is left out is kept; an empty one is refused.
		expect((await calls.put(path, { schemas: [urn.user], userName: '' })).status).toBe(400);
	});

	it('changes role and name', async () => {
		const { status, body } = await calls.put(
			`/Users/${idOf(calls, 'ada@example.com')}`,
			newUser('ada@example.com', {
				name: { formatted: 'Ada King' },
				[urn.notion]: { role: 'owner' },
			}),
		);
		expect(status).toBe(200);
		expect(body).toMatchObject({ displayName: 'Ada King', [urn.notion]: { role: 'owner' } });
	});
});

describe('removing a person', () => {
	const ways: Array<[string, (id: string) => Promise<{ status: number }>, number]> = [
		['DELETE', (id) => calls.remove(`/Users/${id}`), 204],
		[
			'PATCH with a path',
			(id) => calls.patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: false }),
			200,
		],
		[
			'PATCH without a path',
			(id) => calls.patch(`/Users/${id}`, { op: 'replace', value: { active: false } }),
			200,
		],
		[
			'PUT',
			(id) => calls.put(`/Users/${id}`, newUser('ada@example.com', { active: false })),
			200,
		],
	];

	it.each(ways)('by %s ends sessions and memberships, not the account', async (_, way, status) => {
		const { workspace } = calls.sandbox;
		const id = idOf(calls, 'ada@example.com');
		const before = Date.now();
		expect((await way(id)).status).toBe(status);

		expect((await calls.get(`/Users/${id}`)).status).toBe(404);
		expect((await calls.get(emailFilter('ada@example.com'))).body.totalResults).toBe(0);
		expect(workspace.memberEmails(groupIdOf(calls, 'Engineering'))).toEqual([]);
		expect(workspace.memberEmails(groupIdOf(calls, 'All Staff'))).not.toContain('ada@example.com');
		const sessions = workspace.sessions('ada@example.com');
		expect(sessions.map(({ kind }) => kind)).toEqual(['web', 'mobile']);
		for (const { endedAt } of sessions) {
			expect(endedAt).toBeGreaterThanOrEqual(before);
			expect(endedAt).toBeLessThanOrEqual(Date.now());
		}
		expect(workspace.sessions('kenji@example.com')[0]?.endedAt).toBeNull();
		expect(workspace.userByEmail('ada@example.com')).toMatchObject({
			id,
			membership: 'outside',
			privatePages: ['Getting Started'],
		});
	});

	it('is undone by POST, which brings the same account back without its groups', async () => {
		const id = idOf(calls, 'ada@example.com');
		await calls.remove(`/Users/${id}`);
		const { status, body } = await calls.post('/Users', newUser('ada@example.com'));
		expect(status).toBe(201);
		expect(body).toMatchObject({ id, displayName: 'Ada Lovelace', active: true });
		expect(calls.sandbox.workspace.groupNames('ada@example.com')).toEqual([]);
	});

	it('says active: false in the answer to PATCH', async () => {
		const { body } = await calls.patch(`/Users/${idOf(calls, 'ada@example.com')}`, {
			op: 'Replace',
			path: 'active',
			value: false,
		});
		expect(body.active).toBe(false);
	});

	it('cannot be undone by PATCH', async () => {
		const path = `/Users/${idOf(calls, 'ada@example.com')}`;
		await calls.remove(path);
		const { status } = await calls.patch(path, { op: 'Replace', path: 'active', value: true });
		expect(status).toBe(404);
	});
});
