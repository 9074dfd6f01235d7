import { actionOf } from '../review/actions';
import type { Decisions } from '../review/answers';
import type { ReviewRow } from '../review/rows';
import type { Page, ReviewPageParts } from './reviewPage';
import { reviewPage } from './reviewPage';

/** The fields of the receipt for recorded decisions; its wording is in the workflow's Send Email node. */
export interface ReceiptMail {
	to: string;
	/** Such as "one decision". */
	decisions: string;
	/** UTC. */
	at: string;
	/** One line for each decision. */
	list: string;
	alertKey: string;
	alertText: string;
	remedy: string;
}

/**
 * The page after decisions were stored, and the mail that informs the reviewer: a reviewer who forwarded the
 * link, or lost it, learns that another person has decided in their name.
 * @param changed the rows that were changed; another person had decided the others at the same moment
 */
export function receiptOf(
	parts: ReviewPageParts,
	{ accepted, refused }: Decisions,
	changed: readonly ReviewRow[],
): { page: Page; mail?: ReceiptMail } {
	const late = accepted.filter(({ row }) => !changed.some(({ id }) => id === row.id));
	const notices = [
		...(changed.length > 0
			? [`Thank you. ${changed.length === 1 ? 'One decision is' : `${changed.length} decisions are`} on record.`]
			: []),
		...(late.length > 0 ? [`${late.length} had been decided by someone else in the same moment.`] : []),
		...refused,
		...(accepted.length === 0 && refused.length === 0 ? ['You have not decided anything. Nothing was stored.'] : []),
	];
	const now = new Map(changed.map((row) => [row.id, row]));
	const rows = parts.rows
		.filter((row) => !late.some((decision) => decision.row.id === row.id))
		.map((row) => now.get(row.id) ?? row);
	const page = {
		status: changed.length === 0 && refused.length > 0 ? 409 : 200,
		html: reviewPage({ ...parts, rows, notices }),
	};
	return changed.length === 0 ? { page } : { page, mail: mailOf(parts, changed) };
}

function mailOf({ reviewer, now }: ReviewPageParts, changed: readonly ReviewRow[]): ReceiptMail {
	const line = (row: ReviewRow): string =>
		`- ${row.email}${row.groupName ? `, ${row.groupName}` : ''}: ${actionOf(row.decision)?.said(row) ?? row.decision}`;
	return {
		to: reviewer,
		decisions: changed.length === 1 ? 'one decision' : `${changed.length} decisions`,
		at: `${new Date(now).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
		list: changed.map(line).join('\n'),
		alertKey: 'access review: receipt',
		alertText: `${reviewer} could not be mailed what was put on record in their name.`,
		remedy: 'It is on record all the same.',
	};
}
