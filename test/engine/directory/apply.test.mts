import { failureOf, itemFailures, jsons, pairs, setUpNotion } from '../support/notionTest.mts';
import { applying } from './applying.mts';
import { ChangesAbout } from './plannedChanges.mts';

describe('applying a plan', () => {
	const notion = setUpNotion();
	const about = new ChangesAbout(notion);
	const { apply, outcomes, notes, results: jsonResults } = applying(notion);
	const member = (email: string) => notion.sandbox.workspace.isMember(email);
	const groupsOf = (email: string) => notion.sandbox.workspace.groupNames(email);

	test('does everything, gains before losses, and answers for each change', async () => {
		const { workspace } = notion.sandbox;
		workspace.addGroup({ displayName: 'Old', members: ['ada@example.com', 'leaver@example.com'].slice(0, 1) });
		workspace.addGroup({ displayName: 'Project', members: ['maria@example.com'] });
		workspace.addUser({ email: 'leaver@example.com', name: 'A Leaver', groups: ['Old'] });
		const entries = [
			about.deleteGroup('Old'),
			about.remove('leaver@example.com'),
			about.leave('Sales', 'kenji@example.com'),
			about.join('New', 'new@example.com'),
			about.join('New', 'ada@example.com'),
			about.join('Engineering', 'new@example.com'),
			about.create('new@example.com', { displayName: 'New Person', title: 'Trainee' }),
			about.update('ada@example.com', { title: 'Countess' }),
			about.rename('maria@example.com', 'maria.lopez@example.com'),
			about.renameGroup('Finance', 'Money'),
			about.adopt('Project'),
			about.createGroup('New'),
		];

		const run = await apply(entries);

		expect(run.error).toBeUndefined();
		expect(jsons(run).map(({ action, outcome, impact, seats }) => [action, outcome, impact, seats])).toEqual([
			// The leaver was in it, too; by then only one person loses it.
			['group.delete', 'done', 1, 0],
			['user.remove', 'done', 1, 0],
			['group.removeMembers', 'done', 1, 0],
			['group.addMembers', 'done', 0, 0],
			['group.addMembers', 'done', 0, 0],
			['group.addMembers', 'done', 0, 0],
			['user.create', 'done', 0, 1],
			['user.update', 'done', 0, 0],
			['user.rename', 'done', 1, 0],
			['group.rename', 'done', 0, 0],
			['group.adopt', 'done', 0, 0],
			['group.create', 'done', 0, 0],
		]);
		expect(pairs(run)).toEqual(entries.map((_entry, item) => ({ item })));
		expect(workspace.groupByName('Old')).toBeUndefined();
		expect(member('leaver@example.com')).toBe(false);
		expect(groupsOf('kenji@example.com')).toEqual(['All Staff']);
		expect(groupsOf('new@example.com')).toEqual(['Engineering', 'New']);
		expect(groupsOf('ada@example.com')).toEqual(['All Staff', 'Engineering', 'New']);
		expect(groupsOf('maria.lopez@example.com')).toEqual(['All Staff', 'Money', 'Project']);
		expect(workspace.userByEmail('ada@example.com')?.profile.attributes['title']).toBe('Countess');
		const [first] = notion.writes();
		expect(first).toMatchObject({ method: 'POST', path: '/scim/v2/Groups' });
		expect(notion.writes().slice(-2).map(({ method }) => method)).toEqual(['DELETE', 'DELETE']);
	});

	test('tells with each change what it was about, and what came of it', async () => {
		const [item] = jsons(await apply([about.remove('ada@example.com')]));

		expect(item).toEqual({
			action: 'user.remove',
			target: expect.objectContaining({ type: 'user', email: 'ada@example.com' }),
			member: null,
			reason: 'inactive',
			explanation: 'ada@example.com has left the company.',
			planDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
			outcome: 'done',
			note: 'ada@example.com was removed and is not found any more.',
			userId: notion.sandbox.workspace.userByEmail('ada@example.com')?.id,
			groupId: null,
			impact: 1,
			seats: 0,
			at: expect.stringMatching(/^\d{4}-.*Z$/),
		});
	});

	test('finds everything done when it is applied again, and writes nothing', async () => {
		notion.sandbox.workspace.addUser({ email: 'leaver@example.com', name: 'A Leaver' });
		const entries = [
			about.createGroup('New'),
			about.renameGroup('Finance', 'Money'),
			about.rename('maria@example.com', 'maria.lopez@example.com'),
			about.update('maria@example.com', { title: 'Chief', role: 'membership_admin' }),
			about.create('new@example.com'),
			about.join('New', 'new@example.com'),
			about.join('Finance', 'kenji@example.com'),
			about.leave('All Staff', 'maria@example.com'),
			about.remove('leaver@example.com'),
			about.deleteGroup('Sales'),
		];
		const allow = { binding: { allowPrivileged: true }, options: { allowPrivileged: true } };
		const plan = about.signed(entries, allow.binding);
		expect(outcomes(await apply(plan, allow))).toEqual(entries.map(() => 'done'));
		notion.sandbox.requests.clear();

		const again = await apply(plan, allow);

		expect(outcomes(again)).toEqual(entries.map(() => 'unchanged'));
		expect(notion.writes()).toEqual([]);
	});

	test('passes on what the plan itself holds back, and what only explains', async () => {
		const run = await apply([
			{ ...about.remove('ada@example.com'), guard: 'blocked: the limit of 10 is used up.' },
			{ ...about.remove('kenji@example.com'), action: 'none', reason: 'skipped', explanation: 'Not meant.' },
		]);

		expect(run.error).toBeUndefined();
		expect(outcomes(run)).toEqual(['blocked', 'nothingToDo']);
		expect(notes(run)).toEqual(['The limit of 10 is used up.', 'Not meant.']);
		expect(notion.sandbox.requests.all()).toEqual([]);
	});

	test('applies a change once that is given twice', async () => {
		const [change] = about.signed([about.create('new@example.com')]);
		if (!change) throw new Error('There is no such change');

		const run = await apply([change, change]);

		expect(jsons(run).map(({ outcome, seats }) => [outcome, seats])).toEqual([['done', 1], ['done', 0]]);
		expect(notion.writes()).toHaveLength(1);
	});

	test('takes changes whose inner parts are JSON text, as a table gives them back', async () => {
		const changes = about.signed([about.update('ada@example.com', { title: 'Countess' }), about.createGroup('New')]);
		const rows = changes.map((change) => ({
			...JSON.parse(JSON.stringify(change)),
			target: JSON.stringify(change.target),
			member: '',
			changes: JSON.stringify(change.changes),
			precondition: JSON.stringify(change.precondition),
			impact: String(change.impact),
			id: 17,
			createdAt: '2026-06-01T08:00:00.000Z',
		}));

		const run = await notion.run('directory.apply', { items: rows, comesOutAsText: true });

		expect(outcomes(run)).toEqual(['done', 'done']);
	});

	describe('where something is different from what the plan saw', () => {
		const change: Record<string, [() => void, () => ReturnType<ChangesAbout['create']>, string]> = {
			'an address': [
				() => {
					const ada = notion.sandbox.workspace.userByEmail('ada@example.com');
					if (ada) notion.sandbox.workspace.updateProfile(ada.id, { ...ada.profile, userName: 'ada.king@example.com' });
				},
				() => about.remove('ada@example.com'),
				'the address of ada@example.com has become ada.king@example.com',
			],
			'a role': [
				() => notion.sandbox.workspace.changeRole('ada@example.com', 'restricted_member'),
				() => about.remove('ada@example.com'),
				'the role of ada@example.com has become restricted_member (it was member)',
			],
			'a value that would be overwritten': [
				() => {
					const ada = notion.sandbox.workspace.userByEmail('ada@example.com');
					if (ada) {
						notion.sandbox.workspace.updateProfile(ada.id, {
							...ada.profile, attributes: { ...ada.profile.attributes, title: 'Analyst' },
						});
					}
				},
				() => about.update('ada@example.com', { title: 'Countess' }),
				'title of ada@example.com has become "Analyst" (it was "Engineer")',
			],
			'a person who has left': [
				() => notion.sandbox.workspace.removeUser('ada@example.com'),
				() => about.update('ada@example.com', { title: 'Countess' }),
				'ada@example.com has left the workspace',
			],
			'a person who should join and has left': [
				() => notion.sandbox.workspace.removeUser('ada@example.com'),
				() => about.join('Sales', 'ada@example.com'),
				'ada@example.com has left the workspace',
			],
			'the address of a person who should join': [
				() => {
					const ada = notion.sandbox.workspace.userByEmail('ada@example.com');
					if (ada) notion.sandbox.workspace.updateProfile(ada.id, { ...ada.profile, userName: 'zoe@example.com' });
				},
				() => about.join('Sales', 'ada@example.com'),
				'the address of ada@example.com has become zoe@example.com',
			],
			'the address of a person who should leave': [
				() => {
					const kenji = notion.sandbox.workspace.userByEmail('kenji@example.com');
					if (kenji) {
						notion.sandbox.workspace.updateProfile(kenji.id, { ...kenji.profile, userName: 'zoe@example.com' });
					}
				},
				() => about.leave('Sales', 'kenji@example.com'),
				'the address of kenji@example.com has become zoe@example.com',
			],
			'the name of a group': [
				() => {
					const group = notion.sandbox.workspace.groupByName('Sales');
					if (group) notion.sandbox.workspace.updateGroup(group.id, { displayName: 'Customers' });
				},
				() => about.join('Sales', 'ada@example.com'),
				'the group "Sales" was renamed to "Customers"',
			],
			'a group that is gone': [
				() => notion.sandbox.workspace.deleteGroup(notion.sandbox.workspace.groupByName('Sales')?.id ?? ''),
				() => about.join('Sales', 'ada@example.com'),
				'the group "Sales" was deleted',
			],
			'a group that the plan creates': [
				() => notion.sandbox.workspace.addGroup({ displayName: 'New', members: ['kenji@example.com'] }),
				() => about.createGroup('New'),
				'a group "New" with 1 other members was made',
			],
			'who is in a group that the plan deletes': [
				() => notion.sandbox.workspace.addToGroup('Sales', 'ada@example.com'),
				() => about.deleteGroup('Sales'),
				'1 others joined the group "Sales"',
			],
			'who is in a group that the plan adopts': [
				() => notion.sandbox.workspace.removeFromGroup('Sales', 'kenji@example.com'),
				() => about.adopt('Sales'),
				'1 left the group "Sales"',
			],
			'an address that the plan uses': [
				() => notion.sandbox.workspace.addUser({ email: 'ada.king@example.com', name: 'Another Ada' }),
				() => about.rename('ada@example.com', 'ada.king@example.com'),
				'ada.king@example.com is the address of ada.king@example.com',
			],
			'an address that can be taken for the one that the plan adds': [
				() => notion.sandbox.workspace.addUser({ email: 'ne\u0301w@example.com', name: 'Decomposed' }),
				() => about.create('n\u00e9w@example.com'),
				'n\u00e9w@example.com cannot be told from another address',
			],
			'an address that another person now has as a second one': [
				() => notion.sandbox.workspace.addUser({
					email: 'other@example.com', secondaryEmails: ['new@example.com'],
				}),
				() => about.create('new@example.com'),
				'new@example.com has become a secondary address of other@example.com',
			],
		};

		test.each(Object.keys(change))('%s: nothing is done, and it says what', async (what) => {
			const [happens, plannedChange, difference] = change[what] ?? [() => {}, () => about.createGroup('X'), ''];
			const changes = about.signed([plannedChange()]);
			happens();
			notion.sandbox.setSwitches({ emailFilterMatches: 'primaryAndSecondary' });

			const run = await apply(changes, { onError: 'continueRegularOutput' });

			const [failure] = itemFailures(run);
			expect(failure?.message).toContain(`Since the plan was made, ${difference}`);
			expect(failure?.message).toContain('Make a new plan');
			expect(failure?.context).toMatchObject({ kind: 'stale', result: { outcome: 'stale', impact: 0 } });
			expect(notion.writes()).toEqual([]);
		});

		test('what the plan itself changes is none of that', async () => {
			const changes = about.signed([
				about.rename('maria@example.com', 'maria.lopez@example.com'),
				about.update('maria@example.com', { title: 'Chief' }),
				about.renameGroup('Sales', 'Customers'),
				about.join('Sales', 'maria@example.com'),
			]);
			const { workspace } = notion.sandbox;
			// As a run that was cut off after its first steps leaves it.
			const maria = workspace.userByEmail('maria@example.com');
			if (maria) workspace.updateProfile(maria.id, { ...maria.profile, userName: 'maria.lopez@example.com' });
			workspace.updateGroup(workspace.groupByName('Sales')?.id ?? '', { displayName: 'Customers' });

			expect(outcomes(await apply(changes))).toEqual(['unchanged', 'done', 'unchanged', 'done']);
		});
	});

	test('people hand on an address from one to the next', async () => {
		const { workspace } = notion.sandbox;
		workspace.addUser({ email: 'john.smith@example.com', name: 'John Smith' });
		const john = workspace.userByEmail('john.smith@example.com')?.id;
		const changes = about.signed([
			about.rename('maria@example.com', 'john.smith@example.com'),
			about.rename('john.smith@example.com', 'john.smith2@example.com'),
			about.create('maria@example.com'),
		]);

		expect(outcomes(await apply(changes))).toEqual(['done', 'done', 'done']);
		expect(workspace.userByEmail('john.smith2@example.com')?.id).toBe(john);
	});

	describe('where one change fails', () => {
		test('the others are done, and the run fails at its end and says which', async () => {
			notion.sandbox.faults.add({ method: 'POST', path: '/Users', nth: 1, fault: { status: 500 } });
			const run = await apply([about.create('one@example.com'), about.create('two@example.com')]);

			const failure = failureOf(run);
			expect(failure.message).toContain('one@example.com is in the directory and not in Notion.');
			expect(failure.description).toContain('1 of 2 items failed; the others were done. Done: 1.');
			expect(failure.context['results']).toMatchObject([{ outcome: 'failed' }, { outcome: 'done' }]);
			expect(member('two@example.com')).toBe(true);
		});

		test('what depends on it is not tried', async () => {
			notion.sandbox.faults.add({ method: 'POST', path: '/Users', fault: { status: 500 } });
			notion.sandbox.faults.add({ method: 'POST', path: '/Groups', fault: { status: 400 } });
			const run = await apply(
				[
					about.createGroup('New'),
					about.create('new@example.com'),
					about.join('Sales', 'new@example.com'),
					about.join('New', 'ada@example.com'),
					about.join('Sales', 'ada@example.com'),
				],
				{ onError: 'continueRegularOutput' },
			);

			expect(outcomes(run)).toEqual(['failed', 'failed', 'notTried', 'notTried', 'done']);
			expect(notes(run)[2]).toContain('Not tried, because new@example.com did not become a member.');
			expect(notes(run)[3]).toContain('Not tried, because the group "New" was not created.');
		});

		test('nothing further is tried with a dead token', async () => {
			const changes = about.signed(
				Array.from({ length: 40 }, (_one, number) => about.update('ada@example.com', { title: `${number}` })),
			);
			notion.sandbox.workspace.removeUser('owner@example.com');

			const run = await apply(changes, { onError: 'continueRegularOutput' });

			expect(new Set(outcomes(run))).toEqual(new Set(['failed', 'notTried']));
			expect(itemFailures(run)[0]?.context).toMatchObject({ kind: 'tokenRejected' });
			expect(notion.sandbox.requests.count()).toBeLessThan(4);
		});

		test('nothing is written where the workspace cannot be read, and each change says so', async () => {
			notion.sandbox.faults.add({ method: 'GET', path: '/Users', fault: { status: 500 } });
			const changes = about.signed(
				['ada', 'kenji', 'maria', 'admin'].map((name) => about.update(`${name}@example.com`, { title: 'X' })),
			);

			const run = await apply(changes, { onError: 'continueRegularOutput' });

			expect(outcomes(run)).toEqual(['failed', 'failed', 'failed', 'failed']);
			expect(itemFailures(run)[3]?.context).toMatchObject({ kind: 'serverError', result: { action: 'user.update' } });
			expect(notion.writes()).toEqual([]);
		});

		test('a role that is more than was asked for is an error, and gives no groups', async () => {
			notion.sandbox.workspace.addGuest({ email: 'new@example.com', name: 'New' });
			const changes = about.signed([
				about.create('new@example.com', { role: 'restricted_member' }), about.join('Sales', 'new@example.com'),
			]);
			notion.sandbox.faults.add({
				method: 'POST', path: '/Users', fault: {
					status: 201,
					body: {
						id: 'x', userName: 'new@example.com',
						'urn:ietf:params:scim:schemas:extension:notion:2.0:User': { role: 'member' },
					},
				},
			});

			const run = await apply(changes, { onError: 'continueRegularOutput' });

			expect(jsonResults(run)).toMatchObject([{ outcome: 'notTaken', seats: 1 }, { outcome: 'notTried' }]);
		});

		test('everything comes out of the right output', async () => {
			const changes = about.signed([about.remove('ada@example.com'), about.create('new@example.com')]);
			notion.sandbox.workspace.changeRole('ada@example.com', 'restricted_member');

			const run = await apply(changes, { onError: 'continueErrorOutput' });

			expect(jsons(run)).toMatchObject([{ outcome: 'done' }]);
			expect(jsons(run, 1)).toEqual([{ error: expect.stringContaining('has become restricted_member') }]);
			expect(itemFailures(run, 1)[0]?.context).toMatchObject({ kind: 'stale', result: { action: 'user.remove' } });
		});
	});

	describe('a removal that no one can verify', () => {
		test('counts, and is an error', async () => {
			notion.sandbox.faults.add({
				method: 'DELETE', path: '/Users', fault: { status: 204, body: '' },
			});
			const run = await apply([about.remove('ada@example.com')], { onError: 'continueRegularOutput' });

			expect(itemFailures(run)[0]?.context).toMatchObject({
				kind: 'notVerified', result: { outcome: 'notVerified', impact: 1 },
			});
			expect(itemFailures(run)[0]?.message).toContain('they are still a member');
		});
	});
});
