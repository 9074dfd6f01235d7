import fc from 'fast-check';

import type { Guards } from '../../../lib/directory/guards/guards.ts';
import { matchDirectory } from '../../../lib/directory/matching/matching.ts';
import { parseDirectory } from '../../../lib/directory/person/person.ts';
import type { PersonLink } from '../../../lib/directory/plan/policy.ts';
import type { Seat } from '../../../lib/directory/seats/seats.ts';
import { matchesPattern, USUAL_NON_HUMANS } from '../../../lib/directory/seats/nonHumanPatterns.ts';
import { SEAT_CLASSES } from '../../../lib/directory/seats/seatClasses.ts';
import { classifySeats } from '../../../lib/directory/seats/seats.ts';
import { absenceDoubts } from '../../../lib/directory/person/unreadableAddresses.ts';
import type { User } from '../../../lib/scim/userResource.ts';

const guards: Guards = {
	access: 'full',
	ownedDomains: new Set(['example.com', 'example.org']),
	protectedEmails: new Set(['chief@example.com']),
	tokenCreatorEmail: 'it@example.com',
};

const NOW = Date.parse('2026-03-01T09:00:00Z');

type Attributes = Partial<Omit<User, 'resource'>['attributes']>;

let ids = 0;
function user(email: string, more: { role?: string; active?: boolean } & Attributes = {}): User {
	const { role, active = true, ...attributes } = more;
	ids += 1;
	return { id: `user-${ids}`, userName: email, active, role, attributes: { email, ...attributes }, resource: {} };
}

interface World {
	users: User[];
	persons?: Record<string, unknown>[];
	links?: PersonLink[];
	trouble?: string[];
	own?: Partial<Guards>;
}

function seatsOf({ users, persons = [], links = [], trouble = [], own = {} }: World): Seat[] {
	const items = persons.map((person, index) => ({ source: 'entra', sourceId: `p-${index}`, active: true, ...person }));
	const directory = parseDirectory(items);
	expect(directory.unreadable).toEqual([]);
	return classifySeats(
		{ users, groups: [{ id: 'g', displayName: 'Design', memberIds: users.map(({ id }) => id), resource: {} }] },
		matchDirectory(directory, users, links),
		{ guards: { ...guards, ...own }, nonHuman: USUAL_NON_HUMANS, trouble, unproven: absenceDoubts(directory.persons), now: NOW },
	);
}

function classOf(world: World, email: string): string | undefined {
	return seatsOf(world).find((seat) => seat.email === email)?.class;
}

const left = { active: false, status: 'inactive', statusWord: 'accountEnabled false' };

