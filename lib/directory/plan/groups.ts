import type { Group } from '../../scim/groupResource';
import { groupNameKey, groupNameLook, mayBeCut } from '../../scim/groupResource';
import { resourceId } from '../../scim/resourceId';
import type { User } from '../../scim/userResource';
import type { Basis, Draft } from './draft';
import { draft, userTarget } from './draft';
import type { Evidence } from './evidence';
import { aboutGroups, absencesOf, isConfirmedAbsence } from './evidence';
import type { GroupIdentity } from './groupIdentity';
import { identifyGroups } from './groupIdentity';
import type { WantedGroup } from './groupLines';
import {
	additions,
	cutLine,
	deletion,
	groupRename,
	groupTarget,
	newGroupTarget,
	othersIn,
	RecentCounts,
	stayingLine,
} from './groupLines';
import type { Joiner } from './joiners';
import { privilegedBlock, removal } from './memberLines';
import { counted, inOrder, userLabel } from '../naming';
import type { People } from './people';
import type { Directory, Person } from '../person';
import type { Memory } from '../policy';
import type { Wanted } from './standing';
import type { Workspace } from '../workspace';

type Members = People['members'];

/** A linked group that the directory names no more. */
interface Vanished {
	key: string;
	group: Group;
	isAdopted: boolean;
}

/** Somebody who is to be in no managed group, and the lines that take them out of all. */
interface Leaving {
	user: User;
	wanted: Wanted;
	lines: Draft[];
}

/** By what names look like: each name's key and, for a reader, which group it is; `id` of those in Notion. */
type Looks = Map<string, Array<{ key: string; label: string; id: string | undefined }>>;

/** What the comparison of groups came to. */
export interface Groups {
	drafts: Draft[];
	/** Since when linked groups are named no more, and who is to be in no group: see {@link Memory}. */
	absentSince: Memory['absentSince'];
}

/**
 * Compares the managed groups.
 *
 * @param joiners people whose account this plan creates for certain
 */
export function compareGroups(
	directory: Directory,
	workspace: Workspace,
	members: Members,
	joiners: readonly Joiner[],
	memory: Memory,
	basis: Basis,
): Groups {
	if (!basis.managed.any) return { drafts: [], absentSince: {} };
	return new GroupComparison(directory, workspace, members, joiners, memory, basis).run();
}

class GroupComparison {
	private readonly recent: RecentCounts;
	/** How many groups in Notion have each name, in the form of `groupNameKey`. */
	private readonly namesakes = new Map<string, number>();
	private readonly wanted = new Map<string, WantedGroup>();
	private readonly drafts: Draft[] = [];
	private readonly evidence: Evidence;
	private absentSince: Memory['absentSince'] = {};
	/** A plan about one person says nothing of groups as a whole. */
	private readonly isAboutGroups: boolean;

	constructor(
		directory: Directory,
		private readonly workspace: Workspace,
		private readonly members: Members,
		joiners: readonly Joiner[],
		private readonly memory: Memory,
		private readonly basis: Basis,
	) {
		this.evidence = aboutGroups(basis.evidence);
		this.recent = new RecentCounts(basis.recentChanges, basis.now);
		this.isAboutGroups = basis.policy.only === undefined;
		for (const { displayName } of workspace.groups) {
			const key = groupNameKey(displayName);
			this.namesakes.set(key, (this.namesakes.get(key) ?? 0) + 1);
		}
		for (const { groups } of directory.persons) {
			for (const name of groups ?? []) if (basis.managed.has(name)) this.wantedGroup(groupNameKey(name));
		}
		if (basis.policy.createEmptyGroups) basis.managed.names.forEach((name) => this.wantedGroup(name));
		for (const [id, { user, standing, isHeld }] of members) {
			if (standing.is !== 'wanted' || isHeld) continue;
			for (const key of standing.wanted.groups ?? []) this.wanted.get(key)?.users.set(id, user);
		}
		for (const joiner of inOrder(joiners, ({ email }) => email)) {
			for (const key of joiner.wanted.groups ?? []) this.wanted.get(key)?.joiners.push(joiner);
		}
	}

