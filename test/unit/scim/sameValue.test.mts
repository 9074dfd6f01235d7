import fc from 'fast-check';

import { groupNameKey } from '../../../lib/scim/groupResource.ts';
import { attributeChanges } from '../../../lib/scim/patchOperation.ts';
import { remedyForKept } from '../../../lib/scim/sameValue.ts';
import { UnconfirmedWrites } from '../../../lib/scim/unconfirmedWrites.ts';
import { unsettled } from '../../../lib/scim/updateOutcome.ts';
import { parseUser } from '../../../lib/scim/userResource.ts';
import type { User } from '../../../lib/scim/userResource.ts';

const DAY = 24 * 60 * 60 * 1_000;
const ada = parseUser({ id: 'u1', userName: 'ada@example.com' });
const having = (attributes: User['attributes']): User => ({
	...ada,
	attributes: { email: 'ada@example.com', ...attributes },
});
const PROSE = ['displayName', 'title', 'department', 'organization', 'managerDisplayName', 'jobRole'] as const;

describe('a value in another spelling is no change', () => {
	it.each([
		['displayName', 'Jose\u0301  Pérez', 'José Pérez'],
		['title', 'VP,\u00a0 Sales ', 'VP, Sales'],
		['department', 'R&D\n', 'R&D'],
		['phoneNumber', '+1 (555) 010-0', '+15550100'],
		['phoneNumber', 'tel:+1-555-0100', '+1 555 0100'],
		['locale', 'en_GB', 'en-gb'],
		['preferredLanguage', 'DE-de', 'de-DE'],
		['managerEmail', 'Charles@EXAMPLE.com', 'charles@example.com'],
	] as const)('%s %j and %j', (attribute, desired, stored) => {
		expect(attributeChanges(having({ [attribute]: stored }), { [attribute]: desired })).toEqual([]);
	});

	it.each([
		['displayName', 'ada king', 'Ada King'],
		['title', 'Vice President', 'VicePresident'],
		['phoneNumber', '+1 555 0101', '+1 555 0100'],
		['phoneNumber', '0155', '155'],
		['locale', 'en-GB', 'en-US'],
	] as const)('but %s %j and %j are different', (attribute, desired, stored) => {
		expect(attributeChanges(having({ [attribute]: stored }), { [attribute]: desired })).toHaveLength(1);
	});

	it('whatever a server does to composition and white space', () => {
		const words = fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 4 });
		fc.assert(
			fc.property(words, fc.constantFrom(...PROSE), fc.constantFrom('NFC', 'NFD'), (parts, attribute, form) => {
				const sent = parts.join(' \t ');
				fc.pre(sent.trim() !== '');
				const stored = sent.normalize(form).replace(/\s+/g, ' ').trim();
				expect(attributeChanges(having({ [attribute]: stored }), { [attribute]: sent })).toEqual([]);
				expect(groupNameKey(stored)).toBe(groupNameKey(sent));
			}),
		);
	});
});

describe('what a server shows after a write', () => {
	it.each([
		['phoneNumber', '+1 555 0100', '+15550100'],
		['phoneNumber', '030 1234', '+49 30 1234'],
		['locale', 'en_GB', 'en-GB'],
		['preferredLanguage', 'de', 'de-DE'],
		['address', '1 Main St, London', '1 Main St\nLondon'],
	] as const)('of %s %j as %j is unconfirmed', (attribute, sent, shown) => {
		expect(unsettled(having({ [attribute]: shown }), { [attribute]: sent }, { [attribute]: null })).toEqual({
			notTaken: [],
			unconfirmed: [{ attribute, from: shown, to: sent }],
		});
	});

	it('is not taken where it is the old value', () => {
		const after = having({ phoneNumber: '+1 1', displayName: 'Ada', locale: 'de' });
		const sent = { phoneNumber: '+1 2', displayName: 'Ada King', locale: 'en' };
		const { notTaken, unconfirmed } = unsettled(after, sent, { phoneNumber: '+1 1', displayName: 'A', locale: 'de' });
		expect(notTaken.map(({ attribute }) => attribute)).toEqual(['displayName', 'locale', 'phoneNumber']);
		expect(unconfirmed).toEqual([]);
	});

	it('in another form is sent once a day, and again when it changes', () => {
		const sent = new UnconfirmedWrites();
		const shown = having({ phoneNumber: '+49 30 1234' });
		const change = { attribute: 'phoneNumber' as const, from: '+49 30 1234', to: '030 1234' };
		sent.remember('u1', [change], 0);
		expect(sent.withoutSent('u1', [change], 1)).toEqual([]);
		expect(sent.withoutSent('u1', [{ ...change, to: '030 99' }], 1)).toHaveLength(1);
		expect(sent.withoutSent('u1', [{ ...change, from: '+49 30 77' }], 1)).toHaveLength(1);
		expect(sent.withoutSent('u1', [change], DAY)).toHaveLength(1);
		expect(attributeChanges(sent.completed(shown, 1), { phoneNumber: '030 1234' })).toEqual([]);
		expect(sent.completed(having({ phoneNumber: '+49 30 77' }), 1).attributes.phoneNumber).toBe('+49 30 77');
	});

	it('is put down to verified domains for names and addresses only', () => {
		for (const attribute of ['displayName', 'givenName', 'familyName', 'email']) {
			expect(remedyForKept(['title', attribute])).toContain('verified');
		}
		for (const attribute of ['title', 'phoneNumber', 'department', 'locale', 'role']) {
			expect(remedyForKept([attribute])).not.toContain('verified');
		}
		expect(remedyForKept(['title', 'locale'])).toContain('title, locale');
	});
});
