// The whole cycle in one item: everything that follows reads it.
const context = $('Context').first().json;
const verdict = $('Verdict').first().json;
const settings = $('Settings').first().json;
const now = Date.now();
const items = planItems();
const plans = tableRows($('Read plans').all());
const standing = standingOf(tableRows($('Read cycles').all()), settings, now);
const stored = $('Results').isExecuted
	? $('Results')
			.all()
			.map(({ json }) => json)
	: [];
const results = new Map(stored.map((result, position) => [verdict.apply[position], result]));
const mode = verdict.ask === 'applyPlan' ? 'apply' : context.mode;
const { lines, held, counts } = toldLines(items, {
	results,
	propose: verdict.propose,
	beyond: verdict.held,
	mode,
});

const summary = verdict.ask === 'cycle' ? $('Plan').all(1)[0]?.json : undefined;
const proposed = [...new Set([...verdict.propose, ...held])].sort((one, other) => one - other);
const isWhole = verdict.state === 'good';
const asked = isAskedAlready(proposed, items, { plans, isWhole, now });
const newPlan = proposed.length > 0 && !asked && mode === 'apply';
const isApplied = verdict.ask === 'applyPlan' && verdict.approvedPlan !== '';
const endPlans = [
	...(isApplied ? [{ id: verdict.planId, state: 'applied' }] : []),
	...(verdict.ask === 'cycle' && mode === 'apply'
		? plansToEnd(plans, { asked, isWhole, now })
		: []),
];
const allWrong =
	(counts.failed ?? 0) > 0 && (counts.done ?? 0) === 0 && counts.failed === stored.length;
const state = allWrong ? 'failed' : verdict.state;
const why = allWrong ? [...verdict.why, 'Not one change could be carried out.'] : verdict.why;
const modeNote = mode === 'apply' ? '' : context.modeNote;
const base = String(settings.n8nUrl ?? '').replace(/\/+$/, '');
const { mails, marks } = mailsOf({
	name: $workflow.name,
	mode,
	modeNote,
	state,
	why,
	lines,
	notes: summary?.notes ?? [],
	toldBefore: standing.shown?.marks,
	newPlan,
	approvedBy: verdict.approvedBy,
	statusUrl: `${base}/webhook/${PATHS.status}`,
	formUrl: `${base}/form/${PATHS.form}`,
	expiresAt: items[0]?.expiresAt ?? '',
});
const orphans = orphanedIntentions(tableRows($('Read changes').all()), {
	workflow: $workflow.name,
	execution: $execution.id,
});
return [
	{
		json: {
			state,
			// Lines that were approved are no reading of the directory, good or bad.
			rowState: verdict.ask === 'applyPlan' ? 'approved' : state,
			why,
			mode,
			counts,
			note: noteOf({ mode, modeNote, state, why, counts }),
			planDigest: items[0]?.planDigest ?? summary?.planDigest ?? '',
			persons: summary?.persons ?? 0,
			members: summary?.members ?? 0,
			memory: memoryToKeep(summary, state, standing),
			// What the last plan said about skipped people stays on the page where this cycle had none of its own.
			shown: JSON.stringify(
				summary?.planDigest
					? {
							at: new Date(now).toISOString(),
							lines: lines.slice(0, MOST_SHOWN),
							more: Math.max(0, lines.length - MOST_SHOWN),
							notes: summary?.notes ?? [],
							marks,
						}
					: (standing.shown ?? {}),
			),
			wrong: lines.filter(({ kind }) => kind === 'failed'),
			isNewWrong: verdict.ask === 'applyPlan' || marks.failed !== standing.shown?.marks?.failed,
			mails,
			newPlan,
			proposed,
			endPlans,
			orphans: orphans.map(({ id, action, email, groupName, execution }) => ({
				id,
				action,
				email,
				groupName,
				execution,
			})),
			quarantinedSince: standing.quarantinedSince ?? '',
			badBefore: standing.badInARow,
		},
	},
];
