import type { Table } from './dataTable.mts';

/**
 * The Data Tables that the workflows share. Every row also has n8n's own `id`, `createdAt` and
 * `updatedAt`. Instants are ISO texts in UTC, so that they sort as texts; dates are local ones.
 */

/** Who works on which event: see parts/claim.mts. */
export const claims: Table = {
	name: 'hris_event_claims',
	columns: {
		key: 'string',
		execution: 'string',
		/** `working`, `done` or `released` (it failed, and may be tried again). */
		state: 'string',
	},
};

/** What lies in the future. The sweep acts on what is due, and anybody can list, correct or cancel it. */
export const scheduledChanges: Table = {
	name: 'scheduled_changes',
	columns: {
		/** `hire`, `leave`, `watch` (has somebody come back?) or `remind` (tell the manager again). */
		kind: 'string',
		/** `waiting`, `working`, `done`, `withdrawn` or `needsPerson`. */
		state: 'string',
		/** The instant from which it is due. */
		dueAt: 'string',
		source: 'string',
		employeeId: 'string',
		companyId: 'string',
		email: 'string',
		displayName: 'string',
		/** Notion's, where it is known. */
		userId: 'string',
		/** The local date that `dueAt` follows from, and its zone. */
		effectiveDate: 'string',
		timeZone: 'string',
		/** What a mail or an alarm needs, as JSON. */
		about: 'string',
		/** How often it was tried. */
		attempts: 'number',
		/** Why it is there, and what came of it. */
		note: 'string',
	},
};

/** Which employee is which account in Notion, so that somebody is found whose address the HRIS has cleared. */
export const peopleLinks: Table = {
	name: 'people_links',
	columns: {
		source: 'string',
		employeeId: 'string',
		companyId: 'string',
		email: 'string',
		userId: 'string',
	},
};

/** Every removal of a leaver: what was meant, what came of it, and the evidence. */
export const leaverAudit: Table = {
	name: 'notion_leaver_audit',
	columns: {
		execution: 'string',
		source: 'string',
		employeeId: 'string',
		companyId: 'string',
		email: 'string',
		displayName: 'string',
		managerEmail: 'string',
		userId: 'string',
		reason: 'string',
		reference: 'string',
		requestedBy: 'string',
		/** The instant at which access was to end. */
		effectiveAt: 'string',
		/** When this system first knew. */
		knownAt: 'string',
		removedAt: 'string',
		/**
		 * `intended`, `removed`, `alreadyGone`, `notVerified`, `refused`, `held` (the limit), `failed`,
		 * `stays`, `declined` (a person said no to releasing them).
		 */
		outcome: 'string',
		verified: 'boolean',
		/** What it counts for the limit of a rolling day, while it is intended, removed or not verified. */
		impact: 'number',
		needsPerson: 'boolean',
		error: 'string',
		/** The record of the lockdown, as JSON. */
		record: 'string',
	},
};

/** What a person must know. error-notification mails it, again and again, until it is acknowledged. */
export const alarms: Table = {
	name: 'notion_alarms',
	columns: {
		/** Alarms of one key are one line of the mail. */
		key: 'string',
		/** Name and id of the workflow, and its execution, that raised it. */
		workflow: 'string',
		workflowId: 'string',
		execution: 'string',
		/** What happened and what to do, in whole sentences. */
		text: 'string',
		/** `open`, `acknowledged`, or `note`: told once, and in need of nobody. */
		state: 'string',
		toldAt: 'string',
		told: 'number',
		acknowledgedAt: 'string',
		acknowledgedBy: 'string',
	},
};
