import { SeededRandom } from '../../sandbox/seed/random.mts';
import type { Workspace } from '../../sandbox/server.mts';
import { OWNER_EMAIL } from '../../sandbox/server.mts';
import type { Role } from '../../sandbox/workspace/account.mts';
import { WorkspaceRefusal } from '../../sandbox/workspace/refusal.mts';

const RANKS: readonly Role[] = ['restricted_member', 'member', 'membership_admin', 'owner'];

/** A workspace in the words of the test, so that what is expected comes from nothing that is tested. */
export interface View {
	people: Map<string, { role: Role; email: string; title: string }>;
	groups: Map<string, { name: string; members: Set<string> }>;
}

export const viewOf = (workspace: Workspace): View => ({
	people: new Map(
		workspace.members().map(({ id, role, profile }) => [
			id,
			{ role, email: profile.userName, title: String(profile.attributes['title'] ?? '') },
		]),
	),
	groups: new Map(
		workspace.groups().map(({ id, displayName, memberIds }) => [id, { name: displayName, members: new Set(memberIds) }]),
	),
});

const list = (ids: Iterable<string>): string => [...ids].sort().join(',');

/** Each event that leads from one view to the other, as one line, sorted. */
export const expectedEvents = (before: View, after: View): string[] => {
	const lines: string[] = [];
	for (const id of new Set([...before.people.keys(), ...after.people.keys()])) {
		const [was, is] = [before.people.get(id), after.people.get(id)];
		if (!is) lines.push(`personRemoved ${id}`);
		if (!was) lines.push(`personAdded ${id}`);
		const isRaised = is !== undefined && RANKS.indexOf(is.role) > RANKS.indexOf(was?.role ?? 'member');
		if (isRaised) lines.push(`roleRaised ${id} role`);
		if (!was || !is) continue;
		const changed = [
			...(was.email === is.email ? [] : ['email']),
			...(was.title === is.title ? [] : ['title']),
			...(was.role === is.role || isRaised ? [] : ['role']),
		];
		if (changed.length > 0) lines.push(`personChanged ${id} ${list(changed)}`);
	}
	for (const id of new Set([...before.groups.keys(), ...after.groups.keys()])) {
		const [was, is] = [before.groups.get(id), after.groups.get(id)];
		const added = [...(is?.members ?? [])].filter((member) => !was?.members.has(member));
		const removed = [...(was?.members ?? [])].filter((member) => !is?.members.has(member));
		const members = `+${list(added)} -${list(removed)}`;
		if (!was) lines.push(`groupCreated ${id} ${members}`);
		else if (!is) lines.push(`groupDeleted ${id} ${members}`);
		else {
			if (was.name !== is.name) lines.push(`groupRenamed ${id}`);
			if (added.length + removed.length > 0) lines.push(`membershipChanged ${id} ${members}`);
		}
	}
	return lines.sort();
};

/** An item of the trigger, as far as it is compared. */
export interface ToldEvent {
	event: string;
	id: string | null;
	changed: string[];
	added: Array<{ id: string }>;
	removed: Array<{ id: string }>;
}

/** The same lines from items of the trigger, sorted. */
export const toldEvents = (items: readonly ToldEvent[]): string[] =>
	items
		.map(({ event, id, changed, added, removed }) => {
			const ids = (members: Array<{ id: string }>): string => list(members.map((member) => member.id));
			if (event === 'groupRenamed') return `${event} ${id}`;
			if (/^(group|membership)/.test(event)) return `${event} ${id} +${ids(added)} -${ids(removed)}`;
			return [event, id, ...(changed.length > 0 ? [list(changed)] : [])].join(' ');
		})
		.sort();

/** Changes a workspace by hand, as Notion's own settings do. The same seed makes the same changes. */
export const changeAtRandom = (workspace: Workspace, count: number, seed: number): void => {
	const random = new SeededRandom(seed);
	for (let made = 0; made < count; ) {
		try {
			if (random.pick(WAYS)(workspace, random)) made += 1;
		} catch (error) {
			// Such as removing the last owner: another way is tried.
			if (!(error instanceof WorkspaceRefusal)) throw error;
		}
	}
};

type Way = (workspace: Workspace, random: SeededRandom) => boolean;

/** Whoever changed their role or left would take the token of the trigger along. */
const someone = (workspace: Workspace, random: SeededRandom) =>
	random.pick(workspace.members().filter(({ profile }) => profile.userName !== OWNER_EMAIL));

const someGroup = (workspace: Workspace, random: SeededRandom) => random.pick(workspace.groups());

const WAYS: readonly Way[] = [
	(workspace, random) => {
		const email = `new.${random.nextWord()}@example.com`;
		workspace.addUser({ email, role: random.pick(RANKS), attributes: { title: 'New' }, groups: ['All Staff'] });
		return true;
	},
	(workspace, random) => {
		if (workspace.members().length < 5) return false;
		workspace.removeUser(someone(workspace, random).id);
		return true;
	},
	(workspace, random) => {
		const { id, profile } = someone(workspace, random);
		workspace.updateProfile(id, { ...profile, attributes: { ...profile.attributes, title: `Title ${random.below(50)}` } });
		return true;
	},
	(workspace, random) => {
		const { id, profile } = someone(workspace, random);
		workspace.updateProfile(id, { ...profile, userName: `moved.${random.nextWord()}@example.com` });
		return true;
	},
	(workspace, random) => {
		workspace.changeRole(someone(workspace, random).id, random.pick(RANKS));
		return true;
	},
	(workspace, random) => {
		workspace.addGroup({ displayName: `Group ${random.nextWord()}`, members: [someone(workspace, random).id] });
		return true;
	},
	(workspace, random) => {
		workspace.updateGroup(someGroup(workspace, random).id, { displayName: `Renamed ${random.nextWord()}` });
		return true;
	},
	(workspace, random) => {
		if (workspace.groups().length < 3) return false;
		workspace.deleteGroup(someGroup(workspace, random).id);
		return true;
	},
	(workspace, random) => {
		workspace.addToGroup(someGroup(workspace, random).id, someone(workspace, random).id);
		return true;
	},
	(workspace, random) => {
		workspace.removeFromGroup(someGroup(workspace, random).id, someone(workspace, random).id);
		return true;
	},
];
