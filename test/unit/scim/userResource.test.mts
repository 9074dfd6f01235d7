import fc from 'fast-check';

import type { PersonAttribute } from '../../../lib/scim/personAttributes.ts';
import { ScimError } from '../../../lib/scim/scimError.ts';
import { newUserResource, parseUser, secondaryEmailKeys } from '../../../lib/scim/userResource.ts';

const NOTION = 'urn:ietf:params:scim:schemas:extension:notion:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const ID = '24bd872b-594c-8191-ad2a-0002d5e040a0';

/** As published by people who read a real workspace. */
const documented = {
	schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
	id: ID,
	userName: 'ada@example.com',
	name: { formatted: 'Ada Lovelace', givenName: 'Ada', familyName: 'Lovelace' },
	emails: [
		{ value: 'ada@example.com', primary: true },
		{ value: 'ada@other.example', primary: false },
	],
	displayName: 'Ada Lovelace',
	active: true,
	photos: [],
	meta: {
		resourceType: 'User',
		created: '1787393411245',
		lastModified: '1787393411245',
		location: `https://app.notion.com/scim/v2/Users/${ID}`,
	},
	[NOTION]: { role: 'member' },
};

const failureOf = (body: unknown): unknown => {
	try {
		return parseUser(body);
	} catch (error) {
		return error instanceof ScimError ? error.kind : error;
	}
};

describe('parseUser', () => {
	it('reads a user as Notion sends it', () => {
		expect(parseUser(documented)).toEqual({
			id: ID,
			userName: 'ada@example.com',
			active: true,
			role: 'member',
			attributes: {
				email: 'ada@example.com',
				displayName: 'Ada Lovelace',
				givenName: 'Ada',
				familyName: 'Lovelace',
				secondaryEmails: 'ada@other.example',
			},
			resource: documented,
		});
	});

	it('reads the enterprise extension and the first or primary of several values', () => {
		const { attributes } = parseUser({
			...documented,
			title: 'Engineer',
			locale: 'en-GB',
			preferredLanguage: 'en',
			userType: 'Employee',
			phoneNumbers: [{ value: '+44 1' }, { value: '+44 2', primary: true }],
			addresses: [{ formatted: '12 St James Square, London' }],
			roles: [{ value: 'Analyst' }],
			photos: [{ value: 'https://example.com/ada.png' }],
			[ENTERPRISE]: {
				department: 'Research',
				division: 'Engines',
				costCenter: '42',
				organization: 'Example Ltd',
				employeeNumber: '1815',
				manager: { value: 'charles@example.com', displayName: 'Charles Babbage' },
			},
		});
		expect(attributes).toEqual({
			email: 'ada@example.com',
			displayName: 'Ada Lovelace',
			givenName: 'Ada',
			familyName: 'Lovelace',
			secondaryEmails: 'ada@other.example',
			title: 'Engineer',
			locale: 'en-GB',
			preferredLanguage: 'en',
			userType: 'Employee',
			phoneNumber: '+44 2',
			address: '12 St James Square, London',
			jobRole: 'Analyst',
			photoUrl: 'https://example.com/ada.png',
			department: 'Research',
			division: 'Engines',
			costCenter: '42',
			organization: 'Example Ltd',
			employeeNumber: '1815',
			managerEmail: 'charles@example.com',
			managerDisplayName: 'Charles Babbage',
		});
	});

	it.each([
		['full', { name: { formatted: 'Ada L', givenName: 'Ada', familyName: 'L' } }, 'Ada L', 'Ada'],
		['formatted only', { name: { formatted: 'Ada L' } }, 'Ada L', undefined],
		['displayName only', { displayName: 'Ada L' }, 'Ada L', undefined],
		['no name at all', {}, undefined, undefined],
		['name is null', { name: null, displayName: null }, undefined, undefined],
		['empty texts', { name: { formatted: '', givenName: '' }, displayName: '' }, undefined, undefined],
	])('reads a name that is %s', (_, parts, displayName, givenName) => {
		const { attributes } = parseUser({ id: ID, userName: 'ada@example.com', ...parts });
		expect(attributes.displayName).toBe(displayName);
		expect(attributes.givenName).toBe(givenName);
	});

	it.each([
		['missing', {}, undefined],
		['an empty extension', { [NOTION]: {} }, undefined],
		['an empty text', { [NOTION]: { role: '' } }, undefined],
		['null', { [NOTION]: { role: null } }, undefined],
		['a role that no one has heard of', { [NOTION]: { role: 'auditor' } }, 'auditor'],
		['an object', { [NOTION]: { role: { value: 'owner' } } }, 'unknown'],
		['a list', { [NOTION]: { role: ['owner'] } }, 'unknown'],
		['in an extension of another form', { [NOTION]: 'owner' }, 'unknown'],
	])('reads a role that is %s', (_, extension, role) => {
		expect(parseUser({ id: ID, userName: 'ada@example.com', ...extension }).role).toBe(role);
	});

	it('counts as gone only Notion calls inactive', () => {
		const active = (value: unknown) => parseUser({ ...documented, active: value }).active;
		expect([true, false, undefined, null].map(active)).toEqual([true, false, true, true]);
	});

	it('keeps what it does not know', () => {
		const body = { ...documented, nickName: 'Countess', 'urn:example:new': { deep: [1, { x: null }] } };
		expect(parseUser(body).resource).toEqual(body);
	});

	it.each([
		['no id', { userName: 'ada@example.com' }],
		['no user name', { id: ID }],
		['an empty id', { id: '', userName: 'ada@example.com' }],
		['a number as id', { id: 7, userName: 'ada@example.com' }],
		['nothing', undefined],
		['a text', 'ada'],
		['a list', [documented]],
	])('refuses %s', (_, body) => {
		expect(failureOf(body)).toBe('unexpectedAnswer');
	});

	it('reads a person whatever form the optional attributes have', () => {
		const known = [...Object.keys(documented), 'title', 'locale', 'addresses', 'roles', ENTERPRISE];
		const optional = known.filter((key) => !['id', 'userName', 'active'].includes(key));
		fc.assert(
			fc.property(fc.constantFrom(...optional), fc.jsonValue(), (key, value) => {
				const body = { ...documented, [key]: value };
				const user = parseUser(body);
				expect(user.id).toBe(ID);
				expect(user.attributes.email).toBe('ada@example.com');
				expect(user.resource).toEqual(body);
			}),
			{ numRuns: 500 },
		);
	});

	it('keeps the good entries next to a malformed one', () => {
		const user = parseUser({ ...documented, emails: [null, 'x', ...documented.emails, { value: 3 }] });
		expect(secondaryEmailKeys(user)).toEqual(['ada@other.example']);
	});

	it('gives secondary addresses in comparable form, without the primary one', () => {
		const user = parseUser({
			...documented,
			emails: [{ value: 'ADA@example.com' }, { value: 'Ada@B\u00fccher.example' }],
		});
		expect(secondaryEmailKeys(user)).toEqual(['ada@xn--bcher-kva.example']);
	});
});

