import { LIST_COLUMNS } from '../directory/importMembers/listColumns';
import { CHANGE_COLUMNS, EVIDENCE_COLUMNS, LINK_COLUMNS } from './journal';

/** What an admin must know. The workflow error-notification mails it until someone acknowledges it. */
export const ALERT_COLUMNS = {
	/** Alerts of one key are one line of the mail. */
	key: 'string',
	/** What happened and what to do, in whole sentences. */
	text: 'string',
	/** `open`, `acknowledged`, or `note`: told once, and nothing has to be done. */
	state: 'string',
	/** Name and ID of the workflow that raised it, and its execution. */
	workflow: 'string',
	workflowId: 'string',
	execution: 'string',
	/** When it was last mailed, as an ISO text in UTC; empty until then. */
	toldAt: 'string',
	told: 'number',
	acknowledgedAt: 'string',
	acknowledgedBy: 'string',
} as const;

/** What a workflow has to remember of a run: lists and requests that wait for an answer, token checks, reports. */
export const RUN_COLUMNS = {
	/** `shownList`, `tokenCheck` and the like. */
	kind: 'string',
	/** What the row is found by: a digest of the random code where there is one. */
	key: 'string',
	workflow: 'string',
	execution: 'string',
	state: 'string',
	at: 'string',
	expiresAt: 'string',
	requestedBy: 'string',
	decidedBy: 'string',
	/** How sure it is that it was them, such as `n8n sign-in`. */
	assurance: 'string',
	decidedAt: 'string',
	note: 'string',
	/** JSON. */
	details: 'string',
} as const;

/** A directory that is a list: the workflow import-members begins it, an admin keeps it. */
const PEOPLE_COLUMNS = Object.fromEntries(LIST_COLUMNS.map((name): [string, 'string'] => [name, 'string']));

/**
 * Access reviews: which, what was asked of whom, the mails, and the chain of hashes. A cell that a kind does
 * not need stays empty.
 */
export const REVIEW_COLUMNS = {
	/** `review`, `row` (a person in a group), `letter` (a mail to a reviewer) or `link` (of the chain). */
	kind: 'string',
	reviewId: 'string',
	/** Of a review: `open`, `closed`, or `superseded` by one that was started at the same moment. Of a row: `kept` or `revoke` once it is decided. */
	state: 'string',
	/** When it was started, assigned to the present reviewer, written or made: ISO text in UTC. */
	at: 'string',
	/** The execution that stored a decision, or wrote a letter. */
	execution: 'string',
	/** Of a row: its number in the review. Of a letter: how many rows it asks about. Of a link: its number. */
	position: 'number',
	userId: 'string',
	email: 'string',
	displayName: 'string',
	role: 'string',
	groupId: 'string',
	groupName: 'string',
	/** Who can be asked, in order, as JSON, and why others are not. */
	reviewers: 'string',
	passedOver: 'string',
	/** Who is asked now, as what, and which of `reviewers` that is. */
	reviewer: 'string',
	reviewerAs: 'string',
	step: 'number',
	/** An action of the table in lib/review/actions.ts, or `withoutReviewer`; empty while no one has decided. */
	decision: 'string',
	comment: 'string',
	decidedBy: 'string',
	/** How sure it is that it was them. */
	assurance: 'string',
	decidedAt: 'string',
	/** SHA-256: of a row as it is shown, of the key in a letter, of what a link is about, of the evidence. */
	digest: 'string',
	/** Of a letter: empty where the mail server did not take it. */
	sentAt: 'string',
	dueAt: 'string',
	closedAt: 'string',
	/** Of a link: the head of the one before, and its own. Of a closed review: the head behind its evidence. */
	previous: 'string',
	head: 'string',
	/** JSON. */
	details: 'string',
} as const;

/**
 * The Data Tables that the workflows share, with the types that n8n knows. n8n adds `id`, `createdAt` and
 * `updatedAt`. No name is part of another one, because n8n finds a table by a part of its name.
 */
export const TABLES: Readonly<Record<string, Readonly<Record<string, 'string' | 'number'>>>> = {
	notion_scim_changes: CHANGE_COLUMNS,
	notion_scim_links: LINK_COLUMNS,
	notion_scim_evidence: EVIDENCE_COLUMNS,
	notion_scim_alerts: ALERT_COLUMNS,
	notion_scim_runs: RUN_COLUMNS,
	notion_scim_reviews: REVIEW_COLUMNS,
	directory_people: PEOPLE_COLUMNS,
};
