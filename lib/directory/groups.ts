import type { Group } from '../scim/groupResource';
import { groupNameKey } from '../scim/groupResource';
import { resourceId } from '../scim/resourceId';
import type { User } from '../scim/userResource';
import type { Basis, Draft } from './draft';
import { draft } from './draft';
import type { Evidence } from './evidence';
import { aboutGroups, absencesOf, isConfirmedAbsence } from './evidence';
import type { GroupIdentity } from './groupIdentity';
import { groupNameLook, identifyGroups } from './groupIdentity';
import type { WantedGroup } from './groupLines';
import {
	additions,
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
import { counted, inOrder, listed, userLabel } from './naming';
import type { People } from './people';
import type { Directory, Person } from './person';
import type { Memory } from './policy';
import type { Workspace } from './workspace';

type Members = People['members'];

/** A linked group that the directory names no more. */
interface Vanished {
	key: string;
	group: Group;
	isAdopted: boolean;
}

type Looks = Map<string, Array<{ key: string; label: string }>>;

/** What the comparison of groups came to. */
export interface Groups {
	drafts: Draft[];
	/** Since when linked groups are named no more, by Notion's id. */
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
		const missing: WantedGroup[] = [];
		for (const [key, identity] of identities) {
			const wanted = this.wanted.get(key);
			if (wanted) {
				if (identity.is === 'missing') missing.push(wanted);
				else this.present(wanted, identity);
			} else if (identity.is === 'linked') {
				vanished.push({ key, group: identity.group, isAdopted: identity.isAdopted });
			}
		}
		const vanishedIds = vanished.map(({ group }) => resourceId(group.id));
		this.absentSince = absencesOf(vanishedIds, this.evidence, this.memory);
		const renamed = this.probableRenames(vanished, missing);
		for (const one of vanished) this.vanish(one, renamed.get(one.key));
		const held = new Set(renamed.values());
		const looks = this.looks();
		for (const wanted of missing) this.create(wanted, held.has(wanted), looks);
		this.reportUnlinked(identities);
		return { drafts: this.withoutManagedGroup(), absentSince: this.absentSince };
	}

	/** All groups by what their names look like: the name's key and, for a reader, which one it is. */
	private looks(): Looks {
		const looks: Looks = new Map();
		const add = (name: string, label: string): void => {
			const look = groupNameLook(name);
			looks.set(look, [...(looks.get(look) ?? []), { key: groupNameKey(name), label }]);
		};
		for (const { id, displayName } of inOrder(this.workspace.groups, (group) => group.id)) {
			add(displayName, `the group ${displayName} (${id}) in Notion`);
		}
		for (const key of [...this.wanted.keys()].sort()) add(key, `the directory's group ${key}`);
		return looks;
	}

	private wantedGroup(key: string): void {
		if (!this.wanted.has(key)) this.wanted.set(key, { key, users: new Map(), joiners: [] });
	}

	private present(wanted: WantedGroup, identity: Exclude<GroupIdentity, { is: 'missing' }>): void {
		const { key } = wanted;
		switch (identity.is) {
			case 'linked':
				this.linked(wanted, identity.group, identity.isAdopted);
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

	private linked(wanted: WantedGroup, group: Group, isAdopted: boolean): void {
		const { basis, members, recent } = this;
		const isExact = !isAdopted || basis.policy.adoptGroups === 'exact';
		const lines = this.additions(wanted, group);
		const others = othersIn(group, wanted, members, isExact, recent, basis);
		lines.push(...this.aboutPeople(others.losses));
		const isNameTaken = this.workspace.groups.some(
			(other) => other !== group && groupNameKey(other.displayName) === wanted.key,
		);
		const rename = groupRename(group, wanted.key, isNameTaken, basis);
		this.drafts.push(...lines);
		if (rename) this.aboutGroup(rename);
		const staying = stayingLine(group, others.staying);
		if (staying) this.aboutGroup(staying);
		if (lines.length > 0 || rename || staying) return;
		this.aboutGroup(
			draft(
				'none',
				groupTarget(group),
				'unchanged',
				`${group.displayName} has in it whom the directory says.`,
			),
		);
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
		const lines = this.additions(wanted, group);
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
		if (staying) this.aboutGroup(staying);
	}

	private create(wanted: WantedGroup, isProbableRename: boolean, looks: Looks): void {
		const { basis } = this;
		const target = newGroupTarget(wanted.key);
		if (isProbableRename) {
			this.aboutGroup(
				draft(
					'group.create',
					target,
					'groupRenamed',
					`The directory has a new group ${wanted.key}, which is probably an old one with a new name.`,
					{
						blocked: `It waits for a decision about the line that suggests the new name.`,
					},
				),
			);
			return;
		}
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
						blocked: `It looks like ${lookAlike.label}, and nobody could tell the two apart. Rename one of them, so that both have one name if they are one group; or link ${wanted.key} with the one in Notion.`,
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
						blocked: `This is probably a new name, and the place of ${group.displayName} in teamspaces was made by hand. If it is, change the name of the link of ${group.id} from ${key} to ${successor.key}. If not, delete that link: the new group is created then, and the old one is left alone.`,
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
		if (basis.policy.deleteUnlistedGroups && isConfirmed) {
			this.aboutGroup(deletion(group, key, members, basis));
			return;
		}
		const nobody: WantedGroup = { key, users: new Map(), joiners: [] };
		const others = othersIn(group, nobody, members, true, recent, basis);
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
		if (staying) this.aboutGroup(staying);
	}

	private whyStays(since: string | undefined): string {
		const { policy } = this.basis;
		if (!policy.deleteUnlistedGroups) return 'because Delete Unlisted Groups is off.';
		if (since === undefined) return 'because the directory may not have been read to its end.';
		const hours = counted(Math.round(policy.confirmAfter / 3_600_000), 'hour', 'hours');
		return `for it may only be empty for a while: first seen at ${since}. It is deleted if a complete reading ${hours} later or more does not name it either.`;
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
	private probableRenames(vanished: Vanished[], created: WantedGroup[]): Map<string, WantedGroup> {
		const newGroupsOf = new Map<string, WantedGroup[]>();
		for (const wanted of created) {
			for (const id of wanted.users.keys()) {
				newGroupsOf.set(id, [...(newGroupsOf.get(id) ?? []), wanted]);
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

	/** Turns leaving the last managed group into leaving the workspace, where the admin chose that. */
	private withoutManagedGroup(): Draft[] {
		const { basis, drafts } = this;
		if (!basis.policy.removeWithoutManagedGroup) return drafts;
		const losses = new Map<string, Draft[]>();
		for (const line of drafts) {
			if (line.action !== 'group.removeMembers' || line.reason !== 'groupMembership') continue;
			const id = resourceId(line.member?.id ?? '');
			losses.set(id, [...(losses.get(id) ?? []), line]);
		}
		const memberships = this.managedMemberships();
		const replaced = new Set<Draft>();
		const removals: Draft[] = [];
		for (const [id, lines] of losses) {
			const member = this.members.get(id);
			if (!member || member.standing.is !== 'wanted' || member.isHeld) continue;
			const { user, standing } = member;
			const isWantedInAny = (standing.wanted.groups ?? []).some(basis.managed.has);
			if (isWantedInAny || lines.length !== memberships.get(id)) continue;
			// A quarantined membership waits, and so does whatever hangs on it.
			if (lines.some(({ guard }) => guard !== 'ok') && !privilegedBlock(basis, user)) continue;
			const names = listed(lines.map(({ target }) => target.displayName ?? '').sort());
			for (const line of lines) replaced.add(line);
			removals.push(
				removal(
					user,
					standing.wanted.records[0],
					'withoutManagedGroup',
					`${userLabel(user)} leaves ${names} and is then in no managed group, so they are removed from the workspace. They have not left the company.`,
					basis,
					'groups',
				),
			);
		}
		return [...drafts.filter((line) => !replaced.has(line)), ...removals];
	}

	/** In how many managed groups each member is, by Notion's id. */
	private managedMemberships(): Map<string, number> {
		const linked = new Set(
			this.basis.links.groups
				.filter(({ name }) => this.basis.managed.has(name))
				.map(({ groupId }) => resourceId(groupId)),
		);
		const memberships = new Map<string, number>();
		for (const group of this.workspace.groups) {
			if (!linked.has(resourceId(group.id)) && !this.basis.managed.has(group.displayName)) continue;
			for (const id of group.memberIds.map(resourceId)) {
				memberships.set(id, (memberships.get(id) ?? 0) + 1);
			}
		}
		return memberships;
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
