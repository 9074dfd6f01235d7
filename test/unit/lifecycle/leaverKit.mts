import type { EmploymentRecord } from '../../../lib/lifecycle/employment.ts';
import type { StoredChange } from '../../../lib/lifecycle/journal.ts';
import type { StoredLink } from '../../../lib/lifecycle/links.ts';
import type { User } from '../../../lib/scim/userResource.ts';

const STORED = Date.parse('2026-03-01T00:00:00Z');

/** A row of the journal about employee 7 of bamboohr; a test states what it is about. */
export const journalRow = (id: number, more: Partial<StoredChange> = {}): StoredChange => ({
	id,
	createdAt: STORED,
	updatedAt: STORED,
	key: `leavers|bamboohr||e-${id}|7`,
	kind: 'leave',
	state: 'received',
	dueAt: '',
	execution: '',
	event: 'left',
	source: 'bamboohr',
	companyId: '',
	employeeId: '7',
	email: '',
	displayName: '',
	managerEmail: '',
	userId: '',
	effectiveDate: '',
	timeZone: '',
	effectiveAt: '',
	knownAt: '',
	removedAt: '',
	reason: '',
	outcome: '',
	requestedBy: '',
	approvedBy: '',
	reference: '',
	impact: 0,
	attempts: 0,
	details: {},
	...more,
});

/** A record of employee 7 as bamboohr gives it. */
export const employment = (more: Partial<EmploymentRecord> = {}): EmploymentRecord => ({
	source: 'bamboohr',
	sourceId: '7',
	companyId: '',
	status: 'active',
	statusWord: '',
	explanation: '',
	startDate: '',
	endDate: '',
	timeZone: '',
	email: '',
	displayName: '',
	managerEmail: '',
	attributes: {},
	...more,
});

export const link = (more: Partial<StoredLink>): StoredLink => ({
	source: 'bamboohr',
	employeeId: '',
	companyId: '',
	email: '',
	userId: '',
	updatedAt: STORED,
	...more,
});

export const member = (id: string, email: string, displayName = ''): User => ({
	id,
	userName: email,
	active: true,
	role: undefined,
	attributes: displayName === '' ? {} : { displayName },
	resource: {},
});
