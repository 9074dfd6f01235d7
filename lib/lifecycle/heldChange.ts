import { z } from 'zod';

import { emailKey } from '../scim/emailKey';
import { resourceId } from '../scim/resourceId';
import type { StoredChange } from './journal';

const text = z.string().nullish().transform((value) => value ?? '');
const person = z.object({ type: text, id: text, email: text, displayName: text });

/** What a page shows of a planned change. Apply verifies whether it is genuine. */
const plannedSchema = z.object({
	action: z.string(),
	target: person,
	member: person.nullish(),
	changes: z.array(z.object({ attribute: z.string(), from: text, to: text })).default([]),
	reason: z.string(),
	explanation: z.string(),
	guard: z.string(),
	plannedAt: text,
});

export type HeldPlanned = z.infer<typeof plannedSchema>;

/** Actions that only remove access reinstate no one. */
const TAKES_AWAY: readonly string[] = ['user.remove', 'group.removeMembers', 'group.delete'];

/**
 * The planned change that a row holds.
 * @returns undefined if the row holds none, and `unreadable` if it cannot be read: then the row may be about
 * anyone
 */
export function heldPlanned({ details }: StoredChange): HeldPlanned | 'unreadable' | undefined {
	if (details.planned === undefined || details.planned === '') return undefined;
	const read = plannedSchema.safeParse(parsedJson(details.planned));
	return read.success ? read.data : 'unreadable';
}

/** Whether the row is about a person with one of these addresses or IDs. */
export function isAboutPerson(row: StoredChange, { email, userId }: { email?: string; userId?: string }): boolean {
	const { emails, ids } = subjectsOf(row);
	return (
		(email !== undefined && email.trim() !== '' && emails.has(emailKey(email))) ||
		(userId !== undefined && userId.trim() !== '' && ids.has(resourceId(userId)))
	);
}

/** Whether carrying out the row could give the person it is about an account, an address or a group. */
export function mayLetIn(row: StoredChange): boolean {
	const planned = heldPlanned(row);
	return row.kind === 'sync' && (typeof planned !== 'object' || !TAKES_AWAY.includes(planned.action));
}

/** All people a row is about; for a new address this includes its current holder. */
function subjectsOf(row: StoredChange): { emails: ReadonlySet<string>; ids: ReadonlySet<string> } {
	const planned = heldPlanned(row);
	const { target, member, changes } =
		typeof planned === 'object' ? planned : { target: undefined, member: undefined, changes: [] };
	const addresses = changes
		.filter(({ attribute }) => attribute === 'email' || attribute === 'userName')
		.flatMap(({ from, to }) => [from, to]);
	const emails = [row.email, target?.email, member?.email, ...addresses];
	const ids = [row.userId, target?.type === 'user' ? target.id : '', member?.id];
	return { emails: keysOf(emails, emailKey), ids: keysOf(ids, resourceId) };
}

function keysOf(values: ReadonlyArray<string | undefined>, keyOf: (value: string) => string): ReadonlySet<string> {
	return new Set(values.flatMap((value) => (value === undefined || value.trim() === '' ? [] : [keyOf(value)])));
}

function parsedJson(json: string): unknown {
	try {
		const parsed: unknown = JSON.parse(json);
		return parsed;
	} catch {
		return undefined;
	}
}
