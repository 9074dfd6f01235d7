import fc from 'fast-check';

import type { Person } from '../../../lib/directory/person/person.ts';
import { parseDirectory } from '../../../lib/directory/person/person.ts';
import type { Case } from './planKit.mts';
import { directory, group, HOUR, inShort, knownBefore, link, NOW, person, planned, theChange, user } from './planKit.mts';

/** Texts of directories and spreadsheets that stand where an address belongs, and name no one. */
const UNREADABLE = [
	'x@@y',
	'ada.example.com',
	'ada@example',
	'ada@example.com / ada@example.org',
	'n/a',
	'Ada Lovelace',
	'sip:ada@example.com',
	'ada(at)example.com',
	'ada_partner.example#EXT#@example.onmicrosoft.com',
	'ada@example.com\u200b',
];

const seen = new Date(NOW - 48 * HOUR).toISOString();

/** Ada is a member; in the directory she is the entry 7, whose address is `written`. Bob and Eve are fine. */
const withAddress = (written: string, more: Partial<Case> & { ada?: Partial<Person> } = {}): Case => {
	const { ada, ...rest } = more;
	const persons = [
		person('7', { email: written, attributes: { displayName: 'Ada Lovelace' }, ...ada }),
		person('bob', { groups: ['Eng'] }),
		person('eve', { status: 'inactive' }),
	];
	return {
		persons,
		users: [user('ada'), user('bob'), user('eve')],
		groups: [group('Eng', ['ada', 'bob'])],
		policy: { onUnlisted: 'remove', managedGroups: ['Eng'] },
		context: { memory: { ...knownBefore(directory(persons)), absentSince: { 'u-ada': seen } } },
		...rest,
	};
};

