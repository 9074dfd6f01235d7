import type { LockdownRecord } from '../../directory/lockdown/lockdownRecord';
import { readEmail } from '../../scim/emailAddress';
import { emailKey } from '../../scim/emailKey';
import type { StoredChange } from '../journal';

/**
 * The fields of a mail to a manager; its wording is in the workflow's Send Email node, so that another
 * language is an edit there. All texts are one line and can be empty.
 */
export interface Message {
	message: 'accessEnded' | 'pagesReminder';
	/** One address, never the leaver's own. */
	to: string;
	/** The HRIS names no manager who can be notified, so the mail goes to the address for such cases. */
	isFallback: boolean;
	displayName: string;
	email: string;
	/** Local date of the last day. */
	lastDay: string;
	/** UTC, such as `2026-03-10 at 00:05 UTC`. */
	removedAt: string;
	/** Names of the groups, or why there are none. */
	groups: string;
	/** What the Admin API revoked in addition. */
	revoked: string;
	/** Date until which private pages can be transferred. */
	transferUntil: string;
	/** The row of the journal that the mail is about. */
	row: number;
	/** With `text`, the alert that is raised if the mail cannot be sent. */
	key: string;
	text: string;
}

/** The mail after a removal. */
export function accessEnded(row: StoredChange, record: Partial<LockdownRecord>, fallback: string): Message {
	const groups = (record.groups ?? []).map(({ displayName }) => displayName);
	return {
		...addressed(row, fallback),
		message: 'accessEnded',
		groups: line(groups.length > 0 ? groups.join(', ') : 'none, or not known'),
		revoked: revokedIn(record).join(', '),
		transferUntil: (record.transferUntil ?? '').slice(0, 10),
	};
}

/** The mail that reminds a manager of the private pages. */
export function pagesReminder(row: StoredChange, fallback: string): Message {
	return {
		...addressed(row, fallback),
		message: 'pagesReminder',
		groups: '',
		revoked: '',
		transferUntil: (row.details.transferUntil ?? '').slice(0, 10),
	};
}

function addressed(
	row: StoredChange,
	fallback: string,
): Omit<Message, 'message' | 'groups' | 'revoked' | 'transferUntil'> {
	const manager = readEmail(row.managerEmail);
	const isOwn = manager !== undefined && emailKey(manager) === emailKey(row.email);
	const to = manager !== undefined && !isOwn ? manager : fallback;
	const name = line(row.displayName || row.email);
	return {
		to,
		isFallback: to === fallback,
		displayName: name,
		email: line(row.email),
		lastDay: row.effectiveDate,
		removedAt: row.removedAt === '' ? '' : `${row.removedAt.slice(0, 16).replace('T', ' at ')} UTC`,
		row: row.id,
		key: 'offboarding: mail',
		text: `${name} was locked out, but ${to} could not be told by mail. Tell them that private pages can be transferred for 30 days after the removal.`,
	};
}

function revokedIn({ adminApi }: Partial<LockdownRecord>): string[] {
	const kinds = [
		['sessions', adminApi?.sessions],
		['personal access tokens', adminApi?.personalAccessTokens],
		['MCP connections', adminApi?.mcpConnections],
	] as const;
	return kinds.flatMap(([name, revocation]) => (revocation?.status === 'revoked' ? [name] : []));
}

/** A text on one line, so that a name cannot add a header or a paragraph to a mail. */
function line(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
}
