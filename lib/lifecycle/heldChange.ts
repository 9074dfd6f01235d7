import { z } from 'zod';

import { emailKey } from '../scim/emailKey';
import { resourceId } from '../scim/resourceId';
import type { StoredChange } from './journal';

const text = z.string().nullish().transform((value) => value ?? '');
const person = z.object({ type: text, id: text, email: text, displayName: text });

/** What a page needs of a planned change. Whether it is genuine is for Apply to say. */
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

/** What takes something away lets no one back in. */
const TAKES_AWAY: readonly string[] = ['user.remove', 'group.removeMembers', 'group.delete'];

/**
 * The planned change that a row holds.
 *
 * @returns undefined where the row holds none, and `unreadable` where it cannot be read: then the row may be
 *   about anyone
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

/** Whether carrying out the row could give the person whom it is about an account, an address or a group. */
export function mayLetIn(row: StoredChange): boolean {
	const planned = heldPlanned(row);
	return row.kind === 'sync' && (typeof planned !== 'object' || !TAKES_AWAY.includes(planned.action));
}

/** Everyone whom a row is about: of a new address the person who has it now, too. */
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
