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
 * The Data Tables that the workflows share, with the types that n8n knows. n8n adds `id`, `createdAt` and
 * `updatedAt`. No name is part of another one, because n8n finds a table by a part of its name.
 */
export const TABLES: Readonly<Record<string, Readonly<Record<string, 'string' | 'number'>>>> = {
	notion_scim_changes: CHANGE_COLUMNS,
	notion_scim_links: LINK_COLUMNS,
	notion_scim_evidence: EVIDENCE_COLUMNS,
	notion_scim_alerts: ALERT_COLUMNS,
	notion_scim_runs: RUN_COLUMNS,
	directory_people: PEOPLE_COLUMNS,
};
