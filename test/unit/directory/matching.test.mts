import { matchDirectory } from '../../../lib/directory/matching/matching.ts';
import type { PersonMatch } from '../../../lib/directory/matching/personMatch.ts';
import type { Person } from '../../../lib/directory/person/person.ts';
import type { PersonLink } from '../../../lib/directory/plan/policy.ts';
import type { User } from '../../../lib/scim/userResource.ts';
import { directory, link, person, user } from './planKit.mts';

/** Kind of the match, and the ids of whom it names. */
function whoIs(one: Person, users: User[], links: PersonLink[] = [], others: Person[] = []): string {
	return inShort(matchDirectory(directory([one, ...others]), users, links).of(one));
}

function inShort(match: PersonMatch): string {
	if (match.kind === 'none') return 'none';
	return `${match.kind} ${match.kind === 'ambiguous' ? match.users.map(({ id }) => id).join(' ') : match.user.id}`.trim();
}

describe('a link', () => {
	it('names the member, whatever their address is', () => {
		const renamed = person('ada', { email: 'ada.king@example.com' });
		expect(whoIs(renamed, [user('ada')], [link('ada')])).toBe('link u-ada');
	});

	it('may have its id in another spelling', () => {
		const ada = { ...user('ada'), id: '11111111-aaaa-4aaa-8aaa-111111111111' };
		const linked = { ...link('ada'), userId: '11111111AAAA4AAA8AAA111111111111' };
		expect(whoIs(person('ada', { email: 'x@example.com' }), [ada], [linked])).toBe(`link ${ada.id}`);
	});

	it('of another source says nothing', () => {
		const linked = link('ada', { source: 'okta', user: 'bob' });
		expect(whoIs(person('ada'), [user('ada'), user('bob')], [linked])).toBe('email u-ada');
	});

	it('that names another person than the address is ambiguous', () => {
		const linked = link('ada', { user: 'bob' });
		expect(whoIs(person('ada'), [user('ada'), user('bob')], [linked])).toBe('ambiguous u-ada u-bob');
	});

	it('to several members is ambiguous', () => {
		const links = [link('ada'), link('ada', { user: 'bob' })];
		expect(whoIs(person('ada'), [user('ada'), user('bob')], links)).toBe('ambiguous u-ada u-bob');
	});

	it('to an account that is gone is ambiguous where the address has changed', () => {
		const linked = link('ada', { user: 'gone', email: 'old@example.com' });
		expect(whoIs(person('ada'), [], [linked])).toBe('ambiguous');
	});

	it('to an account that is gone is no obstacle where the address is the same: Notion brings it back', () => {
		expect(whoIs(person('ada'), [], [link('ada', { user: 'gone' })])).toBe('none');
		expect(
			whoIs(person('ada'), [user('gone', { active: false })], [link('ada', { user: 'gone' })]),
		).toBe('none');
	});

	it('to an account that is gone is ambiguous where another person has the address now', () => {
		expect(whoIs(person('ada'), [user('ada')], [link('ada', { user: 'gone' })])).toBe('ambiguous u-ada');
	});
});

