import { groupNameKey, newGroupResource, parseGroup } from '../../../lib/scim/groupResource.ts';
import { parseListPage } from '../../../lib/scim/listResponse.ts';
import { parseUser } from '../../../lib/scim/userResource.ts';

const group = {
	schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
	id: '9d8f5c1e-0000-8abc-9def-000000000001',
	displayName: 'Engineering',
	members: [{ value: 'u1', display: 'Ada' }, { value: 'u2' }, { value: 'u1' }],
	extra: { kept: true },
};

const unexpected = expect.objectContaining({ kind: 'unexpectedAnswer' });

describe('parseGroup', () => {
	it('reads a group, each member once, and keeps the rest', () => {
		expect(parseGroup(group)).toEqual({
			id: '9d8f5c1e-0000-8abc-9def-000000000001',
			displayName: 'Engineering',
			memberIds: ['u1', 'u2'],
			resource: group,
		});
	});

	it.each([
		['missing', {}],
		['null', { members: null }],
		['empty', { members: [] }],
	])('reads members that are %s', (_, members) => {
		expect(parseGroup({ id: 'g', displayName: 'Sales', ...members }).memberIds).toEqual([]);
	});

	it.each([
		['without an id', { displayName: 'Sales' }],
		['without a name', { id: 'g' }],
		['whose members cannot be read', { id: 'g', displayName: 'Sales', members: ['u1'] }],
		['that is none', null],
	])('refuses a group %s', (_, body) => {
		expect(() => parseGroup(body)).toThrow(unexpected);
	});

	it('creates with the name alone', () => {
		expect(newGroupResource('Engineering')).toEqual({
			schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
			displayName: 'Engineering',
		});
	});

	it('compares names exactly, but for white space around and Unicode composition', () => {
		expect(groupNameKey(' Cafe\u0301 ')).toBe(groupNameKey('Caf\u00e9'));
		expect(groupNameKey('engineering')).not.toBe(groupNameKey('Engineering'));
	});
});

describe('parseListPage', () => {
	const row = { id: 'u1', userName: 'ada@example.com' };

	it('reads a list', () => {
		const page = parseListPage(
			{ schemas: [], totalResults: 7, startIndex: 1, itemsPerPage: 1, Resources: [row] },
			parseUser,
		);
		expect([page.total, page.rows.map(({ id }) => id)]).toEqual([7, ['u1']]);
	});

	it.each([
		['no Resources', { totalResults: 0 }, 0],
		['Resources null', { totalResults: 0, Resources: null }, 0],
		['a total in a text', { totalResults: '12', Resources: [] }, 12],
	])('reads a list with %s', (_, body, total) => {
		expect(parseListPage(body, parseUser)).toEqual({ total, rows: [] });
	});

	// Each of these would otherwise be an empty list, and an empty list is a reason to act.
	it.each([
		['null as total', { totalResults: null, Resources: [] }],
		['no total', { Resources: [] }],
		['an empty text as total', { totalResults: '', Resources: [] }],
		['false as total', { totalResults: false, Resources: [] }],
		['a list as total', { totalResults: [], Resources: [] }],
		['a total below zero', { totalResults: -1, Resources: [] }],
		['half a person', { totalResults: 0.5, Resources: [] }],
		['an error body', { schemas: [], status: '500', detail: 'no' }],
		['a bare array', []],
		['nothing', undefined],
		['a row that is no user', { totalResults: 1, Resources: [{ id: 'u1' }] }],
	])('refuses %s', (_, body) => {
		expect(() => parseListPage(body, parseUser)).toThrow(unexpected);
	});
});
