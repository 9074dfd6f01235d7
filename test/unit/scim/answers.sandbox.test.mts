import fc from 'fast-check';

import type { FaultRule, Sandbox, SwitchSettings } from '../../../sandbox/server.mts';
import { startSandbox } from '../../../sandbox/server.mts';
import type { Group } from '../../../lib/scim/groupResource.ts';
import { attributeChanges } from '../../../lib/scim/patchOperation.ts';
import type { PersonAttributes } from '../../../lib/scim/personAttributes.ts';
import { ScimError } from '../../../lib/scim/scimError.ts';
import type { User } from '../../../lib/scim/userResource.ts';
import { createUndiciTransport } from '../../support/undiciTransport.mts';
import type { WorkspaceClient } from './workspaceClient.mts';
import { createWorkspaceClient } from './workspaceClient.mts';

let sandbox: Sandbox;
let client: WorkspaceClient;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => {
	await sandbox.close();
});
beforeEach(() => {
	sandbox.reset();
	client = createWorkspaceClient(createUndiciTransport(sandbox.scimUrl, sandbox.token));
});

const idOf = (email: string): string => sandbox.workspace.userByEmail(email)?.id ?? 'nobody';
const isMember = (email: string): boolean => sandbox.workspace.isMember(email);
const membersOf = (name: string): string[] => {
	const group = sandbox.workspace.groupByName(name);
	return group ? sandbox.workspace.memberEmails(group.id) : [];
};
const writes = (method: string) => sandbox.requests.count({ method });

const userWith = async (email: string): Promise<User> => {
	const user = await client.users.get(idOf(email));
	if (!user) throw new Error(`There is no one with ${email}`);
	return user;
};
const groupNamed = async (name: string): Promise<Group> => {
	const group = await client.groups.findOneByName(name);
	if (!group) throw new Error(`There is no group ${name}`);
	return group;
};
const update = async (email: string, desired: PersonAttributes, role?: string) => {
	const user = await userWith(email);
	const changes = attributeChanges(user, desired);
	return await client.users.update(user, [
		...changes,
		...(role ? [{ attribute: 'role' as const, from: user.role ?? 'member', to: role }] : []),
	]);
};

const busy: FaultRule['fault'] = {
	status: 409,
	body: { object: 'error', status: 409, code: 'conflict_error', message: 'Conflict occurred while saving. Please try again.' },
};
const taken: FaultRule['fault'] = {
	status: 409,
	body: { status: '409', scimType: 'uniqueness', detail: 'Taken' },
};

/** Every kind of write of the client, and how to see that it has had its effect. */
const everyWrite: Array<[string, () => Promise<unknown>, () => void]> = [
	[
		'a creation',
		() => client.users.create({ email: 'new@example.com' }, undefined),
		() => expect(isMember('new@example.com')).toBe(true),
	],
	[
		'a removal',
		async () => await client.users.remove(await userWith('ada@example.com')),
		() => expect(isMember('ada@example.com')).toBe(false),
	],
	[
		'an update',
		() => update('ada@example.com', { title: 'Countess' }),
		() => expect(sandbox.workspace.userByEmail('ada@example.com')?.profile.attributes['title']).toBe('Countess'),
	],
	[
		'a change of role',
		() => update('ada@example.com', {}, 'membership_admin'),
		() => expect(sandbox.workspace.userByEmail('ada@example.com')?.role).toBe('membership_admin'),
	],
	[
		'a change of address',
		() => update('ada@example.com', { email: 'countess@example.com' }),
		() => expect(isMember('countess@example.com')).toBe(true),
	],
	[
		'an addition to a group',
		async () => await client.groups.changeMembers(await groupNamed('Sales'), 'add', [idOf('ada@example.com')]),
		() => expect(membersOf('Sales')).toContain('ada@example.com'),
	],
	[
		'a removal from a group',
		async () => await client.groups.changeMembers(await groupNamed('Sales'), 'remove', [idOf('kenji@example.com')]),
		() => expect(membersOf('Sales')).toEqual([]),
	],
	[
		'a new group',
		() => client.groups.create('Design'),
		() => expect(sandbox.workspace.groupsByName('Design')).toHaveLength(1),
	],
	[
		'another name of a group',
		async () => await client.groups.rename(await groupNamed('Sales'), 'Revenue'),
		() => expect(sandbox.workspace.groupsByName('Revenue')).toHaveLength(1),
	],
	[
		'the deletion of a group',
		async () => await client.groups.delete(await groupNamed('Sales')),
		() => expect(sandbox.workspace.groupsByName('Sales')).toEqual([]),
	],
];

