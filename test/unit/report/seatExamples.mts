import type { LicenseReport } from '../../../lib/directory/seats/license.ts';
import type { SeatClass } from '../../../lib/directory/seats/seatClasses.ts';
import type { Seat } from '../../../lib/directory/seats/seats.ts';

/** 1 March 2026, 9 o'clock in UTC. */
export const NOW = Date.parse('2026-03-01T09:00:00Z');

export const evidence: LicenseReport['evidence'] = {
	workspaceId: 'a1b2c3',
	version: '0.1.0',
	workspace: {
		startedAt: '2026-03-01T08:59:58.000Z',
		readAt: '2026-03-01T08:59:59.000Z',
		users: { count: 5, firstTotal: 5, lastTotal: 5, pages: 1, passes: 1 },
		groups: { count: 2, firstTotal: 2, lastTotal: 2, pages: 1, passes: 1 },
	},
	sources: [
		{
			source: 'entra',
			readAt: '2026-03-01T08:59:00.000Z',
			pages: 3,
			count: 2,
			complete: true,
			groupsComplete: true,
			attributesRead: ['email'],
			explanation: undefined,
		},
	],
	persons: 2,
};

/** A seat whose other fields follow from its class. */
export function seat(userId: string, name: SeatClass, more: Partial<Seat> = {}): Seat {
	return {
		userId,
		email: `${userId}@example.com`,
		displayName: `Person ${userId}`,
		role: 'member',
		class: name,
		reason: 'There is a reason.',
		removable: name === 'inactiveInDirectory' || name === 'orphaned',
		managerEmail: null,
		department: null,
		costCenter: null,
		employeeNumber: null,
		source: name === 'matched' || name === 'inactiveInDirectory' ? 'entra' : null,
		sourceId: name === 'matched' || name === 'inactiveInDirectory' ? userId : null,
		groups: [],
		...more,
	};
}

export function classCounts(seats: readonly Pick<Seat, 'class'>[]): Partial<Record<SeatClass, number>> {
	const counts: Partial<Record<SeatClass, number>> = {};
	for (const { class: name } of seats) counts[name] = (counts[name] ?? 0) + 1;
	return counts;
}