describe('newUserResource', () => {
	it('sends the least that Notion needs', () => {
		expect(newUserResource({ email: 'ada@example.com' }, undefined)).toEqual({
			schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
			userName: 'ada@example.com',
		});
	});

	it('leaves out empty texts', () => {
		expect(
			newUserResource({ email: 'ada@example.com', title: '', phoneNumber: '', managerEmail: '' }, ''),
		).toEqual({
			schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
			userName: 'ada@example.com',
		});
	});

	it('sends everything that is documented', () => {
		const everything: Record<PersonAttribute, string> = {
			email: 'ada@example.com',
			displayName: 'Ada Lovelace',
			givenName: 'Ada',
			familyName: 'Lovelace',
			title: 'Engineer',
			department: 'Research',
			division: 'Engines',
			costCenter: '42',
			organization: 'Example Ltd',
			employeeNumber: '1815',
			managerEmail: 'charles@example.com',
			managerDisplayName: 'Charles Babbage',
			jobRole: 'Analyst',
			locale: 'en-GB',
			preferredLanguage: 'en',
			userType: 'Employee',
			phoneNumber: '+44 1',
			address: '12 St James Square, London',
			secondaryEmails: 'ada@other.example; ada@home.example',
			photoUrl: 'https://example.com/ada.png',
		};
		expect(newUserResource(everything, 'restricted_member')).toEqual({
			schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE, NOTION],
			userName: 'ada@example.com',
			name: { formatted: 'Ada Lovelace', givenName: 'Ada', familyName: 'Lovelace' },
			title: 'Engineer',
			locale: 'en-GB',
			preferredLanguage: 'en',
			userType: 'Employee',
			phoneNumbers: [{ value: '+44 1', primary: true }],
			addresses: [{ formatted: '12 St James Square, London', primary: true }],
			roles: [{ value: 'Analyst', primary: true }],
			photos: [{ value: 'https://example.com/ada.png', primary: true }],
			emails: [
				{ value: 'ada@example.com', primary: true },
				{ value: 'ada@other.example', primary: false },
				{ value: 'ada@home.example', primary: false },
			],
			[ENTERPRISE]: {
				department: 'Research',
				division: 'Engines',
				costCenter: '42',
				organization: 'Example Ltd',
				employeeNumber: '1815',
				manager: { value: 'charles@example.com', displayName: 'Charles Babbage' },
			},
			[NOTION]: { role: 'restricted_member' },
		});
	});
});
