import type { Switches } from '../../../sandbox/server.mts';
import { itemFailures, pairs } from '../support/notionTest.mts';
import { addPeople, byName, emailsOf, idOf, itemsOf, membersOf, setUpGroups } from './groupTest.mts';

type Variant = Pick<
	Switches,
	| 'multiMemberPatch'
	| 'memberRemovePath'
	| 'unsupportedPatchForm'
	| 'patchGroupAnswer'
	| 'guestInGroup'
>;

const variants: Variant[] = (['yes', 'onlyFirstApplied', 'no'] as const).flatMap((multiMemberPatch) =>
	(['legacy', 'filter', 'both'] as const).flatMap((memberRemovePath) =>
		(['ignored', 400] as const).flatMap((unsupportedPatchForm) =>
			(['body', 'noContent'] as const).flatMap((patchGroupAnswer) =>
				([400, 'ignored'] as const).map((guestInGroup) => ({
					multiMemberPatch,
					memberRemovePath,
					unsupportedPatchForm,
					patchGroupAnswer,
					guestInGroup,
				})),
			),
		),
	),
);

/**
 * Requests that adding 30 people and a guest, then removing 10, may take. With several members in
 * one PATCH it is a handful and the search for the guest; else one for each person, and once more
 * for each node of the tree of halves until that is understood. Where a person is not as desired, the
 * group is read twice more.
 */
const mostRequests = ({ multiMemberPatch }: Variant) =>
	multiMemberPatch === 'yes' ? { add: 20, remove: 14 } : { add: 75, remove: 26 };

describe('members end right whatever Notion does', () => {
	const notion = setUpGroups();

	test.each(variants.map((variant) => [Object.values(variant).join(' '), variant] as const))(
		'%s',
		async (_name, variant) => {
			notion.sandbox.setSwitches(variant);
			const people = addPeople(notion.sandbox, 30);
			const stayed = addPeople(notion.sandbox, 2, 'stayed');
			const group = notion.sandbox.workspace.addGroup({
				displayName: 'Team',
				members: stayed.map(({ id }) => id),
			});
			const members = people.map(({ id }) => id);
			members.splice(15, 0, idOf(notion.sandbox, 'guest@partner.example'));
			const most = mostRequests(variant);

			const added = await notion.run('group.addMembers', {
				parameters: { group: byName('Team'), members: '={{ $json.member }}' },
				items: itemsOf(members),
				onError: 'continueErrorOutput',
			});

			expect(pairs(added, 1)).toEqual([{ item: 15 }]);
			expect(membersOf(notion.sandbox, group.id)).toEqual(emailsOf([...people, ...stayed]));
			expect(notion.sandbox.requests.count()).toBeLessThanOrEqual(most.add);

			notion.sandbox.requests.clear();
			const removed = await notion.run('group.removeMembers', {
				parameters: {
					group: byName('Team'),
					members: '={{ $json.member }}',
					options: { removalLimit: 10 },
				},
				items: itemsOf(emailsOf(people.slice(0, 10))),
				onError: 'continueErrorOutput',
			});

			expect(itemFailures(removed, 1)).toEqual([]);
			expect(membersOf(notion.sandbox, group.id)).toEqual(
				emailsOf([...people.slice(10), ...stayed]),
			);
			expect(notion.sandbox.requests.count()).toBeLessThanOrEqual(most.remove);
		},
	);

	test('the form of removing that works is remembered', async () => {
		notion.sandbox.setSwitches({ memberRemovePath: 'filter', unsupportedPatchForm: 400 });
		const people = addPeople(notion.sandbox, 8);
		notion.sandbox.workspace.addGroup({
			displayName: 'Team',
			members: people.map(({ id }) => id),
		});
		const remove = async (taken: typeof people): Promise<number> => {
			notion.sandbox.requests.clear();
			await notion.run('group.removeMembers', {
				parameters: {
					group: byName('Team'),
					members: emailsOf(taken).join(','),
					options: { removalLimit: 10 },
				},
			});
			return notion.writes().length;
		};

		expect(await remove(people.slice(0, 3))).toBe(3);
		expect(await remove(people.slice(3, 6))).toBe(1);
		expect(notion.sandbox.workspace.groupByName('Team')?.memberIds.size).toBe(2);
	});

	test('a server that empties the group instead is noticed after one, and the others are put back', async () => {
		const people = addPeople(notion.sandbox, 5);
		const { id, displayName } = notion.sandbox.workspace.addGroup({
			displayName: 'Team',
			members: people.map((person) => person.id),
		});
		// Stands for a server that takes "Remove members" for "everyone", whatever value comes along.
		notion.sandbox.faults.add({
			method: 'GET',
			path: `/Groups/${id}`,
			nth: 3,
			fault: { status: 200, body: { id, displayName, members: [] } },
		});

		const run = await notion.run('group.removeMembers', {
			parameters: { group: byName('Team'), members: emailsOf(people.slice(0, 2)).join(',') },
			onError: 'continueRegularOutput',
		});

		expect(itemFailures(run)[0]?.message).toContain(
			'Removing one person from the group emptied it. The other 4 were put back.',
		);
		expect(membersOf(notion.sandbox, id)).toEqual(emailsOf(people.slice(1)));
	});
});
