import type { INodeParameters } from 'n8n-workflow';

import { failureOf, onlyItem, setUpNotion } from '../support/notionTest.mts';

const picked = (mode: string, value: string): INodeParameters => ({ __rl: true, mode, value });

describe('a user picked by ID or from the list', () => {
	const notion = setUpNotion();

	const parameters: Record<string, INodeParameters> = {
		'user.get': {},
		'user.update': { updateFields: { title: 'Chief' } },
		'user.remove': {},
		'user.lockDown': { reason: 'Left' },
	};

	const forms = [
		'ada@example.com',
		' ADA@example.com ',
		'Ada King <ada@example.com>',
		'mailto:ada@example.com',
		'"ada@example.com"',
		'<ada@example.com>',
	];

	test.each(Object.keys(parameters))('%s looks an address up as an address', async (operation) => {
		for (const mode of ['id', 'list', 'email']) {
			for (const form of forms) {
				notion.renew();
				const user = picked(mode, `={{ ${JSON.stringify(form)} }}`);
				const run = await notion.run(operation, { parameters: { user, ...parameters[operation] } });

				const item = JSON.stringify(onlyItem(run));
				expect([mode, form, item]).toEqual([mode, form, expect.stringContaining('"ada@example.com"')]);
				expect(notion.sandbox.workspace.isMember('ada@example.com')).toBe(
					operation === 'user.get' || operation === 'user.update',
				);
			}
		}
	});

	test.each(Object.keys(parameters))('%s refuses what can be neither, and asks Notion nothing about it', async (operation) => {
		for (const value of ['Ada King', '4711', 'ada@@example.com', 'ada@example.com, kenji@example.com', 'undefined', '[object Object]']) {
			notion.renew();
			const run = await notion.run(operation, {
				parameters: { user: picked('id', `={{ ${JSON.stringify(value)} }}`), ...parameters[operation] },
			});

			const { message } = failureOf(run);
			expect(message).toContain(`"${value}" `);
			expect(message).toMatch(/is neither an ID nor an email address|cannot be the ID of a person/);
			expect(message).not.toContain('has the email');
			expect(notion.sandbox.requests.all().filter(({ path }) => path.includes('/Users/'))).toEqual([]);
			expect(notion.writes()).toEqual([]);
		}
	});

	test('an ID where an address is asked for is told from an address that no one has', async () => {
		const { id = '' } = notion.sandbox.workspace.userByEmail('ada@example.com') ?? {};
		const failure = failureOf(await notion.run('user.get', { parameters: { user: picked('email', id) } }));

		expect(failure).toMatchObject({
			message: `"${id}" is not an email address.`,
			description: 'It looks like an ID: pick By ID.',
		});
	});
});

describe('a group picked by ID', () => {
	const notion = setUpNotion();

	const parameters: Record<string, INodeParameters> = {
		'group.get': {},
		'group.update': { newName: 'Other' },
		'group.delete': {},
		'group.addMembers': { members: 'ada@example.com' },
		'group.removeMembers': { members: 'ada@example.com' },
		'group.setMembers': { members: 'ada@example.com' },
	};

	test.each(Object.keys(parameters))('%s says of a name that it is no ID, and where names go', async (operation) => {
		for (const value of ['Engineering', 'All Staff', 'ada@example.com', '4711']) {
			const run = await notion.run(operation, {
				parameters: { group: picked('id', value), ...parameters[operation] },
			});

			expect(failureOf(run)).toMatchObject({
				message: `"${value}" is not the ID of a group.`,
				description: expect.stringContaining('pick it By Name'),
			});
			expect(notion.writes()).toEqual([]);
		}
	});

	test('by name, an ID is told from a name that no group has', async () => {
		const { id = '' } = notion.sandbox.workspace.groupByName('Engineering') ?? {};
		const failure = failureOf(await notion.run('group.get', { parameters: { group: picked('name', id) } }));

		expect(failure.description).toBe('It looks like an ID: pick By ID.');
	});
});