describe('a 409 that is a passing collision', () => {
	it.each(everyWrite)('delays %s, and no more', async (_, write, expectDone) => {
		sandbox.setSwitches({ writeConflict: 'firstTry' });
		await write();
		expectDone();
	});

	it.each(everyWrite)('that stays is a conflict, for %s, with nothing done and a few tries', async (_, write) => {
		for (const method of ['POST', 'PATCH', 'DELETE']) sandbox.faults.add({ method, fault: busy });
		const failure: unknown = await write().then(
			(result) => (result instanceof Map ? [...result.values()][0] : result),
			(error: unknown) => error,
		);
		expect(failure).toMatchObject({ kind: 'conflict', status: 409, isNothingDone: true });
		expect(writes('POST') + writes('PATCH') + writes('DELETE')).toBeLessThanOrEqual(10);
	});

	it('to the repetition of a creation whose answer was lost: the person is ours', async () => {
		sandbox.faults.add({ method: 'POST', nth: 1, fault: { cutConnection: 'after' } });
		// The looks before the repetition fall into the lag of the reads, those after it do not.
		sandbox.setSwitches({ readLag: { milliseconds: 60_000 } });
		const transport = createUndiciTransport(sandbox.scimUrl, sandbox.token);
		const late = createWorkspaceClient({
			send: async (request) => {
				const response = await transport.send(request);
				if (request.method === 'POST') sandbox.catchUp();
				return response;
			},
		});
		const made = await late.users.create({ email: 'new@example.com' }, undefined);
		expect(writes('POST')).toBe(2);
		expect(made).toMatchObject({ created: true, user: { userName: 'new@example.com' } });
	});

	it('names who has the address that a person was to get', async () => {
		sandbox.faults.add({ method: 'PATCH', fault: busy });
		await expect(update('ada@example.com', { email: 'maria@example.com' })).rejects.toMatchObject({
			kind: 'emailTaken',
			message: `ada@example.com cannot become maria@example.com, because maria@example.com (${idOf('maria@example.com')}) has that address.`,
		});
		expect(writes('PATCH')).toBe(1);
	});

	it('says that the address is taken where the server says so and no one is seen', async () => {
		sandbox.faults.add({ method: 'PATCH', fault: taken });
		await expect(update('ada@example.com', { email: 'ada.king@example.com' })).rejects.toMatchObject({
			kind: 'emailTaken',
			status: 409,
		});
		expect(writes('PATCH')).toBe(1);
	});

	it('that says that it is taken is final for a creation, with a look', async () => {
		sandbox.faults.add({ method: 'POST', fault: taken });
		await expect(client.users.create({ email: 'new@example.com' }, undefined)).rejects.toMatchObject({
			kind: 'alreadyExists',
			message: 'Notion did not add new@example.com (status 409), but no one in the workspace has this address.',
		});
		expect(writes('POST')).toBe(1);
	});

	it('finds a member whatever the 409 looks like, at once', async () => {
		for (const errorBody of ['scim', 'notion', 'text', 'empty'] as const) {
			sandbox.setSwitches({ errorBody });
			sandbox.requests.clear();
			const found = await client.users.create({ email: 'ada@example.com' }, undefined);
			expect(found).toMatchObject({ created: false, user: { id: idOf('ada@example.com') } });
			expect(writes('POST')).toBe(1);
		}
	});

	it('finds a group that was made at the same moment', async () => {
		sandbox.faults.add({ method: 'POST', fault: busy });
		const made = await client.groups.create('Sales');
		expect(made).toMatchObject({ created: false, group: { displayName: 'Sales' } });
	});

	it('names the other group that has the name', async () => {
		sandbox.faults.add({ method: 'PATCH', fault: busy });
		const [other] = sandbox.workspace.groupsByName('Finance');
		await expect(client.groups.rename(await groupNamed('Sales'), 'Finance')).rejects.toMatchObject({
			kind: 'alreadyExists',
			message: `Another group is called "Finance" already (${other?.id}).`,
		});
	});

	it('of one person in a batch is told of that person alone', async () => {
		const ids = ['ada@example.com', 'maria@example.com', 'admin@example.com', 'owner@example.com'].map(idOf);
		const transport = createUndiciTransport(sandbox.scimUrl, sandbox.token);
		const struck = createWorkspaceClient({
			send: async (request) =>
				request.method === 'PATCH' && JSON.stringify(request.body).includes(ids[2] ?? '')
					? { status: 409, headers: {}, body: 'Conflict' }
					: await transport.send(request),
		});
		const results = await struck.groups.changeMembers(await groupNamed('Sales'), 'add', ids);
		expect([...results.values()].map((result) => (result instanceof ScimError ? result.kind : result))).toEqual([
			'changed', 'changed', 'conflict', 'changed',
		]);
	});

	it('of a whole group ends before everyone was tried alone', async () => {
		sandbox.seedPeople(100);
		sandbox.faults.add({ method: 'PATCH', fault: busy });
		const ids = sandbox.workspace.members().map(({ id }) => id);
		await expect(client.groups.changeMembers(await groupNamed('Sales'), 'add', ids)).rejects.toMatchObject({
			kind: 'conflict',
		});
		expect(writes('PATCH')).toBeLessThanOrEqual(45);
	});
});

