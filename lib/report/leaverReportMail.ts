import type { LeaverReport } from '../lifecycle/leaverReport';
import { leaverStatements } from './leaverStatements';

/** Subject and text of the mail that carries the report. */
export function leaverReportMail(report: LeaverReport): { subject: string; text: string } {
	const { title, promise, totals, warnings, population } = leaverStatements(report);
	const { leavers, removedInTime, removedLate, open } = report.totals;
	return {
		subject: `Notion leavers: ${leavers} left, ${removedInTime} removed in time, ${removedLate} late, ${open} open`,
		text: [
			title,
			'',
			promise,
			'',
			...totals.map(([name, count]) => `${name}: ${count}`),
			'',
			...warnings,
			...population,
		].join('\n'),
	};
}
