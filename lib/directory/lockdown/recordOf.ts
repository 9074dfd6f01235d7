import type { AdminRevocations } from '../../admin/revocations';
import { resourceId } from '../../scim/resourceId';
import { ScimError } from '../../scim/scimError';
import type { GroupsReading } from './groupsReading';
import { maybeIn } from './groupsReading';
import type { Case } from './lockdownCase';
import type { LockdownRecord } from './lockdownRecord';
import {
	ACCOUNT_SURVIVES,
	isoInstant,
	leftToDo,
	transferableUntil,
	watchInstants,
} from './lockdownRecord';

/** The evidence of one lockdown. */
export function recordOf(
	one: Case,
	groups: GroupsReading | undefined,
	startedAt: number,
	adminApi: AdminRevocations,
): LockdownRecord {
	const { request, user, foundBy, removedAt, gone } = one;
	const control = gone && {
		readAt: isoInstant(gone.control.readAt),
		memberCount: gone.control.memberCount,
	};
	const verified = verificationOf(one);
	// Where the outcome is unknown, the person may have been removed, so the record has all dates of a removal.
	const endedAt = verified === 'notRemoved' ? undefined : (removedAt ?? (gone ? undefined : one.sentAt));
	const record: Omit<LockdownRecord, 'leftToDo'> = {
		person: user
			? {
					id: user.id,
					email: user.userName,
					displayName: user.attributes.displayName ?? '',
					...(user.role === undefined ? {} : { role: user.role }),
					active: user.active,
				}
			: null,
		groups: user && groups ? (groups.ofUser.get(resourceId(user.id)) ?? []) : null,
		groupsComplete: groups?.complete ?? false,
		...(user && groups?.cut.length ? { maybeInGroups: maybeIn(user, groups) } : {}),
		foundBy,
		reason: request.reason,
		reference: request.reference,
		requestedBy: request.requestedBy,
		startedAt: isoInstant(startedAt),
		...(removedAt === undefined ? {} : { removedAt: isoInstant(removedAt) }),
		verified,
		...(gone ? { seenAs: gone.seenAs } : {}),
		...(control ? { verifiedAt: control.readAt, control } : {}),
		adminApi,
		watchAt: endedAt === undefined ? [] : watchInstants(endedAt),
		...(endedAt === undefined ? {} : { transferUntil: transferableUntil(endedAt) }),
		survives: ACCOUNT_SURVIVES,
	};
	return { ...record, leftToDo: leftToDo(record) };
}

/** `notRemoved` only where that is certain: nothing was sent, it was refused, or they were seen after it. */
function verificationOf({ gone, user, sentAt, isStillMember }: Case): LockdownRecord['verified'] {
	if (gone) return true;
	if (isStillMember) return 'notRemoved';
	return user && sentAt === undefined ? 'notRemoved' : 'unknown';
}

export function withRecord(error: ScimError, record: LockdownRecord): ScimError {
	return new ScimError(error.kind, error.message, error.remedy, {
		...(error.status === undefined ? {} : { status: error.status }),
		...(error.detail === undefined ? {} : { detail: error.detail }),
		evidence: { ...error.evidence, record },
	});
}
