import { stale } from './applyResult';
import type { PlannedChange } from '../plan/plannedChange';

/** Notion's id of the person a change is about. @throws ScimError `stale`; no plan gives such a change */
export function targetUserId({ target }: PlannedChange): string {
	if (target.type === 'user' && target.id !== null && target.id !== '') return target.id;
	throw stale(['this change names no one in the workspace']);
}

/** Whom or what a change is about, as a reader knows them. */
export function targetUserName({ target }: PlannedChange): string {
	return (target.type === 'user' ? target.email : target.displayName) ?? target.id ?? 'the person';
}
