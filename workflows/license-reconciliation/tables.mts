import type { Table } from '../../canvas/dataTable.mts';

/** One row for each report. */
export const licenseReports: Table = {
	name: 'license_reports',
	columns: {
		execution: 'string',
		/** Instant, ISO. */
		reportedAt: 'string',
		seats: 'number',
		/** How many of them may be picked for removal. */
		removable: 'number',
		/** Whether the readings were whole, and why not. */
		mayTakeAway: 'boolean',
		whyNot: 'string',
		/** Totals, classes, changes, notes and evidence, as JSON. */
		summary: 'string',
		/** Who may be picked, as JSON; only the newest report has it. */
		removableSeats: 'string',
		/** What the next report compares with, as JSON; only the newest report has it. */
		memory: 'string',
		/** Only the newest report has it: with thousands of seats it has megabytes. */
		html: 'string',
		csv: 'string',
	},
};

/** Seats that somebody asked to end. */
export const licenseRemovals: Table = {
	name: 'license_removals',
	columns: {
		/** By which the approver names it. It is made of the list, so it means no other one. */
		code: 'string',
		/** `waiting`, `approved` (and begun), `done`, `incomplete`, `declined`, `expired` or `failed`. */
		state: 'string',
		/** Who was picked, as JSON. */
		seats: 'string',
		askedBy: 'string',
		askedAt: 'string',
		expiresAt: 'string',
		/** That carries it out. */
		execution: 'string',
		decidedBy: 'string',
		/** How sure it is that it was them. */
		assurance: 'string',
		decidedAt: 'string',
		/** What came of each. */
		note: 'string',
	},
};
