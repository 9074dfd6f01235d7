import fc from 'fast-check';

import { peopleIn } from '../../../nodes/NotionScim/execution/lists.ts';
import { failureOf, onlyItem } from '../support/notionTest.mts';
import { byName, emailsOf, membersOf, setUpGroups } from './groupTest.mts';

describe('members as an expression, an agent or a person gives them', () => {
	const notion = setUpGroups();

	const wanted = ['ada@example.com', 'kenji@example.com'];

	const idOf = (email: string): string => notion.sandbox.workspace.userByEmail(email)?.id ?? '';

	/** What each stands for: the two wanted people. */
	const forms: Record<string, () => unknown> = {
		'the text of an array': () => JSON.stringify(wanted),
		'the text of an array in several lines': () => JSON.stringify(wanted, null, 2),
		'an array': () => wanted,
		'the text of an array of objects': () => JSON.stringify(wanted.map((email) => ({ email, name: 'x' }))),
		'users as Get Many gives them': () => wanted.map((email) => ({ id: idOf(email), email })),
		'objects with nothing but an ID': () => JSON.stringify(wanted.map((email) => ({ id: idOf(email) }))),
		'commas': () => wanted.join(', '),
		'semicolons': () => wanted.join('; '),
		'new lines': () => wanted.join('\r\n'),
		'display names': () => wanted.map((email) => `"King, Ada" <${email}>`).join(', '),
		'links': () => wanted.map((email) => `mailto:${email}`).join(' '),
		'brackets, which are no array': () => `[${wanted[0]}] [${wanted[1]}]`,
		'an ID without hyphens in the text of an array': () =>
			JSON.stringify([wanted[0], idOf(wanted[1] ?? '').replaceAll('-', '').toUpperCase()]),
	};

	test.each(Object.keys(forms))('%s: the same two people', async (form) => {
		const { id } = notion.sandbox.workspace.addGroup({ displayName: 'Team' });
		const members = `={{ ${JSON.stringify(forms[form]?.())} }}`;

		const added = await notion.run('group.addMembers', { parameters: { group: byName('Team'), members } });
		expect(onlyItem(added)).toMatchObject({ outcome: 'updated' });
		expect(membersOf(notion.sandbox, id)).toEqual(emailsOf(wanted.map((email) => ({ id: '', email }))));

		const again = await notion.run('group.setMembers', { parameters: { group: byName('Team'), members } });
		expect(onlyItem(again)).toMatchObject({ outcome: 'unchanged' });

		const removed = await notion.run('group.removeMembers', { parameters: { group: byName('Team'), members } });
		expect(onlyItem(removed)).toMatchObject({ outcome: 'updated' });
		expect(membersOf(notion.sandbox, id)).toEqual([]);
	});

	test.each(['group.addMembers', 'group.removeMembers', 'group.setMembers'])(
		'%s names everything that is neither address nor ID, before anything is sent',
		async (operation) => {
			notion.sandbox.workspace.addGroup({ displayName: 'Team', members: ['ada@example.com'] });
			for (const members of [
				'ada@example.com, Grace Hopper, x@@y, 4711',
				'["ada@example.com","Grace","Hopper","x@@y",4711]',
				[{ email: 'Grace' }, { id: 'Hopper' }, 'x@@y', '4711', 'ada@example.com'],
			]) {
				notion.sandbox.requests.clear();
				const run = await notion.run(operation, {
					parameters: { group: byName('Team'), members: `={{ ${JSON.stringify(members)} }}` },
				});

				const { message } = failureOf(run);
				for (const bad of ['"Grace"', '"Hopper"', '"x@@y"', '"4711"']) expect(message).toContain(bad);
				expect(message).not.toContain('"ada@example.com"');
				expect(notion.sandbox.requests.all()).toEqual([]);
			}
		},
	);

	test.each([null, {}, true, { email: 'ada@example.com' }])('%j is not a list, not even where it may be empty', async (members) => {
		const { id } = notion.sandbox.workspace.addGroup({ displayName: 'Team', members: ['ada@example.com'] });

		const run = await notion.run('group.setMembers', {
			parameters: { group: byName('Team'), members: `={{ ${JSON.stringify(members)} }}`, options: { allowEmpty: true } },
		});

		expect(failureOf(run).message).toContain('Members ');
		expect(membersOf(notion.sandbox, id)).toEqual(['ada@example.com']);
	});

	test('the text of an array is the array, whatever people are in it', () => {
		const person = fc.oneof(
			fc.uuid(),
			fc.tuple(fc.stringMatching(/^[a-z]{1,8}$/), fc.stringMatching(/^[a-z]{1,8}$/)).map(([name, host]) => `${name}@${host}.example`),
		);
		fc.assert(
			fc.property(fc.array(person), (people) => {
				const read = peopleIn(people, 'Members');
				expect(peopleIn(JSON.stringify(people), 'Members')).toEqual(read);
				expect(peopleIn(people.join('; '), 'Members')).toEqual(read);
				expect(read).toEqual([...new Set(people)]);
			}),
		);
	});
});
