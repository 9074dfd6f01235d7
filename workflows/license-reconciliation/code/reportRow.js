/**
 * The row of license_reports.
 *
 * @param report item of license.reconcile
 */
function reportRow(report, { html, csv, execution }) {
	const { seats, memory, ...summary } = report;
	const removable = seats
		.filter((seat) => seat.removable)
		.map(({ userId, email, displayName, class: name, reason, department }) => ({
			userId,
			email,
			displayName,
			class: name,
			reason,
			department,
		}));
	return {
		execution: String(execution),
		reportedAt: summary.reportedAt,
		seats: summary.totals.seats,
		removable: removable.length,
		mayTakeAway: summary.mayTakeAway,
		whyNot: summary.whyNot.join(' '),
		summary: JSON.stringify(summary),
		removableSeats: JSON.stringify(removable),
		memory: JSON.stringify(memory),
		html,
		csv,
	};
}
