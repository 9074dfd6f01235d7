import type { Table } from './dataTable.mts';

/**
 * A directory that is a list: one row for each person. import-members begins it with the members of
 * Notion, an admin keeps it, and the source workflows/sources/list reads it. Columns are named as a
 * person's attributes are, as in canvas/code/list/cells.js. All are texts; several addresses stand
 * between commas, groups between `;`, dates are like 2026-01-31.
 */
export const directoryPeople: Table = {
	name: 'directory_people',
	columns: {
		/** The directory's own, which never changes. */
		sourceId: 'string',
		email: 'string',
		secondaryEmails: 'string',
		displayName: 'string',
		givenName: 'string',
		familyName: 'string',
		title: 'string',
		department: 'string',
		division: 'string',
		costCenter: 'string',
		organization: 'string',
		employeeNumber: 'string',
		managerEmail: 'string',
		locale: 'string',
		preferredLanguage: 'string',
		userType: 'string',
		phoneNumber: 'string',
		groups: 'string',
		/** See canvas/code/sources/statusWords.js. */
		status: 'string',
		startAt: 'string',
		endDate: 'string',
		/** `person`, `service` or `shared`; empty is a person. */
		kind: 'string',
	},
};