	run(): Groups {
		const { basis, workspace } = this;
		const identities = identifyGroups(
			new Set(this.wanted.keys()),
			workspace.groups,
			basis.links.groups,
			basis.managed,
		);
		const vanished: Vanished[] = [];
		const named: Array<[WantedGroup, GroupIdentity]> = [];
		for (const [key, identity] of identities) {
			const wanted = this.wanted.get(key);
			if (wanted) {
				named.push([wanted, identity]);
			} else if (identity.is === 'linked') {
				vanished.push({ key, group: identity.group, isAdopted: identity.isAdopted });
			}
		}
		const vanishedIds = vanished.map(({ group }) => resourceId(group.id));
		this.absentSince = absencesOf(vanishedIds, this.evidence, this.memory);
		const successors = named.filter(([, identity]) => mayBeNew(identity));
		const renamed = this.probableRenames(
			vanished,
			successors.map(([wanted]) => wanted),
		);
		for (const one of vanished) this.vanish(one, renamed.get(one.key));
		const held = new Set(renamed.values());
		const looks = this.looks();
		for (const [wanted, identity] of named) this.compare(wanted, identity, held.has(wanted), looks);
		this.reportUnlinked(identities);
		const drafts = this.withoutManagedGroup();
		return { drafts, absentSince: this.absentSince };
	}

	private looks(): Looks {
		const looks: Looks = new Map();
		const add = (name: string, label: string, id?: string): void => {
			append(looks, groupNameLook(name), { key: groupNameKey(name), label, id });
		};
		for (const { id, displayName } of inOrder(this.workspace.groups, (group) => group.id)) {
			add(displayName, `the group ${displayName} (${id}) in Notion`, id);
		}
		for (const key of [...this.wanted.keys()].sort()) add(key, `the directory's group ${key}`);
		return looks;
	}

	private wantedGroup(key: string): void {
		if (!this.wanted.has(key)) this.wanted.set(key, { key, users: new Map(), joiners: [] });
	}

	private compare(
		wanted: WantedGroup,
		identity: GroupIdentity,
		isProbableRename: boolean,
		looks: Looks,
	): void {
		const { key } = wanted;
		if (isProbableRename) {
			this.hold(wanted, identity);
			return;
		}
		switch (identity.is) {
			case 'missing':
				this.create(wanted, looks);
				return;
			case 'linked':
				this.linked(wanted, identity.group, identity.isAdopted, looks);
				return;
			case 'namesake':
				this.adopt(wanted, identity.group);
				return;
			case 'deleted':
				this.aboutGroup(
					draft(
						'group.create',
						newGroupTarget(key),
						'groupMissing',
						`The directory has a group ${key}, and the group in Notion that was linked with it is gone.`,
						{
							blocked: `The group ${identity.groupId} was deleted in Notion. A new one would be attached to no teamspace. To have one made all the same, delete the link of ${key}; its members are added then.`,
						},
					),
				);
				return;
			case 'ambiguous':
				this.aboutGroup(
					draft(
						'none',
						newGroupTarget(key),
						'ambiguous',
						`The directory's group ${key} is left alone, because nobody can say for certain which group in Notion it is.`,
						{
							blocked: identity.explanation,
						},
					),
				);
		}
	}

	private linked(wanted: WantedGroup, group: Group, isAdopted: boolean, looks: Looks): void {
		const { basis, members, recent } = this;
		const isExact = !isAdopted || basis.policy.adoptGroups === 'exact';
		const lines = this.additions(wanted, group);
		const others = othersIn(group, wanted, members, isExact, recent, basis);
		lines.push(...this.aboutPeople(others.losses));
		const rename = groupRename(group, wanted.key, this.holderOf(wanted.key, group, looks), basis);
		this.drafts.push(...lines);
		if (rename) this.aboutGroup(rename);
		const staying = stayingLine(group, others.staying);
		const about = [staying, cutLine(group)].flatMap((line) => line ?? []);
		for (const line of about) this.aboutGroup(line);
		if (lines.length > 0 || rename || about.length > 0) return;
		this.aboutGroup(
			draft(
				'none',
				groupTarget(group),
				'unchanged',
				`${group.displayName} has in it whom the directory says.`,
			),
		);
	}

	/** Another group in Notion that has a name, or one that looks the same. */
	private holderOf(key: string, group: Group, looks: Looks): string | undefined {
		const others = looks.get(groupNameLook(key))?.filter(({ id }) => id !== undefined && id !== group.id) ?? [];
		return (others.find((other) => other.key === key) ?? others[0])?.label;
	}

