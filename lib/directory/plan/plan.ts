import { emailKey } from '../../scim/emailKey';
import { groupNameKey } from '../../scim/groupResource';
import { resourceId } from '../../scim/resourceId';
import type { User } from '../../scim/userResource';
import type { PlanInputs, ProposedChange } from './proposedChange';
import { proposedChange, userTarget } from './proposedChange';
import { evidenceOf } from './evidence';
import { compareGroups } from './groups/compareGroups';
import { managedGroupsOf } from './managedGroups';
import type { Matching } from '../matching/matching';
import { matchDirectory } from '../matching/matching';
import { inOrder, listed, personName, recordKey, recordName, userLabel } from '../person/naming';
import type { People } from './people';
import { comparePeople } from './people';
import type { Directory, Person } from '../person/person';
import type { UnsignedChange, PlanSummary } from './plannedChange';
import { PLAN_ACTIONS } from './plannedChange';
import { withPeopleGuards, withPlanGuards } from './planGuards';
import { CREATE_LIMIT, changeKey, mostOf, REMOVAL_LIMIT } from './planLimits';
import type { PlanContext, Policy } from './policy';
import { omittedAddresses } from '../person/unreadableAddresses';
import type { Workspace } from '../workspace/workspace';

/** What there is to tell about a plan before it is signed. */
export type UnsignedSummary = Omit<
	PlanSummary,
	'planDigest' | 'workspace' | 'policyDigest' | 'plannedAt' | 'expiresAt'
>;

export interface Plan {
	/** In the order in which they are applied; the ones that only explain come last. */
	entries: UnsignedChange[];
	summary: UnsignedSummary;
}

/**
 * Compares a directory with a workspace. Pure: the same input gives the same plan, in whatever order
 * people, groups and links come.
 *
 * @param workspace known to be whole; what was sent before and is never shown may be filled in
 * @throws ScimError `invalidInput` for managed groups that would be every group
 */
export function plan(
	directory: Directory,
	workspace: Workspace,
	policy: Policy,
	context: PlanContext,
): Plan {
	const inputs = inputsOf(directory, workspace, policy, context);
	const members = workspace.users.filter(({ active }) => active).length;
	const people = comparePeople(directory, workspace, context.memory, inputs);
	const guardContext = { inputs, memberCount: members, unproven: people.unproven };
	const peopleChanges = withPeopleGuards(people.changes, guardContext);
	// A change that was blocked is another object.
	const open = new Set(peopleChanges.filter(isApplicable));
	const joiners = people.joiners.filter((joiner) => open.has(joiner.change));
	const groups = compareGroups(
		directory,
		workspace,
		people.members,
		joiners,
		context.memory,
		inputs,
	);
	const changes = withPlanGuards([...peopleChanges, ...groups.changes], guardContext);
	const all = withUnchanged(withoutWritesToRemoved(changes), people, inputs);
	const { only } = inputs.policy;
	if (only !== undefined && all.length === 0) {
		const meant = peopleMeant(only, directory, workspace, inputs.matching);
		all.push(meant.length > 1 ? severalKnown(only, meant) : unknownPerson(only));
	}
	return {
		entries: inOrder(all, orderKey).map(entryOf),
		summary: {
			...countsOf(all),
			removalLimit: mostOf(REMOVAL_LIMIT, policy, members),
			createLimit: mostOf(CREATE_LIMIT, policy, members),
			alreadyUsed: policy.alreadyUsed?.removals ?? null,
			members,
			persons: directory.persons.length,
			mayTakeAway: inputs.evidence.whyNot.length === 0,
			whyNot: inputs.evidence.whyNot,
			notes: notesOf(inputs, omittedAddresses(directory.persons)),
			memory: {
				sources: inputs.evidence.sources,
				absentSince: { ...people.absentSince, ...groups.absentSince },
			},
			evidence: {
				workspace: workspace.reading,
				sources: inOrder(directory.manifests, ({ source }) => source),
			},
		},
	};
}

