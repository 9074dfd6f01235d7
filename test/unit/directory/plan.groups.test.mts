import type { GroupLink, Policy } from '../../../lib/directory/plan/policy.ts';
import type { Case } from './planKit.mts';
import {
	HOUR,
	directory,
	group,
	inShort,
	memory,
	NOW,
	person,
	planned,
	READ_AT,
	theChange,
	user,
} from './planKit.mts';

const managedGroups = ['Eng', 'team-*'];

/** Ada and Bob are members and in Eng in the directory; Carl is a member and in no group. */
const ada = person('ada', { groups: ['Eng'] });
const bob = person('bob', { groups: ['Eng'] });
const carl = person('carl');
const users = [user('ada'), user('bob'), user('carl')];
const links = (...groups: GroupLink[]) => ({ links: { people: [], groups } });
const linked = links({ name: 'Eng', groupId: 'g-Eng' });

function groupsPlan({ policy, ...settings }: Case) {
	return planned({
		persons: [ada, bob, carl],
		users,
		...settings,
		policy: { managedGroups, ...policy },
	});
}

describe('managed groups', () => {
	it.each([[''], ['  '], ['*'], ['**'], [' * ']])('are never every group: %j is refused', (pattern) => {
		expect(() => groupsPlan({ policy: { managedGroups: ['Eng', pattern] } })).toThrow(
			expect.objectContaining({ name: 'ScimError', kind: 'invalidInput' }),
		);
	});

	it('are those of the names and beginnings; others are not touched', () => {
		const persons = [person('ada', { groups: ['Eng', 'team-a', 'Engine', 'Other'] })];
		const groups = [group('Other', ['bob']), group('Engine', ['bob'])];
		expect(inShort(groupsPlan({ persons, groups }))).toEqual([
			'group.create Eng: ok',
			'group.create team-a: ok',
			'group.addMembers ada@example.com Eng: ok',
			'group.addMembers ada@example.com team-a: ok',
			'none bob@example.com: unlisted',
			'none carl@example.com: unlisted',
		]);
	});

	it('may be none', () => {
		expect(inShort(groupsPlan({ policy: { managedGroups: [] }, groups: [group('Eng')] }))).toEqual([]);
	});

	it('are compared but for white space and composition', () => {
		const persons = [person('ada', { groups: ['team-e\u0301 '] })];
		const groups = [group('team-\u00e9', [])];
		expect(
			inShort(groupsPlan({ persons, users: [user('ada')], groups, policy: { adoptGroups: 'union' } })),
		).toEqual(['group.adopt team-\u00e9: ok', 'group.addMembers ada@example.com team-\u00e9: ok']);
	});
});

