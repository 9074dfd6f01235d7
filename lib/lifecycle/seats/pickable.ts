import type { PickableSeat, PickableSeats } from '../../directory/seats/pickableSeats';
import { readEmail } from '../../scim/emailAddress';

/** The seats that may be picked, or why none may. */
export type PickList = { seats: PickableSeat[]; refusal?: undefined } | { seats: []; refusal: string };

const DAY = 24 * 60 * 60 * 1000;

/**
 * The seats that a person may pick now.
 * @param report the records of the newest report; undefined if there is none
 * @param picker the address of the person, for the record
 */
export function pickList(
	report: PickableSeats | undefined,
	{ picker, maxAgeDays, now }: { picker: string; maxAgeDays: number; now: number },
): PickList {
	const refusal = refusalFor(report, { picker, maxAgeDays, now });
	return refusal === undefined && report ? { seats: report.seats } : { seats: [], refusal: refusal ?? NO_REPORT };
}

const NO_REPORT = 'There is no report yet.';

function refusalFor(
	report: PickableSeats | undefined,
	{ picker, maxAgeDays, now }: { picker: string; maxAgeDays: number; now: number },
): string | undefined {
	if (readEmail(picker) === undefined) return 'Your address is not known, so the record could not name who asked.';
	if (!report) return NO_REPORT;
	if (report.whyNot.length > 0) return `No seat may be ended on the newest report. ${report.whyNot.join(' ')}`;
	const age = now - Date.parse(report.reportedAt);
	if (!(age <= maxAgeDays * DAY)) return 'The newest report is too old. Make a new one first.';
	return report.seats.length === 0 ? 'On the newest report there is no seat that may be ended.' : undefined;
}
