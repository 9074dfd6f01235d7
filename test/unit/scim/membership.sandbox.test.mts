import type { Sandbox } from '../../../sandbox/server.mts';
import { startSandbox } from '../../../sandbox/server.mts';
import type { Group } from '../../../lib/scim/groupResource.ts';
import type { MembershipResult } from '../../../lib/scim/membership.ts';
import { ScimError } from '../../../lib/scim/scimError.ts';
import { unknownCapabilities } from '../../../lib/scim/serverCapabilities.ts';
import { createUndiciTransport } from '../../support/undiciTransport.mts';
import type { WorkspaceClient } from './workspaceClient.mts';
import { combinations, createWorkspaceClient } from './workspaceClient.mts';

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

const groupNamed = async (name: string): Promise<Group> => {
	const group = await client.groups.findOneByName(name);
	if (!group) throw new Error(`There is no group ${name}`);
	return group;
};

const membersOf = (name: string): string[] => {
	const group = sandbox.workspace.groupByName(name);
	return group ? sandbox.workspace.memberEmails(group.id).sort() : [];
};

/** The results by address: the outcome of each, or the kind of the failure. */
const readable = (results: Map<string, MembershipResult>): Record<string, string> =>
	Object.fromEntries(
		[...results].map(([id, result]) => [
			sandbox.workspace.userById(id)?.profile.userName ?? id,
			result instanceof ScimError ? result.kind : result,
		]),
	);

const staff = ['kenji@example.com', 'maria@example.com', 'admin@example.com', 'owner@example.com'];
const guest = 'guest@partner.example';

/**
 * A client of a server that takes every removal of members for the removal of all of them, as RFC
 * 7644 section 3.5.2.2 lets it.
 */
const emptyingClient = (): WorkspaceClient => {
	const transport = createUndiciTransport(sandbox.scimUrl, sandbox.token);
	return createWorkspaceClient({
		send: (request) => {
			const isRemoval = JSON.stringify(request.body ?? {}).includes('"Remove"');
			const body = {
				schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
				Operations: [{ op: 'Remove', path: 'members' }],
			};
			return transport.send(isRemoval ? { ...request, body } : request);
		},
	});
};

