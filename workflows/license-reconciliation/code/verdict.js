// The step before gives lines at its first output, the summary at its second, and a failure at its third.
const [summary] = $('Plan').all(1);
const [failure] = $('Plan').all(2);
const { picks } = $('Decide').first().json;
if (!summary) {
	const why = failure?.error?.message ?? failure?.json?.error ?? 'The plan gave no summary.';
	return [{ json: { lines: [], others: picks.map(({ email }) => ({ email, outcome: 'failed', note: String(why) })), planDigest: 'none', mayTakeAway: false } }];
}
const found = pickedLines($('Plan').all(0).map(({ json }) => json), picks, summary.json.mayTakeAway);
return [{ json: { ...found, planDigest: summary.json.planDigest, mayTakeAway: summary.json.mayTakeAway } }];
