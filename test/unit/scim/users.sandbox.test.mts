import type { Sandbox } from '../../../sandbox/server.mts';
import { startSandbox } from '../../../sandbox/server.mts';
import { RateLimiter } from '../../../lib/scim/rateLimiter.ts';
import { resolvePeople } from '../../../lib/scim/people.ts';
import { attributeChanges } from '../../../lib/scim/patchOperation.ts';
import type { PersonAttributes } from '../../../lib/scim/personAttributes.ts';
import { Requester } from '../../../lib/scim/requester.ts';
import { ScimError } from '../../../lib/scim/scimError.ts';
import { unknownCapabilities } from '../../../lib/scim/serverCapabilities.ts';
import type { Transport } from '../../../lib/scim/transport.ts';
import type { User } from '../../../lib/scim/userResource.ts';
import { Users } from '../../../lib/scim/users.ts';
import { createUndiciTransport } from '../../support/undiciTransport.mts';
import type { WorkspaceClient } from './workspaceClient.mts';
import { combinations, createWorkspaceClient } from './workspaceClient.mts';

let sandbox: Sandbox;
let transport: Transport;
let client: WorkspaceClient;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => {
	await sandbox.close();
});
beforeEach(() => {
	sandbox.reset();
	transport = createUndiciTransport(sandbox.scimUrl, sandbox.token);
	client = createWorkspaceClient(transport);
});

const idOf = (email: string): string => sandbox.workspace.userByEmail(email)?.id ?? 'nobody';
const roleOf = (email: string) => sandbox.workspace.userByEmail(email)?.role;
const isMember = (email: string): boolean => sandbox.workspace.isMember(email);

const userWith = async (email: string): Promise<User> => {
	const user = await client.users.get(idOf(email));
	if (!user) throw new Error(`There is no one with ${email}`);
	return user;
};

/** A client of a server whose e-mail filter is not one that it supports. */
const withoutFilter = (): WorkspaceClient =>
	createWorkspaceClient({
		send: (request) =>
			transport.send(
				request.query?.['filter'] === undefined
					? request
					: { ...request, query: { ...request.query, filter: 'unheardOf eq "x"' } },
			),
	});

