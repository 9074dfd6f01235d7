import type { Member } from '../decision';
import { afterFailure } from '../due';
import { nameOf } from '../employees';
import type { StoredChange } from '../journal';
import { emailKey } from '../../scim/emailKey';
import { pagesReminder } from '../words/messages';
import type { Applied } from '../applied';
import { nothingApplied } from '../applied';

/** Notion's answer about a person who was removed: an active member, none, or why it could not be asked. */
export type ComeBack = { member: Member | undefined } | { failure: string };

/** The result of checking whether a person who was removed is a member again. */
export function afterWatch(row: StoredChange, found: ComeBack, now: number): Applied {
	if ('failure' in found) {
		const { row: after, alert } = afterFailure(row, found.failure, now);
		return { ...nothingApplied(), changes: [after], alerts: alert ? [alert] : [] };
	}
	const { member } = found;
	if (!member) return { ...nothingApplied(), changes: [{ ...row, state: 'done', outcome: 'gone', reason: 'Not a member.' }] };
	return {
		...nothingApplied(),
		changes: [{ ...row, state: 'done', outcome: 'returned', reason: 'Is a member again.' }],
		alerts: [
			{
				key: `offboarding: returned ${row.userId || emailKey(row.email)}`,
				text: `${nameOf(row)} was removed and is an active member of Notion again (${member.email}, ${member.role}). If no one meant this: look under Settings, Identity, in Notion whether the domain is among the allowed email domains, whether single sign-on adds people just in time, and whether an identity provider still assigns this person to Notion and adds them again. Close that way first, then remove them again. If they were hired again or restored, acknowledge this alert.`,
			},
		],
	};
}

/**
 * The check before a reminder. If Notion could not be asked, the mail is sent: an unneeded mail does no
 * harm.
 */
export function afterRemind(row: StoredChange, found: ComeBack, fallbackEmail: string): Applied {
	if ('member' in found && found.member) {
		const reason = 'Is a member again: no pages are lost.';
		return { ...nothingApplied(), changes: [{ ...row, state: 'withdrawn', outcome: 'returned', reason }] };
	}
	return {
		...nothingApplied(),
		changes: [{ ...row, state: 'done', outcome: 'told', attempts: row.attempts + 1 }],
		messages: [pagesReminder(row, fallbackEmail)],
	};
}