describe('a group that Notion does not have', () => {
	it('is created with its people, those the plan creates among them', () => {
		const persons = [ada, person('zoe', { groups: ['Eng'] })];
		const plan = groupsPlan({ persons, users: [user('ada')] });
		expect(inShort(plan)).toEqual([
			'group.create Eng: ok',
			'user.create zoe@example.com: ok',
			'group.addMembers ada@example.com Eng: ok',
			'group.addMembers zoe@example.com Eng: ok',
		]);
		expect(plan.entries[3]).toMatchObject({
			target: { type: 'group', id: null, displayName: 'Eng' },
			member: { id: null, email: 'zoe@example.com', displayName: 'Zoe' },
			precondition: { isMember: false },
		});
	});

	it('does not wait for people who cannot join', () => {
		const persons = [ada, person('zoe', { groups: ['Eng'] })];
		const plan = groupsPlan({ persons, users: [user('ada')], policy: { createLimit: 0 } });
		expect(inShort(plan).filter((change) => change.includes('zoe'))).toEqual([
			'user.create zoe@example.com: blocked',
		]);
	});

	it.each([
		[false, ['none Eng: skipped']],
		[true, ['group.create Eng: ok']],
	])('is created empty only where that is chosen: %s', (createEmptyGroups, changes) => {
		const persons = [person('gone', { status: 'inactive', groups: ['Eng'] }), person('ada')];
		expect(
			inShort(groupsPlan({ persons, users: [user('ada')], policy: { createEmptyGroups } })),
		).toEqual(changes);
	});

	it.each([
		['another case', 'ENG'],
		['a letter that no one sees', 'E\u200bng'],
		['a wide letter', '\uff25ng'],
	])('is not created where Notion has one that looks like it, with %s', (_, displayName) => {
		const plan = groupsPlan({ groups: [group(displayName, ['carl'], 'g-1')] });
		expect(inShort(plan).filter((change) => change.startsWith('group.'))).toEqual([
			'group.create Eng: blocked',
		]);
		expect(theChange(plan, 'group.create').guard).toContain(
			`It looks like the group ${displayName} (g-1) in Notion`,
		);
	});

	it('is not created where the directory itself has one that looks like it', () => {
		const persons = [person('ada', { groups: ['team-a b', 'team-A B', 'team-a B', 'Eng'] })];
		expect(inShort(groupsPlan({ persons, users: [user('ada')] }))).toEqual([
			'group.create Eng: ok',
			'group.create team-A B: blocked',
			'group.create team-a B: blocked',
			'group.create team-a b: blocked',
			'group.addMembers ada@example.com Eng: ok',
		]);
	});

	it('but had, by its link, is not made anew unasked', () => {
		const plan = groupsPlan({ context: linked });
		expect(inShort(plan)).toEqual(['group.create Eng: blocked']);
		expect(theChange(plan, 'group.create').guard).toContain('was deleted in Notion');
	});
});

describe('a group of the same name', () => {
	const existing = [group('Eng', ['ada', 'carl'])];

	it.each<[Policy['adoptGroups'], string[]]>([
		['off', ['group.adopt Eng: blocked']],
		[
			'union',
			['group.adopt Eng: ok', 'group.addMembers bob@example.com Eng: ok', 'none Eng: groupMembership'],
		],
		[
			'exact',
			['group.adopt Eng: ok', 'group.addMembers bob@example.com Eng: ok', 'none Eng: groupMembership'],
		],
	])('is taken over as %s says, first without taking anybody out', (adoptGroups, changes) => {
		const plan = groupsPlan({ groups: existing, policy: { adoptGroups } });
		expect(inShort(plan)).toEqual(changes);
		expect(theChange(plan, 'group.adopt').precondition).toEqual({
			groupName: 'Eng',
			memberIds: ['u-ada', 'u-carl'],
		});
		const joins = plan.entries.filter(({ action }) => action === 'group.addMembers');
		expect(joins.map(({ precondition }) => precondition.isLinked)).toEqual(joins.map(() => false));
	});

	it.each<[Policy['adoptGroups'], string[]]>([
		['off', ['group.addMembers bob@example.com Eng: ok', 'none Eng: groupMembership']],
		['union', ['group.addMembers bob@example.com Eng: ok', 'none Eng: groupMembership']],
		[
			'exact',
			['group.addMembers bob@example.com Eng: ok', 'group.removeMembers carl@example.com Eng: ok'],
		],
	])('that was taken over loses people only where that is exact: %s', (adoptGroups, changes) => {
		const context = links({ name: 'Eng', groupId: 'g-Eng', adoptedAt: READ_AT });
		expect(inShort(groupsPlan({ groups: existing, policy: { adoptGroups }, context }))).toEqual(changes);
	});

	it("is no one's where there are two", () => {
		const groups = [group('Eng', [], 'g-1'), group('Eng', [], 'g-2')];
		const plan = groupsPlan({ groups, policy: { adoptGroups: 'exact' } });
		expect(inShort(plan)).toEqual(['none Eng: ambiguous']);
		expect(theChange(plan, 'ambiguous').guard).toContain('Notion has 2 groups called Eng (g-1 and g-2)');
		expect(theChange(plan, 'ambiguous').guard).toContain('without adoptedAt in the link');
	});

	it('that is linked with another name is left alone', () => {
		const context = links({ name: 'team-x', groupId: 'g-Eng' });
		const persons = [ada, person('bob', { groups: ['team-x'] }), carl];
		expect(inShort(groupsPlan({ persons, groups: [group('Eng', ['bob'])], context }))).toEqual([
			'group.rename Eng: ok',
			'none Eng: ambiguous',
		]);
	});
});

