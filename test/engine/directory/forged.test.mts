import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { UnsignedChange, PlannedChange } from '../../../lib/directory/plan/plannedChange.ts';
import { PLAN_ACTIONS } from '../../../lib/directory/plan/plannedChange.ts';
import { startSandbox } from '../../../sandbox/server.mts';
import { failureOf, itemFailures, setUpNotion } from '../support/notionTest.mts';
import { applying } from './applying.mts';
import type { Binding } from './plannedChanges.mts';
import { asItems, ChangesAbout } from './plannedChanges.mts';
import { applicable, directory, planning } from './planning.mts';

const HOUR = 3_600_000;

describe('changes that are not of this plan, this workspace, these guards or this day', () => {
	const notion = setUpNotion();
	const about = new ChangesAbout(notion);
	const { apply, outcomes } = applying(notion);
	const refuse = async (changes: PlannedChange[], options: Parameters<typeof apply>[1] = {}) => {
		const run = await apply(changes, { onError: 'continueRegularOutput', ...options });
		expect(notion.writes()).toEqual([]);
		expect(new Set(outcomes(run))).toEqual(new Set(['refused']));
		const [failure] = itemFailures(run);
		expect(failure?.context).toMatchObject({ kind: 'planRefused', result: { impact: 0, seats: 0 } });
		return failure?.message ?? '';
	};
	const removal = (binding: Binding = {}) => about.signed([about.remove('ada@example.com')], binding);

	test('a plan that was made on one workspace is refused on another', async () => {
		const other = await startSandbox({ seed: 2 });
		try {
			const plan = planning(notion);
			const people = directory([{ id: '1', email: 'new@example.com', displayName: 'New' }]);
			const { changes } = await plan(people);
			expect(applicable(changes)).toHaveLength(1);

			const run = await notion.run('directory.apply', {
				items: changes,
				credential: { baseUrl: other.scimUrl, token: other.token },
				onError: 'continueRegularOutput',
			});

			expect(new Set(outcomes(run))).toEqual(new Set(['refused']));
			expect(itemFailures(run)[0]?.message).toContain('planned with another token or on another workspace');
			expect(other.requests.count()).toBe(0);
		} finally {
			await other.close();
		}
	});

	test('the same for another token of the same workspace', async () => {
		const token = notion.sandbox.workspace.addToken('second.owner@example.com');
		expect(await refuse(removal({ token }))).toContain('planned with another token');
	});

	test('yesterday\'s is refused, and so is tomorrow\'s', async () => {
		expect(await refuse(removal({ plannedAt: Date.now() - 24 * HOUR }))).toContain('This plan was good until');
		expect(await refuse(removal({ plannedAt: Date.now() + HOUR }))).toContain('planned in the future');
	});

	test('one of 23 hours is not', async () => {
		expect(outcomes(await apply(removal({ plannedAt: Date.now() - 23 * HOUR })))).toEqual(['done']);
	});

	test('other guards than those of the plan', async () => {
		const message = 'planned with other guards';
		expect(await refuse(removal(), { options: { allowPrivileged: true } })).toContain(message);
		expect(await refuse(removal({ allowExternalMember: true }))).toContain(message);
		expect(await refuse(removal(), { credential: { protectedEmails: 'vip@example.com' } })).toContain(message);
		expect(await refuse(removal(), { credential: { access: 'noRemovals' } })).toContain(message);
	});

	test('another plan than the one that was approved', async () => {
		const [change] = removal();
		const other = about.signed([about.remove('kenji@example.com')]);
		expect(await refuse(other, { approvedPlan: change?.planDigest ?? '' })).toContain('another plan than the one');
	});

	test('the approved one is applied', async () => {
		const changes = removal();
		expect(outcomes(await apply(changes, { approvedPlan: ` ${changes[0]?.planDigest}\n` }))).toEqual(['done']);
	});

	test.each(['={{ $json.approval }}', '={{ "" }}', ' '])('an approval that got lost: %s', async (given) => {
		const run = await apply(removal(), { approvedPlan: given });

		expect(failureOf(run).message).toContain('Approved Plan is empty');
		expect(notion.sandbox.requests.all()).toEqual([]);
	});

	test('changes of two plans at once', async () => {
		const changes = [...removal(), ...about.signed([about.remove('kenji@example.com')])];
		expect(await refuse(changes)).toContain('changes of 2 plans');
	});

	test('what is not a planned change at all', async () => {
		const run = await notion.run('directory.apply', {
			items: [{}, { action: 'user.remove', email: 'ada@example.com' }, { signature: 5 }],
			onError: 'continueRegularOutput',
		});

		expect(itemFailures(run).map(({ message }) => message)).toEqual(
			Array.from({ length: 3 }, () => expect.stringContaining('This item is not a planned change')),
		);
		expect(notion.sandbox.requests.all()).toEqual([]);
	});

	test('a run that may not continue says how many, and does the others', async () => {
		const [change] = about.signed([about.create('new@example.com')]);
		if (!change) throw new Error('There is no such change');
		const run = await apply([change, { ...change, explanation: 'Something else.' }]);

		expect(failureOf(run).message).toContain('was altered after it was planned');
		expect(failureOf(run).description).toContain('1 of 2 items failed');
		expect(notion.sandbox.workspace.isMember('new@example.com')).toBe(true);
	});

	/** Every place of a change where something else can stand. */
	const places = (value: unknown, path: string[] = []): string[][] =>
		typeof value === 'object' && value !== null
			? Object.entries(value).flatMap(([key, inner]) => places(inner, [...path, key]))
			: [path];

	const altered = (item: IDataObject, path: string[], to: unknown): IDataObject => {
		const copy: IDataObject = JSON.parse(JSON.stringify(item));
		let at: Record<string, unknown> = copy;
		for (const key of path.slice(0, -1)) {
			const inner = at[key];
			if (typeof inner !== 'object' || inner === null) throw new Error(`There is no ${key}`);
			at = Object.assign(inner);
		}
		at[path.at(-1) ?? ''] = to;
		return copy;
	};

	test('whatever is altered in a change, nothing is written', async () => {
		const seen = new Set<string>();
		await fc.assert(
			fc.asyncProperty(fc.nat(), fc.nat(), fc.string(), async (which, where, text) => {
				const { workspace } = notion.sandbox;
				const owner = workspace.userByEmail('second.owner@example.com')?.id ?? '';
				const items = asItems(
					about.signed([
						{ ...about.remove('ada@example.com'), guard: 'blocked: not now' },
						about.update('ada@example.com', { role: 'restricted_member', title: 'X' }),
						about.leave('Sales', 'kenji@example.com'),
						about.deleteGroup('Sales'),
						about.rename('maria@example.com', 'x@example.com'),
					]),
				);
				const item = items[which % items.length] ?? {};
				const all = places(item);
				const path = all[where % all.length] ?? [];
				const name = path.join('.');
				seen.add(name);
				const now = path.reduce<unknown>(
					(at, key) => (typeof at === 'object' && at !== null ? Object.entries(at).find(([one]) => one === key)?.[1] : at),
					item,
				);
				const to = { guard: 'ok', 'target.id': owner, 'member.id': owner }[name] ?? text;
				// Nothing is what a table gives back for nothing.
				if (to === now || (name === 'member' && String(to).trim() === '')) return;
				notion.sandbox.requests.clear();

				const run = await notion.run('directory.apply', {
					items: [altered(item, path, to)],
					parameters: { options: { removalLimit: 1000 } },
					onError: 'continueRegularOutput',
				});

				expect(outcomes(run)).toEqual(['refused']);
				expect(notion.sandbox.requests.all()).toEqual([]);
			}),
			{ seed: 20_260_601, numRuns: 250 },
		);
		expect([...seen]).toEqual(expect.arrayContaining(['guard', 'target.id', 'signature', 'changes.0.to', 'planDigest', 'expiresAt']));
	}, 60_000);
});