describe('a second step that fails', () => {
	it('does not say that nothing was done after the first has changed something', async () => {
		sandbox.faults.add({ method: 'PATCH', nth: 2, fault: { status: 500 } });
		await expect(update('ada@example.com', { title: 'Countess' }, 'membership_admin')).rejects.toMatchObject({
			kind: 'serverError',
			isNothingDone: false,
			message: expect.stringContaining('Changed before: title.'),
		});
	});
});

describe('a gateway between', () => {
	it.each([520, 521, 522, 523, 524, 525, 526, 527, 530, 507])(
		'with %i on the second page costs a repetition and not the list',
		async (status) => {
			sandbox.seedPeople(150);
			sandbox.faults.add({
				path: 'startIndex=101&', times: 1,
				fault: { status, body: `error code: ${status}`, headers: { 'content-type': 'text/html' } },
			});
			const reading = await client.users.readAll();
			expect(reading).toMatchObject({ complete: true, firstTotal: 157 });
		},
	);

	it.each([520, 524, 530])('with %i after a write leads to no second one', async (status) => {
		sandbox.faults.add({ method: 'POST', nth: 1, fault: { status } });
		await expect(client.groups.create('Design')).rejects.toMatchObject({ kind: 'serverError', isNothingDone: false });
		expect(writes('POST')).toBe(1);
	});
});

describe('a filter that is refused', () => {
	const refused = [400, 403, 404, 405, 410, 414, 422, 500, 501, 504, 522];

	it.each(refused)('with %i is done without, for users and groups', async (status) => {
		sandbox.seedPeople(120);
		sandbox.faults.add({ method: 'GET', path: 'filter=', fault: { status } });
		expect(await client.users.findByEmail('maria@example.com')).toMatchObject({
			match: 'primary',
			user: { id: idOf('maria@example.com') },
		});
		expect(await client.users.findByEmail('nobody@example.com')).toEqual({ match: 'none' });
		expect(await client.groups.findByName('Finance')).toMatchObject([{ displayName: 'Finance' }]);
		expect(await client.groups.findByName('No such group')).toEqual([]);
	});

	it.each<[string, unknown]>([
		['{}', {}],
		['null', null],
		['a login page', '<html>Sign in</html>'],
	])('with 200 and %s is done without', async (_, body) => {
		sandbox.faults.add({ method: 'GET', path: 'filter=', fault: { status: 200, body } });
		expect(await client.users.findByEmail('maria@example.com')).toMatchObject({ match: 'primary' });
		expect(await client.groups.findByName('Finance')).toHaveLength(1);
	});

	it('is not taken for one where the list fails as well', async () => {
		sandbox.faults.add({ method: 'GET', path: '/Users', fault: { status: 404 } });
		await expect(client.users.findByEmail('maria@example.com')).rejects.toMatchObject({
			kind: 'unexpectedAnswer',
			status: 404,
		});
	});

	it.each([401, 429])('does not hide a %i', async (status) => {
		sandbox.faults.add({ method: 'GET', path: 'filter=', fault: { status } });
		await expect(client.users.findByEmail('maria@example.com')).rejects.toMatchObject({ status });
	});
});