describe('a linked group', () => {
	it('follows the directory, one change for each membership', () => {
		const plan = groupsPlan({ groups: [group('Eng', ['ada', 'carl'])], context: linked });
		expect(inShort(plan)).toEqual([
			'group.addMembers bob@example.com Eng: ok',
			'group.removeMembers carl@example.com Eng: ok',
		]);
		expect(theChange(plan, 'group.addMembers')).toMatchObject({
			target: { type: 'group', id: 'g-Eng' },
			member: { id: 'u-bob', email: 'bob@example.com', displayName: 'Bob' },
			impact: 0,
			precondition: { groupName: 'Eng', isMember: false, active: true },
		});
		expect(theChange(plan, 'group.removeMembers')).toMatchObject({
			impact: 1,
			precondition: { groupName: 'Eng', isMember: true },
			explanation:
				'Carl (carl@example.com) is in Eng in Notion, and not in that group in the directory, so they are removed from it.',
		});
	});

	it('is known by its id, and gets the name of the directory', () => {
		const plan = groupsPlan({ groups: [group('Engineers', ['ada', 'bob'], 'g-Eng')], context: linked });
		expect(inShort(plan)).toEqual(['group.rename Engineers: ok']);
		expect(theChange(plan, 'group.rename').changes).toEqual([
			{ attribute: 'displayName', from: 'Engineers', to: 'Eng' },
		]);
	});

	it('does not get a name that another one has', () => {
		const groups = [group('Engineers', ['ada', 'bob'], 'g-Eng'), group('Eng', [], 'g-2')];
		expect(inShort(groupsPlan({ groups, context: linked }))).toEqual([
			'group.rename Engineers: blocked',
		]);
	});

	it("is no one's where two names that are in use share it", () => {
		const context = links({ name: 'Eng', groupId: 'g-Eng' }, { name: 'team-a', groupId: 'g-Eng' });
		const persons = [ada, person('bob', { groups: ['team-a'] }), carl];
		expect(inShort(groupsPlan({ persons, groups: [group('Eng', ['carl'])], context }))).toEqual([
			'none Eng: ambiguous',
			'none team-a: ambiguous',
		]);
	});

	it.each([
		['whose groups were not read', person('carl', { groups: undefined }), 'their groups were not read'],
		['on leave', person('carl', { status: 'onLeave' }), 'they are on leave'],
		['suspended', person('carl', { status: 'suspended' }), 'removes nothing'],
		[
			'who could not be identified',
			person('x', { attributes: { secondaryEmails: 'carl@example.com' } }),
			'is not certain',
		],
	])('keeps people %s', (_, one, words) => {
		const plan = groupsPlan({
			persons: [ada, bob, one],
			groups: [group('Eng', ['ada', 'bob', 'carl'])],
			context: linked,
		});
		expect(inShort(plan).filter((change) => change.startsWith('group.'))).toEqual([]);
		expect(theChange(plan, 'groupMembership').explanation).toContain(words);
	});

	it('keeps people no one lists, who are only reported or leave it with the workspace', () => {
		const settings = {
			persons: [ada, bob],
			users: [...users, user('eve', { email: 'eve@partner.test' })],
			groups: [group('Eng', ['ada', 'bob', 'carl', 'eve'])],
		};
		expect(
			inShort(groupsPlan({ ...settings, context: linked })).filter((change) => change.startsWith('group.')),
		).toEqual([]);
		const absentSince = Object.fromEntries(
			['u-carl', 'u-eve'].map((id) => [id, new Date(NOW - 25 * HOUR).toISOString()]),
		);
		const later = { ...linked, memory: memory({ absentSince }) };
		const reported = groupsPlan({ ...settings, context: later });
		expect(inShort(reported)).toEqual([
			'none Eng: groupMembership',
			'none carl@example.com: unlisted',
			'none eve@partner.test: unlisted',
		]);
		expect(theChange(reported, 'groupMembership').explanation).toContain(
			'carl@example.com (the directory does not list them, which is only reported)',
		);
		const removed = groupsPlan({ ...settings, context: later, policy: { onUnlisted: 'remove' } });
		expect(inShort(removed)).toEqual([
			'user.remove carl@example.com: ok',
			'none Eng: groupMembership',
			'none eve@partner.test: unlisted',
		]);
	});

	it('says nothing of people who are removed from the workspace by the same plan', () => {
		const left = person('carl', { status: 'inactive', groups: [] });
		const plan = groupsPlan({
			persons: [ada, bob, left],
			groups: [group('Eng', ['ada', 'bob', 'carl'])],
			context: linked,
		});
		expect(inShort(plan)).toEqual(['user.remove carl@example.com: ok']);
	});

	it('leaves owners in it without Allow Privileged People', () => {
		const settings = {
			users: [user('ada'), user('bob'), user('carl', { role: 'owner' })],
			groups: [group('Eng', ['ada', 'bob', 'carl'])],
			context: linked,
		};
		expect(inShort(groupsPlan(settings))).toEqual(['group.removeMembers carl@example.com Eng: blocked']);
		expect(inShort(groupsPlan({ ...settings, policy: { allowPrivileged: true } }))).toEqual([
			'group.removeMembers carl@example.com Eng: ok',
		]);
	});

	it('never gets people who have left the workspace, or who are no members', () => {
		const inactive = [user('ada', { active: false }), user('bob'), user('carl')];
		const plan = groupsPlan({ users: inactive, groups: [group('Eng', ['guest'])], context: linked });
		expect(inShort(plan)).toEqual([
			'user.create ada@example.com: ok',
			'group.addMembers ada@example.com Eng: ok',
			'group.addMembers bob@example.com Eng: ok',
		]);
		expect(plan.entries[1]?.member?.id).toBeNull();
	});

	it('waits where a person changes its memberships back', () => {
		const change = { action: 'group.removeMembers' as const, groupId: 'g-Eng', userId: 'u-carl' };
		const at = (hours: number) => ({ ...change, at: new Date(NOW - hours * HOUR).toISOString() });
		const settings = { groups: [group('Eng', ['ada', 'bob', 'carl'])] };
		const once = groupsPlan({ ...settings, context: { ...linked, recentChanges: [at(1), at(25)] } });
		expect(inShort(once)).toEqual(['group.removeMembers carl@example.com Eng: ok']);
		const twice = groupsPlan({ ...settings, context: { ...linked, recentChanges: [at(1), at(9)] } });
		expect(inShort(twice)).toEqual(['group.removeMembers carl@example.com Eng: blocked']);
		expect(theChange(twice, 'group.removeMembers').guard).toContain(
			'Two systems seem to manage this group',
		);
	});

	it('loses no one where the groups were not read, and still gets people', () => {
		const listed = directory([ada, bob, carl], {
			groupsComplete: false,
			explanation: 'The group list ended early.',
		});
		const plan = groupsPlan({
			directory: listed,
			groups: [group('Eng', ['ada', 'carl'])],
			context: linked,
		});
		expect(inShort(plan)).toEqual([
			'group.addMembers bob@example.com Eng: ok',
			'group.removeMembers carl@example.com Eng: blocked',
		]);
		expect(theChange(plan, 'group.removeMembers').guard).toContain('The group list ended early.');
		expect(plan.summary.notes.join(' ')).toContain('No one is removed from a group');
	});
});

