import type { LicenseReport } from '../../directory/seats/license';
import type { Alert } from '../decision';

/**
 * Raises an alert if the readings do not allow any seat to end: the report alone would look as if all were
 * well.
 */
export function gapAlerts({ whyNot }: Pick<LicenseReport, 'whyNot'>): Alert[] {
	if (whyNot.length === 0) return [];
	const text = whyNot.map((why) => `No seat may be ended on the report: ${why}`).join('\n');
	return [{ key: 'license-reconciliation: report', text: text.slice(0, MOST_OF_TEXT) }];
}

/** Characters of an alert. */
const MOST_OF_TEXT = 3500;
