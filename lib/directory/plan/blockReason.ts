import { emailKey } from '../../scim/emailKey';
import { resourceId } from '../../scim/resourceId';
import type { User } from '../../scim/userResource';
import { recordKey } from '../person/naming';
import type { Person } from '../person/person';
import type { PersonLink, Policy } from './policy';

/** Why a person gets no account and no address, as a whole sentence; undefined where nothing blocks them. */
export type BlockReason = (email: string, records: readonly Person[]) => string | undefined;

/**
 * The people whom a plan must not let in again. An account is blocked under every address and entry by
 * which it is known, because Notion brings it back with its pages.
 *
 * @param links which entries are the account, and the addresses that it had
 * @param users accounts that have left and are still shown
 * @param now epoch milliseconds
 */
export function blockReasonOf(
	blocks: Policy['blocks'],
	links: readonly PersonLink[],
	users: readonly User[],
	now: number,
): BlockReason {
	const byEmail = new Map<string, string>();
	const byAccount = new Map<string, string>();
	const byRecord = new Map<string, string>();
	for (const { email, userId, until, why } of blocks) {
		if (until !== undefined && until <= now) continue;
		if (email !== undefined) setFirst(byEmail, emailKey(email), why);
		if (userId !== undefined) setFirst(byAccount, resourceId(userId), why);
	}
	for (const { id, userName, active } of users) {
		const why = byAccount.get(resourceId(id));
		if (why !== undefined && !active) setFirst(byEmail, emailKey(userName), why);
	}
	for (const link of links) {
		const why = byAccount.get(resourceId(link.userId));
		if (why === undefined) continue;
		setFirst(byRecord, recordKey(link), why);
		if (link.email) setFirst(byEmail, emailKey(link.email), why);
	}
	return (email, records) =>
		byEmail.get(emailKey(email)) ??
		records.map((record) => byRecord.get(recordKey(record))).find((why) => why !== undefined);
}

/** The same sentence whatever order the list has. */
function setFirst(sentences: Map<string, string>, key: string, why: string): void {
	const before = sentences.get(key);
	if (before === undefined || why < before) sentences.set(key, why);
}
