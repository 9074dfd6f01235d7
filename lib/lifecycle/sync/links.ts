import { z } from 'zod';

import type { UnsignedChange } from '../../directory/plan/plannedChange';
import type { LINK_COLUMNS, StoredChange } from '../journal';
import { LOST, plannedOf } from '../directoryChanges';

/** A row of `notion_scim_links`, of a person or of a group. A column that is absent stays as it is. */
export type LinkRow = Partial<Record<keyof typeof LINK_COLUMNS, string>>;

const NO_LINK: LinkRow = {
	source: '',
	employeeId: '',
	email: '',
	userId: '',
	groupId: '',
	groupName: '',
};

const plannedSchema = z.object({
	action: z.string(),
	target: z.object({ email: z.string().nullish(), displayName: z.string().nullish(), id: z.string().nullable() }),
	changes: z.array(z.object({ attribute: z.string(), to: z.string() })),
	precondition: z.object({ memberIds: z.array(z.string()).optional() }).passthrough(),
});

interface Planned {
	action: string;
	target: { id: string | null; email?: string | null | undefined; displayName?: string | null | undefined };
	changes: ReadonlyArray<{ attribute: string; to: string }>;
	precondition: { memberIds?: string[] | undefined };
}

/**
 * Links that follow from completed changes: of people who became members or were updated, and of groups that
 * were created, adopted, renamed or deleted.
 * @param before the same rows as stored before, with their planned changes, and other rows of the journal
 */
export function linksAfter(after: readonly StoredChange[], before: readonly StoredChange[]): LinkRow[] {
	const planned = new Map(before.map((row) => [row.id, plannedSchema.safeParse(plannedOf(row)).data]));
	const renamed = new Set(
		after.filter((row) => planned.get(row.id)?.action === 'user.rename').map(({ userId }) => userId),
	);
	return after.flatMap((row) => {
		const change = planned.get(row.id);
		if (!change) return [];
		if (!change.action.startsWith('user.')) return groupLink(row, change, before);
		// The update of a person who gets a new address in the same plan still names the old one.
		const isRenamed = change.action === 'user.update' && renamed.has(row.userId);
		return isRenamed ? [] : personLink(row, change);
	});
}

function isDone({ outcome }: StoredChange): boolean {
	return outcome === 'done' || outcome === 'unchanged';
}

function personLink(row: StoredChange, { action, target, changes }: Planned): LinkRow[] {
	const { source, employeeId, userId } = row;
	if (action === 'user.remove' || !isDone(row) || source === '' || employeeId === '' || userId === '') return [];
	const email = changes.find(({ attribute }) => attribute === 'email')?.to ?? target.email ?? '';
	return email === '' ? [] : [{ ...NO_LINK, source, employeeId, email, userId }];
}

/** Only an adopted group has `adoptedAt`: its members stay, unless the policy says otherwise. */
function groupLink(row: StoredChange, planned: Planned, journal: readonly StoredChange[]): LinkRow[] {
	const { action, target, changes } = planned;
	const isOwn = action === 'group.adopt' && isLostCreation(planned, journal);
	const groupId = row.details.groupId || target.id || '';
	if (!(isDone(row) || isOwn) || groupId === '') return [];
	switch (action) {
		case 'group.delete':
			return [{ ...NO_LINK, groupId, adoptedAt: '' }];
		case 'group.rename': {
			const groupName = changes.find(({ attribute }) => attribute === 'displayName')?.to ?? target.displayName ?? '';
			return [{ ...NO_LINK, groupId, groupName }];
		}
		case 'group.create':
			return [{ ...NO_LINK, groupId, groupName: target.displayName ?? '', adoptedAt: '' }];
		case 'group.adopt': {
			const adoptedAt = isOwn ? '' : new Date(row.updatedAt).toISOString();
			return [{ ...NO_LINK, groupId, groupName: target.displayName ?? '', adoptedAt }];
		}
		default:
			return [];
	}
}

/**
 * Whether an execution that died before it could record the result created the group to adopt: such an
 * intention has no result, and the group has only members that plan added.
 */
function isLostCreation({ target, precondition: { memberIds } }: Planned, journal: readonly StoredChange[]): boolean {
	if (memberIds === undefined) return false;
	const ofGroup = journal.filter(({ details }) => details.groupName === target.displayName);
	return ofGroup
		.filter(({ details, outcome }) => details.action === 'group.create' && outcome === LOST)
		.some(({ details: { planDigest } }) => {
			const added = ofGroup
				.filter(({ details }) => details.action === 'group.addMembers' && details.planDigest === planDigest)
				.map(({ userId }) => userId);
			return memberIds.every((id) => added.includes(id));
		});
}

/**
 * Links of people a plan has found to be members, by a link or by their primary address, if they differ
 * from the stored ones: with a link, a new address after a marriage is no new person.
 * @param entries all entries of the plan
 * @param stored rows of the table
 */
export function linksFound(entries: readonly UnsignedChange[], stored: readonly unknown[]): LinkRow[] {
	const known = new Map(
		stored.flatMap((row) => {
			const read = linkSchema.safeParse(row);
			return read.success ? [[`${read.data.source}|${read.data.employeeId}`, read.data] as const] : [];
		}),
	);
	return entries.flatMap(({ action, reason, target }) => {
		if (action !== 'none' || reason !== 'unchanged' || target.type !== 'user') return [];
		const { source, sourceId, id: userId, email } = target;
		if (!source || !sourceId || !userId || !email) return [];
		const before = known.get(`${source}|${sourceId}`);
		if (before?.userId === userId && before.email === email) return [];
		return [{ ...NO_LINK, source, employeeId: sourceId, email, userId }];
	});
}

/**
 * Links of groups that a run had created when it died: they belong to it, even if the plan may adopt no group
 * with the same name.
 * @param journal with the intentions of the dead run as lost
 */
export function linksOfLostGroups(entries: readonly UnsignedChange[], journal: readonly StoredChange[]): LinkRow[] {
	return entries.flatMap(({ action, target, changes, precondition }) => {
		if (action !== 'group.adopt' || target.type !== 'group' || target.id === null) return [];
		if (!isLostCreation({ action, target, changes, precondition }, journal)) return [];
		return [{ ...NO_LINK, groupId: target.id, groupName: target.displayName, adoptedAt: '' }];
	});
}

const optional = z.string().nullish().transform((value) => value ?? '');

const linkSchema = z.object({
	source: z.string().min(1),
	employeeId: z.string().min(1),
	email: optional,
	userId: optional,
});
