import {
	assertMayTakeAway,
	assertMayWriteTo,
	assertNotTokenCreator,
	lowersRole,
} from '../directory/guards/guards';
import type { Guards } from '../directory/guards/guards';
import type { LockdownOutcome } from '../directory/lockdown/lockdown';
import type { LockdownRequest } from '../directory/lockdown/lockdownCase';
import type { StoredChange } from '../lifecycle/journal';
import type { ControlReading } from '../scim/requester';
import { mayBeCut } from '../scim/groupResource';
import type { Group } from '../scim/groupResource';
import type { Groups } from '../scim/groups';
import type { MembershipResult } from '../scim/membership';
import { resolvePeople } from '../scim/people';
import { isSurelyUndone, ScimError } from '../scim/scimError';
import type { Users } from '../scim/users';
import type { RevocationName } from './actions';
import type { RevocationAnswer } from './revocationResults';

/** What carrying out revocations needs. */
export interface RevocationTools {
	users: Users;
	groups: Groups;
	guards: Guards;
	allowPrivileged: boolean;
	control(): Promise<ControlReading>;
	/** Removes all people together. @param reserve reserves a removal before it is made */
	lockDown(requests: LockdownRequest[], reserve: (request: LockdownRequest) => Promise<void>): Promise<LockdownOutcome[]>;
	/** Reserves one revocation within the limit of the day. @throws ScimError `limitReached` */
	reserve(): Promise<void>;
	/** Releases the reservation of a revocation that was certainly not made. */
	release(): void;
	/** Forgets what is known about a person, which could suppress a later update. */
	forget(userId: string): void;
}

type CarryOut = (rows: readonly StoredChange[], tools: RevocationTools) => Promise<RevocationAnswer[]>;

/** How each kind of revocation is carried out: for all its rows, with a result for each in their order. */
const CARRY_OUT: Readonly<Record<RevocationName, CarryOut>> = {
	'user.remove': removePeople,
	'group.removeMembers': leaveGroups,
	'user.update': lowerRoles,
};

/**
 * Carries out intended revocations of an access review.
 * @returns the result of each, in the order of the rows. @throws ScimError `cancelled`
 */
export async function carryOutRevocations(
	rows: readonly StoredChange[],
	tools: RevocationTools,
): Promise<RevocationAnswer[]> {
	const answers = new Map<StoredChange, RevocationAnswer>();
	for (const [name, carryOut] of Object.entries(CARRY_OUT)) {
		const own = rows.filter(({ details }) => details.action === name);
		if (own.length === 0) continue;
		const found = await carryOut(own, tools);
		own.forEach((row, index) => {
			const answer = found[index];
			if (answer) answers.set(row, answer);
		});
	}
	return rows.map((row) => answers.get(row) ?? { failure: unknownRevocation(row) });
}

async function removePeople(rows: readonly StoredChange[], tools: RevocationTools): Promise<RevocationAnswer[]> {
	return await guarded(rows, tools, 'remove people', async () => {
		const requests = rows.map(
			({ userId, reference, requestedBy }): LockdownRequest => ({
				email: '',
				id: userId,
				linkedId: '',
				reason: 'Access review: access is no longer needed',
				reference,
				requestedBy,
				allowPrivileged: tools.allowPrivileged,
				ifNotFound: 'report',
			}),
		);
		const outcomes = await tools.lockDown(requests, async () => await tools.reserve());
		return rows.map((_row, index): RevocationAnswer => {
			const outcome = outcomes[index];
			if (!outcome) return { failure: new ScimError('unexpectedAnswer', 'The lockdown gave no answer.', '') };
			if ('error' in outcome) return { failure: outcome.error };
			const { record } = outcome;
			return { isChange: outcome.outcome === 'removed', isVerified: record.verified === true, note: '', record };
		});
	});
}

async function leaveGroups(rows: readonly StoredChange[], tools: RevocationTools): Promise<RevocationAnswer[]> {
	return await guarded(rows, tools, 'remove people from groups', async () => {
		const answers = new Map<StoredChange, RevocationAnswer>();
		const ids = [...new Set(rows.map(({ userId }) => userId))];
		const people = await resolvePeople(tools.users, async () => await tools.control(), ids);
		for (const groupId of new Set(rows.map(({ details }) => details.groupId ?? ''))) {
			const own = rows.filter(({ details }) => details.groupId === groupId);
			try {
				const group = await requiredGroup(tools.groups, groupId);
				for (const [row, answer] of await leaveGroup(group, own, people, tools)) answers.set(row, answer);
			} catch (error) {
				const failure = await failureOf(error);
				for (const row of own) if (!answers.has(row)) answers.set(row, { failure });
			}
		}
		return rows.map((row) => answers.get(row) ?? { failure: unknownRevocation(row) });
	});
}

