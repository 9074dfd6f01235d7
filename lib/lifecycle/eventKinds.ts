/** What an event of an HRIS says happened, in the words of the HRIS Trigger. */
export const EVENT_KINDS = [
	'hired',
	'rehired',
	'hireCancelled',
	'changed',
	'leaverScheduled',
	'left',
	'leaverCancelled',
	'onLeave',
	'returned',
	'accessRevoked',
	'other',
] as const;

export type EventKind = (typeof EVENT_KINDS)[number];

/** What a workflow takes care of. */
export const JOB_NAMES = ['joiners', 'leavers', 'emergency'] as const;

export type JobName = (typeof JOB_NAMES)[number];

const OF_JOINERS: readonly EventKind[] = ['hired', 'rehired', 'hireCancelled', 'changed'];

/**
 * Whether an event concerns a job. For leavers every event is a hint: the HRIS may say, when it is read
 * again, that the person leaves.
 */
export function concerns(job: JobName, kind: EventKind): boolean {
	return job !== 'joiners' || OF_JOINERS.includes(kind);
}