describe('an entry whose address cannot be read', () => {
	it.each(UNREADABLE)('%j: its member, whom no other entry names, loses nothing', (written) => {
		const plan = planned(withAddress(written));

		expect(inShort(plan).filter((change) => /ok$/.test(change))).toEqual(['user.remove eve@example.com: ok']);
		const removal = plan.entries.find(({ target }) => target.type === 'user' && target.id === 'u-ada');
		expect(removal?.guard).toContain('The source entra has what is not an email address in entra 7 (email "');
		expect(theChange(plan, 'skipped').explanation).toContain('is not an email address. Correct it in the directory.');
		expect(plan.summary.notes.join(' ')).toContain('entra 7 (email "');
	});

	it('is no reason to keep those the directory lists as having left', () => {
		const plan = planned(withAddress('x@@y'));

		expect(plan.summary.mayTakeAway).toBe(true);
		expect(inShort(plan)).toContain('user.remove eve@example.com: ok');
	});

	it('notes no one as absent, and confirms no absence of before, until it is mended', () => {
		const { context, ...fresh } = withAddress('x@@y');
		const first = planned({ ...fresh, context: { memory: knownBefore(directory(fresh.persons ?? [])) } });
		expect(first.summary.memory.absentSince).toEqual({});
		expect(theChange(first, 'unlisted').explanation).toContain('they may be an entry whose address cannot be read');

		const mended = planned(withAddress('someone.else@example.com'));
		expect(inShort(mended)).toContain('user.remove ada@example.com: ok');
	});

	it.each([
		['ada@example.com', 'bare'],
		['mailto:ada@example.com', 'mailto'],
		['SMTP:Ada@Example.com', 'smtp'],
		['Ada Lovelace <ada@example.com>', 'a display name'],
		['"ada@example.com"', 'quotes'],
	])('is none where it can be: %s (%s)', (written) => {
		const plan = planned(withAddress(written));

		expect(plan.summary.notes).toEqual([]);
		expect(inShort(plan).join()).not.toContain('ada@example.com: unlisted');
		expect(inShort(plan).join()).not.toContain('user.create');
		expect(inShort(plan).join()).not.toContain('user.rename');
	});

	it('is still the person a link names', () => {
		const plan = planned(
			withAddress('x@@y', {
				context: { links: { people: [link('7', { user: 'ada' })], groups: [] } },
			}),
		);

		expect(inShort(plan).join()).not.toContain('unlisted');
		expect(theChange(plan, 'skipped').explanation).toBe(
			'Ada Lovelace (entra 7) has the address ada@example.com in Notion. It stays, because "x@@y" in entra is not an email address. Correct it there.',
		);
	});

	it('that may be a person who left and came back keeps them in', () => {
		const back = withAddress('eve@@example.com', {
			ada: { attributes: { displayName: 'Eve Adams' } },
			users: [user('bob'), user('eve', { attributes: { displayName: 'Eve Adams' } })],
		});
		const plan = planned(back);

		expect(inShort(plan)).toContain('user.remove eve@example.com: blocked');
		expect(plan.entries.find(({ action }) => action === 'user.remove')?.guard).toContain('may be Eve Adams');
	});

	it('leaves the groups alone that it may share with an entry of another source', () => {
		const persons = [
			person('bob', { groups: [] }),
			person('b', { source: 'okta', email: 'bob@@example.com', groups: ['Eng'] }),
			person('c', { source: 'okta', email: 'carol@example.com', groups: [] }),
		];
		const settings: Case = {
			persons,
			users: [user('bob'), user('carol')],
			groups: [group('Eng', ['bob'])],
			policy: { managedGroups: ['Eng'], adoptGroups: 'exact' },
			context: {
				links: { people: [], groups: [{ name: 'Eng', groupId: 'g-Eng' }] },
				memory: knownBefore(directory(persons)),
			},
		};

		expect(inShort(planned(settings)).filter((change) => change.startsWith('group.removeMembers'))).toEqual([
			'group.removeMembers bob@example.com Eng: blocked',
		]);
	});

	it('of a manager or a second address reaches no account, and is named', () => {
		const persons = [
			person('ada', {
				attributes: { managerEmail: 'Bob, Head of R&D', secondaryEmails: 'smtp:a@example.com; bob@@x' },
			}),
		];
		const plan = planned({ persons, policy: { syncAttributes: ['managerEmail', 'secondaryEmails'] } });

		expect(theChange(plan, 'user.create').changes).toEqual([
			{ attribute: 'email', from: null, to: 'ada@example.com' },
			{ attribute: 'displayName', from: null, to: 'Ada' },
			{ attribute: 'secondaryEmails', from: null, to: 'a@example.com' },
		]);
		expect(plan.summary.notes.join(' ')).toContain('entra ada (secondaryEmails "bob@@x")');
		expect(plan.summary.notes.join(' ')).toContain('entra ada (managerEmail "Bob, Head of R&D")');
	});
});

describe('parseDirectory', () => {
	it('gives bare addresses only, and names all else', () => {
		/** What SCIM servers take for an address, stated apart from the code under test. */
		const bare = /^(?!['`])[^\s@<>()[\]",;:\\]+@(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z\d-]+$/iu;
		const text = fc.oneof(
			fc.string({ maxLength: 12 }),
			fc.constantFrom(...UNREADABLE),
			fc.tuple(fc.constantFrom('', '<', 'mailto:', 'Ada <', '"'), fc.constantFrom('', '>', '"', ',', '@')).map(
				([before, after]) => `${before}ada@example.com${after}`,
			),
		);
		fc.assert(
			fc.property(text, text, (email, managerEmail) => {
				const { persons } = parseDirectory([{ source: 's', sourceId: '1', active: true, email, managerEmail }]);
				for (const { attributes, unreadableAddresses } of persons) {
					for (const [attribute, written] of [['email', email], ['managerEmail', managerEmail]] as const) {
						const read = attributes[attribute];
						const isNamed = unreadableAddresses.some((one) => one.attribute === attribute);
						expect(read === undefined || bare.test(read)).toBe(true);
						expect(isNamed).toBe(read === undefined && written.trim() !== '');
					}
				}
			}),
		);
	});
});
