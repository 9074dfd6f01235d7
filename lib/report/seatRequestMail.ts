import type { PickableSeat } from '../directory/seats/pickableSeats';
import type { Asked } from '../lifecycle/seats/seatRequest';
import { oneLine } from './alertWords';
import { counted, instantText } from './amounts';
import { SEAT_CLASS_WORDS } from './seatClassWords';

/** The fields of the mail that asks for approval. The wording around them is in the Send Email node. */
export interface SeatRequestMail {
	/** Addresses, separated by commas. */
	to: string;
	isNoneLeft: boolean;
	requestedBy: string;
	/** "3 seats" */
	seats: string;
	/** One line for each seat. */
	list: string;
	expiresAt: string;
}

/** @param expiresAt instant, ISO */
export function seatRequestMail(
	seats: readonly PickableSeat[],
	{ to, isNoneLeft }: Asked,
	{ requestedBy, expiresAt }: { requestedBy: string; expiresAt: string },
): SeatRequestMail {
	return {
		to: to.join(', '),
		isNoneLeft,
		requestedBy: oneLine(requestedBy),
		seats: counted(seats.length, 'seat'),
		list: seats.map((seat) => `  ${lineOf(seat)}`).join('\n'),
		expiresAt: instantText(expiresAt),
	};
}

function lineOf({ email, displayName, class: name, reason }: PickableSeat): string {
	return oneLine(`${displayName ? `${displayName}, ` : ''}${email}: ${SEAT_CLASS_WORDS[name].label}. ${reason}`);
}
