import type { Statement } from '../review/closing';
import type { Link } from '../review/records';

/** The fields of the mail to the auditor; its wording is in the workflow's Send Email node. */
export interface ReviewReport {
	reviewId: string;
	/** The end of the subject. */
	progress: string;
	/** What was decided and carried out, in whole sentences. */
	summary: string;
	/** The link of the hash chain that the mail is about. */
	number: number;
	at: string;
	digest: string;
	previous: string;
	head: string;
	alertKey: string;
	alertText: string;
	remedy: string;
}

/** The hash chain proves something only if a copy of its head is kept outside n8n. */
export function reviewReport(statement: Statement, link: Omit<Link, 'id'>): ReviewReport {
	const { evidence, decided, open, pending } = statement;
	const { number, at, digest, previous, head, reviewId } = link;
	return {
		reviewId,
		progress: evidence ? ' is closed: evidence' : `: ${decided} decided, ${open} open`,
		summary: evidence
			? closingSummary(evidence)
			: `${decided} rows are decided, ${open} are open, ${pending} revocations wait to be carried out.`,
		...{ number, at, digest, previous: previous || '(none)', head },
		alertKey: 'access review: auditor',
		alertText: 'The auditor could not be mailed.',
		remedy: 'It is tried again tomorrow; until then the head of the chain is in n8n only.',
	};
}

function closingSummary({ totals }: NonNullable<Statement['evidence']>): string {
	return `${totals.people} people, ${totals.rows} rows: ${totals.kept} kept, ${totals.revoked} revoked, ${totals.unanswered} not answered, ${totals.withoutReviewer} with no one to ask.
Of the revocations, ${totals.carriedOut} are gone in the second snapshot, ${totals.notCarriedOut} are not.`;
}
