import type { LicenseReport } from '../../directory/seats/license';
import { pickableSeats } from '../../directory/seats/pickableSeats';
import type { EVIDENCE_COLUMNS } from '../journal';
import type { RUN_COLUMNS } from '../tables';

/**
 * The records of a report in the Data Table `notion_scim_evidence`, by key. Only the newest record of a key
 * is read; the older ones can be deleted. The key of a list contains the instant of its report, so that lists
 * are kept.
 */
export const LICENSE_RECORDS = {
	/** What the page shows (HTML). */
	page: 'licenseReport:page',
	/** The reference for the next report and a removal (JSON). */
	memory: 'licenseReport:memory',
	/** Which seats a person may pick (JSON). */
	pickable: 'licenseReport:pickable',
	/** Every seat (CSV). */
	list: 'licenseReport:list',
} as const;

type EvidenceRow = Record<keyof typeof EVIDENCE_COLUMNS, string>;

export function licenseRecords(report: LicenseReport, { html, csv }: { html: string; csv: string }): EvidenceRow[] {
	const { page, memory, pickable, list } = LICENSE_RECORDS;
	return [
		{ key: page, record: html },
		{ key: memory, record: JSON.stringify(report.memory) },
		{ key: pickable, record: JSON.stringify(pickableSeats(report)) },
		{ key: `${list}:${report.reportedAt}`, record: csv },
	];
}

/** The row of the Data Table `notion_scim_runs`: the figures of the report, without the seats. */
export function licenseReportRun(
	report: LicenseReport,
	{ workflow, execution }: { workflow: string; execution: string },
): Record<keyof typeof RUN_COLUMNS, string> {
	const { title, terms, classes, totals, daysUntilRenewal, whyNot, changes, evidence } = report;
	const since = changes && { ...changes, gone: changes.gone.length };
	const figures = { title, terms, classes, totals, daysUntilRenewal, evidence, changes: since ?? null };
	return {
		kind: 'licenseReport',
		key: '',
		workflow,
		execution,
		state: whyNot.length === 0 ? 'whole' : 'incomplete',
		at: report.reportedAt,
		expiresAt: '',
		requestedBy: '',
		decidedBy: '',
		assurance: '',
		decidedAt: '',
		note: whyNot.join(' '),
		details: JSON.stringify(figures),
	};
}