describe('a membership', () => {
	it('is that of the account that was seen: its address and, where it ends, its role', () => {
		const plan = groupsPlan({ groups: [group('Eng', ['ada', 'carl'])], context: linked });
		expect(theChange(plan, 'group.addMembers').precondition).toEqual({
			groupName: 'Eng',
			isMember: false,
			userName: 'bob@example.com',
			active: true,
		});
		expect(theChange(plan, 'group.removeMembers').precondition).toEqual({
			groupName: 'Eng',
			isMember: true,
			userName: 'carl@example.com',
			role: 'member',
			active: true,
		});
	});

	it('ends though a source beside the directory has no groups, which its manifest says', () => {
		const known = (source: string, groupsComplete: boolean) => ({
			...directory([ada, bob, carl]),
			persons: [ada, bob, carl, { ...ada, source, groups: undefined }],
			manifests: [
				...directory([ada, bob, carl]).manifests,
				...directory([{ ...ada, source }], { groupsComplete }).manifests.filter(
					(one) => one.source === source,
				),
			],
		});
		const settings = { groups: [group('Eng', ['ada', 'bob', 'carl'])], context: linked };
		const changeOf = (isComplete: boolean) =>
			theChange(groupsPlan({ ...settings, directory: known('hr', isComplete) }), 'group.removeMembers');
		expect(changeOf(true).guard).toBe('ok');
		expect(changeOf(false).guard).toContain(
			'If it never has groups, because entra knows them, let its manifest say groupsComplete: true',
		);
	});
});

