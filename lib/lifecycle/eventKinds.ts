/** The kinds of HRIS events, in the words of the HRIS Trigger. */
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

/** The jobs of the lifecycle workflows. */
export const JOB_NAMES = ['joiners', 'leavers', 'emergency'] as const;

export type JobName = (typeof JOB_NAMES)[number];

const OF_JOINERS: readonly EventKind[] = ['hired', 'rehired', 'hireCancelled', 'changed'];

/**
 * Whether an event concerns a job. For leavers every event is a hint: when the HRIS is read again, it may say
 * that the person leaves.
 */
export function concerns(job: JobName, kind: EventKind): boolean {
	return job !== 'joiners' || OF_JOINERS.includes(kind);
}