describe('finding a person by e-mail', () => {
	const everyServer = combinations({
		isSupported: [true, false],
		unsupportedFilter: ['ignored', 400],
		emailFilterMatches: ['primary', 'primaryAndSecondary'],
		people: [0, 150],
		listOrder: ['stable', 'shuffledPerRequest'],
	} as const);

	it.each(everyServer.map((how) => [Object.values(how).join(', '), how] as const))(
		'finds that person and no one else: %s',
		async (_, { isSupported, people, ...switches }) => {
			sandbox.seedPeople(people);
			sandbox.setSwitches(switches);
			const { users } = isSupported ? client : withoutFilter();
			expect(await users.findByEmail('ADA@Example.com')).toMatchObject({
				match: 'primary',
				user: { id: idOf('ada@example.com') },
			});
			expect(await users.findByEmail('kenji.watanabe@home.example')).toMatchObject({
				match: 'secondary',
				user: { id: idOf('kenji@example.com') },
			});
			for (const absent of ['nobody@example.com', 'guest@partner.example', 'ad@example.com']) {
				expect(await users.findByEmail(absent)).toEqual({ match: 'none' });
			}
		},
	);

	it('finds an address however its domain is written', async () => {
		sandbox.workspace.addUser({ email: 'lea@b\u00fccher.example', name: 'Lea' });
		for (const email of ['lea@b\u00fccher.example', 'Lea@xn--bcher-kva.example']) {
			expect(await client.users.findByEmail(email)).toMatchObject({ match: 'primary' });
		}
	});

	it('blocks an address that only looks like that of a person', async () => {
		sandbox.workspace.addUser({ email: 'mark@example.com', name: 'Mark' });
		await expect(client.users.findByEmail('mar\u212a@example.com')).rejects.toMatchObject({
			kind: 'ambiguous',
		});
	});

	it('does not believe a filter that finds another person', async () => {
		const misled = createWorkspaceClient({
			send: (request) =>
				transport.send(
					request.query?.['filter'] === undefined
						? request
						: { ...request, query: { ...request.query, filter: 'given_name eq "Kenji"' } },
				),
		});
		expect(await misled.users.findByEmail('ada@example.com')).toMatchObject({
			match: 'primary',
			user: { id: idOf('ada@example.com') },
		});
	});

	it('does not keep a list that was read before a write', async () => {
		const { users } = withoutFilter();
		expect(await users.findByEmail('new@example.com')).toEqual({ match: 'none' });
		await users.create({ email: 'new@example.com' }, undefined);
		expect(await users.findByEmail('new@example.com')).toMatchObject({ match: 'primary' });
	});

	it('enters its own writes in the list that it read, and reads it once for many', async () => {
		const { users } = withoutFilter();
		const lists = () => sandbox.requests.count({ method: 'GET', path: /startIndex=1&count=100$/ });
		await users.everyone();
		sandbox.setSwitches({ emailFilterCase: 'exactWithCapitals' });
		await users.create({ email: 'new@example.com' }, undefined);
		await users.update(await userWith('ada@example.com'), [
			{ attribute: 'email', from: 'ada@example.com', to: 'ada.king@example.com' },
		]);
		await users.remove(await userWith('kenji@example.com'));
		const read = lists();
		const known = await users.everyone();
		expect(lists()).toBe(read);
		expect(known.findByEmail('new@example.com')).toMatchObject({ match: 'primary' });
		expect(known.findByEmail('ada@example.com')).toEqual({ match: 'none' });
		expect(known.findByEmail('ada.king@example.com')).toMatchObject({ match: 'primary' });
		expect(known.findByEmail('kenji@example.com')).toEqual({ match: 'none' });
		expect(known.findByEmail('kenji.watanabe@home.example')).toEqual({ match: 'none' });
	});

	it('reads everyone anew after a write of which no one knows the outcome of it', async () => {
		const { users } = client;
		await users.everyone();
		sandbox.faults.add({ method: 'DELETE', fault: { status: 500 } });
		await users.requestRemoval(await userWith('ada@example.com')).catch(() => undefined);
		sandbox.workspace.removeUser(idOf('kenji@example.com'));
		expect((await users.everyone()).findByEmail('kenji@example.com')).toEqual({ match: 'none' });
	});

	it('reads everyone anew after a minute', async () => {
		let now = Date.now();
		const clock = { now: () => now, sleep: async () => await Promise.resolve(), random: () => 0.5 };
		const users = new Users(new Requester(transport, new RateLimiter(clock), clock), unknownCapabilities());
		await users.everyone();
		sandbox.workspace.addUser({ email: 'late@example.com' });
		now += 59_000;
		expect((await users.everyone()).findByEmail('late@example.com')).toEqual({ match: 'none' });
		now += 2_000;
		expect((await users.everyone()).findByEmail('late@example.com')).toMatchObject({ match: 'primary' });
	});

	it('decides nothing on a list with gaps', async () => {
		const gaps = createWorkspaceClient({
			send: async (request) => {
				const response = await transport.send(request);
				const isList = request.path === '/Users' && request.method === 'GET';
				if (!isList) return response;
				return { ...response, body: response.body.replace(/"totalResults":\d+/, '"totalResults":99') };
			},
		});
		await expect(
			gaps.users.findByEmail('nobody@example.com'),
		).rejects.toMatchObject({ kind: 'listIncomplete' });
	});
});

