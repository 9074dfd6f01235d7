import type { Sandbox, Workspace } from '../../sandbox/server.mts';

const PEOPLE_OF_A_GROUP = 200;

/** The people of a workspace, who come, change and go. */
export class Company {
	readonly #workspace: Workspace;
	#rounds = 0;

	/** Fills the workspace: every person is in one group. */
	constructor(sandbox: Sandbox, people: number) {
		const { workspace } = sandbox;
		this.#workspace = workspace;
		sandbox.seedPeople(people - workspace.members().length);
		const groups = Math.ceil(people / PEOPLE_OF_A_GROUP);
		for (let number = 0; number < groups; number += 1) workspace.addGroup({ displayName: `team-${number}` });
		workspace.members().forEach(({ id }, number) => workspace.addToGroup(`team-${number % groups}`, id));
	}

	/** As many people join, are changed and leave. */
	change(share: number): void {
		const workspace = this.#workspace;
		this.#rounds += 1;
		const staff = workspace.members().filter(({ role, profile }) => role === 'member' && profile.userName.endsWith('@example.com'));
		for (const { id } of staff.slice(0, share)) workspace.removeUser(id);
		for (const { id, profile } of staff.slice(share, 2 * share)) {
			workspace.updateProfile(id, { ...profile, attributes: { ...profile.attributes, title: `Promoted ${this.#rounds}` } });
		}
		for (let number = 0; number < share; number += 1) workspace.addUser({ email: `new${this.#rounds}.${number}@example.com` });
	}
}
