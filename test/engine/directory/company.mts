import type { NotionTest } from '../support/notionTest.mts';
import type { Entry } from './planning.mts';

/** The company as its directory has it; the sandbox's default workspace is what it is compared with. */
export const company: Entry[] = [
	// Where Notion shows no names, theirs would be to be written, which a guard forbids.
	{ id: '1', email: 'owner@example.com', groups: ['All Staff'] },
	{ id: '2', email: 'second.owner@example.com', groups: ['All Staff'] },
	{ id: '3', email: 'admin@example.com', groups: ['All Staff'] },
	{
		id: '4', email: 'ada@example.com', displayName: 'Ada King', title: 'Countess',
		groups: ['All Staff', 'Engineering', 'Product'],
	},
	{ id: '5', email: 'kenji@example.com', displayName: 'Kenji Watanabe', active: false },
	{ id: '6', email: 'maria.lopez@example.com', displayName: 'María López', groups: ['All Staff', 'Finance'] },
	{
		id: '7', email: 'new@example.com', displayName: 'Zoë Ångström', title: 'Trainee',
		groups: ['All Staff', 'Engineering', 'Product'],
	},
	{ id: '8', email: 'second@example.com', displayName: 'Second New', groups: ['All Staff', 'Product'] },
];

/** What a plan of two days ago left, as a table keeps it. */
export const memory = (): string =>
	JSON.stringify({
		sources: {
			test: {
				readAt: new Date(Date.now() - 48 * 3_600_000).toISOString(),
				count: company.length,
				filled: {},
			},
		},
		absentSince: {},
	});

export const GROUPS = ['All Staff', 'Engineering', 'Sales', 'Finance', 'Product'];

/** Links of all groups that the workspace has, as a table keeps them. */
export const groupLinks = ({ sandbox }: NotionTest): string =>
	JSON.stringify(
		sandbox.workspace.groups().map(({ id, displayName }) => ({ name: displayName, groupId: id })),
	);

/** @param maria the id of a person whose address changed */
export const expectCompany = ({ sandbox: { workspace } }: NotionTest, maria: string): void => {
	expect(workspace.isMember('kenji@example.com')).toBe(false);
	expect(workspace.userByEmail('maria.lopez@example.com')?.id).toBe(maria);
	const inNotion = GROUPS.map((name) =>
		workspace.memberEmails(workspace.groupByName(name)?.id ?? ''),
	);
	const inDirectory = GROUPS.map((name) =>
		company
			.filter(({ groups = [], active = true }) => active && groups.includes(name))
			.map(({ email }) => String(email))
			.sort(),
	);
	expect(inNotion).toEqual(inDirectory);
	const nameOf = (email: string) => workspace.userByEmail(email)?.profile.name.formatted;
	expect([nameOf('ada@example.com'), nameOf('new@example.com')]).toEqual(['Ada King', 'Zoë Ångström']);
};
