import fc from 'fast-check';

import type { Group } from '../../../lib/scim/groupResource.ts';
import type { GroupAccess, MembershipChange, MembershipResult } from '../../../lib/scim/membership.ts';
import { changeMembership } from '../../../lib/scim/membership.ts';
import type { MemberRemovalForm, RoleForm } from '../../../lib/scim/patchOperation.ts';
import { ScimError } from '../../../lib/scim/scimError.ts';
import { unknownCapabilities } from '../../../lib/scim/serverCapabilities.ts';
import type { ScimRequest, ScimResponse } from '../../../lib/scim/transport.ts';
import { parseUser } from '../../../lib/scim/userResource.ts';
import { createWorkspaceClient } from './workspaceClient.mts';

/** What a server does with one person in one form: whether it acts, and what it answers. */
interface Behavior {
	acts: boolean;
	status: 200 | 400 | 403 | 500;
}

const behavior: fc.Arbitrary<Behavior> = fc.record({
	acts: fc.boolean(),
	status: fc.constantFrom(200, 400, 403, 500),
});

const refusal = (status: number): ScimError =>
	status === 500
		? new ScimError('serverError', 'It failed.', 'Wait.', { status, isNothingDone: true })
		: new ScimError('refused', 'Not this one.', 'Ask.', { status });

/** A group of a server that treats each person and form in a way of its own. */
class MoodyGroup implements GroupAccess {
	readonly members: Set<string>;

	constructor(
		members: string[],
		private readonly behaviorOf: (id: string, form: MemberRemovalForm) => Behavior,
		private readonly mostShown = Infinity,
	) {
		this.members = new Set(members);
	}

	async read(): Promise<Group> {
		const memberIds = [...this.members].slice(0, this.mostShown);
		return await Promise.resolve({ id: 'g', displayName: 'Sales', memberIds, resource: {} });
	}

	/** Reads show every write at once here. */
	async lookPatiently<T>(look: () => Promise<T>): Promise<T> {
		return await look();
	}

	async patch(change: MembershipChange, ids: string[], form: MemberRemovalForm): Promise<undefined> {
		const capabilities = ids.map((id) => ({ id, ...this.behaviorOf(id, form) }));
		for (const { id, acts } of capabilities) {
			if (acts && change === 'add') this.members.add(id);
			if (acts && change === 'remove') this.members.delete(id);
		}
		const worst = Math.max(...capabilities.map(({ status }) => status));
		if (worst !== 200) throw refusal(worst);
		return await Promise.resolve(undefined);
	}
}

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];

const expectTold = (
	results: Map<string, MembershipResult>,
	change: MembershipChange,
	before: Set<string>,
	after: Set<string>,
): void => {
	for (const [id, result] of results) {
		const isDone = after.has(id) === (change === 'add');
		const wasDone = before.has(id) === (change === 'add');
		const expected = wasDone ? 'unchanged' : isDone ? 'changed' : 'not done';
		expect([id, result instanceof ScimError ? 'not done' : result]).toEqual([id, expected]);
	}
};