describe('a group that the directory names no more', () => {
	const groups = [group('Eng', ['ada', 'bob']), group('team-old', ['carl'])];
	const context = links({ name: 'Eng', groupId: 'g-Eng' }, { name: 'team-old', groupId: 'g-team-old' });

	it('loses its people, and stays', () => {
		expect(inShort(groupsPlan({ groups, context }))).toEqual([
			'group.removeMembers carl@example.com team-old: ok',
			'none team-old: groupUnlisted',
		]);
	});

	const named = (hours: number) => ({
		...context,
		memory: memory({ absentSince: { 'g-team-old': new Date(NOW - hours * HOUR).toISOString() } }),
	});

	it('is deleted where that is chosen, and counts its members', () => {
		const plan = groupsPlan({ groups, context: named(25), policy: { deleteUnlistedGroups: true } });
		expect(inShort(plan)).toEqual(['group.delete team-old: ok']);
		expect(theChange(plan, 'group.delete')).toMatchObject({
			impact: 1,
			precondition: { memberIds: ['u-carl'] },
		});
	});

	it('is deleted only after two good readings, because it may be empty for a moment', () => {
		const settings = { groups, policy: { deleteUnlistedGroups: true } };
		const emptied = [
			'group.removeMembers carl@example.com team-old: ok',
			'none team-old: groupUnlisted',
		];
		const first = groupsPlan({ ...settings, context });
		expect(inShort(first)).toEqual(emptied);
		expect(first.summary.memory.absentSince).toEqual({ 'g-team-old': READ_AT });
		expect(theChange(first, 'groupUnlisted').explanation).toContain(
			'It is deleted if a complete reading 24 hours later or more does not name it either.',
		);
		expect(inShort(groupsPlan({ ...settings, context: named(23) }))).toEqual(emptied);
		const back = person('carl', { groups: ['team-old'] });
		const seen = groupsPlan({ ...settings, persons: [ada, bob, back], context: named(25) });
		expect(seen.summary.memory.absentSince).toEqual({});
	});

	it('is not missed by a reading without all groups', () => {
		const settings = { groups, policy: { deleteUnlistedGroups: true } };
		const listed = directory([ada, bob, carl], { groupsComplete: false });
		const plan = groupsPlan({ ...settings, directory: listed, context });
		expect(inShort(plan)).toEqual([
			'group.removeMembers carl@example.com team-old: blocked',
			'none team-old: groupUnlisted',
		]);
		expect(plan.summary.memory.absentSince).toEqual({});
		const later = groupsPlan({ ...settings, directory: listed, context: named(25) });
		expect(inShort(later).join()).not.toContain('group.delete');
		expect(later.summary.memory.absentSince).toEqual(named(25).memory.absentSince);
	});

	it.each([
		[
			'that was taken over',
			{
				groups,
				context: {
					...named(25),
					...links({ name: 'team-old', groupId: 'g-team-old', adoptedAt: READ_AT }),
				},
			},
		],
		['without a link', { groups: [group('team-old', ['carl'])], context: {} }],
	])('is not deleted where it is one %s', (_, settings) => {
		const plan = groupsPlan({
			...settings,
			policy: { deleteUnlistedGroups: true, adoptGroups: 'union' },
		});
		expect(inShort(plan)).toContain('none team-old: groupUnlisted');
		expect(inShort(plan).join()).not.toContain('delete');
	});

	it('is not deleted with an owner in it', () => {
		const owners = [user('ada'), user('bob'), user('carl', { role: 'owner' })];
		expect(
			inShort(
				groupsPlan({
					users: owners,
					groups,
					context: named(25),
					policy: { deleteUnlistedGroups: true },
				}),
			),
		).toEqual(['group.delete team-old: blocked']);
	});

	it.each([true, false])(
		'and a new one with half its people are probably one: both wait (deleteUnlistedGroups %s)',
		(deleteUnlistedGroups) => {
			const moved = person('carl', { groups: ['team-new'] });
			const plan = groupsPlan({
				persons: [ada, bob, moved],
				groups,
				context: named(25),
				policy: { deleteUnlistedGroups },
			});
			expect(inShort(plan)).toEqual([
				'group.create team-new: blocked',
				'group.rename team-old: blocked',
			]);
			expect(theChange(plan, 'group.rename')).toMatchObject({
				changes: [{ attribute: 'displayName', from: 'team-old', to: 'team-new' }],
			});
			expect(theChange(plan, 'group.rename').guard).toContain(
				'change the name of the link of g-team-old from team-old to team-new',
			);
		},
	);

	it.each([
		['no one has taken over', [], 'group.adopt team-new: blocked'],
		[
			'is linked and empty',
			[{ name: 'team-new', groupId: 'g-team-new' }],
			'none team-new: groupRenamed',
		],
	])('and a new one that %s are probably one, too: both wait', (_, newLinks, change) => {
		const plan = groupsPlan({
			persons: [ada, bob, person('carl', { groups: ['team-new'] })],
			groups: [...groups, group('team-new')],
			context: { ...named(25), ...links(...context.links.groups, ...newLinks) },
			policy: { deleteUnlistedGroups: true, adoptGroups: 'union' },
		});
		expect(inShort(plan).sort()).toEqual(['group.rename team-old: blocked', change].sort());
	});

	it.each([
		['on leave', person('carl', { status: 'onLeave' })],
		['suspended', person('carl', { status: 'suspended', active: false })],
	])('is not deleted with a person in it who is %s, and loses nothing', (_, stays) => {
		const plan = groupsPlan({
			persons: [ada, bob, stays],
			groups,
			context: named(25),
			policy: { deleteUnlistedGroups: true },
		});
		expect(theChange(plan, 'group.delete').guard).toMatch(
			/^blocked: carl@example\.com \(.+\) is still in it, and would lose it\./,
		);
	});

	it('becomes the new one once its link has the new name', () => {
		const moved = person('carl', { groups: ['team-new'] });
		const renamed = links(
			{ name: 'Eng', groupId: 'g-Eng' },
			{ name: 'team-new', groupId: 'g-team-old' },
		);
		expect(inShort(groupsPlan({ persons: [ada, bob, moved], groups, context: renamed }))).toEqual([
			'group.rename team-old: ok',
		]);
	});
});

