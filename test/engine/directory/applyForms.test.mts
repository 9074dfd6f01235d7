import { onlyItem, setUpNotion } from '../support/notionTest.mts';
import { applying } from './applying.mts';
import { ChangesAbout } from './plannedChanges.mts';

describe('applying a plan on a server with forms of its own', () => {
	const notion = setUpNotion();
	const { apply, results } = applying(notion);
	const changes = new ChangesAbout(notion);
	const membersOf = (name: string): string[] => {
		const { workspace } = notion.sandbox;
		return workspace.memberEmails(workspace.groupByName(name)?.id ?? '');
	};

	test.each([403, 500])('counts a removal whose first form fails with %i and whose second works', async (status) => {
		notion.sandbox.setSwitches({ memberRemovePath: 'filter' });
		notion.sandbox.workspace.addToGroup('Engineering', 'kenji@example.com');
		notion.sandbox.faults.add({ method: 'PATCH', nth: 1, fault: { status } });

		const run = await apply([changes.leave('Engineering', 'ada@example.com')]);

		expect(membersOf('Engineering')).toEqual(['kenji@example.com']);
		expect(results(run)).toMatchObject([{ outcome: 'done', impact: 1 }]);
	});

	test('removes a person a group of 100 does not show, and says that it is unconfirmed', async () => {
		notion.sandbox.setSwitches({ groupMembersShown: 'first100' });
		const { workspace } = notion.sandbox;
		const crowd = Array.from({ length: 110 }, (_, index) => workspace.addUser({ email: `p${index}@example.com` }).id);
		workspace.addGroup({ displayName: 'Crowd', members: crowd });

		const run = await apply([changes.leave('Crowd', 'p109@example.com'), changes.join('Crowd', 'ada@example.com')]);

		expect(membersOf('Crowd')).toContain('ada@example.com');
		expect(membersOf('Crowd')).not.toContain('p109@example.com');
		expect(results(run)).toMatchObject([
			{ outcome: 'done', impact: 1, note: expect.stringContaining('not confirmed') },
			{ outcome: 'done', impact: 0, note: expect.stringContaining('not confirmed') },
		]);
	});

	test.each(['free', 'uniqueIgnoringCase'] as const)(
		'makes and renames no group beside one that looks the same, and names it: names %s',
		async (groupNames) => {
			notion.sandbox.setSwitches({ groupNames });
			const sales = notion.sandbox.workspace.groupByName('Sales');

			const run = await apply([changes.createGroup('SALES'), changes.renameGroup('Finance', 'sales')], {
				onError: 'continueRegularOutput',
			});

			const note = expect.stringContaining(`"Sales" (${sales?.id})`);
			expect(results(run)).toMatchObject([
				{ outcome: 'stale', note },
				{ outcome: 'stale', note },
			]);
			expect(notion.writes()).toEqual([]);
		},
	);

	test('finds nothing left to do where a name is kept in NFC with single blanks', async () => {
		notion.sandbox.setSwitches({ nameStorage: 'normalized' });
		const change = changes.update('ada@example.com', { displayName: 'Ada\u00a0 Ko\u0308nig' });

		expect(results(await apply([change]))).toMatchObject([{ outcome: 'done' }]);
		expect(results(await apply([change]))).toMatchObject([{ outcome: 'unchanged' }]);
		expect(notion.writes()).toHaveLength(1);
	});

	test('removes a person whose address is stored with a capital', async () => {
		notion.sandbox.setSwitches({ emailFilterCase: 'exactWithCapitals' });
		const created = results(await apply([changes.create('ada@example.com')]));
		expect(created).toMatchObject([{ outcome: 'unchanged' }]);
		expect(onlyItem(await apply([changes.remove('ada@example.com')]))).toMatchObject({ outcome: 'done' });
	});
});