describe('each class', () => {
	test.each<[string, World, string]>([
		['present', { users: [user('ada@example.com')], persons: [{ email: 'ADA@example.com' }] }, 'matched'],
		[
			'present by a link, with another address',
			{
				users: [{ ...user('old@example.com'), id: 'linked' }],
				persons: [{ email: 'new@example.com' }],
				links: [{ source: 'entra', sourceId: 'p-0', userId: 'linked', email: undefined }],
			},
			'matched',
		],
		['on leave', { users: [user('a@example.com')], persons: [{ email: 'a@example.com', status: 'onLeave' }] }, 'matched'],
		['not begun', { users: [user('a@example.com')], persons: [{ email: 'a@example.com', status: 'notStarted' }] }, 'matched'],
		['a foreign address that is listed', { users: [user('a@agency.test')], persons: [{ email: 'a@agency.test' }] }, 'matched'],
		['left', { users: [user('a@example.com')], persons: [{ email: 'a@example.com', ...left }] }, 'inactiveInDirectory'],
		[
			'disabled until the first day',
			{ users: [user('a@example.com')], persons: [{ email: 'a@example.com', ...left, startAt: '2026-03-02T08:00:00Z' }] },
			'matched',
		],
		[
			'left, having begun long ago',
			{ users: [user('a@example.com')], persons: [{ email: 'a@example.com', ...left, startAt: '2020-03-02T08:00:00Z' }] },
			'inactiveInDirectory',
		],
		[
			'disabled, with a status that does not say that they have left',
			{ users: [user('a@example.com')], persons: [{ email: 'a@example.com', active: false, status: 'active' }] },
			'unclear',
		],
		[
			'inactive by the status, and active all the same',
			{ users: [user('a@example.com')], persons: [{ email: 'a@example.com', active: true, status: 'inactive' }] },
			'unclear',
		],
		['left, of a foreign domain', { users: [user('a@agency.test')], persons: [{ email: 'a@agency.test', ...left }] }, 'inactiveInDirectory'],
		[
			'left in one place, present in another',
			{ users: [user('a@example.com')], persons: [{ email: 'a@example.com', ...left }, { email: 'a@example.com', source: 'okta' }] },
			'matched',
		],
		['listed nowhere', { users: [user('a@example.com')] }, 'orphaned'],
		['listed nowhere, of a foreign domain', { users: [user('a@agency.test')] }, 'foreignDomain'],
		['suspended', { users: [user('a@example.com')], persons: [{ email: 'a@example.com', status: 'suspended' }] }, 'unclear'],
		['of unknown status', { users: [user('a@example.com')], persons: [{ email: 'a@example.com', status: 'unknown' }] }, 'unclear'],
		[
			'a second address of a person who is no member',
			{ users: [user('a.old@example.com')], persons: [{ email: 'a@example.com', secondaryEmails: 'a.old@example.com' }] },
			'unclear',
		],
		['a look-alike', { users: [user('аda@example.com')], persons: [{ email: 'ada@example.com' }] }, 'unclear'],
		['out of scope', { users: [user('a@example.com')], persons: [{ email: 'a@example.com', inScope: false }] }, 'outOfScope'],
		['a bot', { users: [user('bot@example.com')] }, 'nonHuman'],
		['a disabled shared mailbox', { users: [user('a@example.com')], persons: [{ email: 'a@example.com', kind: 'shared', ...left }] }, 'nonHuman'],
		['an owner no one lists', { users: [user('a@example.com', { role: 'owner' })] }, 'ownerNotInDirectory'],
		['an owner who has left', { users: [user('a@example.com', { role: 'owner' })], persons: [{ email: 'a@example.com', ...left }] }, 'ownerNotInDirectory'],
		['a membership admin', { users: [user('a@example.com', { role: 'membership_admin' })] }, 'ownerNotInDirectory'],
		['a role that no one knows', { users: [user('a@example.com', { role: 'emperor' })] }, 'ownerNotInDirectory'],
		["the token's creator", { users: [user('it@example.com')] }, 'ownerNotInDirectory'],
		['a protected person', { users: [user('chief@example.com')] }, 'ownerNotInDirectory'],
		['an owner who looks like a bot', { users: [user('bot@example.com', { role: 'owner' })] }, 'ownerNotInDirectory'],
		['an owner who is present', { users: [user('a@example.com', { role: 'owner' })], persons: [{ email: 'a@example.com' }] }, 'matched'],
	])('%s', (_what, world, expected) => {
		const [seat] = seatsOf(world);
		expect(seat?.class).toBe(expected);
		expect(seat?.reason).toMatch(/^\S.*\.$/);
		expect(seat?.groups).toEqual(['Design']);
	});

	test('a person who has left the workspace has no seat', () => {
		expect(seatsOf({ users: [user('a@example.com', { active: false })] })).toEqual([]);
	});

	test('without owned domains no address is foreign', () => {
		const world = { users: [user('a@agency.test')], own: { ownedDomains: new Set<string>() } };
		expect(classOf(world, 'a@agency.test')).toBe('orphaned');
	});
});