describe('a 2xx without the resource', () => {
	const bodies: Array<[string, SwitchSettings]> = (
		['emptyObject', 'null', 'idOnly', 'list'] as const
	).map((writeAnswer) => [writeAnswer, { writeAnswer }]);

	describe.each(bodies)('%s', (_, switches) => {
		it.each(everyWrite)('is read again after %s', async (_name, write, expectDone) => {
			sandbox.setSwitches(switches);
			await write();
			expectDone();
		});

		it('goes on to the second step', async () => {
			sandbox.setSwitches(switches);
			const { user, notTaken } = await update('ada@example.com', { title: 'Countess' }, 'membership_admin');
			expect(notTaken).toEqual([]);
			expect(user).toMatchObject({ role: 'membership_admin', attributes: { title: 'Countess' } });
		});

		it('gives who and what was created', async () => {
			sandbox.setSwitches(switches);
			const made = await client.users.create({ email: 'new@example.com' }, 'restricted_member');
			expect(made).toMatchObject({ created: true, user: { id: idOf('new@example.com'), role: 'restricted_member' } });
			const { group } = await client.groups.create('Design');
			expect(group.id).toBe(sandbox.workspace.groupByName('Design')?.id);
		});
	});

	it.each<[string, unknown]>([
		['{}', {}],
		['null', null],
		['an error', { object: 'error', message: 'No' }],
		['nothing', ''],
	])('%s, and nothing was done: it is said that no one is there', async (_, body) => {
		sandbox.faults.add({ method: 'POST', fault: { status: 201, body } });
		await expect(client.users.create({ email: 'new@example.com' }, undefined)).rejects.toMatchObject({
			kind: 'notVerified',
			message: 'Notion accepted the creation of new@example.com, but no one in the workspace has this address.',
		});
		await expect(client.groups.create('Design')).rejects.toMatchObject({ kind: 'notVerified' });
	});

	it('still is not taken for another person', async () => {
		sandbox.faults.add({ method: 'PATCH', fault: { status: 200, body: { id: 'x', userName: 'x@example.com' } } });
		await expect(update('ada@example.com', { title: 'Countess' })).rejects.toMatchObject({ kind: 'unexpectedAnswer' });
	});
});

describe('a 410', () => {
	it('is how a person can be gone', async () => {
		const ada = await userWith('ada@example.com');
		sandbox.workspace.removeUser('ada@example.com');
		sandbox.faults.add({ path: `/Users/${ada.id}`, fault: { status: 410 } });
		expect(await client.users.remove(ada)).toMatchObject({ alreadyGone: true, seenAs: 'notFound' });
		expect(await client.users.get(ada.id)).toBeUndefined();
	});
});

describe('any other 4xx', () => {
	const ownMeaning = [401, 403, 404, 407, 408, 409, 410, 425, 429];
	const refusals = fc.integer({ min: 400, max: 499 }).filter((status) => !ownMeaning.includes(status));

	it('is a refusal: a batch is split, and who is at fault is named', async () => {
		const emails = ['ada@example.com', 'maria@example.com', 'admin@example.com', 'owner@example.com'];
		await fc.assert(
			fc.asyncProperty(refusals, fc.constantFrom(...emails), async (status, culprit) => {
				sandbox.reset();
				const transport = createUndiciTransport(sandbox.scimUrl, sandbox.token);
				const struck = createWorkspaceClient({
					send: async (request) =>
						request.method === 'PATCH' && JSON.stringify(request.body).includes(idOf(culprit))
							? { status, headers: {}, body: '{"detail":"Not this one"}' }
							: await transport.send(request),
				});
				const results = await struck.groups.changeMembers(await groupNamed('Sales'), 'add', emails.map(idOf));
				for (const email of emails) {
					const expected =
						email === culprit ? expect.objectContaining({ kind: 'refused', status, detail: 'Not this one' }) : 'changed';
					expect(results.get(idOf(email))).toEqual(expected);
				}
			}),
			{ numRuns: 30, examples: [[405, 'ada@example.com'], [412, 'ada@example.com'], [413, 'maria@example.com'], [422, 'admin@example.com']] },
		);
	});

	it('is said at once, to every write, with nothing done', async () => {
		await fc.assert(
			fc.asyncProperty(refusals, fc.constantFrom(...everyWrite), async (status, [, write]) => {
				sandbox.reset();
				client = createWorkspaceClient(createUndiciTransport(sandbox.scimUrl, sandbox.token));
				sandbox.faults.add({ fault: { status, body: '' }, method: 'POST' });
				sandbox.faults.add({ fault: { status, body: '' }, method: 'PATCH' });
				sandbox.faults.add({ fault: { status, body: '' }, method: 'DELETE' });
				const failure: unknown = await write().then(
					(result) => (result instanceof Map ? [...result.values()][0] : result),
					(error: unknown) => error,
				);
				expect(failure).toMatchObject({ kind: 'refused', status });
			}),
			{ numRuns: 40 },
		);
	});

	it.each([400, 405, 412, 413, 422] as const)(
		'does not keep from the form that works: %i',
		async (refusalStatus) => {
			sandbox.setSwitches({ refusalStatus, unsupportedPatchForm: 400, memberRemovePath: 'filter', rolePatch: 'extensionPath' });
			const ids = [idOf('kenji@example.com')];
			const results = await client.groups.changeMembers(await groupNamed('All Staff'), 'remove', ids);
			expect([...results.values()]).toEqual(['changed']);
			expect(membersOf('All Staff')).not.toContain('kenji@example.com');
			await update('ada@example.com', {}, 'membership_admin');
			expect(sandbox.workspace.userByEmail('ada@example.com')?.role).toBe('membership_admin');
		},
	);

	it.each([413, 414, 431])('in a web page of a proxy splits a batch as well: %i', async (status) => {
		sandbox.seedPeople(30);
		const transport = createUndiciTransport(sandbox.scimUrl, sandbox.token);
		const small = createWorkspaceClient({
			send: async (request) =>
				JSON.stringify(request.body ?? {}).length > 600
					? { status, headers: { 'content-type': 'text/html' }, body: '<h1>Too Large</h1>' }
					: await transport.send(request),
		});
		const ids = sandbox.workspace.members().map(({ id }) => id);
		const results = await small.groups.changeMembers(await groupNamed('Sales'), 'add', ids);
		expect([...results.values()].filter((result) => result instanceof ScimError)).toEqual([]);
		expect(membersOf('Sales')).toHaveLength(ids.length);
	});
});

