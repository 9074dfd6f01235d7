import type { Guards } from '../../../lib/directory/guards/guards.ts';
import {
	assertMayTakeAway,
	assertMayWrite,
	assertMayWriteTo,
	assertNotTokenCreator,
	assertOwnedAddress,
	isForeign,
	isPrivilegedRole,
	lowersRole,
	privilege,
	roleForNewMember,
} from '../../../lib/directory/guards/guards.ts';
import type { User } from '../../../lib/scim/userResource.ts';

const guards = (settings: Partial<Guards> = {}): Guards => ({
	access: 'noRemovals',
	ownedDomains: new Set(['example.com', 'xn--bcher-kva.example']),
	protectedEmails: new Set(['ceo@example.com']),
	tokenCreatorEmail: 'grace@example.com',
	...settings,
});

const person = (userName: string, role?: string): User => ({
	id: 'u1',
	userName,
	active: true,
	role,
	attributes: { email: userName },
	resource: {},
});

const kind = (name: string) => expect.objectContaining({ name: 'ScimError', kind: name });

describe('access', () => {
	it.each([
		['readOnly', false, false],
		['noRemovals', true, false],
		['full', true, true],
	] as const)('%s: may write %s, may remove %s', (access, mayWrite, mayTakeAway) => {
		const write = () => assertMayWrite(guards({ access }));
		const takeAway = () => assertMayTakeAway(guards({ access }), 'remove people');
		if (mayWrite) expect(write).not.toThrow();
		else expect(write).toThrow(kind('accessDenied'));
		if (mayTakeAway) expect(takeAway).not.toThrow();
		else expect(takeAway).toThrow(kind('accessDenied'));
	});

	it('says what it may not do', () => {
		expect(() => assertMayTakeAway(guards(), 'remove people')).toThrow(
			'This credential may not remove people. Nothing was done.',
		);
	});
});

describe('privileged people', () => {
	it.each([
		['an owner', person('a@example.com', 'owner'), 'is an owner of the workspace'],
		[
			'a membership admin',
			person('a@example.com', 'membership_admin'),
			'is a membership admin of the workspace',
		],
		[
			'a person with a role that no one knows',
			person('a@example.com', 'organization_owner'),
			'has the role "organization_owner", which this version of the node does not know',
		],
		['the creator of the token', person('Grace@EXAMPLE.com'), 'created the SCIM token'],
		[
			'a protected person, in other capitals',
			person('CEO@example.com', 'member'),
			'is on the list of protected people of the credential',
		],
	])('%s is one, and is written to only where that is allowed', (_, user, reason) => {
		expect(privilege(guards(), user)).toBe(reason);
		expect(() => assertMayWriteTo(guards(), user, false)).toThrow(kind('protectedPerson'));
		expect(() => assertMayWriteTo(guards(), user, true)).not.toThrow();
	});

	it.each(['member', 'restricted_member', undefined])('a person with role %s is none', (role) => {
		expect(privilege(guards(), person('ada@example.com', role))).toBeUndefined();
		expect(() => assertMayWriteTo(guards(), person('ada@example.com', role), false)).not.toThrow();
	});

	it('names the person in the evidence', () => {
		try {
			assertMayWriteTo(guards(), person('a@example.com', 'owner'), false);
		} catch (error) {
			expect(error).toMatchObject({
				evidence: { person: { id: 'u1', email: 'a@example.com', role: 'owner' } },
			});
		}
		expect.assertions(1);
	});
});

describe("the token's creator", () => {
	it('is never removed and never changes role, in whatever spelling', () => {
		for (const stated of ['grace@example.com', ' Grace@Example.COM ']) {
			expect(() =>
				assertNotTokenCreator(guards({ tokenCreatorEmail: stated }), person('gRace@example.com')),
			).toThrow(kind('protectedPerson'));
		}
	});

	it('is no one else, and no one where it is not stated', () => {
		expect(() => assertNotTokenCreator(guards(), person('ada@example.com', 'owner'))).not.toThrow();
		expect(() =>
			assertNotTokenCreator(guards({ tokenCreatorEmail: undefined }), person('')),
		).not.toThrow();
	});
});

describe('owned domains', () => {
	it.each([
		['ada@example.com', false],
		['ada@EXAMPLE.com.', false],
		['ada@B\u00fccher.example', false],
		['ada@sub.example.com', true],
		['ada@example.com.evil.example', true],
		['ada@evil-example.com', true],
		['ada@ex\u0430mple.com', true],
		['ada', true],
	])('%s is foreign: %s', (email, foreign) => {
		expect(isForeign(guards(), email)).toBe(foreign);
	});

	it('make no one foreign where none is stated', () => {
		expect(isForeign(guards({ ownedDomains: new Set() }), 'ada@anywhere.example')).toBe(false);
	});

	it.each([
		['ada@example.com', 'member', false, 'member'],
		['ada@example.com', undefined, false, undefined],
		['ada@partner.example', 'member', false, 'restricted_member'],
		['ada@partner.example', undefined, false, 'restricted_member'],
		['ada@partner.example', 'owner', false, 'restricted_member'],
		['ada@partner.example', 'restricted_member', false, 'restricted_member'],
		['ada@partner.example', 'member', true, 'member'],
		['ada@partner.example', undefined, true, undefined],
	])('%s, asked for as %s, allowed %s, becomes %s', (email, asked, allowed, role) => {
		const given = roleForNewMember(guards(), email, asked, allowed);
		expect(given.role).toBe(role);
		expect(given.note === undefined).toBe(given.role === asked);
	});

	it('hold for a new address too', () => {
		expect(() => assertOwnedAddress(guards(), 'ada@partner.example', false)).toThrow(
			kind('accessDenied'),
		);
		expect(() => assertOwnedAddress(guards(), 'ada@partner.example', true)).not.toThrow();
		expect(() => assertOwnedAddress(guards(), 'ada@example.com', false)).not.toThrow();
	});
});

describe('roles', () => {
	it.each([
		['owner', 'membership_admin', true],
		['owner', 'member', true],
		['membership_admin', 'member', true],
		['member', 'restricted_member', true],
		['auditor', 'member', true],
		['member', 'member', false],
		['restricted_member', 'member', false],
		['member', 'owner', false],
		['owner', 'auditor', false],
	])('from %s to %s takes rights away: %s', (from, to, lowers) => {
		expect(lowersRole(from, to)).toBe(lowers);
	});

	it.each([
		['owner', true],
		['membership_admin', true],
		['auditor', true],
		['member', false],
		['restricted_member', false],
	])('%s is privileged: %s', (role, privileged) => {
		expect(isPrivilegedRole(role)).toBe(privileged);
	});
});
