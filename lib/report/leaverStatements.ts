import { DateTime } from 'luxon';

import type { LeaverPopulation, LeaverReport } from '../lifecycle/leaverReport';
import { counted, quantity } from './amounts';

/** The sentences and numbers of a leaver report, the same on its page and in its mail. */
export interface LeaverStatements {
	title: string;
	promise: string;
	totals: [name: string, count: number][];
	/** Why the report may be incomplete. */
	warnings: string[];
	/** How the report knows which people belong in it. */
	population: string[];
}

export function leaverStatements(report: LeaverReport): LeaverStatements {
	const { totals, population, zone } = report;
	return {
		title: `Leavers from ${localTime(report.from, zone)} to ${localTime(report.to, zone)}`,
		promise: `Promised: access ends, and is seen to have ended, within ${report.promisedMinutes} minutes after the last day is over or, where the HRIS tells later, after it has told. All times: ${zone}.`,
		totals: [
			['Leavers', totals.leavers],
			['Removed in time', totals.removedInTime],
			['Removed late', totals.removedLate],
			['Gone already', totals.alreadyGone],
			['Open', totals.open],
			['No member, nothing on record', totals.noRecord],
			['Stay, active in another record', totals.stays],
			['HRIS not clear', totals.unclear],
			['Found by the nightly comparison only', totals.missed],
			['Members again', totals.memberAgain],
		],
		warnings: population.trouble.map((sentence) => `This report is NOT known to be complete. ${sentence}`),
		population: [
			hrisStatement(population, zone),
			population.membersComplete
				? `All ${quantity(population.members)} members of the Notion workspace were read; Notion's total and the list agree, and no one is in it twice.`
				: "Notion's members could not be read completely.",
			`The journal had ${counted(population.journalRows, 'row')} about leavers. Each is written before a removal, and completed after it.`,
		],
	};
}

function hrisStatement({ manifest, complete }: LeaverPopulation, zone: string): string {
	if (!manifest) return 'The HRIS gave no statement about its list.';
	const { source, readAt, pages, count } = manifest;
	const read = DateTime.fromISO(readAt);
	const on = read.isValid ? ` on ${localTime(read.toMillis(), zone)}` : '';
	return `The HRIS (${source}) was read${on} in ${counted(pages, 'page')}; it named ${counted(count, 'person', 'people')} who left or who are not clear, and ${
		complete ? 'stated that its list is complete' : 'did NOT state that its list is complete'
	}.`;
}

/** An instant in the zone of the report, such as `2026-11-10 23:00`; empty for none. */
export function localTime(milliseconds: number | undefined, zone: string): string {
	return milliseconds === undefined
		? ''
		: DateTime.fromMillis(milliseconds, { zone }).toFormat('yyyy-MM-dd HH:mm');
}
