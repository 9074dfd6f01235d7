import fc from 'fast-check';

import {
	addMembersOperation,
	attributeChanges,
	changeOperations,
	patchBody,
	removeMembersOperations,
	rolePatch,
} from '../../../lib/scim/patchOperation.ts';
import type { PersonAttributes } from '../../../lib/scim/personAttributes.ts';
import { PERSON_ATTRIBUTES, splitList, statedAttributes } from '../../../lib/scim/personAttributes.ts';
import { newUserResource, parseUser } from '../../../lib/scim/userResource.ts';
import { applyReplacements } from './patchApplier.mts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const NOTION = 'urn:ietf:params:scim:schemas:extension:notion:2.0:User';

const ada = parseUser({
	id: 'u1',
	userName: 'ada@example.com',
	name: { formatted: 'Ada Lovelace', givenName: 'Ada', familyName: 'Lovelace' },
	title: 'Engineer',
	emails: [{ value: 'ada@example.com', primary: true }, { value: 'ada@home.example' }],
	[ENTERPRISE]: { department: 'Research', manager: { value: 'charles@example.com' } },
});

/** Texts that a directory might hold, among them some that say nothing. */
const attributeText = fc.oneof(
	fc.string({ minLength: 1, maxLength: 12 }),
	fc.string({ unit: 'grapheme', maxLength: 8 }),
	fc.constantFrom('', ' ', '\n'),
);
const emailText = fc.oneof(
	fc.emailAddress(),
	fc.constantFrom('', 'Ada@B\u00fccher.example', 'm\u00fcller@example.com'),
);
const people = fc.record<PersonAttributes>(
	Object.fromEntries(
		PERSON_ATTRIBUTES.map((attribute) => [
			attribute,
			attribute === 'email' || attribute === 'managerEmail'
				? emailText
				: attribute === 'secondaryEmails'
					? fc.array(emailText, { maxLength: 3 }).map((emails) => emails.join(', '))
					: attributeText,
		]),
	),
	{ requiredKeys: [] },
);

/** In Notion the user name is the primary address, so that changing one changes the other. */
const withOnePrimaryAddress = (resource: Record<string, unknown>): Record<string, unknown> => {
	const { userName, emails } = resource;
	if (!Array.isArray(emails)) return resource;
	const secondary = emails.filter((entry: { primary: boolean }) => !entry.primary);
	return { ...resource, emails: [{ value: userName, primary: true }, ...secondary] };
};

describe('attributeChanges', () => {
	it('lists only what differs, in words and with the old value', () => {
		expect(
			attributeChanges(ada, {
				email: 'ADA@Example.com',
				displayName: 'Ada King',
				givenName: 'Ada',
				title: 'Engineer',
				department: 'Engines',
				costCenter: '42',
				managerEmail: 'Charles@example.com',
				secondaryEmails: 'ADA@home.example',
			}),
		).toEqual([
			{ attribute: 'displayName', from: 'Ada Lovelace', to: 'Ada King' },
			{ attribute: 'department', from: 'Research', to: 'Engines' },
			{ attribute: 'costCenter', from: null, to: '42' },
		]);
	});

	it('never wipes: empty and blank texts are no wish', () => {
		const blank = Object.fromEntries(PERSON_ATTRIBUTES.map((attribute) => [attribute, ' \n']));
		expect(attributeChanges(ada, blank)).toEqual([]);
		expect(attributeChanges(ada, { secondaryEmails: ' , ;' })).toEqual([]);
		expect(attributeChanges(ada, { secondaryEmails: 'ada@example.com' })).toEqual([]);
		expect(statedAttributes({ title: '  ', department: ' Research ' })).toEqual({
			department: 'Research',
		});
	});

	it('never compares the photo, which Notion reads at creation only', () => {
		expect(attributeChanges(ada, { photoUrl: 'https://example.com/new.png' })).toEqual([]);
	});

	it('tells the case of a name and of a title', () => {
		expect(attributeChanges(ada, { title: 'engineer' })).toEqual([
			{ attribute: 'title', from: 'Engineer', to: 'engineer' },
		]);
	});

	describe('where Notion keeps the formatted name alone', () => {
		const formattedOnly = parseUser({
			id: 'u1',
			userName: 'ada@example.com',
			name: { formatted: 'Ada Lovelace' },
		});

		it.each([
			['the parts in order', { givenName: 'Ada', familyName: ' Lovelace ' }, 0],
			['the parts the other way round', { givenName: 'Lovelace', familyName: 'Ada' }, 0],
			[
				'the same formatted name and parts that make another',
				{ displayName: 'Ada Lovelace', givenName: 'Augusta Ada', familyName: 'Lovelace' },
				0,
			],
			['other parts', { givenName: 'Ada', familyName: 'King' }, 2],
			['one part alone', { givenName: 'Ada' }, 1],
		])('%s: %# changes', (_, desired, count) => {
			expect(attributeChanges(formattedOnly, desired)).toHaveLength(count);
		});
	});

	it('has nothing left to change once its operations were carried out', () => {
		fc.assert(
			fc.property(people, people, (before, desired) => {
				const resource = {
					id: 'u1',
					...newUserResource({ ...statedAttributes(before), email: 'ada@example.com' }, 'member'),
				};
				const user = parseUser(resource);
				const changes = attributeChanges(user, desired);
				const after = parseUser(
					withOnePrimaryAddress(applyReplacements(resource, changeOperations(user, changes))),
				);
				expect(attributeChanges(after, desired)).toEqual([]);
				// What no one asked for stays as it was.
				for (const attribute of PERSON_ATTRIBUTES) {
					if (changes.some((change) => change.attribute === attribute)) continue;
					if (attribute === 'secondaryEmails') continue;
					expect(after.attributes[attribute]).toBe(user.attributes[attribute]);
				}
			}),
			{ numRuns: 500 },
		);
	});

	it('has nothing to change after a creation with the same attributes', () => {
		fc.assert(
			fc.property(people, (desired) => {
				const person = { ...statedAttributes(desired), email: 'ada@example.com' };
				const created = parseUser({ id: 'u1', ...newUserResource(person, undefined) });
				expect(attributeChanges(created, person)).toEqual([]);
			}),
			{ numRuns: 300 },
		);
	});
});