	private adopt(wanted: WantedGroup, group: Group): void {
		const { basis, members, recent } = this;
		const { key } = wanted;
		if (this.isEmpty(wanted)) {
			this.aboutGroup(
				draft(
					'none',
					groupTarget(group),
					'skipped',
					`${key} is left alone: nobody who is to be in it is a member, and the group of that name in Notion is not linked.`,
				),
			);
			return;
		}
		const existing = `The directory has a group ${key}, and Notion has one of that name with ${counted(group.memberIds.length, 'member', 'members')}`;
		const precondition = { groupName: group.displayName, memberIds: [...group.memberIds].sort() };
		if (basis.policy.adoptGroups === 'off') {
			this.aboutGroup(
				draft(
					'group.adopt',
					groupTarget(group),
					'groupExists',
					`${existing} that was not made by a plan.`,
					{
						blocked: `Nothing is done to a group that somebody else made. To let ${key} follow the directory, set Adopt Groups to Union, or rename one of the two.`,
						precondition,
					},
				),
			);
			return;
		}
		const lines = this.additions(wanted, group).map(beforeAdoption);
		const then =
			basis.policy.adoptGroups === 'exact'
				? 'From the next plan on, whoever the directory does not have in it is taken out.'
				: 'Whoever is in it stays.';
		if (this.isAboutGroups || lines.length > 0) {
			this.drafts.push(
				draft(
					'group.adopt',
					groupTarget(group),
					'groupExists',
					`${existing}, so that one is taken over: from now on it is known by its id. ${then}`,
					{ precondition },
				),
			);
		}
		this.drafts.push(...lines);
		const staying = stayingLine(group, othersIn(group, wanted, members, false, recent, basis).staying);
		for (const line of [staying, cutLine(group)]) if (line) this.aboutGroup(line);
	}

	/** Were the group filled now, the next plan could not tell any more that it is an old one. */
	private hold({ key }: WantedGroup, identity: GroupIdentity): void {
		const isThere = identity.is === 'namesake' || identity.is === 'linked';
		this.aboutGroup(
			draft(
				identity.is === 'missing' ? 'group.create' : identity.is === 'namesake' ? 'group.adopt' : 'none',
				isThere ? groupTarget(identity.group) : newGroupTarget(key),
				'groupRenamed',
				`The directory has a new group ${key}, which is probably an old one with a new name${isThere ? ', though Notion has one of that name already' : ''}.`,
				{ blocked: 'It waits for a decision about the line that suggests the new name.' },
			),
		);
	}

	private create(wanted: WantedGroup, looks: Looks): void {
		const { basis } = this;
		const target = newGroupTarget(wanted.key);
		if (this.isEmpty(wanted) && !basis.policy.createEmptyGroups) {
			this.aboutGroup(
				draft(
					'none',
					target,
					'skipped',
					`The group ${wanted.key} is not created, because nobody who is to be in it is a member, and Create Empty Groups is off.`,
				),
			);
			return;
		}
		const lookAlike = looks.get(groupNameLook(wanted.key))?.find(({ key }) => key !== wanted.key);
		if (lookAlike) {
			this.aboutGroup(
				draft(
					'group.create',
					target,
					'groupMissing',
					`The directory has a group ${wanted.key}, and Notion has none of exactly that name.`,
					{
						blocked: `It looks like ${lookAlike.label}, and nobody could tell the two apart. Rename one of them, so that both have one name if they are one group; or link ${wanted.key} with the one in Notion; without adoptedAt in the link, whoever the directory does not have in it is taken out.`,
					},
				),
			);
			return;
		}
		const lines = additions(wanted, undefined, this.recent, basis, (user) => this.recordsOf(user));
		if (this.isAboutGroups || lines.length > 0) {
			this.drafts.push(
				draft(
					'group.create',
					target,
					'groupMissing',
					`The directory has a group ${wanted.key}, and Notion has none of that name, so it is created. Attach it to its teamspaces in Notion by hand.`,
				),
			);
		}
		this.drafts.push(...lines);
	}

	private vanish({ key, group, isAdopted }: Vanished, successor: WantedGroup | undefined): void {
		const { basis, members, recent } = this;
		const gone = `The directory has no group ${key} any more`;
		if (successor) {
			this.aboutGroup(
				draft(
					'group.rename',
					groupTarget(group),
					'groupRenamed',
					`${gone}, and a new one, ${successor.key}, has at least half of its people.`,
					{
						changes: [{ attribute: 'displayName', from: group.displayName, to: successor.key }],
						blocked: `This is probably a new name, and the place of ${group.displayName} in teamspaces was made by hand. If it is, change the name of the link of ${group.id} from ${key} to ${successor.key}. ${this.namesakes.has(successor.key) ? `The other group called ${successor.key} in Notion, and its link, have to go then. ` : ''}If not, delete that link: the new group follows the directory then, and the old one is left alone.`,
						precondition: { groupName: group.displayName },
					},
				),
			);
			return;
		}
		if (isAdopted && basis.policy.adoptGroups !== 'exact') {
			this.aboutGroup(
				draft(
					'none',
					groupTarget(group),
					'groupUnlisted',
					`${gone}. ${group.displayName} in Notion was taken over with whoever was in it, so it stays as it is.`,
				),
			);
			return;
		}
		const since = this.absentSince[resourceId(group.id)];
		const isConfirmed = isConfirmedAbsence(since, this.evidence, basis.policy.confirmAfter);
		const nobody: WantedGroup = { key, users: new Map(), joiners: [] };
		const others = othersIn(group, nobody, members, true, recent, basis);
		if (basis.policy.deleteUnlistedGroups && isConfirmed) {
			this.aboutGroup(deletion(group, key, members, others.staying, basis));
			return;
		}
		this.drafts.push(...this.aboutPeople(others.losses));
		this.aboutGroup(
			draft(
				'none',
				groupTarget(group),
				'groupUnlisted',
				`${gone}. ${group.displayName} stays in Notion, ${this.whyStays(since)}`,
			),
		);
		const staying = stayingLine(group, others.staying);
		for (const line of [staying, cutLine(group)]) if (line) this.aboutGroup(line);
	}

