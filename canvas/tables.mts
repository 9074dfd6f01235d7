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

/** Which employee is which account in Notion. Made by the workflow data-tables. */
export const links: Table = {
	name: 'notion_scim_links',
	columns: {
		source: 'string',
		employeeId: 'string',
		companyId: 'string',
		email: 'string',
		userId: 'string',
	},
};

/** The journal of one person's joining, moving and leaving, which is only read here. Made by data-tables. */
export const journal: Table = { name: 'notion_scim_changes', columns: {} };

/** Which group of a directory is which group of Notion, once it was made or taken over: then its id is the key. */
export const groupLinks: Table = {
	name: 'notion_group_links',
	columns: {
		/** Name in the directory; empty once a plan has deleted the group. */
		name: 'string',
		groupId: 'string',
		adoptedAt: 'string',
	},
};

/** One row for each cycle that compared a directory with Notion; see workflows/directory-sync. */
export const directoryCycles: Table = {
	name: 'directory_cycles',
	columns: {
		execution: 'string',
		/** Which workflow, so that several can share the table. */
		workflow: 'string',
		startedAt: 'string',
		endedAt: 'string',
		/**
		 * `running`, `good`, `incomplete` (the source was not whole), `failed`; or, where it was no cycle,
		 * `approved` (a plan that a person had approved was carried out), `acknowledged` (a person has ended
		 * the quarantine).
		 */
		state: 'string',
		/** `dryRun`, `apply`, or `readOnly` (in quarantine). */
		mode: 'string',
		planDigest: 'string',
		/** Persons of the directory and members of Notion, as this cycle read them. */
		persons: 'number',
		members: 'number',
		/** Lines of the plan: carried out, waiting for a person (blocked or held), gone wrong. */
		done: 'number',
		waiting: 'number',
		failed: 'number',
		/** What happened, in whole sentences. */
		note: 'string',
		/** What the plan leaves to the next one, as JSON; only good cycles have it. */
		memory: 'string',
		/** What the status page shows, as JSON; only the newest cycle has it. */
		shown: 'string',
		/** Who acknowledged, and how sure that is. */
		acknowledgedBy: 'string',
	},
};

/**
 * Every change that a plan makes: the intention before, the result in the same row after. What stays
 * `intended` was cut off, and is found by the next cycle.
 */
export const directoryChanges: Table = {
	name: 'directory_changes',
	columns: {
		execution: 'string',
		workflow: 'string',
		planDigest: 'string',
		/** Of the plan item, such as `group.removeMembers`, and its reason. */
		action: 'string',
		reason: 'string',
		explanation: 'string',
		userId: 'string',
		email: 'string',
		source: 'string',
		sourceId: 'string',
		groupId: 'string',
		groupName: 'string',
		/** Who approved it and how sure that is; empty where nobody had to. */
		approvedBy: 'string',
		/** What it counts for the limits of a rolling day, while it is intended, done or not verified. */
		impact: 'number',
		seats: 'number',
		/**
		 * `intended`, then the outcome of directory.apply (`done`, `unchanged`, `blocked`, `held`,
		 * `refused`, `stale`, `failed`, `notTaken`, `notVerified`, `notTried`, `nothingToDo`), or `lost`:
		 * the execution died in between, and the next cycle compares again.
		 */
		outcome: 'string',
		note: 'string',
		at: 'string',
	},
};

/** Plans that wait until a person has said yes or no. Without an answer they expire, which is a no. */
export const waitingPlans: Table = {
	name: 'plans_for_approval',
	columns: {
		execution: 'string',
		workflow: 'string',
		planDigest: 'string',
		/** `waiting`, `approved` (and begun), `applied`, `declined`, `expired`, or `replaced` by a newer plan. */
		state: 'string',
		/** The lines as directory.plan made them, as JSON. */
		items: 'string',
		/** Sentences for the person who decides. */
		summary: 'string',
		/** Who asked for this plan, who therefore cannot approve it; empty for the schedule. */
		requestedBy: 'string',
		plannedAt: 'string',
		expiresAt: 'string',
		decidedBy: 'string',
		/** How sure it is that it was them. */
		assurance: 'string',
		decidedAt: 'string',
	},
};
