import { attributeChanges } from '../../scim/patchOperation';
import type { PersonAttributes } from '../../scim/personAttributes';
import type { User } from '../../scim/userResource';
import type { PlanInputs, ProposedChange } from './proposedChange';
import { proposedChange, seenUser, userTarget } from './proposedChange';
import { isForeign, lowersRole } from '../guards/guards';
import { addressBlock, removalBlock, roleBlock, writeBlock } from './memberGuards';
import type { Absent, Member } from './members';
import { counted, listed, personName, recordName, userLabel } from '../person/naming';
import type { Person } from '../person/person';
import type { PlanReason } from './plannedChange';
import type { EmploymentState, Wanted } from './employmentState';
import { unreadableEmail } from '../person/unreadableAddresses';

/** For a member who is listed and in scope: attributes and role. The address is in {@link rename}. */
export function updates(
	user: User,
	wanted: Wanted,
	inputs: PlanInputs,
	newEmail: string | undefined,
): ProposedChange[] {
	return [...drift(user, wanted, inputs, newEmail), ...roleChange(user, wanted, inputs)];
}

function drift(user: User, wanted: Wanted, inputs: PlanInputs, newEmail: string | undefined): ProposedChange[] {
	const { policy } = inputs;
	const [record] = wanted.records;
	const desired: PersonAttributes = { email: newEmail ?? user.userName };
	for (const attribute of policy.syncAttributes) {
		const value = wanted.attributes[attribute];
		if (attribute !== 'email' && value) desired[attribute] = value;
	}
	const changes = attributeChanges(user, desired).filter(({ attribute }) => attribute !== 'email');
	if (changes.length === 0) return [];
	const name = personName(record);
	const what = listed(changes.map(({ attribute }) => attribute));
	if (!policy.updateDrift) {
		return [
			proposedChange(
				'none',
				userTarget(user, record),
				'skipped',
				`${name} differs from ${record.source} in ${what}. Nothing is written, because Update Drift is off.`,
			),
		];
	}
	return [
		proposedChange(
			'user.update',
			userTarget(user, record),
			'drift',
			`${name} differs from ${record.source} in ${what}, so Notion gets what the directory says.`,
			{
				changes,
				blocked: writeBlock(policy, user),
				precondition: {
					userName: user.userName,
					active: true,
					values: Object.fromEntries(changes.map(({ attribute, from }) => [attribute, from])),
				},
			},
		),
	];
}

function roleChange(user: User, wanted: Wanted, inputs: PlanInputs): ProposedChange[] {
	const { policy } = inputs;
	const current = user.role ?? 'member';
	const role = wanted.role;
	if (!policy.syncRole || role === undefined || role === current) return [];
	const [record] = wanted.records;
	const isLower = lowersRole(current, role);
	if (isLower && !wanted.mayLoseGroups) {
		return [
			proposedChange(
				'none',
				userTarget(user, record),
				'skipped',
				`${personName(record)} is ${current} in Notion, and ${record.source} says ${role}. They are on leave, which changes nothing, so they stay ${current}.`,
			),
		];
	}
	return [
		proposedChange(
			'user.update',
			userTarget(user, record),
			'role',
			`${personName(record)} is ${current} in Notion, and ${record.source} says ${role}, so the role is ${isLower ? 'lowered' : 'changed'}.`,
			{
				changes: [{ attribute: 'role', from: current, to: role }],
				blocked: roleBlock(policy, user, role),
				impact: isLower ? 1 : 0,
				needs: isLower ? needsOfRole(inputs) : 'nothing',
				precondition: seenUser(user),
			},
		),
	];
}

/** Where a group of a person was not read, the role that groups bring may be too low. */
function needsOfRole({ policy }: PlanInputs): ProposedChange['needs'] {
	return policy.roleMap.size > 0 ? 'groups' : 'people';
}

/**
 * A new address for a member.
 *
 * @param because what shows that both are one person, as the middle of a sentence
 * @param obstacle why the address is not free, as whole sentences
 */
export function rename(
	user: User,
	{ record, email, because }: { record: Person; email: string; because: string },
	inputs: PlanInputs,
	obstacle: string | undefined,
	needs: ProposedChange['needs'],
): ProposedChange {
	const { policy } = inputs;
	const name = personName(record);
	if (!policy.updateDrift) {
		return proposedChange(
			'none',
			userTarget(user, record),
			'skipped',
			`${name} has the address ${user.userName} in Notion. It stays, because Update Drift is off.`,
		);
	}
	return proposedChange(
		'user.rename',
		userTarget(user, record),
		'renamed',
		`${name} is the member ${user.userName}, because ${because}, so that account gets the new address and no one gets a second one.`,
		{
			changes: [{ attribute: 'email', from: user.userName, to: email }],
			blocked: obstacle ?? addressBlock(policy, user, email),
			impact: 1,
			needs,
			precondition: seenUser(user),
		},
	);
}

/** A linked member whose entry has no address that can be read: they keep theirs. */
export function keptAddress(user: User, records: readonly Person[]): ProposedChange | undefined {
	const record = records.find((one) => unreadableEmail(one) !== undefined);
	if (!record) return undefined;
	return proposedChange(
		'none',
		userTarget(user, record),
		'skipped',
		`${personName(record)} has the address ${user.userName} in Notion. It stays, because ${unreadableEmail(record)} in ${record.source} is not an email address. Correct it there.`,
	);
}