	private whyStays(since: string | undefined): string {
		const { policy } = this.basis;
		if (!policy.deleteUnlistedGroups) return 'because Delete Unlisted Groups is off.';
		if (since === undefined) return 'because the directory may not have been read to its end.';
		return `for it may only be empty for a while: first seen at ${since}. It is deleted if a complete reading ${this.confirmHours()} later or more does not name it either.`;
	}

	private confirmHours(): string {
		return counted(Math.round(this.basis.policy.confirmAfter / 3_600_000), 'hour', 'hours');
	}

	/** Groups that bear a managed name, and that neither the directory nor a link knows. */
	private reportUnlinked(identities: ReadonlyMap<string, GroupIdentity>): void {
		const linked = new Set(this.basis.links.groups.map(({ groupId }) => resourceId(groupId)));
		for (const group of inOrder(this.workspace.groups, ({ id }) => id)) {
			const key = groupNameKey(group.displayName);
			if (!this.basis.managed.has(key) || identities.has(key) || linked.has(resourceId(group.id)))
				continue;
			this.aboutGroup(
				draft(
					'none',
					groupTarget(group),
					'groupUnlisted',
					`${group.displayName} has the name of a managed group, but the directory has none of that name and no plan has made it, so it is left alone.`,
				),
			);
		}
	}

	/**
	 * For each group that vanished, the new one that has at least half of those of its people who are
	 * still there.
	 */
	private probableRenames(vanished: Vanished[], successors: WantedGroup[]): Map<string, WantedGroup> {
		const newGroupsOf = new Map<string, WantedGroup[]>();
		for (const wanted of successors) {
			for (const id of wanted.users.keys()) {
				append(newGroupsOf, id, wanted);
			}
		}
		const renamed = new Map<string, WantedGroup>();
		for (const { key, group } of vanished) {
			const overlaps = new Map<WantedGroup, number>();
			const present = group.memberIds
				.map(resourceId)
				.filter((id) => this.members.get(id)?.standing.is === 'wanted');
			for (const wanted of present.flatMap((id) => newGroupsOf.get(id) ?? [])) {
				overlaps.set(wanted, (overlaps.get(wanted) ?? 0) + 1);
			}
			const [best] = inOrder([...overlaps], ([wanted]) => wanted.key).sort(
				([, one], [, other]) => other - one,
			);
			if (best && best[1] * 2 >= present.length) renamed.set(key, best[0]);
		}
		return renamed;
	}

	/**
	 * Turns leaving the last managed group into leaving the workspace, where the admin chose that. One
	 * reading takes the memberships, and only another one the account: a source may have overlooked the
	 * groups of one person.
	 */
	private withoutManagedGroup(): Draft[] {
		const { basis, drafts, evidence } = this;
		if (!basis.policy.removeWithoutManagedGroup) return drafts;
		const leaving = this.leavingTheLastGroup();
		const absences = absencesOf([...leaving.keys()].map(withoutGroupKey), evidence, this.memory);
		this.absentSince = { ...this.absentSince, ...absences };
		const replaced = new Set<Draft>();
		const added: Draft[] = [];
		for (const [id, { user, wanted, lines }] of leaving) {
			const since = absences[withoutGroupKey(id)];
			const [record] = wanted.records;
			// A quarantined membership waits, and so does whatever hangs on it.
			const isQuarantined = lines.some(({ guard }) => guard !== 'ok') && !privilegedBlock(basis, user);
			if (since === undefined || isQuarantined || !isSettled(wanted)) continue;
			if (!basis.isAbout(user, wanted.records)) continue;
			const what = `The directory has ${userLabel(user)} in no managed group any more, first seen at ${since}`;
			if (isConfirmedAbsence(since, evidence, basis.policy.confirmAfter)) {
				const explanation = `${what}, and not in this reading either, so they are removed from the workspace. They have not left the company.`;
				for (const line of lines) replaced.add(line);
				added.push(removal(user, record, 'withoutManagedGroup', explanation, basis, 'groups'));
				continue;
			}
			const explanation = `${what}. They stay a member for now, and are removed from the workspace if a complete reading ${this.confirmHours()} later or more says the same.`;
			added.push(draft('none', userTarget(user, record), 'withoutManagedGroup', explanation));
		}
		return [...drafts.filter((line) => !replaced.has(line)), ...added];
	}

