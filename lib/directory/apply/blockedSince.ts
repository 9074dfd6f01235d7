import { emailKey } from '../../scim/emailKey';
import { resourceId } from '../../scim/resourceId';
import type { PlanAction, PlannedChange } from '../plan/plannedChange';
import type { ReinstatementBlock } from '../plan/policy';

/** What gives a person access, or more of it. */
const GIVING: readonly PlanAction[] = ['user.create', 'user.rename', 'group.addMembers'];

/** A plan may have read the journal, and then the whole directory, before it was made. */
const READ_BEFORE = 15 * 60 * 1000;

/**
 * Why a planned change must not be carried out any more: the person was blocked since it was planned. What
 * stood in the journal before is what the plan decided on.
 *
 * @param now epoch milliseconds
 */
export function blockedSince(
	item: PlannedChange,
	blocks: readonly ReinstatementBlock[],
	now: number,
): string | undefined {
	if (!GIVING.includes(item.action)) return undefined;
	const since = Date.parse(item.plannedAt) - READ_BEFORE;
	const { emails, ids } = personOf(item);
	return blocks.find(
		({ email, userId, until, at }) =>
			at >= since &&
			(until === undefined || until > now) &&
			((email !== undefined && emails.has(emailKey(email))) || (userId !== undefined && ids.has(resourceId(userId)))),
	)?.why;
}

function personOf({ target, member, changes }: PlannedChange): { emails: Set<string>; ids: Set<string> } {
	const person = target.type === 'user' ? target : member;
	const written = changes.filter(({ attribute }) => attribute === 'email').flatMap(({ from, to }) => [from ?? '', to]);
	const emails = [person?.email ?? '', ...written].filter((email) => email !== '');
	return {
		emails: new Set(emails.map(emailKey)),
		ids: new Set(person?.id ? [resourceId(person.id)] : []),
	};
}
