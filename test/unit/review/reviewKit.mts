import { parseDirectory } from '../../../lib/directory/person/person.ts';
import type { Person } from '../../../lib/directory/person/person.ts';
import type { StoredChange } from '../../../lib/lifecycle/journal.ts';
import type { AccessRow } from '../../../lib/review/accessSnapshot.ts';
import type { Review } from '../../../lib/review/records.ts';
import type { ReviewRow, RowFacts } from '../../../lib/review/rows.ts';
import { journalRow } from '../lifecycle/leaverKit.mts';

export const DAY = 86_400_000;
export const NOW = Date.UTC(2026, 10, 20, 8);
export const ago = (days: number): string => new Date(NOW - days * DAY).toISOString();

export const review = (more: Partial<Review> = {}): Review => ({
	id: 1,
	reviewId: 'r1',
	state: 'open',
	startedAt: ago(11),
	dueAt: new Date(NOW + 10 * DAY).toISOString(),
	pace: { remindAfterDays: 4, escalateAfterDays: 9, finishWithinDays: 7 },
	population: {},
	...more,
});

export const row = (id: number, { facts = {}, ...more }: Partial<Omit<ReviewRow, 'facts'>> & { facts?: Partial<RowFacts> } = {}): ReviewRow => ({
	id,
	reviewId: 'r1',
	position: id,
	userId: `u${id}`,
	email: `p${id}@x.example`,
	displayName: `Person ${id}`,
	role: 'member',
	groupId: 'g',
	groupName: 'G',
	reviewers: [
		{ email: 'mia@x.example', as: 'manager' },
		{ email: 'fall@x.example', as: 'fallback' },
	],
	passedOver: '',
	reviewer: 'mia@x.example',
	reviewerAs: 'manager',
	step: 0,
	assignedAt: ago(11),
	decision: '',
	comment: '',
	decidedBy: '',
	assurance: '',
	decidedAt: '',
	decidedIn: '',
	digest: `d${id}`,
	...more,
	facts: {
		...{ otherEmails: [], privileged: false, privilegedBecause: '', teamspace: '', sensitivity: '' },
		...{ title: '', department: '', directoryStatus: 'active', directoryNote: '' },
		...facts,
	},
});

/** A row that mia has decided on, an hour ago. */
export const decided = (id: number, decision: string, more: Parameters<typeof row>[1] = {}): ReviewRow =>
	row(id, { decision, decidedBy: 'mia@x.example', assurance: 'link', decidedAt: ago(1 / 24), decidedIn: '7', ...more });

/** A row of the journal about a revocation of {@link row}. */
export const revocation = (id: number, more: Partial<StoredChange> = {}): StoredChange =>
	journalRow(id, {
		...{ key: `r1|group.removeMembers|u${id}|g`, kind: 'revoke', reference: 'r1', event: '', source: '', employeeId: '' },
		...{ userId: `u${id}`, email: `p${id}@x.example`, createdAt: NOW - DAY, updatedAt: NOW - DAY },
		details: { action: 'group.removeMembers', groupId: 'g', groupName: 'G' },
		...more,
	});

/** A row of a snapshot. */
export const access = (more: Partial<AccessRow> = {}): AccessRow => ({
	...{ snapshotId: 's', userId: 'u1', email: 'ann@x.example', otherEmails: [], displayName: 'Ann', role: 'member' },
	...{ privileged: false, privilegedBecause: null, groupId: 'g1', group: 'Staff', meaningKnown: false },
	...{ teamspace: null, sensitivity: null, groupOwner: null, title: null, department: null },
	...{ managerEmail: 'mia@x.example', managerFrom: 'directory', directoryStatus: 'active', directoryNote: null },
	...{ source: 's', sourceId: '1', rowDigest: 'digest' },
	...more,
});

export const person = (email: string | undefined, managerEmail?: string, more: Record<string, unknown> = {}): Person => {
	const item = { source: 's', sourceId: email ?? 'none', email, managerEmail, active: true, status: 'active', ...more };
	const [found] = parseDirectory([item]).persons;
	if (!found) throw new Error('That is no person');
	return found;
};