	/** Whoever leaves all managed groups with this plan, or did so with an earlier one; by Notion's id. */
	private leavingTheLastGroup(): Map<string, Leaving> {
		const losses = new Map<string, Draft[]>();
		for (const line of this.drafts) {
			if (line.action !== 'group.removeMembers' || line.reason !== 'groupMembership') continue;
			append(losses, resourceId(line.member?.id ?? ''), line);
		}
		const managed = this.managedGroups();
		const memberships = new Map<string, number>();
		for (const id of managed.flatMap(({ memberIds }) => memberIds.map(resourceId))) {
			memberships.set(id, (memberships.get(id) ?? 0) + 1);
		}
		// Of these, no one can be said not to be a member.
		const cut = managed.filter(mayBeCut).map(({ memberIds }) => new Set(memberIds.map(resourceId)));
		const leaving = new Map<string, Leaving>();
		for (const [id, { user, standing, isHeld }] of this.members) {
			const lines = losses.get(id) ?? [];
			const isKnown = lines.length > 0 || Object.hasOwn(this.memory.absentSince, withoutGroupKey(id));
			if (!isKnown || standing.is !== 'wanted' || isHeld) continue;
			const { wanted } = standing;
			const isWantedInAny = (wanted.groups ?? []).some(this.basis.managed.has);
			const isInOthers = lines.length !== (memberships.get(id) ?? 0) && isSettled(wanted);
			const maybeInOthers = cut.some((ids) => !ids.has(id));
			if (!isWantedInAny && !isInOthers && !maybeInOthers) leaving.set(id, { user, wanted, lines });
		}
		return leaving;
	}

	/** Groups in Notion that are managed, by link or by name. */
	private managedGroups(): Group[] {
		const linked = new Set(
			this.basis.links.groups
				.filter(({ name }) => this.basis.managed.has(name))
				.map(({ groupId }) => resourceId(groupId)),
		);
		return this.workspace.groups.filter(
			({ id, displayName }) => linked.has(resourceId(id)) || this.basis.managed.has(displayName),
		);
	}

	private isEmpty({ users, joiners }: WantedGroup): boolean {
		return users.size === 0 && joiners.length === 0;
	}

	private additions(wanted: WantedGroup, group: Group): Draft[] {
		return additions(wanted, group, this.recent, this.basis, (user) => this.recordsOf(user));
	}

	private recordsOf(user: User): readonly Person[] {
		const standing = this.members.get(resourceId(user.id))?.standing;
		if (standing?.is === 'wanted') return standing.wanted.records;
		return standing && 'records' in standing ? standing.records : [];
	}

	private aboutGroup(line: Draft): void {
		if (this.isAboutGroups) this.drafts.push(line);
	}

	private aboutPeople(lines: Draft[]): Draft[] {
		return lines.filter(({ member }) => {
			const user = this.members.get(resourceId(member?.id ?? ''))?.user;
			return user !== undefined && this.basis.isAbout(user, this.recordsOf(user));
		});
	}
}

/** Whether a group may be an old one with a new name: nothing of it has come to Notion by a plan. */
function mayBeNew(identity: GroupIdentity): boolean {
	if (identity.is === 'linked') return identity.group.memberIds.length === 0;
	return identity.is === 'missing' || identity.is === 'namesake';
}

/** Nobody joins the group unless it is taken over first. */
function beforeAdoption(line: Draft): Draft {
	return { ...line, precondition: { ...line.precondition, isLinked: false } };
}

/** In the memory, where the id alone stands for somebody whom no source lists. */
function withoutGroupKey(id: string): string {
	return `without group ${id}`;
}

/** Whether it is said for certain in which groups they are to be. */
function isSettled({ groups, mayLoseGroups }: Wanted): boolean {
	return groups !== undefined && mayLoseGroups;
}

function append<V>(map: Map<string, V[]>, key: string, value: V): void {
	const values = map.get(key);
	if (values) values.push(value);
	else map.set(key, [value]);
}
