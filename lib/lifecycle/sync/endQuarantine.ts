import { readEmail } from '../../scim/emailAddress';
import type { Decider } from '../shownList';
import type { RUN_COLUMNS } from '../tables';
import { isoText } from '../zones';
import { syncStateOf, SYNC_RUN } from './runs';
import type { SyncRun } from './runs';

/** The number of consecutive failed runs that means quarantine if no row records one. */
const QUARANTINE_AFTER = 3;

/** The result, and the row of `notion_scim_runs` that records it. */
export interface EndOfQuarantine {
	/** Whole sentences for the person who uses the form. */
	sentence: string;
	/** Undefined if there is nothing to end. */
	row: Partial<Record<keyof typeof RUN_COLUMNS, string>> | undefined;
}

/**
 * Ends a quarantine on a person's decision.
 * @param runs the last rows of sync runs
 * @param forget the directory is right although it is much smaller: the next run does not compare it with its
 * previous state
 */
export function endQuarantine(
	runs: readonly SyncRun[],
	decider: Decider,
	{ forget, workflow, execution, now }: { forget: boolean; workflow: string; execution: string; now: number },
): EndOfQuarantine {
	const email = readEmail(decider.email);
	if (email === undefined) {
		return { sentence: 'Your address is not known, so the record could not name who ended it. Nothing was done.', row: undefined };
	}
	const { quarantine, last } = syncStateOf(runs, { own: 0, quarantineAfter: QUARANTINE_AFTER, now });
	if (!quarantine && (last === undefined || last.state === 'good')) {
		return { sentence: 'There is no quarantine, and the last run was good. Nothing was done.', row: undefined };
	}
	const was = quarantine
		? `In quarantine since ${quarantine.since}: ${quarantine.reason}`
		: `The last run was not good: ${last?.note ?? ''}`;
	const next = forget
		? 'The next run does not compare the directory with how it was before, and removes nothing; the one after it compares with what this run read.'
		: 'The next run goes on as the settings of the sync say.';
	const sentence = `${was} That is acknowledged. ${next}`;
	const at = isoText(now);
	return {
		sentence,
		row: {
			kind: SYNC_RUN,
			key: '',
			workflow,
			execution,
			state: 'acknowledged',
			at,
			expiresAt: '',
			requestedBy: email,
			decidedBy: email,
			assurance: decider.assurance,
			decidedAt: at,
			note: sentence,
			details: JSON.stringify({ forget }),
		},
	};
}
