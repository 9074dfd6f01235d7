import { z } from 'zod';

import type { AdminRevocations } from '../../admin/revocations';
import { isEmail } from '../../scim/emailAddress';
import { ScimError } from '../../scim/scimError';

/** How the person of a lockdown was found. */
export type FoundBy = 'email' | 'id' | 'link' | 'none';

/** A group that the person was in. */
export interface GroupReference {
	id: string;
	displayName: string;
}

/**
 * The evidence of one lockdown, as an auditor asks for it and as `user.restore` undoes it from. Instants
 * are ISO texts in UTC.
 */
export interface LockdownRecord {
	/** As they were before; null where no one was found. */
	person: {
		id: string;
		email: string;
		displayName: string;
		/** Undefined where Notion did not state it, which it does for members only. */
		role?: string;
		active: boolean;
	} | null;
	/** Null where the groups could not be read in time. */
	groups: GroupReference[] | null;
	/** Whether the list of groups was read without a gap. */
	groupsComplete: boolean;
	/**
	 * Groups that show exactly 100 members and not this person, who may be in them all the same; absent
	 * where no group shows exactly 100.
	 */
	maybeInGroups?: GroupReference[];
	foundBy: FoundBy;
	reason: string;
	reference: string;
	requestedBy: string;
	startedAt: string;
	/** When Notion accepted the removal; absent where there was no one to remove, or Notion refused. */
	removedAt?: string;
	/** `notRemoved` only where it is certain: nothing was sent, it was refused, or they were seen after it. */
	verified: true | 'unknown' | 'notRemoved';
	/** How they are seen to be gone. */
	seenAs?: 'notFound' | 'inactive';
	verifiedAt?: string;
	/** The good answer of the same server that makes "not found" believable. */
	control?: { readAt: string; memberCount: number };
	adminApi: AdminRevocations;
	/** When to look whether they have come back. */
	watchAt: string[];
	/** Until when the private pages can be transferred. */
	transferUntil?: string;
	survives: string;
	/** What is left to do by hand. */
	leftToDo: string[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** An allowed email domain, SSO at the next sign-in, or a sync run of the identity provider can add the person again. */
const WATCH_AFTER = [5 * MINUTE, HOUR, DAY];

/** Notion help, "Transfer content of a removed member": 30 days. */
const TRANSFERABLE_FOR = 30 * DAY;

export const ACCOUNT_SURVIVES =
	'The Notion account itself survives: the person can still sign in to it and to other workspaces that it belongs to.';

/** The instants after the removal at which to check whether the person has come back. */
export function watchInstants(removedAt: number): string[] {
	return WATCH_AFTER.map((after) => isoInstant(removedAt + after));
}

export function transferableUntil(removedAt: number): string {
	return isoInstant(removedAt + TRANSFERABLE_FOR);
}

export function isoInstant(milliseconds: number): string {
	return new Date(milliseconds).toISOString();
}

/** Sentences for the person who finishes the job by hand. */
export function leftToDo(record: Omit<LockdownRecord, 'leftToDo'>): string[] {
	const { person, groups, verified, transferUntil, adminApi } = record;
	const sentences: string[] = [];
	if (verified === 'unknown') {
		sentences.push(
			person
				? 'Check in Notion under Settings, People that the person is gone: this could not be read.'
				: 'No one was removed, because it is not known who that is. Look in Notion under Settings, People.',
		);
	}
	if (verified === 'notRemoved') {
		sentences.push('The person is still a member. Remove them in Notion under Settings, People if that is right.');
	}
	if (transferUntil !== undefined) {
		const day = transferUntil.slice(0, 10);
		sentences.push(`Transfer their private pages before ${day}, in Notion under Settings, People.`);
	}
	if (person && (groups === null || !record.groupsComplete)) {
		sentences.push('Their groups could not be read completely, so restoring would not give all of them back.');
	}
	const doubtful = record.maybeInGroups ?? [];
	if (doubtful.length > 0) {
		sentences.push(
			`Notion shows exactly 100 members of ${namesOf(doubtful)}, so the person may have been in there too: look in Notion before restoring.`,
		);
	}
	sentences.push(...adminApiLeft(adminApi));
	sentences.push(
		'SCIM does not show guests, public links, shared pages and integrations: look for what they shared and set up.',
	);
	return sentences;
}

/** Names of groups for a sentence, or ids where there are none. */
export function namesOf(groups: readonly GroupReference[]): string {
	return groups.map(({ id, displayName }) => displayName || id).join(', ');
}

function adminApiLeft(adminApi: AdminRevocations): string[] {
	const kinds = [
		['sessions', adminApi.sessions],
		['personal access tokens', adminApi.personalAccessTokens],
		['MCP connections', adminApi.mcpConnections],
	] as const;
	const open = kinds.filter(([, { status }]) => !['revoked', 'none'].includes(status));
	if (open.length === 0) return [];
	const reasons = [...new Set(open.map(([, { error }]) => error).filter((error) => error))];
	return [
		`Not revoked by the Admin API: ${open.map(([name]) => name).join(', ')}. ${reasons.join(' ')}`.trim(),
	];
}

/** What undoing a lockdown needs of its record. */
export interface Restorable {
	person: { id: string; email: string; displayName: string; role: string };
	groups: GroupReference[];
	/** Whether the record knows all groups. */
	groupsComplete: boolean;
	/** Groups in which the person may have been. */
	maybeInGroups: GroupReference[];
}

const groupReferenceSchema = z.object({ id: z.string().min(1), displayName: z.string().catch('') });

const restorableSchema = z.object({
	person: z.object({
		id: z.string().min(1),
		email: z.string().refine(isEmail),
		displayName: z.string().catch(''),
		role: z.string().optional(),
		active: z.boolean().catch(true),
	}),
	groups: z.array(groupReferenceSchema).nullable(),
	groupsComplete: z.boolean().catch(false),
	maybeInGroups: z.array(groupReferenceSchema).catch([]),
});

/**
 * Reads a record back, as it was stored: the object or its JSON text, with or without the item around
 * it.
 *
 * @throws ScimError `invalidInput`
 */
export function readRecord(value: unknown): Restorable {
	const parsed = parsedIfText(value);
	const inner = z.object({ record: z.unknown() }).safeParse(parsed);
	const isItem = inner.success && inner.data.record !== undefined;
	const read = restorableSchema.safeParse(isItem ? parsedIfText(inner.data.record) : parsed);
	if (!read.success) {
		throw new ScimError(
			'invalidInput',
			'Record is not the record of a lockdown that found a person.',
			'Give the field "record" of an item that Lock Down gave out, or its JSON from your audit table.',
		);
	}
	const { person, groups, groupsComplete, maybeInGroups } = read.data;
	if (!person.active) {
		throw new ScimError(
			'invalidInput',
			`${person.email} was gone already when that lockdown ran, so there is nothing to give back.`,
			'Use the record of the lockdown that removed the person.',
		);
	}
	return {
		// A role that is not stated is a member's: Notion leaves it out for members only.
		person: { ...person, role: person.role ?? 'member' },
		groups: groups ?? [],
		groupsComplete: groups !== null && groupsComplete,
		maybeInGroups,
	};
}

function parsedIfText(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		const parsed: unknown = JSON.parse(value);
		return parsed;
	} catch {
		return undefined;
	}
}
