import type { LeaverReport } from '../lifecycle/leaverReport';
import { csv } from './csv';
import { LEAVER_OUTCOME_WORDS } from './leaverOutcomeWords';

const HEADER = [
	'Name',
	'Email',
	'Employee',
	'Last day',
	'Effective (UTC)',
	'Known (UTC)',
	'Removed (UTC)',
	'Verified (UTC)',
	'Minutes',
	'Promised minutes',
	'Late',
	'Outcome',
	'Found by nightly comparison',
	'Note',
];

/** Every departure as a row, for a spreadsheet; instants in UTC. */
export function leaverReportCsv({ entries, promisedMinutes }: LeaverReport): string {
	return csv(
		HEADER,
		entries.map((entry) => [
			entry.name,
			entry.email,
			entry.employee,
			entry.lastDay,
			utc(entry.effective),
			utc(entry.known),
			utc(entry.removed),
			utc(entry.verified),
			entry.minutes,
			promisedMinutes,
			entry.isLate ? 'LATE' : '',
			LEAVER_OUTCOME_WORDS[entry.outcome],
			entry.isMissed ? 'yes' : '',
			entry.note,
		]),
	);
}

function utc(milliseconds: number | undefined): string {
	return milliseconds === undefined ? '' : new Date(milliseconds).toISOString();
}
