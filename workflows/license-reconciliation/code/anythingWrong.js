const [failed] = $('Mail report').all(1);
const troubles = reportTroubles({
	report: $('Reconcile').first().json,
	mailError: failed ? (failed.error?.message ?? failed.json.error ?? 'It was refused.') : undefined,
});
if (troubles.length === 0) return [];
const text = troubles.join('\n').slice(0, 3500);
return [{ json: { message: text, alarm: { key: 'license-reconciliation: report', text } } }];