export function removal(
	user: User,
	record: Person | undefined,
	reason: PlanReason,
	explanation: string,
	inputs: PlanInputs,
	needs: Exclude<ProposedChange['needs'], 'nothing'> = 'people',
): ProposedChange {
	return proposedChange('user.remove', userTarget(user, record), reason, explanation, {
		blocked: removalBlock(inputs.policy, user),
		impact: 1,
		needs,
		precondition: seenUser(user),
	});
}

/** The change for a member who is not, or not certainly, listed and in scope. */
export function departure({ user, employmentState }: Member, inputs: PlanInputs): ProposedChange | undefined {
	switch (employmentState.is) {
		case 'wanted':
			return undefined;
		case 'left':
			return leaver(user, employmentState, inputs);
		case 'outOfScope':
			return outOfScope(user, employmentState, inputs);
		case 'absent':
			return absent(user, employmentState, inputs);
		case 'unclear':
			return proposedChange(
				'none',
				userTarget(user, employmentState.records[0]),
				'skipped',
				`${userLabel(user)} stays as they are. ${employmentState.explanation}`,
			);
		case 'conflict':
			return proposedChange(
				'none',
				userTarget(user, employmentState.records[0]),
				'conflict',
				`${userLabel(user)} stays as they are, because entries of the directory contradict each other.`,
				{ blocked: employmentState.explanation },
			);
		case 'mentioned':
			return proposedChange(
				'none',
				userTarget(user, undefined),
				'ambiguous',
				`${userLabel(user)} stays as they are: no entry of the directory is them for certain, but one may be. The planned change for that entry says who, and what to do.`,
			);
	}
}

function leaver(user: User, { records }: Extract<EmploymentState, { is: 'left' }>, inputs: PlanInputs): ProposedChange {
	const [record] = records;
	const said = listed(
		records.map((one) => `${recordName(one)} says ${one.statusWord ? `"${one.statusWord}"` : 'so'}`),
	);
	const what = `${userLabel(user)} has left (${said})`;
	return inputs.policy.onInactive === 'remove'
		? removal(user, record, 'inactive', `${what}, so they are removed from the workspace.`, inputs)
		: proposedChange(
				'none',
				userTarget(user, record),
				'inactive',
				`${what}, and is still a member. On Inactive is set to report only.`,
			);
}

function outOfScope(
	user: User,
	{ records, note }: Extract<EmploymentState, { is: 'outOfScope' }>,
	inputs: PlanInputs,
): ProposedChange {
	const [record] = records;
	const what = `${userLabel(user)} is a member, and Notion is not meant for them (any more), though they have not left.`;
	if (inputs.policy.onOutOfScope === 'remove') {
		return removal(
			user,
			record,
			'outOfScope',
			`${what} ${note} They are removed from the workspace.`,
			inputs,
		);
	}
	return proposedChange(
		'none',
		userTarget(user, record),
		'outOfScope',
		inputs.policy.onOutOfScope === 'removeFromGroups'
			? `${what} ${note} They stay a member, and leave the managed groups.`
			: `${what} ${note} They keep everything, because On Out of Scope is set to report only.`,
	);
}

function absent(user: User, { since, isConfirmed }: Absent, inputs: PlanInputs): ProposedChange | undefined {
	const { policy } = inputs;
	const none = (explanation: string): ProposedChange =>
		proposedChange('none', userTarget(user, undefined), 'unlisted', explanation);
	const label = userLabel(user);
	const { whyNot, whyNotUnlisted } = inputs.evidence;
	if (whyNot.length > 0 && since === undefined) {
		return none(
			`${label} is a member who is not in what was read of the directory. That says nothing, because the list may not be whole.`,
		);
	}
	if (whyNotUnlisted.length > 0 && since === undefined) {
		return none(
			`${label} is a member no readable address of the directory names. That says nothing, because they may be an entry whose address cannot be read.`,
		);
	}
	if (isForeign(policy.guards, user.userName)) {
		return none(
			`${label} is a member the directory does not list, and outside the owned domains. Such people are only reported; remove them in Notion if no one vouches for them.`,
		);
	}
	if (policy.onUnlisted === 'report') {
		return none(
			`${label} is a member the directory does not list. On Unlisted is set to report only.`,
		);
	}
	if (isConfirmed) {
		return removal(
			user,
			undefined,
			'unlisted',
			`${label} is a member the directory has not listed since ${since}, in two complete readings, so they are removed from the workspace.`,
			inputs,
			'unlisted',
		);
	}
	if (whyNotUnlisted.length > 0 && since !== undefined) {
		return removal(
			user,
			undefined,
			'unlisted',
			`${label} is a member the directory did not list at ${since}, and not in this reading either.`,
			inputs,
			'unlisted',
		);
	}
	const hours = Math.round(policy.confirmAfter / 3_600_000);
	return none(
		`${label} is a member the directory does not list, first seen at ${since}. They are removed if a complete reading ${counted(hours, 'hour', 'hours')} later or more does not list them either.`,
	);
}