function inputsOf(
	directory: Directory,
	workspace: Workspace,
	policy: Policy,
	{ links, memory, recentChanges, now }: PlanContext,
): PlanInputs {
	const only = policy.only?.trim() || undefined;
	const roleMap = new Map([...policy.roleMap].map(([group, role]) => [groupNameKey(group), role]));
	const matching = matchDirectory(directory, workspace.users, links.people);
	return {
		policy: { ...policy, roleMap, only },
		matching,
		// A plan about one person removes nothing from the others, and a caller that makes only such plans keeps no memory.
		evidence: evidenceOf(directory, policy, memory, now, only === undefined ? links.people : []),
		managed: managedGroupsOf(policy.managedGroups),
		links,
		recentChanges,
		now,
		isAbout: aboutOnly(only, directory, workspace, matching),
	};
}

/** Of several people whom one id or address may mean, the plan is about none. */
function aboutOnly(
	only: string | undefined,
	directory: Directory,
	workspace: Workspace,
	matching: Matching,
): PlanInputs['isAbout'] {
	if (only === undefined) return () => true;
	if (peopleMeant(only, directory, workspace, matching).length > 1) return () => false;
	return (user, records) =>
		(user !== undefined && isNamed(only, user)) || records.some((record) => isRecordNamed(only, record));
}

function isNamed(only: string, { id, userName }: User): boolean {
	return resourceId(id) === resourceId(only) || emailKey(userName) === emailKey(only);
}

function isRecordNamed(only: string, { sourceId, attributes: { email } }: Person): boolean {
	return sourceId === only || (email !== undefined && emailKey(email) === emailKey(only));
}

/**
 * Whom an id or an address may mean, for a reader. Entries of one member are one person, and so are
 * those with one address.
 */
function peopleMeant(
	only: string,
	{ persons }: Directory,
	{ users }: Workspace,
	matching: Matching,
): string[] {
	const people = new Map<string, string>();
	const whoHas = new Map<string, string>();
	for (const user of users) {
		if (!user.active || !isNamed(only, user)) continue;
		people.set(resourceId(user.id), `${userLabel(user)} in Notion (${user.id})`);
		whoHas.set(emailKey(user.userName), resourceId(user.id));
	}
	const unmatched: Person[] = [];
	for (const person of inOrder(persons, recordKey)) {
		if (!isRecordNamed(only, person)) continue;
		const match = matching.of(person);
		if (match.kind !== 'link' && match.kind !== 'email') {
			unmatched.push(person);
			continue;
		}
		const id = resourceId(match.user.id);
		const { email } = person.attributes;
		if (!people.has(id)) people.set(id, `${personName(person)} in ${recordName(person)}`);
		if (email !== undefined && !whoHas.has(emailKey(email))) whoHas.set(emailKey(email), id);
	}
	for (const person of unmatched) {
		const { email } = person.attributes;
		const key = email === undefined ? recordKey(person) : (whoHas.get(emailKey(email)) ?? emailKey(email));
		if (!people.has(key)) people.set(key, `${personName(person)} in ${recordName(person)}`);
	}
	return [...people.values()].sort();
}

function severalKnown(only: string, people: readonly string[]): ProposedChange {
	return proposedChange(
		'none',
		{ type: 'user', id: null, email: only, displayName: null, source: null, sourceId: null },
		'ambiguous',
		`${only} may be each of ${people.length} people, so nothing is planned about any of them.`,
		{ blocked: `Give the Notion ID or the address of the one who is meant: ${listed(people)}.` },
	);
}

function unknownPerson(only: string): ProposedChange {
	return proposedChange(
		'none',
		{ type: 'user', id: null, email: only, displayName: null, source: null, sourceId: null },
		'skipped',
		`Neither the directory nor Notion knows anyone as ${only}. Check the address or the ID; a directory source may have been read before the person was entered.`,
	);
}