describe('what a tried form did is what is reported', () => {
	it('of members who are removed or added, whatever each request is answered with', async () => {
		const table = fc.record({ valueArray: behavior, memberFilter: behavior });
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom<MembershipChange>('add', 'remove'),
				fc.subarray(ids),
				fc.subarray(ids, { minLength: 1 }),
				fc.tuple(...ids.map(() => table)),
				async (change, present, named, capabilities) => {
					// A stranger stays in the group, so that a removal is never the emptying of it.
					const group = new MoodyGroup([...present, 'stranger'], (id, form) => {
						const own = capabilities[ids.indexOf(id)];
						return own ? own[form] : { acts: false, status: 200 };
					});
					const before = new Set(group.members);
					const results = await changeMembership(group, change, named, unknownCapabilities());
					expect([...results.keys()].sort()).toEqual([...named].sort());
					expectTold(results, change, before, group.members);
				},
			),
			{ numRuns: 300 },
		);
	});

	it.each([403, 500] as const)('of a removal whose first form fails with %i and whose second works', async (status) => {
		const group = new MoodyGroup(['a', 'b', 'c'], (_id, form) =>
			form === 'valueArray' ? { acts: false, status } : { acts: true, status: 200 },
		);
		const results = await changeMembership(group, 'remove', ['a', 'b'], unknownCapabilities());
		expect([...results]).toEqual([
			['a', 'changed'],
			['b', 'changed'],
		]);
	});

	it('of a role, whatever each form is answered with', async () => {
		const both = fc.record({ extensionObject: behavior, extensionPath: behavior });
		await fc.assert(
			fc.asyncProperty(both, fc.constantFrom('owner', 'restricted_member'), async (capabilities, wanted) => {
				let role = 'member';
				const resource = () => ({
					id: 'u1',
					userName: 'ada@example.com',
					'urn:ietf:params:scim:schemas:extension:notion:2.0:User': { role },
				});
				const answer = (status: number, body: unknown): ScimResponse => ({
					status,
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify(body),
				});
				const send = async ({ method, path, body }: ScimRequest): Promise<ScimResponse> => {
					if (method === 'GET' && path === '/Users') {
						return await Promise.resolve(answer(200, { totalResults: 1, Resources: [resource()] }));
					}
					if (method === 'GET') return answer(200, resource());
					const form: RoleForm = JSON.stringify(body).includes('"path"') ? 'extensionPath' : 'extensionObject';
					const { acts, status } = capabilities[form];
					if (acts) role = wanted;
					return status === 200 ? answer(200, resource()) : answer(status, { detail: 'no' });
				};
				const { users } = createWorkspaceClient({ send });
				const change = { attribute: 'role' as const, from: 'member', to: wanted };
				const outcome = await users.update(parseUser(resource()), [change]).then(
					({ notTaken }) => notTaken.length === 0,
					(error: unknown) => (error instanceof ScimError ? false : Promise.reject(error)),
				);
				expect(outcome).toBe(role === wanted);
			}),
			{ numRuns: 200 },
		);
	});
});

describe('a group that shows exactly 100 members', () => {
	const crowd = (count: number): string[] => Array.from({ length: count }, (_, index) => `m${index}`);
	const takes =
		(supported: MemberRemovalForm) =>
		(_id: string, form: MemberRemovalForm): Behavior =>
			form === supported ? { acts: true, status: 200 } : { acts: false, status: 200 };

	it.each(['valueArray', 'memberFilter'] as const)('is asked to take out whom it does not show, by %s', async (form) => {
		const group = new MoodyGroup(crowd(130), takes(form), 100);
		const results = await changeMembership(group, 'remove', ['m120', 'm129'], unknownCapabilities());
		expect([...results.values()]).toEqual(['unconfirmed', 'unconfirmed']);
		expect([group.members.has('m120'), group.members.has('m129'), group.members.size]).toEqual([false, false, 128]);
	});

	it.each(['valueArray', 'memberFilter'] as const)('takes out shown and hidden people together, by %s', async (form) => {
		const group = new MoodyGroup(crowd(130), takes(form), 100);
		const results = await changeMembership(group, 'remove', ['m120', 'm3', 'm4'], unknownCapabilities());
		expect(Object.fromEntries(results)).toEqual({ m120: 'unconfirmed', m3: 'changed', m4: 'changed' });
		expect(group.members.size).toBe(127);
	});

	it('learns nothing about forms from people it does not show', async () => {
		const capabilities = unknownCapabilities();
		await changeMembership(new MoodyGroup(crowd(130), takes('memberFilter'), 100), 'remove', ['m120'], capabilities);
		expect(capabilities.memberRemovalForm).toBeUndefined();
	});

	it('does not call a person missing who was added and is not shown', async () => {
		const group = new MoodyGroup(crowd(98), takes('valueArray'), 100);
		const results = await changeMembership(group, 'add', ['n1', 'n2', 'n3'], unknownCapabilities());
		expect(Object.fromEntries(results)).toEqual({ n1: 'changed', n2: 'changed', n3: 'unconfirmed' });
		expect(group.members.size).toBe(101);
	});

	it.each([99, 101])('is not one of %i, where who is not shown is not in it', async (count) => {
		const group = new MoodyGroup(crowd(count), takes('valueArray'));
		const results = await changeMembership(group, 'remove', ['x'], unknownCapabilities());
		expect(results.get('x')).toBe('unchanged');
	});

	it('says why a hidden person was refused in every form', async () => {
		const group = new MoodyGroup(crowd(130), () => ({ acts: false, status: 403 }), 100);
		const results = await changeMembership(group, 'remove', ['m120'], unknownCapabilities());
		expect(results.get('m120')).toMatchObject({ kind: 'refused', status: 403 });
	});
});