describe('reads that lag behind writes', () => {
	describe.each([1, 2])('by %i reads', (reads) => {
		it.each(everyWrite)('are read again before a word on %s', async (_, write, expectDone) => {
			sandbox.setSwitches({ readLag: { reads }, writeAnswer: 'emptyObject' });
			const result = await write();
			expectDone();
			if (result instanceof Map) expect([...result.values()]).toEqual(['changed']);
			else expect({ result }).not.toMatchObject({ result: { notTaken: [expect.anything()] } });
		});

		it('and answers without the resource: what was changed is seen', async () => {
			sandbox.setSwitches({ readLag: { reads }, writeAnswer: 'emptyObject' });
			const { notTaken, unconfirmed } = await update('ada@example.com', { title: 'Countess', department: 'Royal' });
			expect([notTaken, unconfirmed]).toEqual([[], []]);
			expect(await client.users.create({ email: 'new@example.com' }, undefined)).toMatchObject({ created: true });
		});

		it('teach nothing wrong about the server', async () => {
			const staff = ['maria@example.com', 'admin@example.com', 'kenji@example.com'].map(idOf);
			sandbox.setSwitches({ readLag: { reads }, patchGroupAnswer: 'noContent' });
			const results = await client.groups.changeMembers(await groupNamed('All Staff'), 'remove', staff);
			expect([...results.values()]).toEqual(['changed', 'changed', 'changed']);
			expect(client.capabilities.memberRemovalForm).toBe('valueArray');
			expect(client.capabilities.membersPerRequest).toBe(100);
			expect(writes('PATCH')).toBe(2);
		});
	});

	it('do not make a new group a deleted one, nor a new person one who left', async () => {
		sandbox.setSwitches({ readLag: { reads: 2 }, patchGroupAnswer: 'noContent' });
		const { group } = await client.groups.create('Design');
		const added = await client.groups.changeMembers(group, 'add', [idOf('ada@example.com')]);
		expect([...added.values()]).toEqual(['changed']);

		const { user } = await client.users.create({ email: 'new@example.com' }, 'restricted_member');
		const raised = await client.users.update(user, [{ attribute: 'role', from: 'restricted_member', to: 'member' }]);
		expect(raised).toMatchObject({ notTaken: [], user: { role: 'member' } });
	});

	it('are not waited for where the first look shows the effect', async () => {
		for (const [, write] of everyWrite) {
			sandbox.reset();
			client = createWorkspaceClient(createUndiciTransport(sandbox.scimUrl, sandbox.token));
			const begin = client.requester.now() - Date.now();
			await write();
			// Its clock runs ahead of the machine's by all that was slept.
			expect(Math.abs(client.requester.now() - Date.now() - begin)).toBeLessThan(20);
		}
	});

	it('do not hide a removal that did not happen', async () => {
		sandbox.setSwitches({ readLag: { reads: 1 } });
		sandbox.faults.add({ method: 'DELETE', fault: { status: 204, body: '' } });
		await expect(client.users.remove(await userWith('ada@example.com'))).rejects.toMatchObject({ kind: 'notVerified' });
	});

	it('are waited for once where a server never shows an attribute', async () => {
		sandbox.setSwitches({ nameFields: 'none' });
		const ahead = () => client.requester.now() - Date.now();
		const before = ahead();
		await update('ada@example.com', { displayName: 'Ada King' });
		const afterFirst = ahead();
		await update('maria@example.com', { displayName: 'Maria King' });
		expect(afterFirst - before).toBeGreaterThan(900);
		expect(ahead() - afterFirst).toBeLessThan(20);
	});
});
