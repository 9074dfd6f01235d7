// What becomes of each line of the plan, be it this cycle's own or one that a person has approved.
const context = $('Context').first().json;
const settings = $('Settings').first().json;
const now = Date.now();
const plans = tableRows($('Read plans').all());

if (context.ask === 'applyPlan') {
	const row = plans.find(({ id }) => id === context.planId);
	const inQuarantine =
		context.mode === 'readOnly' ? 'The sync is in quarantine. Acknowledge that first.' : undefined;
	const trouble = inQuarantine ?? approvalTrouble(row, now);
	const items = trouble ? [] : fromJson(row.items, []);
	return [
		{
			json: {
				ask: 'applyPlan',
				planId: context.planId,
				approvedPlan: trouble ? '' : row.planDigest,
				approvedBy: trouble
					? ''
					: `${row.decidedBy} (assurance: ${row.assurance}), ${row.decidedAt}`,
				state: trouble ? 'failed' : 'good',
				why: trouble ? [`${trouble} Nothing was done.`] : [],
				apply: items.map((_item, index) => index),
				propose: [],
				held: [],
				declined: 0,
				limits: limitsFor(items, { ...context, approvedPlan: trouble ? '' : row.planDigest }),
			},
		},
	];
}

const manifests = $('People')
	.all()
	.map(({ json }) => json)
	.filter(({ manifest }) => manifest === true);
const failure = $('Plan').all(2)[0];
const planError = failure?.error?.message ?? failure?.json.error?.message ?? failure?.json.error;
const summary = $('Plan').all(1)[0]?.json;
const items = summary
	? $('Plan')
			.all(0)
			.map(({ json }) => json)
	: [];
const reading = readingOf({
	summary: summary?.planDigest ? summary : undefined,
	planError,
	manifests,
});
const room = roomOfDay(context.limits, { members: summary?.members ?? 0, used: context.used });
const lines = linesOf(items, { mode: context.mode, approval: settings.approval, plans, room, now });
const limits = limitsFor([], { ...context, approvedPlan: '' });
// What needs nobody's approval is approved by Settings: lines of this plan, and of no other.
const approvedPlan = summary?.planDigest ?? '';
return [{ json: { ask: 'cycle', approvedPlan, approvedBy: '', limits, ...reading, ...lines } }];
