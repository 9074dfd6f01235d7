import type { PlannedChange, Precondition } from '../../../lib/directory/plan/plannedChange.ts';
import {
	changesLeft,
	groupDifferences,
	OwnChanges,
	userDifferences,
	valueDifferences,
} from '../../../lib/directory/apply/staleness.ts';
import type { AttributeChange } from '../../../lib/scim/patchOperation.ts';
import type { User } from '../../../lib/scim/userResource.ts';
import { parseUser } from '../../../lib/scim/userResource.ts';

const ID = '24bd872b-594c-8191-ad2a-0002d5e040a0';
const NOTION = 'urn:ietf:params:scim:schemas:extension:notion:2.0:User';

const user = (fields: Record<string, unknown> = {}, role?: string): User =>
	parseUser({
		id: ID,
		userName: 'ada@example.com',
		name: { formatted: 'Ada Lovelace' },
		title: 'Engineer',
		...(role ? { [NOTION]: { role } } : {}),
		...fields,
	});

const change = (attribute: AttributeChange['attribute'], from: string | null, to: string): AttributeChange => ({
	attribute, from, to,
});

const plannedChange = (action: PlannedChange['action'], target: PlannedChange['target'], changes: AttributeChange[]): PlannedChange => ({
	action, target, changes,
	member: null, reason: 'drift', explanation: '', guard: 'ok', impact: 0, precondition: {},
	planDigest: 'x', workspace: 'x', policyDigest: 'x', plannedAt: '', expiresAt: '', signature: 'x',
});

const ada: PlannedChange['target'] = {
	type: 'user', id: ID.toUpperCase(), email: 'ada@example.com', displayName: null, source: null, sourceId: null,
};
const group = { id: ID, displayName: 'Sales', memberIds: [], resource: {} };
const nothing = new OwnChanges([]);

describe('what is different about a person', () => {
	test.each<[string, Precondition, User]>([
		['an address in other letters', { userName: ' Ada@EXAMPLE.com' }, user()],
		['a role that is not stated', { role: 'member' }, user()],
		['a role that was not stated', { role: '' }, user({}, 'member')],
		['what was not looked at', {}, user({ active: false }, 'owner')],
	])('is nothing for %s', (_what, seen, now) => {
		expect(userDifferences(seen, now, nothing)).toEqual([]);
	});

	test.each<[Precondition, User, string]>([
		[{ userName: 'ada@example.com' }, user({ userName: 'ada.king@example.com' }), 'the address of ada@example.com has become ada.king@example.com'],
		// KELVIN SIGN is another letter, whatever lower-casing makes of it.
		[{ userName: 'mark@example.com' }, user({ userName: 'mar\u212a@example.com' }), 'the address of mark@example.com has become mar\u212a@example.com'],
		[{ role: 'member' }, user({}, 'owner'), 'the role of ada@example.com has become owner (it was member)'],
		[{ active: true }, user({ active: false }), 'ada@example.com has left the workspace'],
	])('%j is told in words', (seen, now, sentence) => {
		expect(userDifferences(seen, now, nothing)).toEqual([sentence]);
	});

	test('is nothing that the plan itself brings about', () => {
		const own = new OwnChanges([
			plannedChange('user.rename', ada, [change('email', 'ada@example.com', 'ada.king@example.com')]),
			plannedChange('user.update', ada, [change('role', 'member', 'restricted_member')]),
			plannedChange('group.rename', { type: 'group', id: ID, displayName: 'Sales' }, [change('displayName', 'Sales', 'Customers')]),
		]);
		const seen = { userName: 'ada@example.com', role: 'member' };

		expect(userDifferences(seen, user({ userName: 'ada.king@example.com' }, 'restricted_member'), own)).toEqual([]);
		expect(userDifferences(seen, user({ userName: 'ada.byron@example.com' }), own)).toHaveLength(1);
		expect(groupDifferences({ groupName: 'Sales' }, { ...group, displayName: 'Customers' }, own)).toEqual([]);
		expect(groupDifferences({ groupName: 'Sales' }, { ...group, displayName: 'Else' }, own)).toEqual([
			'the group "Sales" was renamed to "Else"',
		]);
	});
});

describe('values that are overwritten', () => {
	const title = change('title', 'Engineer', 'Countess');

	test('may be what the plan saw, or what it wants', () => {
		expect(valueDifferences([title], {}, user())).toEqual([]);
		expect(valueDifferences([title], {}, user({ title: 'Countess' }))).toEqual([]);
		expect(valueDifferences([change('managerEmail', 'Boss@example.com', 'chief@example.com')], {}, user({
			'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { manager: { value: 'boss@EXAMPLE.com' } },
		}))).toEqual([]);
	});

	test('are told with what they were and are', () => {
		expect(valueDifferences([title], {}, user({ title: 'Analyst' }))).toEqual([
			'title of ada@example.com has become "Analyst" (it was "Engineer")',
		]);
		expect(valueDifferences([change('title', null, 'Countess')], { values: { title: null } }, user())).toEqual([
			'title of ada@example.com has become "Engineer" (it was empty)',
		]);
		expect(valueDifferences([change('role', 'member', 'owner')], {}, user({}, 'membership_admin'))).toEqual([
			'role of ada@example.com has become "membership_admin" (it was "member")',
		]);
	});
});

describe('what is left to do', () => {
	test('is only what differs still', () => {
		const changes = [change('title', 'Engineer', 'Countess'), change('role', null, 'member'), change('displayName', 'X', 'Ada Lovelace')];
		expect(changesLeft(changes, user())).toEqual([change('title', 'Engineer', 'Countess')]);
		expect(changesLeft(changes, user({ title: 'Countess' }))).toEqual([]);
	});

	test('ends with the role', () => {
		expect(
			changesLeft([change('role', 'member', 'owner'), change('title', 'Engineer', 'Countess')], user()).map(
				({ attribute }) => attribute,
			),
		).toEqual(['title', 'role']);
	});
});