describe('creating', () => {
	it.each(['none', 'before', 'after', 'truncated'] as const)(
		'has one effect, with a lost answer: %s',
		async (moment) => {
			if (moment === 'truncated') {
				sandbox.faults.add({ method: 'POST', nth: 1, fault: { truncateBody: true } });
			} else if (moment !== 'none') {
				sandbox.faults.add({ method: 'POST', nth: 1, fault: { cutConnection: moment } });
			}
			const made = await client.users.create(
				{ email: 'New@example.com', displayName: 'New Person', title: 'Engineer' },
				'restricted_member',
			);
			expect(made.created).toBe(true);
			expect(made.user).toMatchObject({
				userName: 'new@example.com',
				role: 'restricted_member',
				attributes: { displayName: 'New Person', title: 'Engineer' },
			});
			expect(roleOf('new@example.com')).toBe('restricted_member');
			expect(sandbox.requests.count({ method: 'POST' })).toBe(moment === 'before' ? 2 : 1);
		},
	);

	it.each([201, 200] as const)('accepts the status %i', async (createStatus) => {
		sandbox.setSwitches({ createStatus });
		expect(await client.users.create({ email: 'new@example.com' }, undefined)).toMatchObject({
			created: true,
		});
	});

	it('finds a person who is a member already', async () => {
		expect(await client.users.create({ email: 'ADA@example.com' }, 'owner')).toMatchObject({
			created: false,
			user: { id: idOf('ada@example.com') },
		});
		expect(roleOf('ada@example.com')).not.toBe('owner');
	});

	it.each([true, false])('survives two at once, filter supported: %s', async (isSupported) => {
		const clients = [1, 2].map(() => (isSupported ? createWorkspaceClient(transport) : withoutFilter()));
		const made = await Promise.all(
			clients.map(({ users }) => users.create({ email: 'new@example.com' }, undefined)),
		);
		expect(made.map(({ created }) => created).sort()).toEqual([false, true]);
		expect(new Set(made.map(({ user }) => user.id)).size).toBe(1);
	});

	it('survives a failing first try while others read everyone', async () => {
		// More than one page, so that an ignored filter cannot find anybody by chance.
		sandbox.seedPeople(150);
		const { users } = withoutFilter();
		sandbox.faults.add({ method: 'POST', nth: 1, fault: { status: 502, body: '' } });
		sandbox.faults.add({ method: 'POST', nth: 2, fault: { cutConnection: 'after' } });
		const [made] = await Promise.all([
			users.create({ email: 'new@example.com' }, undefined),
			users.findByEmail('nobody@example.com'),
		]);
		expect(made.user.userName).toBe('new@example.com');
		expect(sandbox.requests.count({ method: 'POST' })).toBe(2);
	});

	it('never repeats a creation after a 500', async () => {
		sandbox.faults.add({ method: 'POST', fault: { status: 500, body: { detail: 'no' } } });
		await expect(client.users.create({ email: 'new@example.com' }, undefined)).rejects.toMatchObject({
			kind: 'serverError',
		});
		expect(sandbox.requests.count({ method: 'POST' })).toBe(1);
	});
});

describe('updating', () => {
	const update = async (email: string, desired: PersonAttributes) => {
		const user = await userWith(email);
		return await client.users.update(user, attributeChanges(user, desired));
	};
	const attributesOf = (email: string) => sandbox.workspace.userByEmail(email)?.profile;

	it.each(['none', 'before', 'after', 'truncated'] as const)(
		'has its effect, with a lost answer: %s',
		async (moment) => {
			if (moment === 'truncated') {
				sandbox.faults.add({ method: 'PATCH', nth: 1, fault: { truncateBody: true } });
			} else if (moment !== 'none') {
				sandbox.faults.add({ method: 'PATCH', nth: 1, fault: { cutConnection: moment } });
			}
			const result = await update('ada@example.com', {
				displayName: 'Ada King',
				title: 'Countess',
				department: 'Engines',
				managerEmail: 'kenji@example.com',
				phoneNumber: '+44 1',
			});
			expect(result).toMatchObject({
				notTaken: [],
				unconfirmed: [],
				user: { attributes: { displayName: 'Ada King', title: 'Countess', department: 'Engines' } },
			});
			expect(attributesOf('ada@example.com')).toMatchObject({
				name: { formatted: 'Ada King' },
				attributes: { title: 'Countess' },
			});
			expect(sandbox.requests.count({ method: 'PATCH' })).toBe(moment === 'before' ? 2 : 1);
		},
	);

	it.each(['full', 'formattedOnly', 'none'] as const)(
		'calls nothing a success that it cannot see, with names %s',
		async (nameFields) => {
			sandbox.setSwitches({ nameFields });
			const result = await update('ada@example.com', { displayName: 'Ada King', title: 'Countess' });
			expect(result.notTaken).toEqual([]);
			expect(result.user.attributes.title).toBe('Countess');
			expect(sandbox.workspace.userByEmail('ada@example.com')?.profile.name.formatted).toBe('Ada King');
			if (nameFields !== 'none') expect(result.unconfirmed).toEqual([]);
		},
	);

	it('says what Notion did not take, where the domain is not verified', async () => {
		sandbox.setSwitches({ unverifiedDomainUpdate: 'keepsOldValue' });
		const result = await update('robin@contractor.example', {
			displayName: 'Robin King',
			title: 'Adviser',
		});
		expect(result.notTaken).toEqual([
			{ attribute: 'displayName', from: 'Robin Adeyemi', to: 'Robin King' },
		]);
		expect(result.user.attributes.title).toBe('Adviser');
	});

	it('says that the domain is not verified, where Notion refuses', async () => {
		await expect(
			update('robin@contractor.example', { displayName: 'Robin King' }),
		).rejects.toMatchObject({ kind: 'refused', remedy: expect.stringContaining('verified') });
	});

	it('says that an address is taken, and tries once only', async () => {
		await expect(update('ada@example.com', { email: 'guest@partner.example' })).rejects.toMatchObject({
			kind: 'emailTaken',
		});
		expect(sandbox.requests.count({ method: 'PATCH' })).toBe(1);
		expect(isMember('ada@example.com')).toBe(true);
	});

	it('changes an address', async () => {
		const result = await update('ada@example.com', { email: 'ada.king@example.com' });
		expect(result).toMatchObject({ notTaken: [], user: { userName: 'ada.king@example.com' } });
		expect(isMember('ada.king@example.com')).toBe(true);
	});
});