describe('a possible duplicate', () => {
	const present = { email: 'ada@example.com', displayName: 'Ada Lovelace', employeeNumber: '1007' };

	test.each<[string, User]>([
		['the same employee number', user('lovelace@example.com', { employeeNumber: '1007' })],
		['a plus tag', user('ada+test@example.com')],
		['the other domain of the company', user('ada@example.org')],
		['the same name, at home', user('ada1815@mail.test', { displayName: 'ada  LOVELACE' })],
	])('has %s', (_sign, other) => {
		const users = [user('ada@example.com', { displayName: 'Ada Lovelace' }), other];
		const seats = seatsOf({ users, persons: [present] });
		expect(seats.map(({ email, class: name, removable }) => [email, name, removable])).toEqual([
			[other.userName, 'possibleDuplicate', false],
			['ada@example.com', 'matched', false],
		]);
		expect(seats[0]?.reason).toContain('ada@example.com');
	});

	test('is an old entry of the same employee number, too: no one is removed who is still here', () => {
		const users = [user('ada@example.com'), user('ada.byron@example.com')];
		const persons = [present, { email: 'ada.byron@example.com', employeeNumber: '1007', ...left }];
		expect(classOf({ users, persons }, 'ada.byron@example.com')).toBe('possibleDuplicate');
	});

	test('is one of the two where both are present, and always the same one', () => {
		const one = user('ada@example.com');
		const other = user('ada.adm@example.com');
		const persons = [present, { email: 'ada.adm@example.com', employeeNumber: '1007' }];
		for (const users of [[one, other], [other, one]]) {
			expect(classOf({ users, persons }, 'ada@example.com')).toBe('matched');
			expect(classOf({ users, persons }, 'ada.adm@example.com')).toBe('possibleDuplicate');
		}
	});

	test('is no namesake who has an entry of their own', () => {
		const name = { displayName: 'John Smith' };
		const users = [user('john@example.com', name), user('john.smith2@example.com', name)];
		const both = [
			{ email: 'john@example.com', employeeNumber: '1', ...name },
			{ email: 'john.smith2@example.com', employeeNumber: '2', ...name },
		];
		expect(seatsOf({ users, persons: both }).map(({ class: c }) => c)).toEqual(['matched', 'matched']);
		const secondLeft = [both[0] ?? {}, { ...both[1], ...left }];
		expect(classOf({ users, persons: secondLeft }, 'john.smith2@example.com')).toBe('inactiveInDirectory');
	});

	test('is not seen in two seats of a person who has left', () => {
		const users = [user('ada@example.com', { employeeNumber: '1007' }), user('ada+x@example.com', { employeeNumber: '1007' })];
		const seats = seatsOf({ users, persons: [{ ...present, ...left }] });
		expect(seats.map(({ class: c }) => c).sort()).toEqual(['inactiveInDirectory', 'orphaned']);
	});

	test.each(['0', '000', 'n/a', ''])('has no employee number "%s"', (employeeNumber) => {
		const users = [user('a@example.com'), user('b@example.com', { employeeNumber })];
		expect(classOf({ users, persons: [{ email: 'a@example.com', employeeNumber }] }, 'b@example.com')).toBe('orphaned');
	});

	test('shares no first name alone', () => {
		const users = [user('a@example.com', { displayName: 'Ada' }), user('b@example.com', { displayName: 'Ada' })];
		expect(classOf({ users, persons: [{ email: 'a@example.com' }] }, 'b@example.com')).toBe('orphaned');
	});
});

describe('a reading with gaps', () => {
	const trouble = ['entra was not read completely.'];

	test('calls no one orphaned, and no one removable', () => {
		const users = [user('a@example.com'), user('b@example.com'), user('c@example.com', { role: 'owner' }), user('d@x.test')];
		const seats = seatsOf({ users, persons: [{ email: 'b@example.com', ...left }], trouble });
		expect(Object.fromEntries(seats.map((seat) => [seat.email, seat.class]))).toEqual({
			'a@example.com': 'unclear',
			'b@example.com': 'inactiveInDirectory',
			'c@example.com': 'unclear',
			'd@x.test': 'unclear',
		});
		expect(seats.filter(({ removable }) => removable)).toEqual([]);
	});
});

