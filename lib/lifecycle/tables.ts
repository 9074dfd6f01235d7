import { LIST_COLUMNS } from '../directory/importMembers/listColumns';
import { CHANGE_COLUMNS, EVIDENCE_COLUMNS, LINK_COLUMNS } from './journal';

/** What an admin must know. The workflow error-notification mails it until a person acknowledges it. */
export const ALERT_COLUMNS = {
	/** Alerts with one key are one entry of the mail. */
	key: 'string',
	/** What happened and what to do, in whole sentences. */
	text: 'string',
	/** `open`, `acknowledged`, or `note`: mailed once, without any action needed. */
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

/**
 * What a workflow remembers about a run: lists and requests that wait for an answer, token checks, reports.
 */
export const RUN_COLUMNS = {
	/** `shownList`, `tokenCheck` and the like. */
	kind: 'string',
	/** How the row is found: by a digest of the random code, if there is one. */
	key: 'string',
	workflow: 'string',
	execution: 'string',
	state: 'string',
	at: 'string',
	expiresAt: 'string',
	requestedBy: 'string',
	decidedBy: 'string',
	/** The assurance of the person's identity, such as `n8n sign-in`. */
	assurance: 'string',
	decidedAt: 'string',
	note: 'string',
	/** JSON. */
	details: 'string',
} as const;

/** A directory in the form of a list: the workflow import-members creates it, an admin maintains it. */
const PEOPLE_COLUMNS = Object.fromEntries(LIST_COLUMNS.map((name): [string, 'string'] => [name, 'string']));

/**
 * Access reviews: the reviews, the questions to reviewers, the mails, and the hash chain. A cell that a kind
 * does not need stays empty.
 */
export const REVIEW_COLUMNS = {
	/** `review`, `row` (a person in a group), `letter` (a mail to a reviewer) or `link` (of the chain). */
	kind: 'string',
	reviewId: 'string',
	/** Of a review: `open`, `closed`, or `superseded` by one that was started at the same moment. Of a row: `kept` or `revoke` once it is decided. */
	state: 'string',
	/** When it was started, assigned to the current reviewer, written or made: ISO text in UTC. */
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
	/** The possible reviewers, in order, as JSON, and why others are not. */
	reviewers: 'string',
	passedOver: 'string',
	/** The current reviewer, in which capacity, and their position in `reviewers`. */
	reviewer: 'string',
	reviewerAs: 'string',
	step: 'number',
	/** An action of the table in lib/review/actions.ts, or `withoutReviewer`; empty while no one has decided. */
	decision: 'string',
	comment: 'string',
	decidedBy: 'string',
	/** The assurance of the person's identity. */
	assurance: 'string',
	decidedAt: 'string',
	/** SHA-256: of a row as shown, of the key in a letter, of the subject of a link, of the evidence. */
	digest: 'string',
	/** Of a letter: empty if the mail server did not accept it. */
	sentAt: 'string',
	dueAt: 'string',
	closedAt: 'string',
	/**
	 * Of a link: the head of the previous one, and its own. Of a closed review: the head behind its
	 * evidence.
	 */
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