describe('changing a role', () => {
	const everyServer = combinations({
		rolePatch: ['extensionObject', 'extensionPath', 'both'],
		unsupportedPatchForm: ['ignored', 400],
		roleStated: ['always', 'sometimes'],
		cut: ['none', 'before', 'after'],
	} as const);

	it.each(everyServer.map((how) => [Object.values(how).join(', '), how] as const))(
		'comes out right: %s',
		async (_, { cut, ...switches }) => {
			sandbox.setSwitches(switches);
			if (cut !== 'none') {
				sandbox.faults.add({ method: 'PATCH', nth: 1, fault: { cutConnection: cut } });
			}
			const roles = ['membership_admin', 'member', 'restricted_member', 'member'] as const;
			for (const role of roles) {
				const user = await userWith('ada@example.com');
				const result = await client.users.update(user, [
					{ attribute: 'role', from: user.role ?? null, to: role },
				]);
				expect(roleOf('ada@example.com')).toBe(role);
				expect(result).toMatchObject({ notTaken: [], unconfirmed: [] });
			}
			// Found out once, the right form is used from then on.
			expect(sandbox.requests.count({ method: 'PATCH' })).toBeLessThanOrEqual(roles.length + 2);
		},
	);

	it.each([400, 403] as const)('says so when Notion refuses it with %i', async (lastOwnerRemoval) => {
		sandbox.workspace.changeRole('second.owner@example.com', 'member');
		sandbox.setSwitches({ lastOwnerRemoval, rolePatch: 'both' });
		const user = await userWith('owner@example.com');
		await expect(
			client.users.update(user, [{ attribute: 'role', from: 'owner', to: 'member' }]),
		).rejects.toMatchObject({ kind: 'refused', status: lastOwnerRemoval });
		expect(roleOf('owner@example.com')).toBe('owner');
	});

	it.each(['stated', 'not stated'])(
		'says that it was not taken by a server that ignores it, for a role that is %s',
		async (kind) => {
			sandbox.setSwitches({ roleStated: 'sometimes' });
			sandbox.seedPeople(20);
			const { rows } = await client.users.page(1, 100);
			const user = rows.find(({ role }) => (role === undefined) === (kind === 'not stated'));
			if (!user) throw new Error(`There is no one whose role is ${kind}`);
			sandbox.faults.add({ method: 'PATCH', fault: { status: 204, body: '' } });
			const result = await client.users.update(user, [
				{ attribute: 'role', from: user.role ?? null, to: 'membership_admin' },
			]);
			expect(result.notTaken).toHaveLength(1);
			expect(result.unconfirmed).toEqual([]);
		},
	);
});

