import type { Sandbox, Workspace } from '../../sandbox/server.mts';

export interface Size {
	people: number;
	groups: number;
}

export interface Person {
	source: string;
	sourceId: string;
	email: string;
	displayName: string;
	title?: string;
	groups: string[];
	active: boolean;
}

/** The people of a company, in a directory that a workspace agrees with at first. */
export class Directory {
	readonly people: Person[];
	readonly #groups: number;
	#joined = 0;
	#changed = 0;

	/** Fills the workspace. */
	constructor(sandbox: Sandbox, size: Size) {
		this.people = agree(sandbox, size);
		this.#groups = size.groups;
	}

	/** As many people join, change and leave. */
	change(share: number): void {
		const staff = this.people.filter(({ active, groups }) => active && groups.length > 0);
		for (const person of staff.slice(0, share)) person.active = false;
		this.#changed += 1;
		for (const person of staff.slice(share, 2 * share)) person.title = `Promoted ${this.#changed}`;
		for (let more = 0; more < share; more += 1) {
			this.people.push(newPerson(this.#joined++, this.#groups));
		}
	}

	/** @throws Error where the workspace is not as the directory says */
	expectSame(workspace: Workspace): void {
		const members = new Map(workspace.members().map((member) => [member.profile.userName, member]));
		const inGroup = new Map(
			workspace.groups().map(({ id, displayName }) => [displayName, new Set(workspace.memberEmails(id))]),
		);
		const wrong = this.people.filter(({ email, active, title, groups }) => {
			const member = members.get(email);
			if (!active) return member !== undefined;
			if (title !== undefined && member?.profile.attributes['title'] !== title) return true;
			return !member || groups.some((name) => !inGroup.get(name)?.has(email));
		});
		if (wrong.length > 0) throw new Error(`${wrong.length} people are not in Notion as the directory says.`);
	}
}

/** Fills the workspace. @returns the people of the directory that agrees with it */
function agree(sandbox: Sandbox, size: Size): Person[] {
	const { workspace } = sandbox;
	sandbox.seedPeople(size.people - workspace.members().length);
	for (let number = 0; number < size.groups; number += 1) workspace.addGroup({ displayName: `team-${number}` });
	return workspace.members().map(({ id, profile, role }, number) => {
		const { userName: email, name, attributes } = profile;
		const isStaff = role === 'member' && email.endsWith('@example.com');
		const group = `team-${number % size.groups}`;
		if (isStaff) workspace.addToGroup(group, id);
		const title = attributes['title'];
		return {
			source: 'bench',
			sourceId: String(number),
			email,
			displayName: name.formatted ?? email,
			...(typeof title === 'string' ? { title } : {}),
			groups: isStaff ? [group] : [],
			active: true,
		};
	});
}

function newPerson(number: number, groups: number): Person {
	return {
		source: 'bench',
		sourceId: `new-${number}`,
		email: `new.person${number}@example.com`,
		displayName: `New Person ${number}`,
		title: 'Newcomer',
		groups: [`team-${number % groups}`],
		active: true,
	};
}

/** As a directory source answers: all people, then what says that this is all. */
export function answerOf(people: readonly Person[]): object[] {
	const manifest = {
		manifest: true,
		source: 'bench',
		readAt: new Date().toISOString(),
		pages: 1,
		count: people.length,
		complete: true,
		groupsComplete: true,
		attributesRead: ['email', 'displayName', 'title'],
	};
	return [...people.map((person) => ({ status: person.active ? 'active' : 'inactive', ...person })), manifest];
}