describe('changing the members of a group', () => {
	const everyServer = combinations({
		multiMemberPatch: ['yes', 'onlyFirstApplied', 'no'],
		memberRemovePath: ['legacy', 'filter', 'both'],
		unsupportedPatchForm: ['ignored', 400],
		patchGroupAnswer: ['body', 'noContent'],
		guestInGroup: [400, 'ignored'],
	} as const);

	it.each(everyServer.map((switches) => [Object.values(switches).join(', '), switches] as const))(
		'comes out right and is told for each person: %s',
		async (_, switches) => {
			sandbox.setSwitches(switches);
			const group = await groupNamed('Engineering');
			const wanted = [...staff, 'ada@example.com', guest];
			const added = await client.groups.changeMembers(group, 'add', wanted.map(idOf));
			expect(membersOf('Engineering')).toEqual([...staff, 'ada@example.com'].sort());
			expect(readable(added)).toEqual({
				'kenji@example.com': 'changed',
				'maria@example.com': 'changed',
				'admin@example.com': 'changed',
				'owner@example.com': 'changed',
				'ada@example.com': 'unchanged',
				'guest@partner.example': switches.guestInGroup === 400 ? 'refused' : 'notTaken',
			});

			const leaving = ['kenji@example.com', 'maria@example.com', 'robin@contractor.example'];
			const removed = await client.groups.changeMembers(group, 'remove', leaving.map(idOf));
			expect(membersOf('Engineering')).toEqual(
				['ada@example.com', 'admin@example.com', 'owner@example.com'].sort(),
			);
			expect(readable(removed)).toEqual({
				'kenji@example.com': 'changed',
				'maria@example.com': 'changed',
				'robin@contractor.example': 'unchanged',
			});

			// The last ones go too, and nothing is left to do the second time.
			const last = ['ada@example.com', 'admin@example.com', 'owner@example.com'].map(idOf);
			const emptied = await client.groups.changeMembers(group, 'remove', last);
			expect(new Set(emptied.values())).toEqual(new Set(['changed']));
			expect(membersOf('Engineering')).toEqual([]);
			const again = await client.groups.changeMembers(group, 'remove', last);
			expect(new Set(again.values())).toEqual(new Set(['unchanged']));
		},
	);

	it('needs few requests for 500 people', async () => {
		sandbox.seedPeople(500);
		const ids = sandbox.workspace
			.members()
			.slice(-500)
			.map(({ id }) => id);
		sandbox.workspace.addGroup({ displayName: 'Project', members: ['kenji@example.com'] });
		const group = await groupNamed('Project');
		sandbox.requests.clear();
		const results = await client.groups.changeMembers(group, 'add', ids);
		expect(new Set(results.values())).toEqual(new Set(['changed']));
		expect(membersOf('Project')).toHaveLength(501);
		expect(sandbox.requests.count()).toBeLessThanOrEqual(12);

		sandbox.requests.clear();
		await client.groups.changeMembers(group, 'remove', ids);
		expect(membersOf('Project')).toEqual(['kenji@example.com']);
		expect(sandbox.requests.count()).toBeLessThanOrEqual(14);
	});

	it.each([
		['body', 1],
		['noContent', 2],
	] as const)('asks no more than it must of a group that was read just now: %s', async (patchGroupAnswer, requests) => {
		sandbox.setSwitches({ patchGroupAnswer });
		const group = await groupNamed('Engineering');
		sandbox.requests.clear();
		const results = await client.groups.changeMembers(group, 'add', staff.map(idOf), { isFresh: true });
		expect(new Set(results.values())).toEqual(new Set(['changed']));
		expect(sandbox.requests.count()).toBe(requests);
	});

	it.each<[string, object]>([
		['says nothing of members', {}],
		['says that no one was added', { members: [] }],
	])('reads the group where the answer %s', async (_, said) => {
		const group = await groupNamed('Engineering');
		const transport = createUndiciTransport(sandbox.scimUrl, sandbox.token);
		const { groups } = createWorkspaceClient({
			send: async (request) => {
				const answer = await transport.send(request);
				return request.method === 'PATCH'
					? { ...answer, body: JSON.stringify({ id: group.id, displayName: 'Engineering', ...said }) }
					: answer;
			},
		});
		sandbox.requests.clear();
		const results = await groups.changeMembers(group, 'add', staff.map(idOf), { isFresh: true });
		expect(new Set(results.values())).toEqual(new Set(['changed']));
		expect(sandbox.requests.count()).toBe(2);
	});

	it('finds the one at fault among many without trying each', async () => {
		sandbox.seedPeople(90);
		const ids = sandbox.workspace
			.members()
			.slice(-90)
			.map(({ id }) => id);
		ids.splice(33, 0, idOf(guest));
		sandbox.workspace.addGroup({ displayName: 'Project', members: ['kenji@example.com'] });
		const group = await groupNamed('Project');
		sandbox.requests.clear();
		const results = await client.groups.changeMembers(group, 'add', ids);
		expect(membersOf('Project')).toHaveLength(91);
		expect([...results].filter(([, result]) => result !== 'changed').map(([id]) => id)).toEqual([
			idOf(guest),
		]);
		expect(sandbox.requests.count()).toBeLessThan(24);
	});

	it.each(['onlyFirstApplied', 'no'] as const)(
		'finds out once that only one goes at a time: %s',
		async (multiMemberPatch) => {
			sandbox.setSwitches({ multiMemberPatch });
			await client.groups.changeMembers(await groupNamed('Sales'), 'add', staff.map(idOf));
			const engineering = await groupNamed('Engineering');
			sandbox.requests.clear();
			await client.groups.changeMembers(engineering, 'add', staff.map(idOf));
			expect(membersOf('Engineering')).toHaveLength(5);
			expect(sandbox.requests.count({ method: 'PATCH' })).toBe(4);
			expect(client.capabilities.membersPerRequest).toBe(1);
		},
	);

	it('does not send each alone because one request was lost', async () => {
		sandbox.faults.add({ method: 'PATCH', nth: 1, fault: { status: 204, body: '' } });
		await client.groups.changeMembers(await groupNamed('Sales'), 'add', staff.map(idOf));
		expect(membersOf('Sales')).toEqual([...staff].sort());
		const engineering = await groupNamed('Engineering');
		sandbox.requests.clear();
		await client.groups.changeMembers(engineering, 'add', staff.map(idOf));
		expect(membersOf('Engineering')).toHaveLength(5);
		expect(sandbox.requests.count({ method: 'PATCH' })).toBe(1);
	});

	it('tries together again after an hour', async () => {
		let now = 0;
		const later = createWorkspaceClient(
			createUndiciTransport(sandbox.scimUrl, sandbox.token),
			unknownCapabilities({ now: () => now }),
		);
		sandbox.setSwitches({ multiMemberPatch: 'onlyFirstApplied' });
		await later.groups.changeMembers(await groupNamed('Sales'), 'add', staff.map(idOf));
		sandbox.setSwitches({ multiMemberPatch: 'yes' });
		now = 60 * 60 * 1000 + 1;
		const engineering = await groupNamed('Engineering');
		sandbox.requests.clear();
		await later.groups.changeMembers(engineering, 'add', staff.map(idOf));
		expect(membersOf('Engineering')).toHaveLength(5);
		expect(sandbox.requests.count({ method: 'PATCH' })).toBe(1);
	});

	it('answers for each id once, however often it is named', async () => {
		const group = await groupNamed('Sales');
		const ada = idOf('ada@example.com');
		const results = await client.groups.changeMembers(group, 'add', [ada, ada, ada]);
		expect([...results]).toEqual([[ada, 'changed']]);
	});

	it('fails as a whole where the group is gone, with few requests', async () => {
		sandbox.seedPeople(60);
		const group = await groupNamed('Sales');
		sandbox.requests.clear();
		sandbox.faults.add({
			method: 'PATCH',
			fault: { status: 404, body: { status: '404', detail: 'There is no such group' } },
		});
		for (const nth of [2, 3, 4]) {
			sandbox.faults.add({
				method: 'GET',
				path: '/Groups/.',
				nth,
				fault: { status: 404, body: { status: '404', detail: 'There is no such group' } },
			});
		}
		const ids = sandbox.workspace.members().map(({ id }) => id);
		await expect(client.groups.changeMembers(group, 'add', ids)).rejects.toMatchObject({
			kind: 'notFound',
		});
		expect(sandbox.requests.count({ method: 'PATCH' })).toBe(1);
	});

	it('does not split for hours while a gateway is down', async () => {
		const group = await groupNamed('Sales');
		sandbox.faults.add({ method: 'PATCH', fault: { status: 502, body: '' } });
		await expect(
			client.groups.changeMembers(group, 'add', staff.map(idOf)),
		).rejects.toMatchObject({ kind: 'serverError', status: 502 });
		expect(sandbox.requests.count({ method: 'PATCH' })).toBe(8);
	});

	it('removes the others where Notion refuses the first', async () => {
		const group = await groupNamed('All Staff');
		const [first = '', ...others] = staff.map(idOf);
		sandbox.faults.add({
			method: 'PATCH',
			times: 2,
			fault: { status: 403, body: { status: '403', detail: 'Not this one' } },
		});
		const results = await client.groups.changeMembers(group, 'remove', [first, ...others]);
		expect(results.get(first)).toMatchObject({ kind: 'refused', detail: 'Not this one' });
		expect(others.map((id) => results.get(id))).toEqual(['changed', 'changed', 'changed']);
		expect(membersOf('All Staff')).toContain('kenji@example.com');
		expect(membersOf('All Staff')).not.toContain('maria@example.com');
	});

	it.each([2, 5])('puts the others back where one removal empties a group of %i', async (size) => {
		const emptying = emptyingClient();
		const members = ['ada@example.com', ...staff].slice(0, size);
		await client.groups.changeMembers(await groupNamed('Engineering'), 'add', members.map(idOf));
		const group = await groupNamed('Engineering');
		await expect(
			emptying.groups.changeMembers(group, 'remove', [idOf('ada@example.com')]),
		).rejects.toMatchObject({ kind: 'notTaken' });
		expect(membersOf('Engineering')).toEqual(members.slice(1).sort());
	});

	it.each(['onlyFirstApplied', 'no'] as const)(
		'puts every one of them back where one request takes one: %s',
		async (multiMemberPatch) => {
			const members = ['ada@example.com', ...staff];
			await client.groups.changeMembers(await groupNamed('Engineering'), 'add', members.map(idOf));
			sandbox.setSwitches({ multiMemberPatch });
			await expect(
				emptyingClient().groups.changeMembers(await groupNamed('Engineering'), 'remove', [
					idOf('ada@example.com'),
				]),
			).rejects.toMatchObject({
				kind: 'notTaken',
				message: 'Removing one person from the group emptied it. The other 4 were put back.',
			});
			expect(membersOf('Engineering')).toEqual([...staff].sort());
		},
	);

	it('names those it could not put back', async () => {
		const members = ['ada@example.com', ...staff];
		await client.groups.changeMembers(await groupNamed('Engineering'), 'add', members.map(idOf));
		const refusal = { status: 403, body: { status: '403', detail: 'Not this one' } };
		// The first PATCH empties the group. The four together, the first two and the first are refused.
		for (const nth of [2, 3, 4]) sandbox.faults.add({ method: 'PATCH', nth, fault: refusal });
		const lost = idOf('kenji@example.com');
		await expect(
			emptyingClient().groups.changeMembers(await groupNamed('Engineering'), 'remove', [
				idOf('ada@example.com'),
			]),
		).rejects.toMatchObject({
			kind: 'notTaken',
			message: `Removing one person from the group emptied it. Of the other 4, 1 could not be put back: ${lost}.`,
			evidence: { lost: [lost] },
		});
		expect(membersOf('Engineering')).toEqual(staff.slice(1).sort());
	});

	it.each([
		['the token dies', { status: 401 }],
		['the network is gone', { cutConnection: 'before' }],
	] as const)('names everyone who is out where %s meanwhile', async (_, fault) => {
		const members = ['ada@example.com', ...staff];
		await client.groups.changeMembers(await groupNamed('Engineering'), 'add', members.map(idOf));
		const group = await groupNamed('Engineering');
		for (let nth = 2; nth <= 20; nth += 1) sandbox.faults.add({ method: 'PATCH', nth, fault });
		const refusal = await emptyingClient()
			.groups.changeMembers(group, 'remove', [idOf('ada@example.com')])
			.catch((error: unknown) => error);
		expect(refusal).toMatchObject({ kind: 'notTaken' });
		const lost = refusal instanceof ScimError ? (refusal.evidence?.['lost'] ?? []) : [];
		expect(new Set(Array.isArray(lost) ? lost : [])).toEqual(new Set(staff.map(idOf)));
		for (const email of staff) expect(String(refusal)).toContain(idOf(email));
		expect(membersOf('Engineering')).toEqual([]);
	});

	it('learns nothing about that from a group of one', async () => {
		const emptying = emptyingClient();
		const kenji = idOf('kenji@example.com');
		await emptying.groups.changeMembers(await groupNamed('Sales'), 'remove', [kenji]);
		expect(membersOf('Sales')).toEqual([]);
		const everyone = membersOf('All Staff');
		await expect(
			emptying.groups.changeMembers(await groupNamed('All Staff'), 'remove', [kenji]),
		).rejects.toMatchObject({ kind: 'notTaken' });
		expect(membersOf('All Staff')).toEqual(
			everyone.filter((email) => email !== 'kenji@example.com'),
		);
	});

	it.each(['before', 'after'] as const)(
		'comes out right when the connection is cut %s the operation',
		async (moment) => {
			const group = await groupNamed('Engineering');
			sandbox.faults.add({ method: 'PATCH', nth: 1, fault: { cutConnection: moment } });
			const added = await client.groups.changeMembers(group, 'add', staff.map(idOf));
			expect(new Set(added.values())).toEqual(new Set(['changed']));
			expect(membersOf('Engineering')).toEqual([...staff, 'ada@example.com'].sort());
			expect(sandbox.requests.count({ method: 'PATCH' })).toBe(moment === 'after' ? 1 : 2);

			sandbox.faults.clear();
			sandbox.faults.add({ method: 'PATCH', nth: 1, fault: { cutConnection: moment } });
			const removed = await client.groups.changeMembers(group, 'remove', staff.map(idOf));
			expect(new Set(removed.values())).toEqual(new Set(['changed']));
			expect(membersOf('Engineering')).toEqual(['ada@example.com']);
		},
	);
});
