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

/** A held row of a planned change: that gone@example.com is removed, unless a test says otherwise. */
export const plannedRow = (id: number, change: Record<string, unknown>): StoredChange => {
	const planned = {
		action: 'user.remove',
		target: { type: 'user', id: `user-${id}`, email: 'gone@example.com', displayName: 'Gone', source: 'entra', sourceId: `${id}` },
		member: null,
		changes: [],
		reason: 'inactive',
		explanation: 'The directory says that gone@example.com has left.',
		guard: 'ok',
		plannedAt: '2026-03-09T20:00:00.000Z',
		...change,
	};
	return journalRow(id, {
		kind: 'sync',
		state: 'held',
		outcome: 'held',
		employeeId: '',
		reason: planned.explanation,
		dueAt: '2026-03-10T20:00:00.000Z',
		details: { action: planned.action, planned: JSON.stringify(planned) },
	});
};

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
