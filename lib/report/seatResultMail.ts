import type { SeatResults } from '../lifecycle/seats/seatResults';
import { oneLine } from './alertWords';
import { counted, quantity } from './amounts';

/**
 * The fields of the mail about the outcome of approved seats. The wording around them is in the Send Email
 * node.
 */
export interface SeatResultMail {
	/** Addresses of the requesters and approvers, separated by commas. */
	people: string;
	/** "2 of 3 seats" */
	ended: string;
	/** How many seats have not ended, or may not have. */
	open: number;
	/** "asked by …, approved by …", one line for each request and approval. */
	who: string;
	/** One line for each seat. */
	list: string;
}

export function seatResultMail({ rows, ended, open, people }: SeatResults): SeatResultMail {
	const who = rows.map(
		({ reference, requestedBy, approvedBy }) => `${reference}: asked by ${requestedBy}, approved by ${approvedBy}.`,
	);
	return {
		people: people.map(oneLine).join(', '),
		ended: `${quantity(ended)} of ${counted(rows.length, 'seat')}`,
		open: open.length,
		who: [...new Set(who.map(oneLine))].join('\n'),
		list: rows
			.map(({ email, outcome, reason }) => `  ${oneLine(`${email}: ${outcome || 'not known'}. ${reason}`)}`)
			.join('\n'),
	};
}