describe('changeOperations', () => {
	it('writes the documented paths', () => {
		const changes = attributeChanges(ada, {
			email: 'ada.king@example.com',
			displayName: 'Ada King',
			title: 'Countess',
			phoneNumber: '+44 1',
			department: 'Engines',
			managerEmail: 'mary@example.com',
		});
		expect(patchBody(changeOperations(ada, changes))).toEqual({
			schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
			Operations: [
				{ op: 'Replace', path: 'userName', value: 'ada.king@example.com' },
				{ op: 'Replace', path: 'name.formatted', value: 'Ada King' },
				{ op: 'Replace', path: 'title', value: 'Countess' },
				{ op: 'Replace', path: `${ENTERPRISE}:department`, value: 'Engines' },
				{ op: 'Replace', path: `${ENTERPRISE}:manager.value`, value: 'mary@example.com' },
				{ op: 'Replace', path: 'phoneNumbers', value: [{ value: '+44 1', primary: true }] },
			],
		});
	});

	it('names the new address as primary where address and secondary addresses change together', () => {
		const changes = attributeChanges(ada, {
			email: 'ada.king@example.com',
			secondaryEmails: 'ada@example.com',
		});
		expect(changeOperations(ada, changes)).toEqual([
			{ op: 'Replace', path: 'userName', value: 'ada.king@example.com' },
			{
				op: 'Replace',
				path: 'emails',
				value: [
					{ value: 'ada.king@example.com', primary: true },
					{ value: 'ada@example.com', primary: false },
				],
			},
		]);
	});

	it('leaves the role to its own request, in one of two forms', () => {
		expect(changeOperations(ada, [{ attribute: 'role', from: null, to: 'owner' }])).toEqual([]);
		expect(rolePatch('owner', 'extensionObject')).toEqual({
			op: 'Replace',
			value: { [NOTION]: { role: 'owner' } },
		});
		expect(rolePatch('owner', 'extensionPath')).toEqual({
			op: 'Replace',
			path: `${NOTION}:role`,
			value: 'owner',
		});
	});
});

describe('member operations', () => {
	it('have the forms that are known or plausible', () => {
		expect(addMembersOperation(['u1', 'u2'])).toEqual({
			op: 'Add',
			path: 'members',
			value: [{ value: 'u1' }, { value: 'u2' }],
		});
		expect(removeMembersOperations(['u1', 'u2'], 'valueArray')).toEqual([
			{ op: 'Remove', path: 'members', value: [{ value: 'u1' }, { value: 'u2' }] },
		]);
		expect(removeMembersOperations(['u1', 'u2'], 'memberFilter')).toEqual([
			{ op: 'Remove', path: 'members[value eq "u1"]' },
			{ op: 'Remove', path: 'members[value eq "u2"]' },
		]);
	});
});

describe('splitList', () => {
	it('takes commas, semicolons and white space', () => {
		expect(splitList(' a@x.example,b@x.example;\n c@x.example ,, ')).toEqual([
			'a@x.example',
			'b@x.example',
			'c@x.example',
		]);
	});
});
