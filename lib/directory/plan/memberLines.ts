import { attributeChanges } from '../../scim/patchOperation';
import type { PersonAttributes } from '../../scim/personAttributes';
import type { User } from '../../scim/userResource';
import type { Basis, Draft } from './draft';
import { draft, seenUser, userTarget } from './draft';
import { isForeign, lowersRole } from '../guards/guards';
import { addressBlock, removalBlock, roleBlock, writeBlock } from './memberGuards';
import type { Absent, Member } from './members';
import { counted, listed, personName, recordName, userLabel } from '../person/naming';
import type { Person } from '../person/person';
import type { PlanReason } from './planItem';
import type { Standing, Wanted } from './standing';
import { unreadableEmail } from '../person/unreadableAddresses';

/** For a member who is listed and in scope: attributes and role. The address is in {@link rename}. */
export function updates(
	user: User,
	wanted: Wanted,
	basis: Basis,
	newEmail: string | undefined,
): Draft[] {
	return [...drift(user, wanted, basis, newEmail), ...roleChange(user, wanted, basis)];
}

function drift(user: User, wanted: Wanted, basis: Basis, newEmail: string | undefined): Draft[] {
	const { policy } = basis;
	const [record] = wanted.records;
	const wish: PersonAttributes = { email: newEmail ?? user.userName };
	for (const attribute of policy.syncAttributes) {
		const value = wanted.attributes[attribute];
		if (attribute !== 'email' && value) wish[attribute] = value;
	}
	const changes = attributeChanges(user, wish).filter(({ attribute }) => attribute !== 'email');
	if (changes.length === 0) return [];
	const name = personName(record);
	const what = listed(changes.map(({ attribute }) => attribute));
	if (!policy.updateDrift) {
		return [
			draft(
				'none',
				userTarget(user, record),
				'skipped',
				`${name} differs from ${record.source} in ${what}. Nothing is written, because Update Drift is off.`,
			),
		];
	}
	return [
		draft(
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

function roleChange(user: User, wanted: Wanted, basis: Basis): Draft[] {
	const { policy } = basis;
	const current = user.role ?? 'member';
	const role = wanted.role;
	if (!policy.syncRole || role === undefined || role === current) return [];
	const [record] = wanted.records;
	const isLower = lowersRole(current, role);
	if (isLower && !wanted.mayLoseGroups) {
		return [
			draft(
				'none',
				userTarget(user, record),
				'skipped',
				`${personName(record)} is ${current} in Notion, and ${record.source} says ${role}. They are on leave, which changes nothing, so they stay ${current}.`,
			),
		];
	}
	return [
		draft(
			'user.update',
			userTarget(user, record),
			'role',
			`${personName(record)} is ${current} in Notion, and ${record.source} says ${role}, so the role is ${isLower ? 'lowered' : 'changed'}.`,
			{
				changes: [{ attribute: 'role', from: current, to: role }],
				blocked: roleBlock(policy, user, role),
				impact: isLower ? 1 : 0,
				needs: isLower ? needsOfRole(basis) : 'nothing',
				precondition: seenUser(user),
			},
		),
	];
}

/** Where a group of a person was not read, the role that groups bring may be too low. */
function needsOfRole({ policy }: Basis): Draft['needs'] {
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
	basis: Basis,
	obstacle: string | undefined,
	needs: Draft['needs'],
): Draft {
	const { policy } = basis;
	const name = personName(record);
	if (!policy.updateDrift) {
		return draft(
			'none',
			userTarget(user, record),
			'skipped',
			`${name} has the address ${user.userName} in Notion. It stays, because Update Drift is off.`,
		);
	}
	return draft(
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
export function keptAddress(user: User, records: readonly Person[]): Draft | undefined {
	const record = records.find((one) => unreadableEmail(one) !== undefined);
	if (!record) return undefined;
	return draft(
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
	basis: Basis,
	needs: Exclude<Draft['needs'], 'nothing'> = 'people',
): Draft {
	return draft('user.remove', userTarget(user, record), reason, explanation, {
		blocked: removalBlock(basis.policy, user),
		impact: 1,
		needs,
		precondition: seenUser(user),
	});
}

/** The change for a member who is not, or not certainly, listed and in scope. */
export function departure({ user, standing }: Member, basis: Basis): Draft | undefined {
	switch (standing.is) {
		case 'wanted':
			return undefined;
		case 'left':
			return leaver(user, standing, basis);
		case 'outOfScope':
			return outOfScope(user, standing, basis);
		case 'absent':
			return absent(user, standing, basis);
		case 'unclear':
			return draft(
				'none',
				userTarget(user, standing.records[0]),
				'skipped',
				`${userLabel(user)} stays as they are. ${standing.explanation}`,
			);
		case 'conflict':
			return draft(
				'none',
				userTarget(user, standing.records[0]),
				'conflict',
				`${userLabel(user)} stays as they are, because entries of the directory contradict each other.`,
				{ blocked: standing.explanation },
			);
		case 'mentioned':
			return draft(
				'none',
				userTarget(user, undefined),
				'ambiguous',
				`${userLabel(user)} stays as they are: no entry of the directory is them for certain, but one may be. The line about that entry says who, and what to do.`,
			);
	}
}

function leaver(user: User, { records }: Extract<Standing, { is: 'left' }>, basis: Basis): Draft {
	const [record] = records;
	const said = listed(
		records.map((one) => `${recordName(one)} says ${one.statusWord ? `"${one.statusWord}"` : 'so'}`),
	);
	const what = `${userLabel(user)} has left (${said})`;
	return basis.policy.onInactive === 'remove'
		? removal(user, record, 'inactive', `${what}, so they are removed from the workspace.`, basis)
		: draft(
				'none',
				userTarget(user, record),
				'inactive',
				`${what}, and is still a member. On Inactive is set to report only.`,
			);
}

function outOfScope(
	user: User,
	{ records, note }: Extract<Standing, { is: 'outOfScope' }>,
	basis: Basis,
): Draft {
	const [record] = records;
	const what = `${userLabel(user)} is a member, and Notion is not meant for them (any more), though they have not left.`;
	if (basis.policy.onOutOfScope === 'remove') {
		return removal(
			user,
			record,
			'outOfScope',
			`${what} ${note} They are removed from the workspace.`,
			basis,
		);
	}
	return draft(
		'none',
		userTarget(user, record),
		'outOfScope',
		basis.policy.onOutOfScope === 'removeFromGroups'
			? `${what} ${note} They stay a member, and leave the managed groups.`
			: `${what} ${note} They keep everything, because On Out of Scope is set to report only.`,
	);
}

function absent(user: User, { since, isConfirmed }: Absent, basis: Basis): Draft | undefined {
	const { policy } = basis;
	const none = (explanation: string): Draft =>
		draft('none', userTarget(user, undefined), 'unlisted', explanation);
	const label = userLabel(user);
	const { whyNot, whyNotUnlisted } = basis.evidence;
	if (whyNot.length > 0 && since === undefined) {
		return none(
			`${label} is a member who is not in what was read of the directory. That says nothing, because the list may not be whole.`,
		);
	}
	if (whyNotUnlisted.length > 0 && since === undefined) {
		return none(
			`${label} is a member whom no readable address of the directory names. That says nothing, because they may be an entry whose address cannot be read.`,
		);
	}
	if (isForeign(policy.guards, user.userName)) {
		return none(
			`${label} is a member whom the directory does not list, and outside the owned domains. Such people are only reported; remove them in Notion if no one vouches for them.`,
		);
	}
	if (policy.onUnlisted === 'report') {
		return none(
			`${label} is a member whom the directory does not list. On Unlisted is set to report only.`,
		);
	}
	if (isConfirmed) {
		return removal(
			user,
			undefined,
			'unlisted',
			`${label} is a member whom the directory has not listed since ${since}, in two complete readings, so they are removed from the workspace.`,
			basis,
			'unlisted',
		);
	}
	if (whyNotUnlisted.length > 0 && since !== undefined) {
		return removal(
			user,
			undefined,
			'unlisted',
			`${label} is a member whom the directory did not list at ${since}, and not in this reading either.`,
			basis,
			'unlisted',
		);
	}
	const hours = Math.round(policy.confirmAfter / 3_600_000);
	return none(
		`${label} is a member whom the directory does not list, first seen at ${since}. They are removed if a complete reading ${counted(hours, 'hour', 'hours')} later or more does not list them either.`,
	);
}