describe('Remove Without Managed Group', () => {
	const policy = { removeWithoutManagedGroup: true };

	it('removes a person who leaves the last one', () => {
		const plan = groupsPlan({ groups: [group('Eng', ['ada', 'bob', 'carl'])], context: linked, policy });
		expect(inShort(plan)).toEqual([
			'group.removeMembers carl@example.com Eng: ok',
			'none carl@example.com: withoutManagedGroup',
		]);
		expect(plan.summary.memory.absentSince).toEqual({ 'without group u-carl': READ_AT });
	});

	const seen = (hours: number) => ({
		...linked,
		memory: memory({
			absentSince: { 'without group u-carl': new Date(NOW - hours * HOUR).toISOString() },
		}),
	});

	it.each([
		['still in it', ['ada', 'bob', 'carl'], ['group.removeMembers carl@example.com Eng: ok']],
		['taken out of it by the plan before', ['ada', 'bob'], []],
	])('removes only after two good readings: %s', (_, names, first) => {
		const settings = { groups: [group('Eng', names)], policy };
		expect(inShort(groupsPlan({ ...settings, context: seen(23) }))).toEqual([
			...first,
			'none carl@example.com: withoutManagedGroup',
		]);
		const plan = groupsPlan({ ...settings, context: seen(25) });
		expect(inShort(plan)).toEqual(['user.remove carl@example.com: ok']);
		expect(theChange(plan, 'user.remove')).toMatchObject({ reason: 'withoutManagedGroup', impact: 1 });
	});

	it('forgets a person who is in one again', () => {
		const back = person('carl', { groups: ['Eng'] });
		const groups = [group('Eng', ['ada', 'bob'])];
		const plan = groupsPlan({ persons: [ada, bob, back], groups, context: seen(25), policy });
		expect(inShort(plan)).toEqual(['group.addMembers carl@example.com Eng: ok']);
		expect(plan.summary.memory.absentSince).toEqual({});
	});

	it('leaves a person who was in none, or is still in another', () => {
		const persons = [ada, bob, carl, person('dan', { groups: ['team-a'] })];
		const groups = [group('Eng', ['ada', 'bob', 'dan']), group('team-a', ['dan'])];
		const context = links({ name: 'Eng', groupId: 'g-Eng' }, { name: 'team-a', groupId: 'g-team-a' });
		expect(
			inShort(groupsPlan({ persons, users: [...users, user('dan')], groups, context, policy })),
		).toEqual(['group.removeMembers dan@example.com Eng: ok']);
	});

	it('leaves a person who stays in a group of a managed name that no one has linked', () => {
		const groups = [group('Eng', ['ada', 'bob', 'carl']), group('team-a', ['carl'])];
		expect(inShort(groupsPlan({ groups, context: linked, policy }))).toContain(
			'group.removeMembers carl@example.com Eng: ok',
		);
	});

	it('creates no one who is in none, who would be removed again', () => {
		const plan = groupsPlan({
			persons: [ada, bob, carl, person('zoe')],
			groups: [group('Eng', ['ada', 'bob'])],
			context: linked,
			policy,
		});
		expect(inShort(plan)).toEqual(['none zoe@example.com: skipped']);
	});

	it('waits where the groups were not read', () => {
		const plan = groupsPlan({
			directory: directory([ada, bob, carl], { groupsComplete: false }),
			groups: [group('Eng', ['ada', 'bob', 'carl'])],
			context: linked,
			policy,
		});
		expect(inShort(plan)).toEqual(['group.removeMembers carl@example.com Eng: blocked']);
		expect(plan.summary.memory.absentSince).toEqual({});
	});
});
