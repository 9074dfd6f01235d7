import fc from 'fast-check';

import { classify } from '../../../lib/scim/attempt.ts';
import { parseGroup } from '../../../lib/scim/groupResource.ts';
import { parseListPage } from '../../../lib/scim/listResponse.ts';
import { parseUser } from '../../../lib/scim/userResource.ts';

const NOTION = 'urn:ietf:params:scim:schemas:extension:notion:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const ada = { id: '24bd872b', userName: 'ada@example.com' };

const active = (value: unknown): boolean => parseUser({ ...ada, active: value }).active;

describe('active', () => {
	it.each(['False', 'false', 'FALSE', ' false ', false, 0, '0', ' 0 '])('%j means inactive', (value) => {
		expect(active(value)).toBe(false);
	});

	it.each(['True', 'true', ' TRUE ', true, 1, '1', null, undefined])('%j means active', (value) => {
		expect(active(value)).toBe(true);
	});

	it.each([['no'], ['inactive'], [''], [2], ['-1'], [[false]], [{ value: false }]])(
		'%j is an error that names the person',
		(value) => {
			expect(() => active(value)).toThrow(/"active" of ada@example\.com \(24bd872b\) is .*neither true nor false/);
		},
	);

	it('is never active for a value that no one has thought of', () => {
		const understood = ['true', 'false', '1', '0'];
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				const isUnderstood = typeof value !== 'object' && understood.includes(String(value).trim().toLowerCase());
				fc.pre(value !== null && !isUnderstood);
				expect(() => active(value)).toThrow(/neither true nor false/);
			}),
		);
	});

	it('makes a list unusable as a whole where it cannot be read of one person', () => {
		const rows = [{ ...ada, id: '1' }, { id: '2', userName: 'kenji@example.com', active: 'maybe' }];
		expect(() => parseListPage({ totalResults: 2, Resources: rows }, parseUser)).toThrow(/kenji@example\.com \(2\)/);
	});
});

describe('other values that servers write loosely', () => {
	it.each(['true', 'True', true])('primary as %j chooses the phone number', (primary) => {
		const phoneNumbers = [{ value: '+1 1' }, { value: '+1 2', primary }];
		expect(parseUser({ ...ada, phoneNumbers }).attributes.phoneNumber).toBe('+1 2');
	});

	it.each([
		['Owner', 'owner'],
		[' owner ', 'owner'],
		['OWNER', 'owner'],
		['Membership Admin', 'membership_admin'],
		['restricted-member', 'restricted_member'],
		['Auditor', 'Auditor'],
	])('the role %j is %s', (written, role) => {
		expect(parseUser({ ...ada, [NOTION]: { role: written } }).role).toBe(role);
	});

	it('an employee number without quotes is one', () => {
		expect(parseUser({ ...ada, [ENTERPRISE]: { employeeNumber: 1815 } }).attributes.employeeNumber).toBe('1815');
	});

	it('members may be numbers', () => {
		expect(parseGroup({ id: 'g', displayName: 'Sales', members: [{ value: 7 }, { value: '8' }] }).memberIds).toEqual([
			'7',
			'8',
		]);
	});

	it.each([[3], ['3'], [' 3 ']])('a list may hold %j rows', (totalResults) => {
		expect(parseListPage({ totalResults, Resources: [] }, parseUser).total).toBe(3);
	});
});

/** The same body with each name in another case; values stay as they are. */
const inCase = (body: unknown, change: (name: string) => string): unknown => {
	if (Array.isArray(body)) return body.map((entry) => inCase(entry, change));
	if (typeof body !== 'object' || body === null) return body;
	return Object.fromEntries(Object.entries(body).map(([name, value]) => [change(name), inCase(value, change)]));
};

describe('names of schemas and attributes', () => {
	const user = {
		...ada,
		name: { formatted: 'Ada Lovelace', givenName: 'Ada', familyName: 'Lovelace' },
		emails: [{ value: 'ada@example.com', primary: true }, { value: 'ada@home.example' }],
		active: false,
		title: 'Countess',
		phoneNumbers: [{ value: '+1 2', primary: true }],
		[NOTION]: { role: 'owner' },
		[ENTERPRISE]: { department: 'Engines', manager: { value: 'charles@example.com' } },
	};
	const group = { id: 'g', displayName: 'Sales', members: [{ value: 'u1' }] };

	it('see the owner under a URN with a capital', () => {
		const role = { 'urn:ietf:params:scim:schemas:extension:Notion:2.0:User': { Role: 'owner' } };
		expect(parseUser({ ...ada, ...role }).role).toBe('owner');
	});

	it('do not depend on case, for users, groups and lists', () => {
		fc.assert(
			fc.property(fc.array(fc.boolean(), { minLength: 80, maxLength: 80 }), (upper) => {
				const change = (name: string): string =>
					[...name].map((letter, at) => (upper[at % 80] ? letter.toUpperCase() : letter.toLowerCase())).join('');
				const { resource, ...read } = parseUser(inCase(user, change));
				const { resource: _documented, ...expected } = parseUser(user);
				expect(read).toEqual(expected);
				expect(resource).toEqual(inCase(user, change));
				expect(parseGroup(inCase(group, change)).memberIds).toEqual(['u1']);
				const page = parseListPage(inCase({ totalResults: 1, Resources: [user] }, change), parseUser);
				expect([page.total, page.rows[0]?.role, page.rows[0]?.active]).toEqual([1, 'owner', false]);
			}),
		);
	});

	it.each([['Detail'], ['DETAIL'], ['Message']])('do not depend on case in errors: %s', (name) => {
		const body = JSON.stringify({ [name]: 'Not this one' });
		expect(classify({ status: 400, headers: {}, body }, 0)).toMatchObject({ detail: 'Not this one' });
	});

	it.each([
		[{ [NOTION]: { role: 'member', Role: 'owner' } }],
		[{ [NOTION]: { role: 'member' }, [NOTION.toUpperCase()]: { role: 'owner' } }],
	])('give no role where two spellings contradict each other: %j', (extension) => {
		expect(parseUser({ ...ada, ...extension }).role).toBe('unknown');
	});

	it('give no answer where two spellings contradict each other about active', () => {
		expect(() => parseUser({ ...ada, active: true, Active: false })).toThrow(/neither true nor false/);
		expect(parseUser({ ...ada, active: null, Active: false }).active).toBe(false);
	});

	it('of a row that cannot be read, name what can be', () => {
		expect(() => parseUser({ ID: 'u7' })).toThrow(/it has u7/);
		expect(() => parseGroup({ ID: 'g7', displayname: 'Sales', members: ['u1'] })).toThrow(/Sales, g7/);
	});
});
