import type { LicenseReport } from '../../directory/seats/license';
import type { Alert } from '../decision';

/** Readings that no seat may be ended on are an alert: without one, the report looks as if all were well. */
export function gapAlerts({ whyNot }: Pick<LicenseReport, 'whyNot'>): Alert[] {
	if (whyNot.length === 0) return [];
	const text = whyNot.map((why) => `No seat may be ended on the report: ${why}`).join('\n');
	return [{ key: 'license-reconciliation: report', text: text.slice(0, MOST_OF_TEXT) }];
}

/** Characters of an alert. */
const MOST_OF_TEXT = 3500;
