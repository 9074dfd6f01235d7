import type { Group } from '../../../lib/scim/groupResource.ts';
import type { Case } from './planKit.mts';
import { group, HOUR, inShort, memory, NOW, person, planned, theChange, user } from './planKit.mts';

const ada = person('ada', { groups: ['Eng'] });
const carl = person('carl');
const users = [user('ada'), user('carl')];
const linked = { links: { people: [], groups: [{ name: 'Eng', groupId: 'g-Eng' }] } };

const groupsPlan = ({ policy, ...settings }: Case) =>
	planned({
		persons: [ada, carl],
		users,
		context: linked,
		...settings,
		policy: { managedGroups: ['Eng', 'team-*'], ...policy },
	});

/** @param shown of the 100 that are shown */
const crowded = (shown: string[], displayName = 'Eng'): Group => {
	const strangers = Array.from({ length: 100 - shown.length }, (_, index) => `stranger-${index}`);
	return group(displayName, [...shown, ...strangers]);
};

describe('a value that Notion keeps in another form', () => {
	it.each([
		['displayName', 'Jose\u0301  Pérez', 'José Pérez'],
		['title', 'VP\u00a0 Sales', 'VP Sales'],
		['phoneNumber', '+1 (555) 0100', '+15550100'],
		['locale', 'en_GB', 'en-gb'],
		['managerDisplayName', 'Zoe\u0308 Å', 'Zoë A\u030a'],
	] as const)('is no drift: %s', (attribute, desired, stored) => {
		const plan = planned({
			persons: [person('ada', { attributes: { [attribute]: desired } })],
			users: [user('ada', { attributes: { [attribute]: stored } })],
			policy: { syncAttributes: [attribute] },
		});
		expect(inShort(plan)).toEqual([]);
	});

	it.each(['Eng  Team', ' Eng Team', 'Eng\u00a0Team'])('is the same group: %j', (name) => {
		const plan = groupsPlan({
			persons: [person('ada', { groups: [name] }), carl],
			groups: [group('Eng Team', ['ada'], 'g-1')],
			context: { links: { people: [], groups: [{ name, groupId: 'g-1' }] } },
			policy: { managedGroups: [name] },
		});
		expect(inShort(plan)).toEqual([]);
	});
});

describe('a linked group that is to get a name', () => {
	it.each(['Eng', 'ENG', 'e\u200bng'])('waits where another one is called %j', (other) => {
		const plan = groupsPlan({ groups: [group('Old', ['ada'], 'g-Eng'), group(other, [], 'g-2')] });
		expect(theChange(plan, 'group.rename').guard).toContain(`the group ${other} (g-2) in Notion`);
	});

	it('gets it where its own name looks the same', () => {
		const plan = groupsPlan({ groups: [group('ENG', ['ada'], 'g-Eng')] });
		expect(theChange(plan, 'group.rename').guard).toBe('ok');
	});
});

describe('a group that shows exactly 100 members', () => {
	it('is asked to take a person it does not show, however often that was done before', () => {
		const change = { action: 'group.addMembers' as const, groupId: 'g-Eng', userId: 'u-ada' };
		const at = (hours: number) => ({ ...change, at: new Date(NOW - hours * HOUR).toISOString() });
		const plan = groupsPlan({
			groups: [crowded([])],
			context: { ...linked, recentChanges: [at(1), at(2), at(3)] },
		});
		expect(inShort(plan)).toEqual(['group.addMembers ada@example.com Eng: ok', 'none Eng: groupMembership']);
		expect(theChange(plan, 'group.addMembers').explanation).toContain('unless they are among those Notion does not show');
		expect(theChange(plan, 'groupMembership').explanation).toContain('Notion shows exactly 100 members of Eng');
	});

	it('loses whom it shows and the directory does not name', () => {
		expect(inShort(groupsPlan({ groups: [crowded(['ada', 'carl'])] }))).toContain(
			'group.removeMembers carl@example.com Eng: ok',
		);
	});

	it('is never called in order, because no one can tell', () => {
		const plan = groupsPlan({ groups: [crowded(['ada'])] });
		expect(inShort(plan)).toEqual(['none Eng: groupMembership']);
	});

	it('is not deleted, because no one can tell who would lose it', () => {
		const plan = groupsPlan({
			persons: [person('ada'), carl],
			groups: [crowded([])],
			policy: { deleteUnlistedGroups: true },
			context: {
				...linked,
				memory: memory({ absentSince: { 'g-Eng': new Date(NOW - 48 * HOUR).toISOString() } }),
			},
		});
		expect(theChange(plan, 'group.delete').guard).toContain('no one can tell who would lose it');
	});

	it('takes no one for a person without a managed group', () => {
		const context = {
			...linked,
			memory: memory({
				absentSince: { 'without group u-carl': new Date(NOW - 48 * HOUR).toISOString() },
			}),
		};
		const policy = { removeWithoutManagedGroup: true };
		const small = group('Eng', ['ada', 'carl']);
		const removal = 'user.remove carl@example.com: ok';
		expect(inShort(groupsPlan({ groups: [small], context, policy }))).toContain(removal);
		expect(inShort(groupsPlan({ groups: [small, crowded([], 'team-a')], context, policy }))).not.toContain(removal);
	});
});