describe('an address', () => {
	it('is compared in one form', () => {
		expect(whoIs(person('ada', { email: ' Ada@EXAMPLE.com' }), [user('ada')])).toBe('email u-ada');
	});

	it("of a person who has left the workspace is no one's", () => {
		expect(whoIs(person('ada'), [user('ada', { active: false })])).toBe('none');
	});

	it('that several members have is ambiguous', () => {
		const twice = [user('ada'), { ...user('ada'), id: 'u-other' }];
		expect(whoIs(person('ada'), twice)).toBe('ambiguous u-ada u-other');
	});

	it.each([
		['a KELVIN SIGN', 'mar\u212a@example.com', 'mark@example.com'],
		['a Cyrillic letter', '\u0430da@example.com', 'ada@example.com'],
		['another Unicode form', 'jose\u0301@example.com', 'jos\u00e9@example.com'],
	])('with %s looks the same and is not: ambiguous', (_, email, other) => {
		expect(whoIs(person('ada', { email }), [user('x', { email: other })])).toBe('ambiguous u-x');
	});

	it('that looks like that of another entry is ambiguous for both, in whatever order they come', () => {
		const one = person('one', { email: 'ada@example.com' });
		const other = person('other', { email: '\u0430da@example.com' });
		expect(whoIs(one, [], [], [other])).toBe('ambiguous');
		expect(whoIs(other, [], [], [one])).toBe('ambiguous');
	});

	it("that a link knows as another person's is ambiguous: Notion would bring back their account", () => {
		const former = link('oldJohn', { email: 'john@example.com' });
		const john = person('newJohn', { email: 'john@example.com' });
		expect(whoIs(john, [], [former])).toBe('ambiguous');
		expect(whoIs(john, [user('x', { email: 'john@example.com' })], [{ ...former, userId: 'u-x' }])).toBe(
			'ambiguous u-x',
		);
	});

	it('of a member who is another entry, whose own address has changed, is ambiguous', () => {
		const married = person('ada', { email: 'ada.king@example.com' });
		const namesake = person('newAda', { email: 'ada@example.com' });
		expect(whoIs(namesake, [user('ada')], [link('ada')], [married])).toBe('ambiguous u-ada');
		expect(whoIs(married, [user('ada')], [link('ada')], [namesake])).toBe('link u-ada');
	});

	it("that two entries share is one member's: a contractor turned employee", () => {
		const contractor = person('c1', { email: 'ada@example.com', status: 'inactive' });
		const employee = person('e1', { email: 'ada@example.com' });
		const matching = matchDirectory(
			directory([contractor, employee]),
			[user('ada')],
			[link('c1', { user: 'ada', email: 'ada@example.com' })],
		);
		expect(matching.recordsOf('u-ada')).toEqual([contractor, employee]);
	});
});

describe('a secondary address', () => {
	const member = user('ada', { attributes: { secondaryEmails: 'Lovelace@example.com' } });

	it('only prevents', () => {
		expect(whoIs(person('x', { email: 'lovelace@example.com' }), [member])).toBe('secondary u-ada');
		expect(whoIs(person('x', { attributes: { secondaryEmails: 'ada@example.com' } }), [member])).toBe(
			'secondary u-ada',
		);
	});

	it('of an account that has left prevents as well, unless that account is their own', () => {
		const left = { ...member, active: false };
		expect(whoIs(person('x', { email: 'lovelace@example.com' }), [left])).toBe('secondary u-ada');
		expect(
			whoIs(person('ada', { attributes: { secondaryEmails: 'lovelace@example.com' } }), [left]),
		).toBe('none');
	});

	it('mentions the member and makes no record of theirs', () => {
		const one = person('x', { email: 'lovelace@example.com' });
		const matching = matchDirectory(directory([one]), [member, user('bob')], []);
		expect(matching.recordsOf('u-ada')).toEqual([]);
		expect(matching.isMentioned('u-ada')).toBe(true);
		expect(matching.isMentioned('u-bob')).toBe(false);
	});

	it('that several members may be meant by is ambiguous', () => {
		const other = user('bob', { attributes: { secondaryEmails: 'lovelace@example.com' } });
		expect(whoIs(person('x', { email: 'lovelace@example.com' }), [member, other])).toBe(
			'ambiguous u-ada u-bob',
		);
	});
});

describe('everyone who may be meant', () => {
	it('is mentioned, also by an ambiguous match', () => {
		const linked = link('ada', { user: 'bob' });
		const matching = matchDirectory(directory([person('ada')]), [user('ada'), user('bob')], [linked]);
		expect([matching.isMentioned('u-ada'), matching.isMentioned('u-bob')]).toEqual([true, true]);
	});
});

it('explains an ambiguous match with names and a way out', () => {
	const ada = person('ada');
	const linked = link('ada', { user: 'bob' });
	expect(matchDirectory(directory([ada]), [user('ada'), user('bob')], [linked]).of(ada)).toMatchObject({
		explanation:
			'A link says that Ada (ada@example.com) is the member Bob (bob@example.com), but their address is that of Ada (ada@example.com). Correct the link, or one of the addresses.',
	});
});

it('matches 10,000 people in seconds on a busy machine: no work is quadratic', () => {
	const persons = Array.from({ length: 10_000 }, (_, index) => person(`p${index}`));
	const users = persons.map((_, index) => user(`p${index}`));
	const links = persons.map((_, index) => link(`p${index}`));
	const startedAt = performance.now();
	const matching = matchDirectory(directory(persons), users, links);
	const areAllLinked = persons.every((one) => matching.of(one).kind === 'link');
	expect(performance.now() - startedAt).toBeLessThan(5_000);
	expect(areAllLinked).toBe(true);
});