describe('removing', () => {
	const everyServer = combinations({
		afterRemoval: ['notFound', 'inactive'],
		removeUnknown: [404, 204],
		cut: ['none', 'before', 'after'],
	} as const);

	it.each(everyServer.map((how) => [Object.values(how).join(', '), how] as const))(
		'removes, and sees that the person is gone: %s',
		async (_, { cut, ...switches }) => {
			sandbox.setSwitches(switches);
			if (cut !== 'none') {
				sandbox.faults.add({ method: 'DELETE', nth: 1, fault: { cutConnection: cut } });
			}
			const ada = await userWith('ada@example.com');
			const removal = await client.users.remove(ada);
			const members = sandbox.workspace.members().length;
			expect(isMember('ada@example.com')).toBe(false);
			expect(removal).toMatchObject({
				alreadyGone: false,
				seenAs: switches.afterRemoval,
				control: { memberCount: members },
			});
			expect(sandbox.requests.count({ method: 'DELETE' })).toBe(cut === 'before' ? 2 : 1);

			const again = await client.users.remove(ada);
			expect(again).toMatchObject({
				alreadyGone: switches.removeUnknown === 404,
				seenAs: switches.afterRemoval,
			});
			expect(sandbox.workspace.members()).toHaveLength(members);
		},
	);

	it('believes no 404 of a proxy: no one is gone', async () => {
		const ada = await userWith('ada@example.com');
		sandbox.setSwitches({ gateway404: 'on' });
		await expect(client.users.remove(ada)).rejects.toMatchObject({ kind: 'unexpectedAnswer' });
		await expect(client.users.get(ada.id)).rejects.toMatchObject({ kind: 'unexpectedAnswer' });
		expect(isMember('ada@example.com')).toBe(true);
	});

	it('says "not verified" where a proxy begins to answer 404 after the operation', async () => {
		const ada = await userWith('ada@example.com');
		await client.requester.control();
		const proxied = createWorkspaceClient({
			send: async (request) => {
				const response = await transport.send(request);
				if (request.method === 'DELETE') sandbox.setSwitches({ gateway404: 'on' });
				return response;
			},
		});
		await proxied.requester.control();
		await expect(proxied.users.remove(ada)).rejects.toMatchObject({ kind: 'notVerified' });
	});

	it('says "not verified" where Notion accepts and the person stays', async () => {
		const ada = await userWith('ada@example.com');
		sandbox.faults.add({ method: 'DELETE', fault: { status: 204, body: '' } });
		await expect(client.users.remove(ada)).rejects.toMatchObject({ kind: 'notVerified' });
	});

	it.each([403, 400] as const)("says so when the token's creator is refused with %i", async (status) => {
		sandbox.setSwitches({ tokenOwnerRemoval: status });
		const owner = await userWith('owner@example.com');
		await expect(client.users.remove(owner)).rejects.toMatchObject({ kind: 'refused', status });
		expect(isMember('owner@example.com')).toBe(true);
	});
});

describe('a dead token', () => {
	it.each(
		combinations({
			invalidTokenStatus: [401, 403],
			errorBody: ['scim', 'notion', 'text', 'empty'],
		} as const).map((switches) => [Object.values(switches).join(', '), switches] as const),
	)('is called so, and is not shown: %s', async (_, switches) => {
		sandbox.setSwitches(switches);
		const secret = 'not-the-right-token-1234567890';
		const { users } = createWorkspaceClient(createUndiciTransport(sandbox.scimUrl, secret));
		const error: unknown = await users.findByEmail('ada@example.com').catch((caught) => caught);
		expect(error).toMatchObject({ kind: 'tokenRejected' });
		if (!(error instanceof ScimError)) throw error;
		expect(`${error.message} ${error.remedy} ${error.detail}`).not.toContain(secret);
	});
});

describe('resolving many people', () => {
	it.each([0, 250])('gives each entry the person or the reason, among %i others', async (people) => {
		sandbox.seedPeople(people);
		const { users, requester } = client;
		const entries = [
			'ada@example.com',
			idOf('maria@example.com'),
			'nobody@example.com',
			'guest@partner.example',
			'kenji.watanabe@home.example',
			'no-such-id',
			'..',
		];
		sandbox.setSwitches({ emailFilterMatches: 'primaryAndSecondary' });
		const resolved = await resolvePeople(users, () => requester.control(), [...entries, ...entries]);
		expect([...resolved.keys()]).toEqual(entries);
		const outcome = [...resolved.values()].map((person) =>
			person instanceof ScimError ? person.kind : person.userName,
		);
		expect(outcome.slice(0, 6)).toEqual([
			'ada@example.com',
			'maria@example.com',
			'notFound',
			'notFound',
			'ambiguous',
			'notFound',
		]);
		expect(['notFound', 'invalidInput']).toContain(outcome[6]);
	});

	it.each([false, true])('finds no one who has left, reading everyone: %s', async (all) => {
		sandbox.setSwitches({ afterRemoval: 'inactive' });
		const gone = await userWith('ada@example.com');
		sandbox.workspace.removeUser('ada@example.com');
		const { users, requester } = client;
		const entries = all ? [gone.id, 'x1', 'x2', 'x3'] : [gone.id];
		const resolved = await resolvePeople(users, () => requester.control(), entries);
		expect(resolved.get(gone.id)).toMatchObject({ kind: 'notFound' });
	});

	it('needs few requests for many', async () => {
		sandbox.seedPeople(500);
		const emails = sandbox.workspace.members().map(({ profile }) => profile.userName);
		sandbox.requests.clear();
		const { users, requester } = client;
		const resolved = await resolvePeople(users, () => requester.control(), emails);
		expect([...resolved.values()].every((person) => !(person instanceof ScimError))).toBe(true);
		expect(sandbox.requests.count()).toBeLessThanOrEqual(7);
	});
});