/** A member the plan removes needs no new address and no new title first. */
function withoutWritesToRemoved(changes: ProposedChange[]): ProposedChange[] {
	const going = new Set(
		changes.flatMap((change) =>
			change.action === 'user.remove' && isApplicable(change) && change.target.id !== null
				? [change.target.id]
				: [],
		),
	);
	return changes.filter(
		({ action, target }) =>
			target.type === 'group' || target.id === null || action === 'user.remove' || !going.has(target.id),
	);
}

/** Every member has an entry in the plan that explains their outcome. */
function withUnchanged(changes: ProposedChange[], { members }: People, inputs: PlanInputs): ProposedChange[] {
	const explained = new Set(changes.flatMap(({ target, member }) => [target.id, member?.id]));
	const unchanged = [...members.values()].flatMap(({ user, employmentState }) => {
		if (employmentState.is !== 'wanted' || explained.has(user.id)) return [];
		const { records } = employmentState.wanted;
		if (!inputs.isAbout(user, records)) return [];
		const explanation = `${personName(records[0])} is in Notion as the directory says.`;
		return [proposedChange('none', userTarget(user, records[0]), 'unchanged', explanation)];
	});
	return [...changes, ...unchanged];
}

function isApplicable({ action, guard }: ProposedChange): boolean {
	return action !== 'none' && guard === 'ok';
}

function orderKey(change: ProposedChange): string {
	const index = PLAN_ACTIONS.findIndex((action) => action === change.action);
	const place = index < 0 ? PLAN_ACTIONS.length : index;
	return `${String(place).padStart(2, '0')} ${changeKey(change)}`;
}

function entryOf(change: ProposedChange): UnsignedChange {
	const { action, target, member, changes, reason, explanation, guard, impact, precondition } = change;
	return { action, target, member, changes, reason, explanation, guard, impact, precondition };
}

function countsOf(
	changes: ProposedChange[],
): Pick<UnsignedSummary, 'actions' | 'blocked' | 'nothingToDo' | 'impact' | 'seatsAdded'> {
	const open = changes.filter(isApplicable);
	return {
		actions: countedBy(open, ({ action }) => action),
		blocked: countedBy(
			changes.filter((change) => change.action !== 'none' && !isApplicable(change)),
			({ action }) => action,
		),
		nothingToDo: countedBy(
			changes.filter(({ action }) => action === 'none'),
			({ reason }) => reason,
		),
		impact: open.reduce((sum, { impact }) => sum + impact, 0),
		seatsAdded: open.filter(({ action }) => action === 'user.create').length,
	};
}

function countedBy(changes: ProposedChange[], keyOf: (change: ProposedChange) => string): Record<string, number> {
	const counts = new Map<string, number>();
	for (const change of changes) counts.set(keyOf(change), (counts.get(keyOf(change)) ?? 0) + 1);
	return Object.fromEntries(inOrder([...counts], ([key]) => key));
}

function notesOf({ policy, evidence, managed }: PlanInputs, omitted: string[]): string[] {
	const notes: string[] = [];
	const groupDoubts = evidence.whyNotGroups.slice(evidence.whyNot.length);
	if (managed.any && groupDoubts.length > 0) {
		notes.push(`No one is removed from a group, and no group is deleted. ${groupDoubts.join(' ')}`);
	}
	notes.push(...evidence.whyNotUnlisted.slice(evidence.whyNot.length), ...omitted);
	if (policy.guards.tokenCreatorEmail === undefined) {
		notes.push(
			'The credential does not say who created the SCIM token, so that person is protected only if they are an owner. Enter their address there.',
		);
	}
	if (policy.guards.ownedDomains.size === 0) {
		notes.push(
			'The credential has no owned domains, so guests and members of other companies count as your people. Enter your domains there.',
		);
	}
	if (policy.alreadyUsed === undefined) {
		notes.push(
			'What was changed in the last day could not be read, so no one joins and nothing is removed.',
		);
	}
	return notes;
}
