import { setUpNotion } from '../support/notionTest.mts';
import { applying } from './applying.mts';
import type { Entry } from './planning.mts';
import { applicable, directory, planning } from './planning.mts';

const MEMBERS = 10_000;
const SHARE = 100;
const GROUPS = 20;

describe('a workspace of 10,000 people, of whom 3 % change', () => {
	const notion = setUpNotion();
	const plan = planning(notion);
	const { outcomes } = applying(notion);

	const groupName = (number: number): string => `team-${number % GROUPS}`;

	/** Notion and the directory as they agree. */
	const agree = (): Entry[] => {
		const { workspace } = notion.sandbox;
		for (let number = 0; number < GROUPS; number += 1) workspace.addGroup({ displayName: groupName(number) });
		return workspace.members().map(({ id, profile, role }, number) => {
			const isStaff = role === 'member' && profile.userName.endsWith('@example.com');
			if (isStaff) workspace.addToGroup(groupName(number), id);
			return {
				id: String(number),
				email: profile.userName,
				groups: isStaff ? [groupName(number)] : [],
				...(typeof profile.attributes['title'] === 'string' ? { title: profile.attributes['title'] } : {}),
			};
		});
	};

	test('needs little more than the least possible number of requests', async () => {
		const { workspace } = notion.sandbox;
		notion.sandbox.seedPeople(MEMBERS - workspace.members().length);
		const entries = agree();
		const staff = entries.filter(({ groups = [] }) => groups.length > 0);
		const [leavers, movers, joiners] = [staff.slice(0, SHARE), staff.slice(SHARE, 2 * SHARE), SHARE];
		const people: Entry[] = [
			...entries.map((entry) => {
				if (leavers.includes(entry)) return { ...entry, active: false };
				return movers.includes(entry) ? { ...entry, title: 'Promoted' } : entry;
			}),
			...Array.from({ length: joiners }, (_one, number) => ({
				id: `new-${number}`,
				email: `new.person${number}@example.com`,
				displayName: `New Person ${number}`,
				groups: [groupName(number)],
			})),
		];
		const links = JSON.stringify(workspace.groups().map(({ id, displayName }) => ({ name: displayName, groupId: id })));
		const policy = {
			managedGroups: 'team-*',
			syncAttributes: ['title'],
			removalLimit: 1000,
			createLimit: 1000,
			groupLinks: links,
		};
		notion.sandbox.requests.clear();

		const began = Date.now();
		const { changes } = await plan(directory(people), policy);
		const planning = { requests: notion.sandbox.requests.count(), seconds: (Date.now() - began) / 1000 };
		const todo = applicable(changes);
		const counts: Record<string, number> = {};
		for (const { action } of todo) counts[String(action)] = (counts[String(action)] ?? 0) + 1;
		expect(counts).toEqual({
			'user.create': SHARE, 'user.update': SHARE, 'user.remove': SHARE, 'group.addMembers': SHARE,
		});

		notion.sandbox.requests.clear();
		const begun = Date.now();
		const run = await notion.run('directory.apply', {
			items: changes,
			parameters: { options: { removalLimit: 1000, createLimit: 1000 } },
		});
		const applying = { requests: notion.sandbox.requests.count(), seconds: (Date.now() - begun) / 1000 };

		expect(run.error).toBeUndefined();
		expect(outcomes(run).filter((outcome) => outcome === 'done')).toHaveLength(4 * SHARE);
		// One write for each person who comes, changes or goes, and one for each group.
		const writes = 3 * SHARE + GROUPS;
		// Besides: everyone and the groups once more, and each leaver once before and once after.
		const confusableNames = MEMBERS / 100 + 1 + 2 * SHARE;
		console.info(
			[
				`plan: ${planning.requests} requests (at least ${MEMBERS / 100 + 1}), ${planning.seconds.toFixed(1)} s;`,
				`apply: ${applying.requests} requests, ${applying.seconds.toFixed(1)} s`,
				`(at least ${writes} writes; with every look that is demanded ${writes + confusableNames})`,
				JSON.stringify(notion.sandbox.requests.counters()),
			].join(' '),
		);
		expect(planning.requests).toBe(MEMBERS / 100 + 1);
		expect(notion.writes()).toHaveLength(writes);
		expect(applying.requests).toBeLessThanOrEqual((writes + confusableNames) * 1.02);

		notion.sandbox.requests.clear();
		const after = people.filter(({ active = true }) => active);
		const again = await plan(directory([...after, ...people.filter(({ active }) => active === false)]), policy);
		expect(applicable(again.changes)).toEqual([]);
	}, 120_000);
});