describe('for any workspace and directory', () => {
	const email = fc.constantFrom('a@example.com', 'b@example.com', 'b+t@example.com', 'b@example.org', 'bot@example.com', 'c@x.test', 'chief@example.com', 'it@example.com');
	const userArbitrary = fc.record({
		email,
		role: fc.constantFrom(undefined, 'owner', 'membership_admin', 'restricted_member', 'strange'),
		displayName: fc.constantFrom(undefined, 'Ada Lovelace', 'John Smith'),
		employeeNumber: fc.constantFrom(undefined, '1', '2'),
		active: fc.boolean(),
	});
	const personArbitrary = fc.record({
		email,
		status: fc.constantFrom('active', 'inactive', 'suspended', 'unknown', 'onLeave', 'notStarted'),
		inScope: fc.boolean(),
		displayName: fc.constantFrom('Ada Lovelace', 'John Smith'),
		employeeNumber: fc.constantFrom(undefined, '1', '2'),
		secondaryEmails: fc.constantFrom(undefined, 'b@example.com', 'b@example.org'),
	});
	const world = fc.record({
		users: fc.uniqueArray(userArbitrary, { selector: ({ email: one }) => one }),
		persons: fc.array(personArbitrary, { maxLength: 8 }),
		hasTrouble: fc.boolean(),
	});

	test('every seat is in exactly one class, whatever the order, and no privileged one is removable', () => {
		fc.assert(
			fc.property(world, fc.array(fc.nat(), { minLength: 8, maxLength: 8 }), ({ users, persons, hasTrouble }, keys) => {
				const members = users.map(({ email: address, role, displayName, employeeNumber, active }) => ({
					...user(address, {
						active,
						...(role ? { role } : {}),
						...(displayName ? { displayName } : {}),
						...(employeeNumber ? { employeeNumber } : {}),
					}),
					id: `id-${address}`,
				}));
				const entries = persons.map((person, index) => ({
					...person,
					sourceId: `s-${index}`,
					active: person.status !== 'inactive',
				}));
				const trouble = hasTrouble ? ['A gap.'] : [];
				const seats = seatsOf({ users: members, persons: entries, trouble });
				const shuffled = <T,>(list: T[]): T[] =>
					list.map((one, index) => ({ one, key: keys[index] ?? 0 })).sort((x, y) => x.key - y.key).map(({ one }) => one);

				expect(seats.map(({ email: one }) => one).sort()).toEqual(
					members.filter(({ active }) => active).map(({ userName }) => userName).sort(),
				);
				for (const seat of seats) {
					expect(SEAT_CLASSES).toContain(seat.class);
					const isPrivileged =
						['owner', 'membership_admin', 'strange'].includes(seat.role) ||
						['chief@example.com', 'it@example.com'].includes(seat.email);
					if (seat.removable) {
						expect(isPrivileged || hasTrouble).toBe(false);
						expect(['inactiveInDirectory', 'orphaned']).toContain(seat.class);
					}
					if (hasTrouble) expect(seat.class).not.toBe('orphaned');
				}
				const again = seatsOf({ users: shuffled(members), persons: shuffled(entries), trouble });
				expect(again).toEqual(seats);
			}),
			{ numRuns: 300 },
		);
	});
});

describe('patterns of addresses', () => {
	test.each<[string, string, boolean]>([
		['bot@', 'bot@example.com', true],
		['bot@', 'robot@example.com', false],
		['bot@', 'bot.smith@example.com', false],
		['*-bot@', 'deploy-bot@example.com', true],
		['svc-*@', 'svc-backup@example.com', true],
		['@bots.example.com', 'anything@bots.example.com', true],
		['@bots.example.com', 'a@example.com', false],
		['SERVICE@example.com', 'service@example.com', true],
		['a*a@x.test', 'a@x.test', false],
		['*', 'a@x.test', true],
		['', 'a@x.test', false],
	])('%s and %s: %s', (pattern, address, expected) => {
		expect(matchesPattern(address, pattern)).toBe(expected);
	});

	test('take no time, however they are made', () => {
		const startedAt = performance.now();
		matchesPattern(`${'a'.repeat(5_000)}@x.test`, `${'*a'.repeat(2_000)}b@`);
		expect(performance.now() - startedAt).toBeLessThan(500);
	});
});

test('10,000 seats take about a second, not a minute', () => {
	const users = Array.from({ length: 10_000 }, (_, index) =>
		user(`person${index}@example.com`, { displayName: 'John Smith', employeeNumber: String(index % 5_000) }),
	);
	const persons = users.map(({ userName }) => ({ email: userName, displayName: 'John Smith' }));
	const startedAt = performance.now();
	expect(seatsOf({ users, persons })).toHaveLength(10_000);
	expect(performance.now() - startedAt).toBeLessThan(10_000);
});
