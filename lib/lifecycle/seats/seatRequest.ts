import type { PickableSeat } from '../../directory/seats/pickableSeats';
import { readEmail } from '../../scim/emailAddress';
import { emailKey } from '../../scim/emailKey';
import type { Change } from '../journal';
import { newChange } from '../journal';
import { isoText } from '../zones';

const HOUR = 60 * 60 * 1000;

/**
 * The journal rows that wait until another person approves them. Without an answer by `dueAt` nothing
 * happens.
 * @param execution the one in which the seats were picked; all rows of a request name it
 */
export function seatRequest(
	seats: readonly PickableSeat[],
	{ picker, expireHours, execution, now }: { picker: string; expireHours: number; execution: string; now: number },
): Change[] {
	return seats.map(({ userId, email, displayName, reason }) =>
		newChange({
			key: `seat|${userId}`,
			kind: 'seat',
			state: 'held',
			outcome: 'held',
			dueAt: isoText(now + expireHours * HOUR),
			execution,
			email,
			displayName: displayName ?? '',
			userId,
			knownAt: isoText(now),
			reason,
			requestedBy: readEmail(picker) ?? picker.trim(),
			reference: `request ${execution}`,
		}),
	);
}

/** Who is asked to approve a request. */
export interface Asked {
	to: string[];
	/** Whether no one is left who may decide: the mail then goes to all of them, and says so. */
	isNoneLeft: boolean;
}

/** The requester cannot approve, and no one is notified here about their own seat. */
export function askedApprovers(
	approvers: readonly string[],
	{ picker, seats }: { picker: string; seats: readonly Pick<PickableSeat, 'email'>[] },
): Asked {
	const concerned = new Set([picker, ...seats.map(({ email }) => email)].map(keyOf));
	const to = approvers.filter((approver) => !concerned.has(keyOf(approver)));
	return to.length > 0 ? { to, isNoneLeft: false } : { to: [...approvers], isNoneLeft: true };
}

function keyOf(written: string): string {
	return emailKey(readEmail(written) ?? written);
}
