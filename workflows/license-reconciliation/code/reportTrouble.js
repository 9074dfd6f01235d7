/** An execution is given this long before it counts as dead. */
const DEAD_AFTER = 60 * 60 * 1000;

/**
 * What a person must know after a report: one sentence each.
 *
 * @param requests rows of license_removals that are not over
 */
function reportTroubles({ report, mailError, requests, execution, now }) {
	return [
		...(mailError ? [`The report could not be mailed: ${mailError} It stands in the Data Table license_reports.`] : []),
		...report.whyNot.map((why) => `No seat may be ended on the report: ${why}`),
		...requests
			.filter(
				(row) =>
					row.state === 'approved' &&
					String(row.execution) !== String(execution) &&
					now - new Date(row.updatedAt).getTime() > DEAD_AFTER,
			)
			.map(
				({ code }) =>
					`The removal of seats with the code ${code} was approved and did not end. Look at directory_changes what was done, and pick the rest again.`,
			),
	];
}