describe('changes that are genuine and mean harm', () => {
	const notion = setUpNotion();
	const about = new ChangesAbout(notion);
	const { apply, outcomes, notes } = applying(notion);
	const guards = { protectedEmails: ['ada@example.com'], tokenCreatorEmail: 'owner@example.com', ownedDomains: ['example.com'] };
	const credential = {
		protectedEmails: 'ada@example.com', tokenCreatorEmail: 'owner@example.com', ownedDomains: 'example.com',
	};
	const privileged = ['owner@example.com', 'second.owner@example.com', 'admin@example.com', 'ada@example.com'];
	const harmTo = (email: string): UnsignedChange[] => [
		about.remove(email),
		about.update(email, { role: 'restricted_member' }),
		about.update(email, { title: 'Nobody' }),
		about.rename(email, 'nobody@example.com'),
		about.leave('All Staff', email),
		about.deleteGroup('All Staff'),
	];

	test.each(privileged)('never touch %s', async (email) => {
		const entries = harmTo(email);

		const run = await apply(entries, { binding: { guards }, credential });

		expect(run.error).toBeUndefined();
		expect(outcomes(run)).toEqual(entries.map(() => 'blocked'));
		expect(notes(run)[0]).toMatch(/owner of the workspace|membership admin|created the SCIM token|list of protected/);
		expect(notion.writes()).toEqual([]);
	});

	test('never remove or demote the token\'s creator, whatever is allowed', async () => {
		const [remove, demote] = harmTo('owner@example.com');
		if (!remove || !demote) throw new Error('There are no such changes');
		const run = await apply([remove, demote], {
			binding: { guards, allowPrivileged: true }, credential, options: { allowPrivileged: true },
		});

		expect(outcomes(run)).toEqual(['blocked', 'blocked']);
		expect(notion.writes()).toEqual([]);
	});

	test('go by the role that a person has now', async () => {
		const changes = about.signed(harmTo('kenji@example.com').slice(0, 5));
		notion.sandbox.workspace.changeRole('kenji@example.com', 'owner');

		const run = await apply(changes);

		expect(outcomes(run)).toEqual(changes.map(() => 'blocked'));
		expect(notion.writes()).toEqual([]);
	});

	test('make no one more than a guard lets them be', async () => {
		const run = await apply(
			[
				about.create('boss@example.com', { role: 'owner' }),
				about.update('kenji@example.com', { role: 'membership_admin' }),
				about.create('partner@elsewhere.example', { role: 'member' }),
				about.update('robin@contractor.example', { role: 'member' }),
				about.rename('kenji@example.com', 'kenji@elsewhere.example'),
			],
			{ binding: { guards }, credential },
		);

		expect(outcomes(run)).toEqual(['blocked', 'blocked', 'done', 'blocked', 'blocked']);
		expect(notion.sandbox.workspace.userByEmail('partner@elsewhere.example')?.role).toBe('restricted_member');
	});

	test('do no more than the credential may', async () => {
		const entries = [
			about.remove('kenji@example.com'),
			about.leave('Sales', 'kenji@example.com'),
			about.deleteGroup('Sales'),
			about.update('kenji@example.com', { role: 'restricted_member' }),
		];
		const noRemovals = { access: 'noRemovals' as const };
		const run = await apply(entries, { binding: { guards: noRemovals }, credential: noRemovals });
		expect(outcomes(run)).toEqual(entries.map(() => 'blocked'));

		const readOnly = { access: 'readOnly' as const };
		const others = [about.create('new@example.com'), about.createGroup('New'), about.join('Sales', 'maria@example.com')];
		const nothing = await apply(others, { binding: { guards: readOnly }, credential: readOnly });
		expect(outcomes(nothing)).toEqual(['blocked', 'blocked', 'blocked']);
		expect(notion.writes()).toEqual([]);
	});

	test('that name no one, or nothing, or another person, write nothing', async () => {
		const remove = about.remove('kenji@example.com');
		const owner = notion.sandbox.workspace.userByEmail('second.owner@example.com')?.id ?? '';
		const target = (id: string | null): UnsignedChange => ({ ...remove, target: { ...remove.target, id } });
		const join = about.join('Sales', 'ada@example.com');
		const run = await apply(
			[
				target(null),
				target(owner),
				target('..'),
				{ ...join, member: null },
				{ ...join, target: { type: 'group', id: owner, displayName: 'Sales' } },
				{ ...about.update('kenji@example.com', { title: 'X' }), changes: [] },
				about.create('not an address'),
			],
			{ onError: 'continueRegularOutput' },
		);

		expect(outcomes(run)).toEqual(['stale', 'blocked', 'failed', 'stale', 'stale', 'unchanged', 'stale']);
		expect(notion.writes()).toEqual([]);
	});

	test('whatever they say, privileged people keep their membership, role, address and groups', async () => {
		const accessOf = () =>
			privileged.map((email) => {
				const account = notion.sandbox.workspace.userByEmail(email);
				return [email, account?.membership, account?.role, notion.sandbox.workspace.groupNames(email)];
			});
		const emails = [...privileged, 'kenji@example.com', 'maria@example.com', 'nobody@example.com'];
		const groups = ['All Staff', 'Engineering', 'Sales', 'Nothing'];
		const roles = ['owner', 'membership_admin', 'member', 'restricted_member', 'something'];
		const change = fc.record({
			action: fc.constantFrom(...PLAN_ACTIONS),
			email: fc.constantFrom(...emails),
			other: fc.constantFrom(...emails),
			group: fc.constantFrom(...groups),
			role: fc.constantFrom(...roles),
			isAboutGroup: fc.boolean(),
			hasId: fc.boolean(),
			knows: fc.boolean(),
		});
		const entryOf = ({ action, email, other, group, role, isAboutGroup, hasId, knows }: typeof change extends fc.Arbitrary<infer T> ? T : never): UnsignedChange => {
			const { workspace } = notion.sandbox;
			const idOf = (address: string): string | null => workspace.userByEmail(address)?.id ?? null;
			const found = workspace.groupByName(group);
			return {
				action,
				target: isAboutGroup
					? { type: 'group', id: hasId ? (found?.id ?? null) : null, displayName: group }
					: { type: 'user', id: hasId ? idOf(email) : null, email, displayName: null, source: null, sourceId: null },
				member: { id: hasId ? idOf(other) : null, email: other, displayName: null },
				changes: [
					{ attribute: 'role', from: workspace.userByEmail(email)?.role ?? null, to: role },
					{ attribute: 'email', from: email, to: other },
				],
				reason: 'inactive',
				explanation: 'Because.',
				guard: 'ok',
				impact: 0,
				precondition: knows ? { memberIds: [...(found?.memberIds ?? [])] } : {},
			};
		};
		await fc.assert(
			fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (drawn) => {
				notion.renew();
				const before = accessOf();

				await apply(drawn.map(entryOf), { binding: { guards }, credential, onError: 'continueRegularOutput' });

				const mayJoin = accessOf().map(([email, isIn, role, names], index) => [
					email, isIn, role, Array.isArray(names) ? [before[index]?.[3]].flat().filter((name) => names.includes(String(name))) : [],
				]);
				expect(mayJoin).toEqual(before);
			}),
			{ seed: 20_260_601, numRuns: 150 },
		);
	}, 60_000);
});