async function leaveGroup(
	group: Group,
	rows: readonly StoredChange[],
	people: Awaited<ReturnType<typeof resolvePeople>>,
	tools: RevocationTools,
): Promise<Map<StoredChange, RevocationAnswer>> {
	const answers = new Map<StoredChange, RevocationAnswer>();
	const reserved: StoredChange[] = [];
	for (const row of rows) {
		try {
			const person = people.get(row.userId);
			if (person && !(person instanceof ScimError)) {
				assertMayWriteTo(tools.guards, person, tools.allowPrivileged);
			}
			if (!group.memberIds.includes(row.userId) && !mayBeCut(group)) {
				answers.set(row, { isChange: false, isVerified: true, note: '' });
				continue;
			}
			await tools.reserve();
			reserved.push(row);
		} catch (error) {
			answers.set(row, { failure: await failureOf(error) });
		}
	}
	if (reserved.length === 0) return answers;
	const results = await tools.groups.changeMembers(group, 'remove', reserved.map(({ userId }) => userId));
	for (const row of reserved) answers.set(row, afterLeaving(results.get(row.userId), group, tools));
	return answers;
}

function afterLeaving(result: MembershipResult | undefined, group: Group, tools: RevocationTools): RevocationAnswer {
	if (result instanceof ScimError) {
		if (isSurelyUndone(result)) tools.release();
		return { failure: result };
	}
	const note = `Notion accepted it, but shows exactly 100 members of "${group.displayName}", which may be only some of them.`;
	if (result === 'unconfirmed') return { isChange: true, isVerified: false, note };
	return { isChange: result === 'changed', isVerified: true, note: '' };
}

/** @throws ScimError `notFound` for a group that no longer exists */
async function requiredGroup(groups: Groups, groupId: string): Promise<Group> {
	const group = await groups.findById(groupId);
	if (group) return group;
	await groups.assertOffered();
	throw new ScimError('notFound', `The group ${groupId} is not there any more.`, '');
}

async function lowerRoles(rows: readonly StoredChange[], tools: RevocationTools): Promise<RevocationAnswer[]> {
	return await guarded(rows, tools, 'lower the role of people', async () => {
		const answers: RevocationAnswer[] = [];
		for (const row of rows) {
			try {
				answers.push(await lowerRole(row, tools));
			} catch (error) {
				answers.push({ failure: await failureOf(error) });
			}
		}
		return answers;
	});
}

async function lowerRole({ userId, email, details }: StoredChange, tools: RevocationTools): Promise<RevocationAnswer> {
	const user = await tools.users.findById(userId);
	if (!user?.active) throw new ScimError('notFound', `${email} is not a member any more.`, '');
	const from = user.role ?? 'member';
	const to = details.role ?? '';
	if (!lowersRole(from, to)) return { isChange: false, isVerified: true, note: `The role is ${from}.` };
	assertMayWriteTo(tools.guards, user, tools.allowPrivileged);
	assertNotTokenCreator(tools.guards, user);
	await tools.reserve();
	tools.forget(user.id);
	try {
		const update = await tools.users.update(user, [{ attribute: 'role', from, to }]);
		if (update.notTaken.length > 0) {
			throw new ScimError('notTaken', `Notion accepted that ${email} becomes ${to}, but did not take it.`, '');
		}
		return { isChange: true, isVerified: update.unconfirmed.length === 0, note: `The role was ${from}, and is ${to}.` };
	} catch (error) {
		if (error instanceof ScimError && isSurelyUndone(error)) tools.release();
		return Promise.reject(error);
	}
}

/** A credential that may not remove anything, or a server that does not answer, affects all rows. */
async function guarded(
	rows: readonly StoredChange[],
	{ guards }: RevocationTools,
	what: string,
	run: () => Promise<RevocationAnswer[]>,
): Promise<RevocationAnswer[]> {
	try {
		assertMayTakeAway(guards, what);
		return await run();
	} catch (error) {
		const failure = await failureOf(error);
		return rows.map(() => ({ failure }));
	}
}

/** @throws anything but the failure of one revocation: a defect, or a cancelled execution */
async function failureOf(error: unknown): Promise<ScimError> {
	if (error instanceof ScimError && error.kind !== 'cancelled') return error;
	return await Promise.reject(error);
}

function unknownRevocation({ details }: StoredChange): ScimError {
	return new ScimError('invalidInput', `"${details.action ?? ''}" is no revocation that this version knows.`, '');
}
