import { stale } from './applyResult';
import type { PlanItem } from '../plan/planItem';

/** Notion's id of the person whom a line is about. @throws ScimError `stale`; no plan gives such a line */
export function lineUserId({ target }: PlanItem): string {
	if (target.type === 'user' && target.id !== null && target.id !== '') return target.id;
	throw stale(['this line names no one in the workspace']);
}

/** Whom or what a line is about, as a reader knows them. */
export function lineUserName({ target }: PlanItem): string {
	return (target.type === 'user' ? target.email : target.displayName) ?? target.id ?? 'the person';
}
