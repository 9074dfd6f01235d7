import type { INodeParameters } from 'n8n-workflow';

import { byEmail, failureOf, jsons, onlyItem } from '../support/notionTest.mts';
import type { Person } from './groupTest.mts';
import { addPeople, byName, emailsOf, membersOf, setUpGroups } from './groupTest.mts';

describe('a group that shows exactly 100 members', () => {
	const notion = setUpGroups();
	let people: Person[] = [];
	let groupId = '';

	/** @param count members, of whom the server shows 100 */
	const fill = (count: number): void => {
		people = addPeople(notion.sandbox, count);
		groupId = notion.sandbox.workspace.addGroup({
			displayName: 'Crowd',
			members: people.map(({ id }) => id),
		}).id;
	};
	const last = (): Person => people.at(-1) ?? { id: '', email: '' };
	const members = () => membersOf(notion.sandbox, groupId);
	const change = async (operation: string, who: string[], options: INodeParameters = {}) =>
		await notion.run(`group.${operation}`, {
			parameters: { group: byName('Crowd'), members: who.join(','), options },
		});

	beforeEach(() => notion.sandbox.setSwitches({ groupMembersShown: 'first100' }));

	test.each(['legacy', 'filter', 'both'] as const)(
		'loses a person it does not show, and the item says that this is unconfirmed: %s',
		async (memberRemovePath) => {
			notion.sandbox.setSwitches({ memberRemovePath });
			fill(120);

			const item = onlyItem(await change('removeMembers', [last().email]));

			expect(item).toMatchObject({
				outcome: 'unconfirmed',
				removed: [],
				notMembers: [],
				unconfirmed: [{ id: last().id, email: last().email }],
			});
			expect(item['note']).toContain('shows exactly 100 members of "Crowd"');
			expect(members()).not.toContain(last().email);
			expect(members()).toHaveLength(119);
		},
	);

	test('says in its item that there may be more', async () => {
		fill(120);
		const read = onlyItem(await notion.run('group.get', { parameters: { group: byName('Crowd') } }));
		expect(read).toMatchObject({ memberCount: 100, membersMayBeCut: true });
		const sales = onlyItem(await notion.run('group.get', { parameters: { group: byName('Sales') } }));
		expect(sales).not.toHaveProperty('membersMayBeCut');
	});

	test('counts that person within the removal limit', async () => {
		fill(120);
		const failure = failureOf(
			await change('removeMembers', people.slice(-3).map(({ email }) => email), { removalLimit: 2 }),
		);
		expect(failure.message).toContain('remove 3');
		expect(members()).toHaveLength(120);
	});

	test('takes a new member it will not show', async () => {
		fill(120);
		const item = onlyItem(await change('addMembers', ['ada@example.com']));

		expect(item).toMatchObject({ outcome: 'unconfirmed', added: [], alreadyMembers: [] });
		expect(members()).toContain('ada@example.com');
	});

	test.each([100, 120])('of %i is not set, because no one can tell who would leave', async (count) => {
		fill(count);
		const { message, description } = failureOf(await change('setMembers', ['ada@example.com']));

		expect(message).toContain('shows exactly 100 members of the group "Crowd"');
		expect(description).toContain('Add Members and Remove Members');
		expect(description).toContain('Allow Partial Member List');
		expect(notion.writes()).toEqual([]);
	});

	test('is set where the admin says so, and the item keeps that in mind', async () => {
		fill(100);
		const wanted = emailsOf(people).slice(1);
		const item = onlyItem(await change('setMembers', wanted, { allowCutList: true }));

		expect(item).toMatchObject({ outcome: 'updated', removedCount: 1, membersMayBeCut: true });
		expect(members()).toEqual([...wanted].sort());
	});

	test.each([99, 101])('one of %i that is shown whole is set as ever', async (count) => {
		notion.sandbox.setSwitches({ groupMembersShown: 'all' });
		fill(count);
		const wanted = emailsOf(people).slice(1);
		expect(onlyItem(await change('setMembers', wanted))).toMatchObject({ outcome: 'updated', removedCount: 1 });
	});

	test('is not deleted, because no one can tell who would lose it', async () => {
		fill(120);
		const run = await notion.run('group.delete', {
			parameters: { group: byName('Crowd'), options: { removalLimit: 500 } },
		});
		expect(failureOf(run).message).toContain('shows exactly 100 members of the group "Crowd"');
		expect(notion.writes()).toEqual([]);
	});

	test('is named by a snapshot of who has access', async () => {
		fill(120);
		const population = jsons(await notion.run('accessReview.snapshot')).at(-1);
		expect(population?.['notVisible']).toContainEqual(expect.stringContaining(`Crowd (${groupId})`));
	});

	test('is in the record of a lockdown, and restoring says that it may be missing', async () => {
		fill(120);
		const lockedDown = onlyItem(
			await notion.run('user.lockDown', { parameters: { user: byEmail(last().email) } }),
		);
		expect(lockedDown['record']).toMatchObject({
			groups: [],
			groupsComplete: true,
			maybeInGroups: [{ id: groupId, displayName: 'Crowd' }],
			leftToDo: expect.arrayContaining([expect.stringContaining('exactly 100 members of Crowd')]),
		});

		const restored = onlyItem(
			await notion.run('user.restore', { parameters: { record: JSON.stringify(lockedDown['record']) } }),
		);
		expect(restored).toMatchObject({ outcome: 'restored', groupsJoined: [] });
		expect(restored['note']).toContain('Crowd is not known');
	});

	test('is given back to a person it showed', async () => {
		fill(120);
		const [first] = people;
		const lockedDown = onlyItem(
			await notion.run('user.lockDown', { parameters: { user: byEmail(first?.email ?? '') } }),
		);
		expect(lockedDown['record']).toMatchObject({
			groups: [{ id: groupId, displayName: 'Crowd' }],
			maybeInGroups: [],
		});
		const restored = onlyItem(
			await notion.run('user.restore', { parameters: { record: JSON.stringify(lockedDown['record']) } }),
		);
		expect(restored).toMatchObject({ groupsJoined: [{ id: groupId, displayName: 'Crowd' }] });
		expect(members()).toContain(first?.email);
	});
});
