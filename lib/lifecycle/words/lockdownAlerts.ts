import type { ScimError } from '../../scim/scimError';
import type { LockdownRecord } from '../../directory/lockdown/lockdownRecord';
import type { Alert } from '../decision';
import type { StoredChange } from '../journal';
import { labelOf } from '../leavers/leaverFacts';

/** Alerts about one person share a key, so that they are one entry of the mail. */
export function personKey({ source, employeeId, email }: Pick<StoredChange, 'source' | 'employeeId' | 'email'>): string {
	return `offboarding: ${source} ${employeeId || email}`;
}

export function heldAlert(row: StoredChange, error: ScimError): Alert {
	const why =
		error.evidence?.['unreadable'] === true
			? sentencesOf(error)
			: 'More leavers at once than the limit of a day allows. Look at the list of held leavers, and release them if it is right.';
	return { key: 'offboarding: held', text: `${labelOf(row)} was not removed. ${why} No one who is held is lost.` };
}

export function notVerifiedAlert(row: StoredChange, error: ScimError, record: Partial<LockdownRecord>): Alert {
	const label = labelOf(row);
	const what =
		record.verified === 'notRemoved' ? `${label} is still a member.` : `It is not known whether ${label} is gone.`;
	return {
		key: personKey(row),
		text: `${what} ${sentencesOf(error)} It is looked at again in 5 minutes; look in Notion under Settings, People.`,
	};
}

export function failedAlert(row: StoredChange, error: ScimError): Alert {
	return {
		key: `offboarding: ${error.kind}`,
		text: `${labelOf(row)} could not be removed. ${sentencesOf(error)} It is tried again every 5 minutes.`,
	};
}

export function refusedAlert(row: StoredChange, error: ScimError): Alert {
	return { key: personKey(row), text: `${labelOf(row)} was NOT removed. ${sentencesOf(error)}` };
}

/** An earlier execution died, and no attempt has ever found this person in Notion. */
export function takenForRemovedAlert(row: StoredChange): Alert {
	return {
		key: personKey(row),
		text: `The execution that meant to remove ${labelOf(row)} died before it could store the result, and now no one has this address in Notion. They count as removed. If you do not know that they were members under ${row.email}, look in Notion under Settings, People.`,
	};
}

export function lateAlert(row: StoredChange, minutes: number, promised: number): Alert {
	return {
		key: 'offboarding: late',
		text: `${labelOf(row)} lost access late: it had to end at ${row.effectiveAt}, and they were seen to be gone ${minutes} minutes after that was known. The promise is ${promised}.`,
	};
}

/** What happened, and how to get unstuck. */
export function sentencesOf({ message, remedy }: ScimError): string {
	return `${message} ${remedy}`.trim();
}
