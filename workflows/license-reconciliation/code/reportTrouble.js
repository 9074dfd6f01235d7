/** What a person must know after a report: one sentence each. */
function reportTroubles({ report, mailError }) {
	return [
		...(mailError ? [`The report could not be mailed: ${mailError} It stands in the Data Table license_reports.`] : []),
		...report.whyNot.map((why) => `No seat may be ended on the report: ${why}`),
	];
}
