import type { INodeParameters } from 'n8n-workflow';

import { failureOf, jsons, onlyItem, pairs, setUpNotion } from '../support/notionTest.mts';

const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describe('user.upsert', () => {
	const notion = setUpNotion();
	const upsert = async (
		email: string,
		more: { additionalFields?: INodeParameters; options?: INodeParameters } = {},
		credential = {},
	) => await notion.run('user.upsert', { parameters: { email, ...more }, credential });
	const account = (email: string) => notion.sandbox.workspace.userByEmail(email);
	const reads = () => notion.sandbox.requests.count({ method: 'GET' });

	test('creates a person who is not there', async () => {
		const run = await upsert('grace@example.com', {
			additionalFields: { displayName: 'Grace Hopper', role: 'member' },
		});

		expect(onlyItem(run)).toMatchObject({
			email: 'grace@example.com',
			displayName: 'Grace Hopper',
			outcome: 'created',
		});
		expect(pairs(run)).toEqual([{ item: 0 }]);
		expect(account('grace@example.com')?.membership).toBe('member');
	});

	test('patches only what differs, and says what that was', async () => {
		const run = await upsert('ada@example.com', {
			additionalFields: {
				displayName: 'Ada Lovelace',
				title: 'Countess',
				department: 'Engineering',
				costCenter: 'CC-1',
			},
		});

		expect(notion.writes().map(({ method, body }) => ({ method, body }))).toEqual([
			{
				method: 'PATCH',
				body: {
					schemas: [patchOp],
					Operations: [
						{ op: 'Replace', path: 'title', value: 'Countess' },
						{ op: 'Replace', path: `${enterprise}:costCenter`, value: 'CC-1' },
					],
				},
			},
		]);
		expect(onlyItem(run)).toMatchObject({
			outcome: 'updated',
			title: 'Countess',
			costCenter: 'CC-1',
			department: 'Engineering',
			changes: [
				{ attribute: 'title', from: 'Engineer', to: 'Countess' },
				{ attribute: 'costCenter', from: null, to: 'CC-1' },
			],
		});
		expect(onlyItem(run)).not.toHaveProperty('unconfirmed');
		expect(account('ada@example.com')?.profile.attributes).toEqual({
			title: 'Countess',
			[enterprise]: { department: 'Engineering', costCenter: 'CC-1' },
		});
	});

	test('writes nothing where nothing differs, and reads once', async () => {
		const run = await upsert('ADA@Example.com', {
			additionalFields: { displayName: 'Ada Lovelace', title: 'Engineer', role: 'owner' },
		});

		expect(onlyItem(run)).toMatchObject({ outcome: 'unchanged', email: 'ada@example.com' });
		expect(notion.writes()).toEqual([]);
		expect(reads()).toBe(1);
	});

	test('wipes nothing with fields that are empty', async () => {
		const run = await upsert('ada@example.com', {
			additionalFields: { title: '', department: '={{ $json.nothing }}', displayName: '   ' },
		});

		expect(onlyItem(run)).toMatchObject({ outcome: 'unchanged' });
		expect(notion.writes()).toEqual([]);
		expect(account('ada@example.com')?.profile.attributes['title']).toBe('Engineer');
	});

	test('ends the same when it runs again', async () => {
		const more = {
			additionalFields: {
				givenName: 'Grace',
				familyName: 'Hopper',
				title: 'Programmer',
				phoneNumber: '+1 555 0100',
				address: '1 Navy Yard',
				jobRole: 'Rear admiral',
				managerEmail: 'ADA@example.com',
				secondaryEmails: 'hopper@example.org, grace@example.org',
				photoUrl: 'https://example.com/grace.png',
			},
		};
		expect(onlyItem(await upsert('grace@example.com', more))).toMatchObject({ outcome: 'created' });
		notion.sandbox.requests.clear();

		expect(onlyItem(await upsert('grace@example.com', more))).toMatchObject({
			outcome: 'unchanged',
		});
		expect(notion.writes()).toEqual([]);
	});

	describe('role', () => {
		const syncRole = { options: { syncRole: true } };

		test('is left alone without Sync Role', async () => {
			const run = await upsert('robin@contractor.example', {
				additionalFields: { role: 'member' },
			});

			expect(onlyItem(run)).toMatchObject({ outcome: 'unchanged', role: 'restricted_member' });
			expect(notion.writes()).toEqual([]);
		});

		test('is raised with Sync Role', async () => {
			const run = await upsert('robin@contractor.example', {
				additionalFields: { role: 'member' },
				...syncRole,
			});

			expect(onlyItem(run)).toMatchObject({
				outcome: 'updated',
				role: 'member',
				changes: [{ attribute: 'role', from: 'restricted_member', to: 'member' }],
			});
			expect(account('robin@contractor.example')?.role).toBe('member');
		});

		test('is never lowered, not even with Sync Role', async () => {
			const run = await upsert('ada@example.com', {
				additionalFields: { role: 'restricted_member' },
				options: { syncRole: true, allowPrivileged: true },
			});

			const item = onlyItem(run);
			expect(item).toMatchObject({ outcome: 'unchanged', role: 'member' });
			expect(item['note']).toContain('never lowers a role');
			expect(notion.writes()).toEqual([]);
			expect(account('ada@example.com')?.role).toBe('member');
		});

		test('is raised to one that manages others only where that is allowed', async () => {
			const additionalFields = { role: 'membership_admin' };
			const refused = failureOf(await upsert('ada@example.com', { additionalFields, ...syncRole }));

			expect(refused.message).toContain(
				'ada@example.com would get the role membership_admin, which may manage other people.',
			);
			expect(refused.description).toContain('Allow Privileged People');
			expect(notion.writes()).toEqual([]);

			const options = { syncRole: true, allowPrivileged: true };
			const allowed = await upsert('ada@example.com', { additionalFields, options });
			expect(onlyItem(allowed)).toMatchObject({ outcome: 'updated', role: 'membership_admin' });
			expect(account('ada@example.com')?.role).toBe('membership_admin');
		});

		test('of a stranger is raised only where that is allowed', async () => {
			const additionalFields = { role: 'member' };
			const credential = { ownedDomains: 'example.com' };
			const kept = await upsert(
				'robin@contractor.example', { additionalFields, ...syncRole }, credential,
			);

			expect(onlyItem(kept)).toMatchObject({ outcome: 'unchanged', role: 'restricted_member' });
			expect(onlyItem(kept)['note']).toContain('outside the owned domains');
			expect(notion.writes()).toEqual([]);

			const options = { syncRole: true, allowExternalMember: true };
			const raised = await upsert(
				'robin@contractor.example', { additionalFields, options }, credential,
			);
			expect(onlyItem(raised)).toMatchObject({ outcome: 'updated', role: 'member' });
			expect(account('robin@contractor.example')?.role).toBe('member');
		});
	});

	describe('guards', () => {
		const title = { additionalFields: { title: 'New title' } };

		test('sends nothing with a credential that may only read', async () => {
			const failure = failureOf(await upsert('ada@example.com', title, { access: 'readOnly' }));

			expect(failure.message).toBe('This credential may only read. Nothing was written.');
			expect(notion.sandbox.requests.all()).toEqual([]);
		});

		test('updates with a credential that may not remove', async () => {
			const run = await upsert('ada@example.com', title, { access: 'noRemovals' });
			expect(onlyItem(run)).toMatchObject({ outcome: 'updated' });
		});

		test.each([
			['second.owner@example.com', {}, 'is an owner of the workspace'],
			['admin@example.com', {}, 'is a membership admin of the workspace'],
			['ada@example.com', { protectedEmails: 'x@example.com; Ada@EXAMPLE.com' }, 'is on the list'],
			['ada@example.com', { tokenCreatorEmail: 'ADA@example.com' }, 'created the SCIM token'],
		])('writes to %s only where that is allowed (%j)', async (email, credential, reason) => {
			const refused = failureOf(await upsert(email, title, credential));

			expect(refused.message).toContain(`${email} ${reason}`);
			expect(refused.message).toContain('Nothing was written.');
			expect(refused.description).toContain('Allow Privileged People');
			expect(notion.writes()).toEqual([]);

			const allowed = await upsert(
				email, { ...title, options: { allowPrivileged: true } }, credential,
			);
			expect(onlyItem(allowed)).toMatchObject({ outcome: 'updated', title: 'New title' });
		});

		test('says unchanged for an owner about whom nothing differs', async () => {
			const run = await upsert('second.owner@example.com', { additionalFields: { role: 'member' } });

			expect(onlyItem(run)).toMatchObject({ outcome: 'unchanged', role: 'owner' });
			expect(notion.writes()).toEqual([]);
		});
	});

	describe('two runs at the same time', () => {
		const more = { additionalFields: { title: 'Programmer' } };
		const outcomes = (runs: Array<Awaited<ReturnType<typeof upsert>>>) =>
			runs.flatMap((run) => jsons(run).map(({ outcome }) => outcome)).sort();

		test.each([
			['undisturbed', undefined],
			['with a delayed POST', { method: 'POST', nth: 1, fault: { delayMs: 80 } }],
			['with a POST whose answer is lost', { method: 'POST', nth: 1, fault: { cutConnection: 'after' } }],
		] as const)('end in one member and no error, %s', async (_name, rule) => {
			if (rule) notion.sandbox.faults.add(rule);

			const runs = await Promise.all([
				upsert('grace@example.com', more),
				upsert('grace@example.com', more),
			]);

			expect(runs.map(({ error }) => error)).toEqual([undefined, undefined]);
			expect(outcomes(runs)).toContain('created');
			const same = notion.sandbox.workspace
				.members()
				.filter(({ profile }) => profile.userName === 'grace@example.com');
			expect(same.map(({ profile }) => profile.attributes['title'])).toEqual(['Programmer']);
		});

		test('with different wishes leave the one that was written last', async () => {
			const runs = await Promise.all([
				upsert('grace@example.com', { additionalFields: { title: 'Programmer' } }),
				upsert('grace@example.com', { additionalFields: { title: 'Rear admiral' } }),
			]);

			expect(outcomes(runs)).toEqual(['created', 'updated']);
			const updated = runs.flatMap((run) => jsons(run)).find(({ outcome }) => outcome === 'updated');
			expect(account('grace@example.com')?.profile.attributes['title']).toBe(updated?.['title']);
			expect(notion.sandbox.workspace.members()).toHaveLength(8);
		});
	});

	describe.each([403, 'keepsOldValue'] as const)(
		'of a person whose domain is not verified (%s)',
		(unverifiedDomainUpdate) => {
			const rename = async (options: INodeParameters) => {
				notion.sandbox.setSwitches({ unverifiedDomainUpdate });
				notion.sandbox.workspace.addUser({
					email: 'ken@contractor.example',
					name: { formatted: 'Ken Thompson' },
				});
				return await upsert('ken@contractor.example', {
					additionalFields: { displayName: 'Kenneth Thompson' },
					options,
				});
			};

			test('fails and names what was kept', async () => {
				const { message } = failureOf(await rename({}));

				expect(message).toContain('Ken Thompson');
				expect(message).toContain('Kenneth Thompson');
			});

			test('goes on with the outcome notTaken where that is chosen', async () => {
				const item = onlyItem(await rename({ onNotTaken: 'report' }));

				expect(item).toMatchObject({
					id: account('ken@contractor.example')?.id,
					displayName: 'Ken Thompson',
					outcome: 'notTaken',
					note: expect.stringContaining('Kenneth Thompson'),
				});
			});
		},
	);

	test('fails on anything else also where what is not taken is reported', async () => {
		notion.sandbox.workspace.addUser({ email: 'grace@example.com', name: { formatted: 'Grace' } });
		notion.sandbox.faults.add({ method: 'PATCH', fault: { status: 500 } });

		const run = await upsert('grace@example.com', {
			additionalFields: { displayName: 'Grace Hopper' },
			options: { onNotTaken: 'report' },
		});

		expect(failureOf(run).message).toContain('Notion failed with status 500.');
	});

	describe('of many', () => {
		const many = async (items: Array<{ email: string; title: string }>) =>
			await notion.run('user.upsert', {
				parameters: {
					email: '={{ $json.email }}',
					additionalFields: { title: '={{ $json.title }}' },
				},
				items,
			});
		const hires = (count: number) =>
			Array.from({ length: count }, (_, index) => ({
				email: `hire${index}@example.com`,
				title: 'Analyst',
			}));

		test('about whom nothing differs needs few requests', async () => {
			for (const { email, title } of hires(200)) {
				notion.sandbox.workspace.addUser({ email, attributes: { title } });
			}

			const run = await many(hires(200));

			expect(jsons(run).map(({ email, outcome }) => [email, outcome])).toEqual(
				hires(200).map(({ email }) => [email, 'unchanged']),
			);
			expect(notion.writes()).toEqual([]);
			expect(reads()).toBeLessThanOrEqual(5);
		});

		test('takes the last wish about a person who comes twice', async () => {
			const items = hires(6);
			for (const { email } of items) {
				notion.sandbox.workspace.addUser({ email, attributes: { title: 'Trainee' } });
			}

			const run = await many([
				...items,
				{ email: 'HIRE0@example.com', title: 'Trainee' },
				{ email: 'hire1@example.com', title: 'Analyst' },
			]);

			expect(jsons(run).map(({ outcome }) => outcome)).toEqual([
				...items.map(() => 'updated'), 'updated', 'unchanged',
			]);
			expect(account('hire0@example.com')?.profile.attributes).toMatchObject({ title: 'Trainee' });
		});

		test('finds those too who were added by an item before', async () => {
			const items = hires(5);

			const run = await many([...items, ...items]);

			expect(jsons(run).map(({ outcome }) => outcome)).toEqual([
				...items.map(() => 'created'), ...items.map(() => 'unchanged'),
			]);
		});
	});

	test('refuses an address that only looks like another person\'s', async () => {
		notion.sandbox.workspace.addUser({ email: 'mark@example.com', name: 'Mark Twain' });

		const failure = failureOf(await upsert('mar\u212A@example.com'));
		expect(failure.message).toContain('looks like mar\u212A@example.com: mark@example.com (');
		expect(failure.description).toBe('Pick the person by ID.');
		expect(notion.writes()).toEqual([]);
	});

	test('keeps going with the same person twice in one run', async () => {
		const run = await notion.run('user.upsert', {
			parameters: {
				email: 'grace@example.com',
				additionalFields: { title: '={{ $json.title }}' },
			},
			items: [{ title: 'One' }, { title: 'Two' }, { title: 'Two' }],
		});

		expect(jsons(run).map(({ outcome }) => outcome)).toEqual(['created', 'updated', 'unchanged']);
		expect(pairs(run)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	});

	describe('groups to join', () => {
		const groups = (email: string) => [...notion.sandbox.workspace.groupNames(email)].sort();
		const join = async (email: string, groupsToJoin: INodeParameters['groupsToJoin'], more: INodeParameters = {}) =>
			await upsert(email, { options: { groupsToJoin, ...more } });

		test('are joined by name and by ID, and the others stay', async () => {
			const sales = notion.sandbox.workspace.groupByName('Sales');
			notion.sandbox.workspace.addGroup({ displayName: 'Guild' });
			const before = groups('ada@example.com');
			const run = await join('ada@example.com', [sales?.id ?? '', ' Guild ']);

			expect(onlyItem(run)).toMatchObject({ outcome: 'unchanged', groupsJoined: ['Sales', 'Guild'] });
			expect(groups('ada@example.com')).toEqual([...new Set([...before, 'Guild', 'Sales'])].sort());
		});

		test('are joined by a person who is new', async () => {
			expect(onlyItem(await join('grace@example.com', 'Sales'))).toMatchObject({ outcome: 'created', groupsJoined: ['Sales'] });
			expect(groups('grace@example.com')).toEqual(['Sales']);
		});

		test('of which one fails make the item fail, and it says what was done', async () => {
			const failure = failureOf(await join('grace@example.com', ['Nowhere', 'Sales']));

			expect(failure.message).toBe(
				'grace@example.com is a member (created) and did not join "Nowhere". Joined: "Sales". No group has the name or the ID "Nowhere".',
			);
			expect(groups('grace@example.com')).toEqual(['Sales']);
		});

		test.each([[['Sales', '']], [['Sales', null]], [true], [{ name: 'Sales' }]])('that are %j write nothing', async (groupsToJoin) => {
			const run = await join('grace@example.com', JSON.parse(JSON.stringify(groupsToJoin)));

			expect(failureOf(run).message).toContain('Groups to Join ');
			expect(notion.writes()).toEqual([]);
		});

		test('are joined by no owner, unless that is allowed', async () => {
			notion.sandbox.workspace.changeRole('ada@example.com', 'owner');
			const before = groups('ada@example.com');
			notion.sandbox.workspace.addGroup({ displayName: 'Guild' });

			expect(failureOf(await join('ada@example.com', 'Guild')).message).toContain('is an owner');
			expect(groups('ada@example.com')).toEqual(before);
			await join('ada@example.com', 'Guild', { allowPrivileged: true });
			expect(groups('ada@example.com')).toContain('Guild');
		});
	});
});
