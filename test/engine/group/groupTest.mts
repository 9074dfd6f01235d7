import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Sandbox, SandboxOptions } from '../../../sandbox/server.mts';
import { setUpNotion } from '../support/notionTest.mts';
import type { NotionTest } from '../support/notionTest.mts';

/** A member of the sandbox's workspace. */
export type Person = { id: string; email: string };

/**
 * For the top of a describe block: as `setUpNotion`, and after each test nothing may have been sent
 * by PUT, because a PUT of a group that states no members can empty it.
 */
export const setUpGroups = (options: SandboxOptions = {}): NotionTest => {
	const notion = setUpNotion(options);
	afterEach(() => {
		expect(notion.sandbox.requests.count({ method: 'PUT' })).toBe(0);
	});
	return notion;
};

/** The value of the group locator in the mode "By Name". */
export const byName = (name: string): INodeParameters => ({
	__rl: true,
	mode: 'name',
	value: name,
});

/** New members `NAME1@example.com`, `NAME2@example.com` ... */
export const addPeople = ({ workspace }: Sandbox, count: number, name = 'person'): Person[] =>
	Array.from({ length: count }, (_, index) => {
		const email = `${name}${index + 1}@example.com`;
		return { id: workspace.addUser({ email }).id, email };
	});

/** The id of a person of the default workspace, guests included. */
export const idOf = ({ workspace }: Sandbox, email: string): string => {
	const account = workspace.userByEmail(email);
	if (account === undefined) throw new Error(`The sandbox has no one with the address ${email}`);
	return account.id;
};

/** Addresses of a group's members, sorted. */
export const membersOf = ({ workspace }: Sandbox, groupId: string): string[] =>
	[...workspace.memberEmails(groupId)].sort();

export const emailsOf = (people: Person[]): string[] => people.map(({ email }) => email).sort();

/** One item per person, for a node whose Members are `={{ $json.member }}`. */
export const itemsOf = (members: string[]): IDataObject[] => members.map((member) => ({ member }));
